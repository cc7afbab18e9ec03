using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What others say stands beside what was measured: never merged, never dropped.</summary>
public sealed class DisruptionsClaimsTests
{
    private static readonly SeriesSignal Dark = Cut(
        SignalFamily.Probing,
        20 * StepsPerDay,
        500,
        int.MaxValue,
        0.04
    );

    [Fact]
    public void INV_02_Contradictory_claims_about_one_disruption_coexist()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Dark,
                Claim("shutdown", 499, "a coalition", Actor.State),
                Claim("power-loss", 510, "a ministry", Actor.None),
                Claim("shutdown", 505, "a newspaper", Actor.ForeignState)
            ).Disruptions
        );
        Assert.Equal(
            ["a coalition", "a ministry", "a newspaper"],
            disruption.Claims.Select(claim => claim.Source).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [Actor.State, Actor.ForeignState, Actor.None],
            disruption.Claims.Select(claim => claim.Actor).Order()
        );
        // Two kinds are claimed, so none of them becomes the kind.
        Assert.Equal(DisruptionKind.Outage, disruption.Kind);
    }

    [Fact]
    public void A_kind_is_taken_from_claims_only_when_they_agree_on_it()
    {
        Assert.Equal(
            DisruptionKind.CableCut,
            Assert
                .Single(
                    Detect(
                        Dark,
                        Claim("cable-cut", 500, "an operator"),
                        Claim("outage", 500, "a monitor")
                    ).Disruptions
                )
                .Kind
        );
        Assert.Equal(DisruptionKind.Outage, Assert.Single(Detect(Dark).Disruptions).Kind);
    }

    [Fact]
    public void INV_03_Every_kind_of_actor_is_kept_as_claimed_and_unknown_words_stay_an_outage()
    {
        foreach (Actor actor in Enum.GetValues<Actor>())
        {
            Disruption disruption = Assert.Single(
                Detect(Dark, Claim("sabotage", 500, "somebody", actor)).Disruptions
            );
            Assert.Equal(actor, Assert.Single(disruption.Claims).Actor);
            Assert.Equal("sabotage", disruption.Claims[0].What);
            Assert.Equal(DisruptionKind.Outage, disruption.Kind);
        }
    }

    [Fact]
    public void A_claim_that_fits_no_onset_stands_apart_and_what_comes_after_is_linked_to_it()
    {
        // Ten days before: another disruption, as its source says, that ends on the day of the cut.
        ClaimSignal earlier = Claim("throttling", 20, "a coalition");
        earlier = earlier with
        {
            Claim = earlier.Claim with { End = new InstantRange(At(490), At(520)) },
        };
        IReadOnlyList<Disruption> disruptions = Detect(Dark, earlier).Disruptions;
        Assert.Equal(2, disruptions.Count);
        Assert.Equal(DisruptionKind.Throttling, disruptions[0].Kind);
        Assert.Contains("known from a claim only, not measured here", disruptions[0].Notes);
        Assert.Empty(disruptions[0].Severity);
        Assert.Empty(disruptions[1].Claims);
        Assert.Equal(
            new DisruptionLink("follows", disruptions[0].Id),
            Assert.Single(disruptions[1].Links)
        );
    }

    [Fact]
    public void A_claim_about_another_place_does_not_join_this_one()
    {
        IReadOnlyList<Disruption> disruptions = Detect(
            Dark,
            Claim("shutdown", 500, "a coalition", place: Place.OfArea("IR", "Tehran"))
        ).Disruptions;
        Assert.Equal(2, disruptions.Count);
        Assert.Empty(disruptions.Single(d => d.Place.Equals(Iran)).Claims);
        Assert.Single(disruptions.Single(d => !d.Place.Equals(Iran)).Claims);
    }

    [Fact]
    public void A_claim_alone_is_no_more_than_a_suspicion()
    {
        Disruption claimed = Assert.Single(
            Detect(Claim("shutdown", 500, "a coalition")).Disruptions
        );
        Assert.Equal(DisruptionState.Suspected, claimed.State);
        Assert.True(claimed.Confidence.Probability < 0.5);
    }

    [Fact]
    public void A_claim_is_evidence_of_its_own_and_keeps_its_line()
    {
        ClaimSignal claim = Claim("shutdown", 500, "a coalition");
        Disruption disruption = Assert.Single(Detect(Dark, claim).Disruptions);
        Assert.Contains(claim.Id, disruption.Signals);
        Assert.Contains(claim.Evidence[0], disruption.Evidence);
        Assert.Equal(Origin.Reported, disruption.Origin);
        Assert.Equal("outside_claim", VerdictOf(disruption, "a coalition").Tag);
    }

    [Fact]
    public void A_derived_disruption_takes_the_strictest_marking_of_its_inputs()
    {
        ClaimSignal claim = Claim("shutdown", 500, "a source in danger") with
        {
            Marking = new Marking(Distribution.Group, Tlp.Red),
        };
        Assert.Equal(claim.Marking, Assert.Single(Detect(Dark, claim).Disruptions).Marking);
    }
}
