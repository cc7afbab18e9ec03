using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.KindsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Neighbours, power, cables, the calendar and claims: stated by somebody, weighed, never taken for the truth.</summary>
public sealed class KindsCircumstancesTests
{
    [Fact]
    public void A_stated_cable_fault_and_three_neighbours_that_fall_too_look_like_a_cable_cut()
    {
        Disruption[] coast =
        [
            Lost("TG", Noon),
            Lost("BJ", Noon + Duration.FromMinutes(4)),
            Lost("GH", Noon + Duration.FromMinutes(8)),
            Lost("CI", Noon + Duration.FromMinutes(12)),
        ];
        ContextSignal[] fault =
        [
            .. coast.Select(loss => Stated(Circumstance.CableFault, loss.Place.Key, Noon)),
        ];
        KindLikelihoods kinds = Weigh(coast[0], coast, fault);
        Assert.Equal(DisruptionKind.CableCut, kinds.First());
        Assert.True(kinds.Of(DisruptionKind.CableCut) > 0.7);
        Assert.Contains(
            "3 other countries named with the same cable fault fall too",
            kinds.Reason(DisruptionKind.CableCut, "cable_places_fall_together").Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "BJ, GH, next to it",
            kinds.Reason(DisruptionKind.CableCut, "neighbours_fall_too").Text,
            StringComparison.Ordinal
        );
        Assert.True(
            Weigh(coast[0], coast).Of(DisruptionKind.Shutdown)
                <= Weigh(coast[0]).Of(DisruptionKind.Shutdown)
        );
    }

    [Fact]
    public void Many_countries_in_one_feed_alone_may_be_the_feed()
    {
        string[] countries = ["AR", "AU", "FI", "JP", "KE", "NO", "PE"];
        Disruption[] everywhere = [.. countries.Select(country => Lost(country, Noon))];
        KindLikelihoods together = Weigh(everywhere[0], everywhere);
        KindLikelihoods alone = Weigh(everywhere[0]);
        Assert.True(together.Unknown.Probability >= alone.Unknown.Probability);
        Assert.Contains(
            "one_feed_many_countries",
            KindsFromEvidence.Tags(everywhere, KindProfile.Default)[everywhere[0].Id]
        );
        // A second source in one of them and it is no longer the feed's word alone.
        everywhere[3] = everywhere[3] with
        {
            Sources = [Source(SignalFamily.Telescope), Source(SignalFamily.Probing)],
        };
        Assert.DoesNotContain(
            "one_feed_many_countries",
            KindsFromEvidence.Tags(everywhere, KindProfile.Default)[everywhere[0].Id]
        );
    }

    [Fact]
    public void Silence_of_neighbours_counts_only_where_losses_are_seen_at_all()
    {
        string[] Tags(params Disruption[] all) =>
            [.. KindsFromEvidence.Tags(all, KindProfile.Default)[all[0].Id]];
        Instant monthBefore = Noon - Duration.FromDays(30);
        Assert.Contains("neighbours_unseen", Tags(Lost("IQ")));
        Assert.Contains(
            "neighbours_unaffected",
            Tags(Lost("IQ"), Lost("IR", monthBefore), Lost("SY", monthBefore))
        );
    }

