using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>gaza-2023-10, stage by stage: destruction, fuel, blackouts, eSIMs, repair crews.</summary>
public sealed class WalkGazaTests
{
    [Fact]
    public void Gaza_signals_are_an_index_the_status_of_the_operator_and_reports_on_fuel()
    {
        IReadOnlyList<Signal> signals = WalkOf.Gaza.Walked.Signals;
        Assert.Contains(signals.OfType<SeriesSignal>(), one => one.Metric == "connectivity index");
        Assert.Contains(signals.OfType<SeriesSignal>(), one => one.Network == "main operator");
        Assert.Contains(
            signals.OfType<ReportSignal>(),
            one => one.Text!.Contains("no fuel", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Gaza_disruptions_are_linked_and_of_all_four_kinds()
    {
        IReadOnlyList<Disruption> found = WalkOf.Gaza.Walked.Detection.Disruptions;
        Assert.Superset(
            new HashSet<DisruptionKind>
            {
                DisruptionKind.PowerLoss,
                DisruptionKind.Destruction,
                DisruptionKind.CableCut,
                DisruptionKind.Shutdown,
            },
            found.Select(one => one.Kind).ToHashSet()
        );
        Assert.True(found.Count(one => one.Links.Count > 0) > found.Count / 2);
    }

    [Fact]
    public void INV_02_Gaza_keeps_three_lengths_of_June_2025_and_two_causes_of_November_2023()
    {
        Claim[] claims =
        [
            .. WalkOf.Gaza.Walked.Detection.Disruptions.SelectMany(one => one.Claims).Distinct(),
        ];
        Claim[] june =
        [
            .. claims.Where(claim =>
                claim.What == "cable-cut"
                && claim.Start!.Earliest > Instant.FromUtc(2025, 6, 1, 0, 0)
            ),
        ];
        Assert.Equal(3, june.Length);
        Assert.All(
            (string[])["three days", "four days", "five days"],
            length =>
                Assert.Single(
                    june,
                    claim => claim.Wording.Contains(length, StringComparison.Ordinal)
                )
        );
        Claim[] november =
        [
            .. claims.Where(claim =>
                claim.End?.Earliest.InUtc().Date == new LocalDate(2023, 11, 17)
            ),
        ];
        Assert.Equal([Actor.ForeignState, Actor.None], november.Select(c => c.Actor).Order());
    }

    [Fact]
    public void INV_02_Gaza_never_averages_figures_of_damage()
    {
        Claim[] damage =
        [
            .. WalkOf
                .Gaza.Walked.Detection.Disruptions.SelectMany(one => one.Claims)
                .Where(claim => claim.Wording.Contains("million", StringComparison.Ordinal))
                .Distinct(),
        ];
        Assert.Contains(
            damage,
            one => one.Wording.Contains("$90 million", StringComparison.Ordinal)
        );
        Assert.Contains(
            damage,
            one => one.Wording.Contains("$164 million", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            WalkOf.Gaza.Publications,
            one => one.Html.Contains("$127", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Gaza_needs_are_by_governorate_and_group_with_family_links_first()
    {
        IReadOnlyList<Need> needs = WalkOf.Gaza.Walked.Assessment.Needs;
        Assert.Equal(
            ["PS0255", "PS0260", "PS0265", "PS0270", "PS0275"],
            needs
                .Where(need =>
                    need is { Service: Service.Messaging, Group: PopulationGroup.Residents }
                )
                .Select(need => need.Pcode)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(Service.Messaging, needs[0].Service);
        Assert.Contains(needs, need => need.Group == PopulationGroup.Displaced);
        Assert.All(
            needs.Where(need => need.Group != PopulationGroup.Residents),
            need => Assert.Null(need.WithoutService)
        );
    }

    [Fact]
    public void INV_12_Gaza_names_the_order_in_which_sites_go_dark_and_leaves_an_unknown_tank_unknown()
    {
        IReadOnlyList<TimeToDark> sites = WalkOf.Gaza.Walked.Assessment.TimeToDark;
        Assert.Equal(
            ["hub-b", "hub-a", "hub-c", "hub-d", "hub-e", "hospital-hub"],
            sites.Select(site => site.SiteId)
        );
        Assert.Null(sites[^1].Hours);
        Assert.Null(sites[^1].Order);
    }

    [Fact]
    public void Gaza_plans_fuel_for_hubs_and_batches_of_eSIMs_that_run_out()
    {
        Plan plan = WalkOf.Gaza.Walked.Plans.Single(one => one.Option == "most-people");
        Assert.Contains(plan.Lines, line => line.OfferId == "generator-fuel");
        Offer[] batches =
        [
            .. WalkOf.Gaza.Scenario.Offers.Where(offer =>
                offer.Asset.StartsWith("eSIM", StringComparison.Ordinal)
            ),
        ];
        Assert.Equal(2, batches.Select(batch => batch.UntilOffered).Distinct().Count());
        Assert.DoesNotContain(plan.Lines, line => line.OfferId == "fibre-crew");
        Assert.Contains(
            plan.Reasons,
            reason => reason.Contains("silence is not consent", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void INV_07_Gaza_sends_crews_only_inside_a_window_with_access_given()
    {
        Mission[] missions = [.. WalkOf.Gaza.Played.Missions.Select(one => one.State!)];
        Mission refused = missions.Single(one => one.Id == "fibre-first");
        Mission went = missions.Single(one => one.Id == "fibre-second");
        Assert.Equal(MissionState.Lapsed, refused.State);
        Assert.Equal(MissionState.Completed, went.State);
        Assert.Equal(2, went.Approvals.Select(one => one.Organisation).Distinct().Count());
        Assert.InRange(went.StartedAt!.Value, went.Terms.Since, went.Terms.Until);
        Assert.All(missions, one => Assert.NotEqual(Distribution.Public, one.Marking.Distribution));
    }

    [Fact]
    public void Gaza_adopts_the_plan_with_a_dissent_on_exposure_on_record()
    {
        Decision adoption = WalkOf.Gaza.Walked.Decisions.Single(one =>
            one.Kind == DecisionKind.PlanAdoption
        );
        Assert.Equal(DecisionOutcome.Adopted, adoption.Outcome);
        Position dissent = Assert.Single(adoption.Positions, one => one.Stand == Stand.Object);
        Assert.Contains("shot", dissent.Reason, StringComparison.Ordinal);
        Assert.NotNull(dissent.Answer);
    }

    [Fact]
    public void INV_01_Gaza_tells_each_party_and_keeps_no_answer_and_denied_apart()
    {
        Notification[] told = [.. WalkOf.Gaza.Played.Notifications.Select(one => one.State!)];
        Assert.Equal(4, told.Length);
        Assert.Equal(
            [NotificationAnswer.NoAnswer, NotificationAnswer.Denied],
            told.Where(one => one.Mission == "fibre-first").Select(one => one.Answer).Order()
        );
        Assert.All(
            told.Where(one => one.Answer == NotificationAnswer.NoAnswer),
            one => Assert.NotNull(one.UnansweredAt)
        );
        Decision activation = WalkOf.Gaza.Walked.Decisions.Single(one =>
            one.Kind == DecisionKind.Activation
        );
        Assert.Equal(
            [Consent.Denied, Consent.NoAnswer],
            activation
                .Consents.Select(one => one.Consent)
                .OrderBy(one => one.ToString(), StringComparer.Ordinal)
        );
    }

    [Fact]
    public void INV_06_Gaza_eSIMs_lapse_and_areas_come_back_in_part()
    {
        Assert.All(
            WalkOf.Gaza.Walked.Commitments.Where(one =>
                one.OfferId.StartsWith("esim", StringComparison.Ordinal)
            ),
            one => Assert.Equal(CommitmentState.Lapsed, one.State)
        );
        Restoration[] areas =
        [
            .. WalkOf.Gaza.Walked.Restorations.Where(one =>
                one.Place.Area is not null && one.ShareRestored is not null
            ),
        ];
        Assert.Equal(5, areas.Length);
        Assert.All(areas, one => Assert.Equal(RestorationState.Partial, one.State));
    }

    [Fact]
    public void INV_14_Gaza_publishes_no_place_of_a_site_a_crew_or_a_terminal()
    {
        foreach (Publication publication in WalkOf.Gaza.Publications)
        {
            foreach (string sealed_ in (string[])["hub-a", "hub-e", "hospital-hub", "fibre-second"])
            {
                Assert.DoesNotContain(sealed_, publication.Html, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Gaza_findings_leave_contested_facts_open() =>
        Assert.All(
            WalkOf.Gaza.Walked.Norms!.Found.Findings,
            finding => Assert.NotEmpty(finding.Undetermined)
        );
}
