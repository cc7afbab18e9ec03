using System.Globalization;
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

/// <summary>The bundled scenarios, stage by stage: what must come out.</summary>
public sealed class WalkScenariosTests
{
    private static Instant Utc(int month, int day, int hour = 0, int minute = 0, int year = 2026) =>
        Instant.FromUtc(year, month, day, hour, minute);

    public static TheoryData<string> Ids => ["iran-2026-01", "sudan-2024-02"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_walk_gives_what_was_approved(string id) =>
        WalkApproval.Approve(WalkSummary.Of(WalkOf.Once(id)), id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_same_scenario_gives_the_same_bytes_twice(string id) =>
        Assert.Equal(
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(WalkOf.Bytes(WalkOf.Afresh(id)))),
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(WalkOf.Bytes(WalkOf.Once(id))))
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void INV_20_Every_product_says_that_it_is_a_reconstruction_or_less_direct(string id)
    {
        WalkResult walk = WalkOf.Once(id);
        Assert.All(
            walk.Walked.Signals.OfType<SeriesSignal>(),
            signal => Assert.True(signal.Origin is Origin.Reconstructed or Origin.Modelled)
        );
        Assert.All(
            walk.Publications,
            publication => Assert.Equal(Origin.Reconstructed, publication.Origin)
        );
        Assert.Contains(
            "reconstruction",
            walk.Publications.Single(publication => publication.Language == "en").Html,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Empty(walk.Faults);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_plan_is_verified_within_a_hundredth_of_the_best_possible(string id) =>
        Assert.All(
            WalkOf.Once(id).Walked.Plans,
            plan =>
            {
                Assert.True(plan.IsVerified);
                Assert.InRange(plan.Gap, 0, plan.Option == "fairest" ? 1 : 0.01);
                Assert.True(plan.CostUsd <= plan.BudgetUsd);
            }
        );

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
        Assert.Equal(
            Service.Messaging,
            needs.OrderBy(need => need.Priority).First().Service
        );
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
        Decision activation = WalkOf.Iran.Walked.Decisions.Single(d => d.Kind == DecisionKind.Activation);
        Assert.Equal(DecisionOutcome.Adopted, activation.Outcome);
        Assert.DoesNotContain(activation.Positions, p => p.Class == StakeholderClass.Government);
        Assert.Equal(Consent.NoAnswer, Assert.Single(activation.Consents).Consent);
        Assert.All(
            WalkOf.Iran.Walked.Plans,
            plan => Assert.DoesNotContain(plan.Lines, line => line.OfferId == "border-esim")
        );
        Assert.Contains(
            WalkOf.Iran.Walked.Plans[0].Reasons,
            reason => reason.Contains("silence is not consent", StringComparison.Ordinal)
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
        Restoration search = restorations.Single(r => r.MeasuredBy.StartsWith("Google", StringComparison.Ordinal));
        Restoration probing = restorations.Single(r => r.MeasuredBy.StartsWith("Active", StringComparison.Ordinal));
        Assert.Equal(new LocalDate(2026, 1, 18), search.Start!.Latest.InUtc().Date);
        Assert.Contains(search.Notes, note => note.Contains("Active Probing", StringComparison.Ordinal));
        Assert.Equal(new LocalDate(2026, 1, 27), probing.Start!.Latest.InUtc().Date);
        Assert.Equal(RestorationState.Confirmed, probing.State);
        Assert.DoesNotContain(
            restorations,
            r => r.Start?.Latest.InUtc().Date == new LocalDate(2026, 1, 24)
        );
    }

    [Fact]
    public void Sudan_is_a_disruption_for_each_operator_that_fall_in_steps_and_are_linked()
    {
        Disruption[] operators =
        [
            .. WalkOf.Sudan.Known.Disruptions
                .Where(d => d.Severity.Count > 0 && d.Network is not null && d.Place.Key == "SD")
                .OrderBy(d => d.Start),
        ];
        Assert.Equal(["MTN", "Sudani", "Zain"], operators.Select(d => d.Network).Order(StringComparer.Ordinal));
        Assert.All(
            operators.Zip(operators.Skip(1)),
            pair => Assert.True(pair.First.Start < pair.Second.Start)
        );
        Assert.All(operators.Skip(1), d => Assert.NotEmpty(d.Links));
        Assert.All(
            operators,
            d => Assert.InRange(d.Start, Utc(2, 5, year: 2024), Utc(2, 8, year: 2024))
        );
    }

    [Fact]
    public void INV_02_Sudan_keeps_several_actors_and_conflicting_claims_side_by_side()
    {
        Claim[] claims =
        [
            .. WalkOf.Sudan.Walked.Detection.Disruptions.SelectMany(d => d.Claims).DistinctBy(c => c.Wording),
        ];
        Assert.Equal(
            [Actor.State, Actor.NonStateGroup, Actor.Unknown],
            claims.Select(claim => claim.Actor).Distinct().Order()
        );
        Assert.Contains(claims, c => c.Wording.Contains("30 million", StringComparison.Ordinal));
        Assert.Contains(claims, c => c.Wording.Contains("14 million", StringComparison.Ordinal));
    }

    [Fact]
    public void INV_05_Sudan_needs_are_by_state_with_place_codes_and_responders_apart()
    {
        IReadOnlyList<Needs.Need> needs = WalkOf.Sudan.Walked.Assessment.Needs;
        Assert.Equal(
            [.. Enumerable.Range(1, 18).Select(n => string.Create(CultureInfo.InvariantCulture, $"SD{n:00}"))],
            needs
                .Where(n => n is { Service: Service.Messaging, Group: PopulationGroup.Residents })
                .Select(n => n.Pcode)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            needs.Where(n => n.Group == PopulationGroup.Responders),
            n => Assert.Null(n.WithoutService)
        );
        Assert.Contains(needs, n => n.Conditions.Contains("a price people can pay"));
    }

    [Fact]
    public void INV_03_Sudan_adopts_by_quorum_without_either_authority_and_records_the_silence_of_both()
    {
        Decision activation = WalkOf.Sudan.Walked.Decisions.Single(d => d.Kind == DecisionKind.Activation);
        Assert.Equal(DecisionOutcome.Adopted, activation.Outcome);
        Assert.DoesNotContain(activation.Positions, p => p.Class == StakeholderClass.Government);
        Assert.Equal(2, activation.Consents.Count);
        Assert.All(activation.Consents, consent => Assert.Equal(Consent.NoAnswer, consent.Consent));
    }

    [Fact]
    public void Sudan_offers_wait_for_their_licences()
    {
        WalkResult walk = WalkOf.Sudan;
        Dictionary<string, Clearance> clearances = walk.Scenario.Clearances.ToDictionary(c => c.Id);
        PlanLine[] waiting =
        [
            .. walk.Walked.Plans.SelectMany(plan => plan.Lines).Where(line => line.Clearances.Count > 0),
        ];
        Assert.NotEmpty(waiting);
        Assert.All(
            waiting,
            line =>
                Assert.All(
                    line.Clearances,
                    id => Assert.True(line.ServiceAt >= (clearances[id].EffectiveAt ?? Instant.MinValue))
                )
        );
    }

    [Fact]
    public void INV_06_No_commitment_of_Sudan_skips_a_state()
    {
        Assert.NotEmpty(WalkOf.Sudan.Walked.Commitments);
        Assert.All(
            WalkOf.Sudan.Walked.Commitments.Concat(WalkOf.Iran.Walked.Commitments),
            commitment =>
                Assert.All(
                    commitment.History.Zip(commitment.History.Skip(1)),
                    pair =>
                        Assert.True(
                            pair.Second.State
                                is CommitmentState.Lapsed
                                    or CommitmentState.Withdrawn
                                || pair.Second.State - pair.First.State <= 1
                        )
                )
        );
    }

    [Fact]
    public void Sudan_gets_only_Sudani_back_by_area_while_MTN_stays_open()
    {
        IReadOnlyList<Restoration> restorations = WalkOf.Sudan.Walked.Restorations;
        Restoration[] back =
        [
            .. restorations.Where(r =>
                r.Network is not null
                && r.State is RestorationState.Confirmed or RestorationState.Partial
            ),
        ];
        Assert.Contains(back, r => r is { Network: "Sudani", Place.Area: not null });
        Assert.DoesNotContain(back, r => r.Network == "MTN");
        Assert.Null(
            Assert.Single(
                WalkOf.Sudan.Walked.Detection.Disruptions,
                d => d is { Network: "MTN", Severity.Count: > 0 }
            ).End
        );
    }
}