    [Theory]
    [InlineData(Circumstance.ShutdownOrder, DisruptionKind.Shutdown)]
    [InlineData(Circumstance.ExamPeriod, DisruptionKind.Shutdown)]
    [InlineData(Circumstance.Election, DisruptionKind.Shutdown)]
    [InlineData(Circumstance.Protest, DisruptionKind.Shutdown)]
    [InlineData(Circumstance.Curfew, DisruptionKind.Shutdown)]
    [InlineData(Circumstance.PowerOutage, DisruptionKind.PowerLoss)]
    [InlineData(Circumstance.CableFault, DisruptionKind.CableCut)]
    [InlineData(Circumstance.Disaster, DisruptionKind.Destruction)]
    [InlineData(Circumstance.Hostilities, DisruptionKind.Destruction)]
    [InlineData(Circumstance.Maintenance, DisruptionKind.Outage)]
    [InlineData(Circumstance.RegistryDecision, DisruptionKind.RegistryFailure)]
    public void A_circumstance_speaks_for_its_kind(Circumstance circumstance, DisruptionKind kind)
    {
        Disruption loss = Lost("PH", onsetMinutes: 600);
        KindLikelihoods without = Weigh(loss);
        KindLikelihoods with = Weigh(loss, context: [Stated(circumstance, "PH")]);
        Assert.True(with.Of(kind) > without.Of(kind));
        Assert.Equal(kind, with.First());
        Assert.Contains(
            "stated by a newspaper",
            with.Kinds[0].Reasons[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_circumstance_elsewhere_or_at_another_time_says_nothing()
    {
        Disruption loss = Lost("PH");
        KindLikelihoods without = Weigh(loss);
        foreach (
            ContextSignal stated in (ContextSignal[])
                [
                    Stated(Circumstance.PowerOutage, "ID"),
                    Stated(Circumstance.PowerOutage, "PH", Noon - Duration.FromDays(5), 12),
                    Stated(Circumstance.PowerOutage, "PH", Noon + Duration.FromDays(1)),
                    Stated(Circumstance.PowerOutage, "AS64500"),
                ]
        )
        {
            Assert.Equal(Shown(without), Shown(Weigh(loss, context: [stated])));
        }
    }

    [Fact]
    public void A_loss_some_hours_after_the_power_went_fits_batteries()
    {
        ContextSignal power = Stated(
            Circumstance.PowerOutage,
            "PH",
            Noon - Duration.FromHours(9),
            1
        );
        Assert.Equal(DisruptionKind.PowerLoss, Weigh(Lost("PH"), context: [power]).First());
    }

    [Fact]
    public void A_circumstance_of_a_part_of_the_place_counts_less()
    {
        Disruption loss = Lost("PH", onsetMinutes: 600);
        KindLikelihoods part = Weigh(loss, context: [Stated(Circumstance.PowerOutage, "PH/Cebu")]);
        KindLikelihoods whole = Weigh(loss, context: [Stated(Circumstance.PowerOutage, "PH")]);
        Assert.InRange(
            part.Of(DisruptionKind.PowerLoss),
            0.01,
            whole.Of(DisruptionKind.PowerLoss) - 0.01
        );
    }

    [Fact]
    public void Ten_statements_of_one_power_cut_weigh_as_much_as_one()
    {
        Disruption loss = Lost("PH");
        ContextSignal[] ten =
        [
            .. Enumerable
                .Range(0, 10)
                .Select(i => Stated(Circumstance.PowerOutage, "PH", number: i)),
        ];
        Assert.Equal(
            Weigh(loss, context: ten[..1]).Of(DisruptionKind.PowerLoss),
            Weigh(loss, context: ten).Of(DisruptionKind.PowerLoss)
        );
    }

    [Fact]
    public void Claims_that_contradict_each_other_spread_the_mass_and_say_so()
    {
        ClaimSignal[] claims = [Says("a coalition", "shutdown"), Says("a ministry", "power-loss")];
        KindLikelihoods both = Weigh(With(Lost("IR"), claims), claims: claims);
        KindLikelihoods one = Weigh(With(Lost("IR"), claims[0]), claims: claims);
        Assert.True(both.Of(DisruptionKind.Shutdown) < one.Of(DisruptionKind.Shutdown));
        Assert.True(both.Of(DisruptionKind.PowerLoss) > one.Of(DisruptionKind.PowerLoss));
        KindReason reason = both.Reason(DisruptionKind.PowerLoss, "claims_disagree");
        Assert.Equal("Claims disagree: shutdown (1), power loss (1).", reason.Text);
        Assert.Equal(claims.Select(claim => claim.Id).Order(StringComparer.Ordinal), reason.From);
    }

    [Fact]
    public void One_source_that_repeats_itself_is_one_source()
    {
        ClaimSignal once = Says("a coalition", "shutdown");
        ClaimSignal again = Says("a coalition", "Shutdown");
        ClaimSignal other = Says("a newspaper", "shutdown");
        double Shutdown(params ClaimSignal[] claims) =>
            Weigh(With(Lost("IR"), claims), claims: claims).Of(DisruptionKind.Shutdown);
        Assert.Equal(Shutdown(once), Shutdown(once, again));
        Assert.True(Shutdown(once, other) > Shutdown(once));
    }

    [Theory]
    [InlineData("outage", null, null)]
    [InlineData("outage", "Cable-Cut", DisruptionKind.CableCut)]
    [InlineData("outage", "Exams", DisruptionKind.Shutdown)]
    [InlineData("Cable cut", null, DisruptionKind.CableCut)]
    [InlineData("outage", "not a cable cut", null)]
    [InlineData("outage", "power outage after a cable cut", null)]
    [InlineData("sabotage", "somebody", null)]
    public void A_claim_supports_the_kind_that_it_names_and_no_other(
        string what,
        string? cause,
        DisruptionKind? kind
    )
    {
        ClaimSignal claim = Says("somebody", what, cause);
        Disruption loss = Lost("192.0.2.0/24", onsetMinutes: 600);
        Assert.Equal(kind, Weigh(With(loss, claim), claims: [claim]).First());
    }

    [Fact]
    public void Nothing_is_near_certain_without_a_claim_or_a_circumstance_that_names_it()
    {
        Disruption[] mornings =
        [
            .. Enumerable
                .Range(0, 10)
                .Select(day =>
                    Lost(
                        "IR",
                        Instant.FromUtc(2026, 6, 1 + day, 1, 30),
                        4,
                        sources:
                        [
                            Source(SignalFamily.Routing, Verdict.Disagrees),
                            Source(SignalFamily.Probing, drop: 0.95),
                        ]
                    )
                ),
        ];
        ContextSignal[] calendar =
        [
            Stated(Circumstance.ExamPeriod, "IR", mornings[0].Start, 300),
            Stated(Circumstance.Protest, "IR", mornings[0].Start, 300),
            Stated(Circumstance.Curfew, "IR", mornings[0].Start, 300),
        ];
        double indirect = Weigh(mornings[5], mornings, calendar).Of(DisruptionKind.Shutdown);
        Assert.InRange(indirect, 0.8, 0.9);
        ClaimSignal claim = Says("a coalition", "shutdown");
        double direct = Weigh(With(mornings[5], claim), mornings, calendar, [claim])
            .Of(DisruptionKind.Shutdown);
        Assert.InRange(direct, 0.9, 0.96);
    }

    [Fact]
    public void What_rests_on_a_closely_held_circumstance_is_as_closely_held_and_names_it()
    {
        ContextSignal held = Stated(
            Circumstance.PowerOutage,
            "PH",
            marking: new Marking(Distribution.Group, Tlp.Red)
        );
        Disruption weighed = KindsFromEvidence.Weigh([Lost("PH")], [held], [], KindProfile.Default)[
            0
        ];
        Assert.Equal(held.Marking, weighed.Marking);
        Assert.Contains(held.Id, weighed.Signals);
        Assert.Contains(held.Evidence[0], weighed.Evidence);
    }

    internal static string Shown(KindLikelihoods kinds) =>
        System.Text.Encoding.UTF8.GetString(CanonicalJson.Of(kinds));
}
