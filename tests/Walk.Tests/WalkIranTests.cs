using Breakwater.App;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>iran-2026-01, stage by stage: a shutdown while routing stays up.</summary>
public sealed class WalkIranTests
{
    private static Instant Utc(int month, int day, int hour = 0, int minute = 0, int year = 2026) =>
        Instant.FromUtc(year, month, day, hour, minute);

    [Fact]
    public void Iran_signals_are_five_series_and_empty_telescope_and_browser_samples_are_blind()
    {
        WalkResult walk = WalkOf.Iran;
        Assert.Equal(5, walk.Walked.Signals.OfType<SeriesSignal>().Count());
        foreach (string feed in (string[])["Telescope", "Mozilla"])
        {
            Assert.Contains(
                walk.Walked.Detection.Blind,
                blind => blind.Feed.StartsWith(feed, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Iran_is_one_measured_disruption_with_onset_between_16_and_17_and_an_earlier_claim_linked_to_it()
    {
        Disruption[] measured =
        [
            .. WalkOf.Iran.Walked.Detection.Disruptions.Where(d => d.Severity.Count > 0),
        ];
        Disruption dark = Assert.Single(measured);
        Assert.True(dark.Onset.Earliest >= Utc(1, 8, 16));
        Assert.True(dark.Onset.Latest <= Utc(1, 8, 17));
        Assert.Contains("routing stays up, access is dark", dark.Notes);
        Disruption claimed = Assert.Single(
            WalkOf.Iran.Walked.Detection.Disruptions,
            d => d.Severity.Count == 0
        );
        Assert.Equal(DisruptionKind.Shutdown, claimed.Kind);
        Assert.Equal(Actor.State, Assert.Single(claimed.Claims).Actor);
        Assert.Contains(dark.Links, link => link.DisruptionId == claimed.Id);
    }

    [Fact]
    public void Iran_is_still_dark_on_the_10th_although_routing_came_back_on_the_9th()
    {
        Disruption known = Assert.Single(WalkOf.Iran.Known.Disruptions, d => d.Severity.Count > 0);
        Assert.Null(known.End);
        Assert.Equal(DisruptionState.Confirmed, known.State);
    }

    [Fact]
    public void Iran_needs_count_civilians_and_leave_refugees_and_responders_unknown()
    {
        IReadOnlyList<Needs.Need> needs = WalkOf.Iran.Walked.Assessment.Needs;
        Assert.Equal(Service.Messaging, needs.OrderBy(need => need.Priority).First().Service);
        Assert.All(
            needs.Where(need => need.Group == PopulationGroup.Residents),
            need => Assert.InRange(need.WithoutService!.High, 80_000_000, 93_000_000)
        );
        Assert.All(
            needs.Where(need => need.Group != PopulationGroup.Residents),
            need => Assert.Null(need.WithoutService)
        );
    }

    [Fact]
    public void INV_04_Iran_activates_without_the_State_and_keeps_its_silence_as_no_answer()
    {
        Decision activation = WalkOf.Iran.Walked.Decisions.Single(d =>
            d.Kind == DecisionKind.Activation
        );
        Assert.Equal(DecisionOutcome.Adopted, activation.Outcome);
        Assert.DoesNotContain(activation.Positions, p => p.Class == StakeholderClass.Government);
        Assert.Equal(Consent.NoAnswer, Assert.Single(activation.Consents).Consent);
        Assert.All(
            WalkOf.Iran.Walked.Plans,
            plan => Assert.DoesNotContain(plan.Lines, line => line.OfferId == "border-esim")
        );
        Assert.Contains(
            WalkOf.Iran.Walked.Plans[0].Reasons,
            reason => reason.Contains("has not been asked for", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Iran_leaves_nearly_the_whole_need_open_and_says_who_is_endangered()
    {
        Plan plan = WalkOf.Iran.Walked.Plans.Single(p => p.Option == "most-people");
        Assert.NotEmpty(plan.Unserved);
        Assert.True(plan.Unserved.Sum(open => open.People) > 80_000_000);
        Assert.Contains("endangered", plan.HarmNote, StringComparison.Ordinal);
        Plan safest = WalkOf.Iran.Walked.Plans.Single(p => p.Option == "safest");
        Assert.DoesNotContain(safest.Lines, line => line.OfferId == "terminals-in-place");
    }

    [Fact]
    public void Iran_search_returns_on_the_18th_in_part_probing_on_the_27th_and_the_spike_restores_nothing()
    {
        IReadOnlyList<Restoration> restorations = WalkOf.Iran.Walked.Restorations;
        Restoration search = restorations.Single(r =>
            r.MeasuredBy.StartsWith("Google", StringComparison.Ordinal)
        );
        Restoration probing = restorations.Single(r =>
            r.MeasuredBy.StartsWith("Active", StringComparison.Ordinal)
        );
        Assert.Equal(new LocalDate(2026, 1, 18), search.Start!.Latest.InUtc().Date);
        Assert.Contains(
            search.Notes,
            note => note.Contains("Active Probing", StringComparison.Ordinal)
        );
        Assert.Equal(new LocalDate(2026, 1, 27), probing.Start!.Latest.InUtc().Date);
        Assert.Equal(RestorationState.Confirmed, probing.State);
        Assert.DoesNotContain(
            restorations,
            r => r.Start?.Latest.InUtc().Date == new LocalDate(2026, 1, 24)
        );
    }
}
