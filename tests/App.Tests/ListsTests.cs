using System.Net;
using System.Reflection;
using Breakwater.App.Pages;
using Breakwater.App.Responding;
using Breakwater.Decisions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Lists, histories and what they say of what is hidden: nothing.</summary>
public sealed class ListsTests : IAsyncLifetime
{
    private static readonly Marking _ofRelief = new(Distribution.Community, Tlp.AmberStrict)
    {
        Organisation = "relief",
    };

    private static readonly object _baseline = new
    {
        Country = "SD",
        Populations = Array.Empty<object>(),
        NetworkShares = Array.Empty<object>(),
        Sites = Array.Empty<object>(),
        Reason = "nothing is known yet",
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

    [Fact]
    public async Task A_box_across_180_degrees_is_asked_for_with_west_greater_than_east()
    {
        await Append("m-0", _ofRelief, "proposed", "water", new Box(178, -20, -178, -15));
        await Append("m-1", _ofRelief, "proposed", "water", new Box(10, -20, 11, -15));
        ApiClient relief = await _site.As(Role.Planner, "relief");

        Answered across = await relief.Get("missions?bbox=179,-18,-179,-16");
        Assert.Equal(
            "m-0",
            Assert.Single(across.Body!["items"]!.AsArray())!["id"]!.GetValue<string>()
        );
        Answered wrong = await relief.Get("missions?bbox=1,2,3,1");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
    }

    [Fact]
    public async Task A_history_comes_in_pages_that_lead_on_to_what_follows()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await planner.Start("baselines", _baseline);
        for (int i = 0; i < 6; i++)
        {
            await planner.Do("baselines", "SD", "set-baseline", _baseline);
        }

        var versions = new List<int>();
        var sizes = new List<int>();
        string? next = null;
        do
        {
            Answered page = await _site.Public.Get(
                $"baselines/SD/history?limit=3{(next is null ? "" : $"&after={next}")}"
            );
            var events = page.Body!["events"]!.AsArray();
            sizes.Add(events.Count);
            versions.AddRange(events.Select(one => one!["version"]!.GetValue<int>()));
            next = page.Body["next"]?.GetValue<string>();
        } while (next is not null);

        Assert.Equal(Enumerable.Range(1, 7), versions);
        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _site.Public.Get("baselines/SD/history?limit=201")).Status
        );
    }

    [Fact]
    public async Task A_tag_stands_for_what_one_reader_was_shown_and_a_command_heeds_its_version()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered made = await planner.Start("baselines", _baseline);
        await Append("m-0", Marking.Public, "proposed", "water", body: new { ProposedBy = "x" });
        Answered own = await planner.Get("missions/m-0");
        Answered others = await _site.Public.Get("missions/m-0");

        Assert.NotEqual(own.Text, others.Text);
        Assert.NotEqual(own.Tag, others.Tag);
        Assert.Equal(HttpStatusCode.NotModified, await Asked(planner, own.Tag!));
        Assert.Equal(HttpStatusCode.NotModified, await Asked(planner, $"\"x\", {own.Tag}"));
        Assert.Equal(HttpStatusCode.OK, await Asked(planner, others.Tag!));
        Assert.Equal(HttpStatusCode.OK, await Asked(_site.Public, own.Tag!));
        Assert.Equal(HttpStatusCode.NotModified, await Asked(_site.Public, others.Tag!));

        Answered done = await planner.Do("baselines", "SD", "set-baseline", made.Tag, _baseline);
        Answered stale = await planner.Do("baselines", "SD", "set-baseline", made.Tag, _baseline);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "\"2\""), (stale.Status, stale.Tag));
        // What a stale answer is tagged with may be sent back as well.
        Answered heeded = await planner.Do("baselines", "SD", "set-baseline", stale.Tag, _baseline);
        Assert.Equal(HttpStatusCode.OK, heeded.Status);

        static async Task<HttpStatusCode> Asked(ApiClient reader, string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/missions/m-0");
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using HttpResponseMessage answer = await reader.Http.SendAsync(request, Cancel);
            Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true });
            string vary = string.Join(',', answer.Headers.Vary);
            Assert.Contains("Authorization", vary, StringComparison.Ordinal);
            Assert.Contains("Cookie", vary, StringComparison.Ordinal);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Of_many_who_look_for_work_done_twice_one_looks_and_few_wait()
    {
        (IRecords records, WatchedRecords watched) = WatchedRecords.Of(_site.Records);
        var held = new TaskCompletionSource();
        watched.Before = () => held.Task;
        using var overlaps = new OverlapsOnRecord(records, _site.Clock);
        Task<OverlapsFound?>[] asked =
        [
            .. Enumerable
                .Range(0, OverlapsOnRecord.WaitingMax)
                .Select(_ => overlaps.For(_ => Reader.Anonymous, Cancel)),
        ];

        Assert.Null(await overlaps.For(_ => Reader.Anonymous, Cancel));
        Assert.Equal(1, watched.Asked);
        held.SetResult();
        Assert.All(await Task.WhenAll(asked), Assert.NotNull);
        Assert.NotNull(await overlaps.For(_ => Reader.Anonymous, Cancel));
    }

    [Fact]
    public async Task Whatever_products_were_made_from_is_asked_for_once_for_each_step_back()
    {
        var drafts = new List<Draft>();
        foreach (string step in (string[])["signal", "disruption", "need"])
        {
            string? before = step switch
            {
                "need" => "disruption",
                "disruption" => "signal",
                _ => null,
            };
            drafts.AddRange(
                Enumerable
                    .Range(0, 50)
                    .Select(i =>
                        ProductRecorded
                            .Of(
                                $"{step}-{i}",
                                step,
                                new { },
                                before is null
                                    ? []
                                    : [.. Enumerable.Range(0, 50).Select(j => $"{before}-{j}")]
                            )
                            .ToDraft(Marking.Public, "test", [])
                    )
            );
        }

        await _site.Records.Append([new Write("walk", 0, drafts)], cancel: Cancel);
        (IRecords records, WatchedRecords watched) = WatchedRecords.Of(_site.Records);

        IReadOnlyList<Product> needs = await records.Products("need", 0, 100);
        Assert.Equal(50, (await new PublicView(records).Allowed(needs)).Count);
        // The needs, what they were made from, and what that was made from.
        Assert.Equal(3, watched.Asked);
    }

    private async Task Append(
        string id,
        Marking marking,
        string standing,
        string words,
        Box? box = null,
        object? body = null
    ) =>
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
                            Body = CanonicalJson.Of(body ?? new { Purpose = words }),
                            Standing = standing,
                            Parent = marking == _ofRelief ? "response/hidden" : null,
                            Box = box ?? (marking == _ofRelief ? new Box(10, 10, 11, 11) : null),
                            Words = words,
                        }
                    ),
                ],
                cancel: Cancel
            )
        );
}

/// <summary>A store that counts what it is asked, and lets a test hold it up.</summary>
#pragma warning disable CA1852 // What DispatchProxy makes is derived from it.
internal class WatchedRecords : DispatchProxy
#pragma warning restore CA1852
{
    private IRecords _records = null!;
    private int _asked;

    public int Asked => _asked;

    public Func<Task>? Before { get; set; }

    public static (IRecords Records, WatchedRecords Watched) Of(IRecords records)
    {
        IRecords proxy = Create<IRecords, WatchedRecords>();
        var watched = (WatchedRecords)(object)proxy;
        watched._records = records;
        return (proxy, watched);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Interlocked.Increment(ref _asked);
        object? answer = targetMethod!.Invoke(_records, args);
        return Before is { } before && answer is Task<IReadOnlyList<Document>> documents
            ? After(before(), documents)
            : answer;
    }

    private static async Task<IReadOnlyList<Document>> After(
        Task before,
        Task<IReadOnlyList<Document>> documents
    )
    {
        await before;
        return await documents;
    }
}
