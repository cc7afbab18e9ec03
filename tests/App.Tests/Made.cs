using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a test begins with and no detector told.</summary>
internal static class Made
{
    /// <summary>A public outage that goes on, with an onset within the hour before it.</summary>
    public static Disruption Disruption(string id, Place place, Instant start) =>
        new()
        {
            Id = id,
            Kind = DisruptionKind.Outage,
            State = DisruptionState.Confirmed,
            Place = place,
            Asns = [],
            Start = start,
            Onset = new InstantRange(start - Duration.FromHours(1), start),
            End = null,
            Confidence = new Confidence(0.9),
            Severity = [],
            Sources = [],
            Claims = [],
            Links = [],
            Notes = [],
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Signals = [],
            Evidence = [],
            Detector = "made",
        };

    /// <summary>Puts the disruption on record, and a response to it that two classes activated.</summary>
    public static async Task Responding(
        ApiSite site,
        string id,
        Disruption disruption,
        Duration firstService,
        Duration extendedService
    )
    {
        await site.Records.Append(
            "detections",
            0,
            [
                ProductRecorded
                    .Of(disruption.Id, "disruption", disruption, [])
                    .ToDraft(Marking.Public, "detector", []),
            ],
            TestContext.Current.CancellationToken
        );
        Instant now = site.Clock.Now;
        ResponseEvent[] events =
        [
            new ResponseProposed(
                now,
                ApiSite.PersonOf(Role.Planner, "relief"),
                "relief",
                id,
                disruption.Id,
                disruption.Place,
                "people cannot be reached",
                Marking.Public
            ),
            new ActivationAsked(now, "somebody", "decision-1"),
            new ResponseActivated(
                now,
                "somebody",
                "decision-1",
                "two classes agreed",
                now,
                now + firstService,
                now + extendedService,
                [StakeholderClass.CivilSociety, StakeholderClass.TechnicalCommunity]
            ),
        ];
        var work = new Workspace(site.Records);
        work.Stage(new Loaded<Response>($"response/{id}", 0, null), events, "test");
        Assert.IsType<Appended>(await work.Commit(null, TestContext.Current.CancellationToken));
    }
}
