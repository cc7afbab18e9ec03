using System.Net;
using Breakwater.Decisions.Scoping;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The scope guard on a running node.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private static readonly Place _place = Place.OfCountry("SD");
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start();
        await Told("disruption-1");
        await Told("disruption-2");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_disruption_that_two_organisations_put_out_of_scope_is_responded_to_by_nobody_until_it_is_reversed_and_stays_in_sight()
    {
        ApiClient first = await _site.As(Role.Analyst, "measurers");
        ApiClient second = await _site.As(Role.Analyst, "families");
        object reason = new { Reason = "we looked too" };
        Answered marked = await first.Start(
            "scope-judgements",
            new
            {
                DisruptionId = "disruption-1",
                Ground = ScopeGround.ContravenesInternationalLaw,
                Reason = "the line carried orders to attack",
            }
        );
        Assert.True(marked.Status == HttpStatusCode.Created, marked.Text);
        Answered own = await first.Do(
            "scope-judgements",
            "disruption-1",
            "confirm-out-of-scope",
            reason
        );
        Assert.True(own.Status == HttpStatusCode.Forbidden, own.Text);
        Answered outside = await second.Do(
            "scope-judgements",
            "disruption-1",
            "confirm-out-of-scope",
            reason
        );
        Assert.Equal("out-of-scope", outside.Standing);

        Answered refused = await Propose("disruption-1");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("orders to attack", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await Propose("disruption-2")).Status);
        string page = await Page();
        Assert.Contains("Out of scope", page, StringComparison.Ordinal);
        Assert.Contains("/scope-judgements/disruption-1", page, StringComparison.Ordinal);

        ApiClient anybody = await _site.As("somebody-else");
        Answered contested = await anybody.Do(
            "scope-judgements",
            "disruption-1",
            "contest-scope",
            new { Reason = "it carried calls for help" }
        );
        Assert.Equal("contested", contested.Standing);
        Assert.Contains("contested", await Page(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await Propose("disruption-1")).Status);

        Answered reversed = await second.Do(
            "scope-judgements",
            "disruption-1",
            "reverse-scope",
            new { Reason = "it did" }
        );
        Assert.Equal("in-scope", reversed.Standing);
        Assert.Contains("that was reversed", await Page(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await Propose("disruption-1")).Status);
        Assert.True((await _site.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task Judged_under_two_ids_the_page_tells_the_judgement_for_which_nobody_responds()
    {
        ApiClient first = await _site.As(Role.Analyst, "measurers");
        ApiClient second = await _site.As(Role.Analyst, "families");
        object reason = new { Reason = "we looked too" };
        foreach (string id in (string[])["disruption-2", "disruption-1"])
        {
            Answered marked = await first.Start(
                "scope-judgements",
                new
                {
                    DisruptionId = id,
                    Ground = ScopeGround.ContravenesInternationalLaw,
                    Reason = "the line carried orders to attack",
                }
            );
            Assert.True(marked.Status == HttpStatusCode.Created, marked.Text);
            _site.Clock.Now += Duration.FromMinutes(1);
        }

        await second.Do("scope-judgements", "disruption-2", "confirm-out-of-scope", reason);
        _site.Clock.Now += Duration.FromMinutes(1);
        await second.Do("scope-judgements", "disruption-1", "reverse-scope", reason);
        await Recording.Append(
            _site.Records,
            "detections/again",
            [
                ProductRecorded
                    .Of(
                        "revision-1",
                        "revision",
                        new Revision(
                            _site.Clock.Now,
                            RevisionKind.Revised,
                            "disruption-1",
                            "disruption-2",
                            _place,
                            null,
                            []
                        ),
                        []
                    )
                    .ToDraft(Marking.Public, "detector", []),
            ],
            Cancel
        );
        Assert.Equal(HttpStatusCode.Conflict, (await Propose("disruption-1")).Status);
        Assert.Contains("/scope-judgements/disruption-2", await Page(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_on_record_has_no_scope()
    {
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        Answered none = await analyst.Start(
            "scope-judgements",
            new
            {
                DisruptionId = "disruption-3",
                Ground = ScopeGround.MissingInfrastructure,
                Reason = "there never was a network",
            }
        );
        Assert.True(none.Status == HttpStatusCode.UnprocessableEntity, none.Text);
    }

    private async Task<Answered> Propose(string disruption) =>
        await (await _site.As(Role.Planner, "relief")).Start(
            "responses",
            new
            {
                DisruptionId = disruption,
                Place = _place,
                Reason = "nobody is connected",
                Marking = Marking.Public,
            }
        );

    private Task<string> Page() =>
        _site.Stranger.GetStringAsync("/disruptions/disruption-1", Cancel);

    private async Task Told(string id)
    {
        Instant start = _site.Clock.Now - Duration.FromHours(5);
        var disruption = Made.Disruption(id, _place, start);
        await Recording.Append(
            _site.Records,
            $"detections/{id}",
            [
                ProductRecorded
                    .Of(id, "disruption", disruption, [])
                    .ToDraft(Marking.Public, "detector", []),
            ],
            Cancel
        );
    }
}
