using System.Net;
using System.Text.Json.Nodes;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Whom a response has reached, at the API and on its page, for civilians and for responders apart.</summary>
public sealed class ReachRouteTests : IAsyncLifetime
{
    private static readonly Place _place = Place.OfCountry("SD");
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task INV_05_INV_06_Each_need_says_whom_it_reached_as_somebody_independent_saw_and_what_is_not_measured_is_unknown()
    {
        await Staged();
        JsonNode before = await Reach(_site.Public);
        Assert.Null(before["civilians"]);
        Assert.Equal("kit", before["notCounted"]![0]!.GetValue<string>());

        await Measured(Marking.Public);
        JsonNode reach = await Reach(_site.Public);
        Assert.Equal(300, reach["civilians"]!["low"]!.GetValue<long>());
        Assert.Equal(20, reach["responders"]!["high"]!.GetValue<long>());
        Assert.Equal(700, reach["unserved"]!["high"]!.GetValue<long>());
        Assert.Equal("modelled", reach["origin"]!.GetValue<string>());
        foreach (string language in new[] { "en", "ar" })
        {
            string page = await _site.Stranger.GetStringAsync(
                $"/responses/response-1?lang={language}",
                Cancel
            );
            Assert.Contains("/explain/need-1", page, StringComparison.Ordinal);
            Assert.DoesNotContain("320", page, StringComparison.Ordinal);
            if (language == "en")
            {
                Assert.Contains("data-label=\"Civilians reached\"", page, StringComparison.Ordinal);
                Assert.Contains(
                    "data-label=\"Responders reached\"",
                    page,
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Fact]
    public async Task What_a_reader_may_not_see_is_counted_in_nothing_that_it_is_told()
    {
        await Staged();
        await Measured(Marking.Sealed);
        Assert.Null((await Reach(_site.Public))["civilians"]);
        Answered none = await _site.Public.Get("responses/nowhere/reach");
        Assert.Equal(HttpStatusCode.NotFound, none.Status);
    }

    private static async Task<JsonNode> Reach(ApiClient who)
    {
        Answered told = await who.Get("responses/response-1/reach");
        Assert.True(told.Status == HttpStatusCode.OK, told.Text);
        return Assert.Single(told.Body!["needs"]!.AsArray())!;
    }

    private async Task Measured(Marking marking)
    {
        var restoration = new Restoration
        {
            Id = "restoration-1",
            DisruptionId = "disruption-1",
            Place = _place,
            ServiceSeen = "messaging",
            Supply = "kit",
            State = RestorationState.Confirmed,
            Start = new InstantRange(_site.Clock.Now, _site.Clock.Now),
            ShareRestored = null,
            MeasuredBy = "residents",
            Commitments = ["kit"],
            Notes = [],
            Origin = Origin.Reported,
            Marking = marking,
            Evidence = [],
            AsOf = _site.Clock.Now,
        };
        await Recording.Append(
            _site.Records,
            "restorations/response-1",
            [Recording.Of(restoration)],
            Cancel
        );
    }

    private async Task Staged()
    {
        Instant now = _site.Clock.Now;
        var need = new Need
        {
            Id = "need-1",
            Place = _place,
            PlaceName = "Sudan",
            Group = PopulationGroup.Residents,
            Service = Service.Messaging,
            Population = new CountRange(900, 1_000),
            PopulationSource = "a census",
            WithoutService = new CountRange(900, 1_000),
            ByNetwork = [],
            Sum = "",
            Since = now,
            Priority = 1,
            PriorityReason = "",
            Conditions = [],
            Unknowns = [],
            Disruptions = [],
            Origin = Origin.Reported,
            Marking = Marking.Public,
        };
        await Recording.Append(
            _site.Records,
            "assessment/response-1",
            [Recording.Of(need)],
            Cancel
        );
        var work = new Workspace(_site.Records);
        work.Stage<Response, ResponseEvent>(
            new Loaded<Response>("response/response-1", 0, null),
            [
                new ResponseProposed(
                    now,
                    "somebody",
                    "relief",
                    "response-1",
                    "disruption-1",
                    _place,
                    "nobody is connected",
                    Marking.Public
                ),
                new NeedsRecorded(now, "somebody", ["need-1"]),
            ],
            "test"
        );
        work.Stage<Commitment, CommitmentEvent>(
            new Loaded<Commitment>("commitment/kit", 0, null),
            [
                new CommitmentPledged(
                    now,
                    "somebody",
                    "kit",
                    "response/response-1",
                    "plan-1",
                    "offer-1",
                    "carrier",
                    "kit",
                    _place,
                    "Sudan",
                    null,
                    Service.Messaging,
                    1,
                    300,
                    20,
                    [],
                    [],
                    null,
                    null,
                    null,
                    "a decision",
                    Origin.Reported,
                    Marking.Public
                ),
                new CommitmentCleared(
                    now,
                    "somebody",
                    "carrier",
                    Clearing.NoneRequired,
                    "none is required",
                    [],
                    Origin.Reported
                ),
                new CommitmentDelivered(
                    now,
                    "somebody",
                    "carrier",
                    "a letter",
                    [],
                    Origin.Reported
                ),
                new CommitmentConfirmedWorking(
                    now,
                    "somebody",
                    "families",
                    "they called",
                    [],
                    Origin.Reported,
                    null
                ),
            ],
            "test"
        );
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }
}
