using System.Globalization;
using Breakwater.App;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>sudan-2024-02, stage by stage: operators cut one after another.</summary>
public sealed class WalkSudanTests
{
    private static Instant Utc(int month, int day, int hour = 0, int minute = 0, int year = 2026) =>
        Instant.FromUtc(year, month, day, hour, minute);

    [Fact]
    public void Sudan_is_a_disruption_for_each_operator_that_fall_in_steps_and_are_linked()
    {
        Disruption[] operators =
        [
            .. WalkOf
                .Sudan.Known.Disruptions.Where(d =>
                    d.Severity.Count > 0 && d.Network is not null && d.Place.Key == "SD"
                )
                .OrderBy(d => d.Start),
        ];
        Assert.Equal(
            ["MTN", "Sudani", "Zain"],
            operators.Select(d => d.Network).Order(StringComparer.Ordinal)
        );
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
            .. WalkOf
                .Sudan.Walked.Detection.Disruptions.SelectMany(d => d.Claims)
                .DistinctBy(c => c.Wording),
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
            [
                .. Enumerable
                    .Range(1, 18)
                    .Select(n => string.Create(CultureInfo.InvariantCulture, $"SD{n:00}")),
            ],
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
        Decision activation = WalkOf.Sudan.Walked.Decisions.Single(d =>
            d.Kind == DecisionKind.Activation
        );
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
            .. walk
                .Walked.Plans.SelectMany(plan => plan.Lines)
                .Where(line => line.Clearances.Count > 0),
        ];
        Assert.NotEmpty(waiting);
        Assert.All(
            waiting,
            line =>
                Assert.All(
                    line.Clearances,
                    id =>
                        Assert.True(
                            line.ServiceAt >= (clearances[id].EffectiveAt ?? Instant.MinValue)
                        )
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
                            pair.Second.State is CommitmentState.Lapsed or CommitmentState.Withdrawn
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
            Assert
                .Single(
                    WalkOf.Sudan.Walked.Detection.Disruptions,
                    d => d is { Network: "MTN", Severity.Count: > 0 }
                )
                .End
        );
    }
}
