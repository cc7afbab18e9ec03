using System.Net;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Lists, histories and what they say of what is hidden: nothing.</summary>
public sealed class ListsTests : IAsyncLifetime
{
    private static readonly Marking _ofRelief = new(Distribution.Community, Tlp.AmberStrict)
    {
        Organisation = "relief",
    };

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("q=cholera", "q=plague")]
    [InlineData("standing=approved", "standing=absent")]
    [InlineData("parent=response/hidden", "parent=response/absent")]
    [InlineData("bbox=10,10,11,11", "bbox=50,50,51,51")]
    [InlineData("q=cholera&standing=approved", "q=plague&standing=approved")]
    public async Task A_hidden_match_and_no_match_are_answered_in_the_same_octets(
        string hidden,
        string absent
    )
    {
        for (int i = 0; i < 3; i++)
        {
            await Append($"hidden-{i}", _ofRelief, "approved", "cholera");
            await Append($"shown-{i}", Marking.Public, "proposed", "water");
        }

        foreach (
            ApiClient reader in (ApiClient[])[_site.Public, await _site.As(Role.Planner, "carrier")]
        )
        {
            Assert.Equal(await Answer(absent), await Answer(hidden));
            Assert.Contains("\"next\":null", (await Answer(hidden)).Text, StringComparison.Ordinal);

            async Task<(HttpStatusCode, string Text, string Headers)> Answer(string asked)
            {
                using HttpResponseMessage answer = await reader.Http.GetAsync(
                    $"/api/v1/missions?{asked}&limit=1",
                    Cancel
                );
                return (
                    answer.StatusCode,
                    await answer.Content.ReadAsStringAsync(Cancel),
                    string.Join(
                        '\n',
                        answer
                            .Headers.Where(header => header.Key != "Date")
                            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}")
                    )
                );
            }
        }

        // It is there for whoever may see it.
        ApiClient relief = await _site.As(Role.Planner, "relief");
        Answered found = await relief.Get($"missions?{hidden}&limit=1");
        Assert.Single(found.Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_list_passes_over_what_is_hidden_and_ends_where_the_last_that_is_shown_does()
    {
        for (int i = 0; i < 30; i++)
        {
            await Append($"m-{i}", i % 3 == 0 ? Marking.Public : _ofRelief, "proposed", "water");
        }

        foreach (
            ApiClient reader in (ApiClient[])[_site.Public, await _site.As(Role.Planner, "carrier")]
        )
        {
            var seen = new List<string>();
            string? next = null;
            do
            {
                Answered page = await reader.Get(
                    $"missions?q=water&limit=5{(next is null ? "" : $"&after={next}")}"
                );
                var items = page.Body!["items"]!.AsArray();
                Assert.Equal(5, items.Count);
                seen.AddRange(items.Select(item => item!["id"]!.GetValue<string>()));
                next = page.Body!["next"]?.GetValue<string>();
            } while (next is not null);

            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m-{27 - (3 * i)}"), seen);
        }
    }

    private async Task Append(string id, Marking marking, string standing, string words) =>
        Assert.IsType<Appended>(
            await _site.Records.Append(
                [
                    new Write(
                        $"mission/{id}",
                        0,
                        [Draft.Of("MissionProposed", new { }, marking, "planner-relief")],
                        new DocumentState
                        {
                            Kind = "mission",
                            Marking = marking,
                            Body = CanonicalJson.Of(new { Purpose = words }),
                            Standing = standing,
                            Parent = marking == _ofRelief ? "response/hidden" : null,
                            Box = marking == _ofRelief ? new Box(10, 10, 11, 11) : null,
                            Words = words,
                        }
                    ),
                ],
                cancel: Cancel
            )
        );
}
