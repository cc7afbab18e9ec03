using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.KindsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A disruption proposes what was measured and what claims say, under the name of who says it, and nothing else.</summary>
public sealed class FactsFromDisruptionsTests
{
    private static readonly LocalDate _day = new(2026, 3, 10);

    private static LawPack Pack { get; } = LawPackReader.Read(null).Pack!;

    [Fact]
    public void A_claim_that_names_a_State_proposes_it_under_the_name_of_its_source()
    {
        ProposedFacts facts = Of(
            Lost("IQ"),
            ClaimOf("shutdown", Actor.State, "a coalition's list")
        );
        Assert.Equal(
            ["act.state", "jur.own_territory", "m.restricts"],
            facts.Facts.Select(fact => fact.Fact)
        );
        Assert.All(
            facts.Facts,
            fact =>
            {
                Assert.True(fact.Value);
                Assert.Equal("a coalition's list", fact.Source);
                Assert.Null(fact.Confidence);
                Assert.Equal(2, fact.Evidence.Count);
            }
        );
    }

    [Fact]
    public void Sources_that_contradict_each_other_are_both_there_and_leave_the_fact_unknown()
    {
        ProposedFacts facts = Of(
            Lost("IQ"),
            ClaimOf("shutdown", Actor.State, "a coalition's list"),
            ClaimOf("power-loss", Actor.None, "a grid operator"),
            ClaimOf("shutdown", Actor.ForeignState, "a newspaper")
        );
        Assert.Equal(
            [(false, "a grid operator"), (true, "a coalition's list"), (true, "a newspaper")],
            facts
                .Facts.Where(fact => fact.Fact == "m.restricts")
                .Select(fact => (fact.Value, fact.Source))
                .Order()
        );
        var known = KnownFacts.Of(facts.ToSheet(), new AsOf(_day));
        Assert.True(known.Of("m.restricts")!.IsContradicted);
        Assert.True(known.Of("jur.own_territory")!.IsContradicted);
        Assert.DoesNotContain("m.restricts", known.Values.Keys);
        Assert.Contains("act.state", known.Values.Keys);
    }

    [Fact]
    public void That_a_group_or_nobody_is_named_says_nothing_of_a_State()
    {
        foreach (Actor actor in (Actor[])[Actor.NonStateGroup, Actor.Company, Actor.Unknown])
        {
            ProposedFacts facts = Of(Lost("IQ"), ClaimOf("shutdown", actor, "a newspaper"));
            Assert.Equal(["m.restricts"], facts.Facts.Select(fact => fact.Fact));
        }

        Assert.Empty(Of(Lost("IQ"), ClaimOf("outage", Actor.Unknown, "a newspaper")).Facts);
    }

    [Fact]
    public void Nearly_everybody_is_cut_off_only_where_a_shutdown_was_measured_over_the_whole_place()
    {
        Assert.True(IsBlanket(Dark(0.97)));
        Assert.False(IsBlanket(Dark(0.7)));
        Assert.False(IsBlanket(Dark(0.97) with { Network = "MTN" }));
        Assert.False(IsBlanket(Dark(0.97) with { Target = "telegram" }));
        Assert.False(IsBlanket(Dark(0.97) with { Kind = DisruptionKind.Outage }));
        Assert.False(IsBlanket(Dark(0.97) with { Severity = [] }));
        Assert.False(
            IsBlanket(
                Dark(0.97) with
                {
                    Severity =
                    [
                        new Severity(SignalFamily.Probing, 0.97, 60),
                        new Severity(SignalFamily.Application, 0.4, 60),
                    ],
                }
            )
        );
        Assert.False(
            IsBlanket(
                Dark(0.97) with
                {
                    Areas =
                    [
                        new AreaView(Place.OfArea("IQ", "Erbil"), AreaState.Up, null, null, 0.01),
                    ],
                }
            )
        );

        static Disruption Dark(double drop) =>
            Lost("IQ", severity: [new Severity(SignalFamily.Probing, drop, 600)]) with
            {
                Kind = DisruptionKind.Shutdown,
            };
        static bool IsBlanket(Disruption disruption) =>
            Of(disruption).Facts.Any(fact => fact.Fact == "m.blanket");
    }

    [Fact]
    public void A_registry_that_fails_is_one_and_its_service_is_interrupted_only_where_that_was_measured()
    {
        Disruption said = Lost("IQ") with
        {
            Kind = DisruptionKind.RegistryFailure,
            Place = Place.OfFunction("rir:example"),
        };
        Assert.Equal(["gov.registry"], Of(said).Facts.Select(fact => fact.Fact));
        Assert.Equal(
            ["gov.registry", "gov.service_interrupted"],
            Of(said with { Severity = [new Severity(SignalFamily.Probing, 1, 60)] })
                .Facts.Select(fact => fact.Fact)
        );
    }

    [Fact]
    public void A_cable_is_under_the_sea_only_where_a_claim_says_so()
    {
        Assert.Equal(
            ["cab.broken"],
            Of(Lost("IQ"), ClaimOf("cable-cut", Actor.Unknown, "an owner"))
                .Facts.Select(fact => fact.Fact)
        );
        Assert.Equal(
            ["cab.broken", "cab.submarine"],
            Of(
                Lost("IQ"),
                ClaimOf("cable-cut", Actor.Unknown, "an owner") with
                {
                    Cause = "break of a submarine cable",
                }
            )
                .Facts.Select(fact => fact.Fact)
        );
        Assert.DoesNotContain(
            Of(
                Lost("IQ"),
                ClaimOf("outage", Actor.Unknown, "an owner") with
                {
                    Cause = "not the submarine cable",
                }
            ).Facts,
            fact => fact.Fact.StartsWith("cab.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_vote_or_protest_counts_on_days_of_a_restriction_and_an_order_is_one()
    {
        ContextSignal vote = Stated(Circumstance.Election, "IQ", Noon, 24);
        Assert.Empty(Of(Lost("IQ"), [vote]).Facts);
        Assert.Equal(
            ["m.during_election", "m.restricts"],
            Of(Lost("IQ"), [vote, Stated(Circumstance.ShutdownOrder, "IQ", Noon, 24)])
                .Facts.Select(fact => fact.Fact)
        );
        Assert.Empty(
            Of(
                Lost("IQ", hours: 4),
                [Stated(Circumstance.ShutdownOrder, "IQ", Noon + Duration.FromDays(9), 24)]
            ).Facts
        );
    }

    [Fact]
    public void What_a_source_states_of_a_place_is_proposed_for_what_befalls_it_from_that_day_on()
    {
        Assert.Equal(
            [("ctx.niac", "an institute"), ("state.hr_treaty", "a depositary")],
            Of("IQ", Said("ctx.niac", "an institute"), Said("state.hr_treaty", "a depositary"))
        );
        Assert.Empty(Of("IR", Said("ctx.niac", "an institute")));
        Assert.Empty(
            Of("IQ", Said("ctx.niac", "an institute") with { StatedOn = _day.PlusDays(1) })
        );
        Assert.Empty(
            Of(
                "IQ",
                Said("m.strictly_required", "an institute"),
                Said("act.armed_group", "an institute"),
                Said("no.such_fact", "an institute")
            )
        );

        IEnumerable<(string, string)> Of(string place, params AssertionSignal[] stated) =>
            FactsFromDisruptions
                .Propose(
                    Lost(place),
                    new Dictionary<string, Signal>(StringComparer.Ordinal),
                    Pack,
                    _day,
                    stated
                )
                .Facts.Select(fact => (fact.Fact, fact.Source));

        AssertionSignal Said(string fact, string source) =>
            new()
            {
                Id = $"signal-{fact}",
                Fact = fact,
                Value = true,
                StatedOn = _day,
                Source = source,
                Family = SignalFamily.Context,
                Place = Place.OfCountry("IQ"),
                Origin = Origin.Reported,
                Marking = Marking.Public,
                Evidence = [],
            };
    }

    [Fact]
    public void Conduct_goes_from_the_first_day_to_the_last_and_lasts_while_nobody_saw_it_end()
    {
        Assert.Equal("2026-03-03/..", Of(Lost("IQ")).Conduct);
        Assert.Equal("2026-03-03/2026-03-04", Of(Lost("IQ", hours: 30)).Conduct);
        Assert.Equal("undated", Of(Lost("IQ") with { Start = NodaConstants.UnixEpoch }).Conduct);
    }

    [Fact]
    public void What_is_evaluative_or_guarded_is_never_proposed_whatever_a_pack_makes_of_its_facts()
    {
        Gen<Actor> actor = Gen.Enum<Actor>();
        Gen<DisruptionKind> kind = Gen.Enum<DisruptionKind>();
        Gen.Select(
                kind,
                actor,
                kind,
                Gen.Double[0, 1],
                Gen.Int[0, 2],
                Gen.UInt,
                (told, by, claimed, drop, where, flags) => (told, by, claimed, drop, where, flags)
            )
            .Sample(
                made =>
                {
                    Disruption disruption = Lost(
                        "IQ",
                        severity: [new Severity(SignalFamily.Probing, made.drop, 60)]
                    ) with
                    {
                        Kind = made.told,
                        Network = made.where == 1 ? "Operator" : null,
                        Place =
                            made.where == 2
                                ? Place.OfFunction("rir:example")
                                : Place.OfCountry("IQ"),
                    };
                    // Any fact may become evaluative or guarded in a later pack.
                    LawPack pack = Pack with
                    {
                        Facts =
                        [
                            .. Pack.Facts.Select(
                                (fact, i) =>
                                    (made.flags >> (i % 32) & 1) == 0
                                        ? fact
                                        : fact with
                                        {
                                            IsEvaluative = i % 2 == 0 || fact.IsEvaluative,
                                            Safety = i % 2 == 0 ? fact.Safety : Safety.Guarded,
                                        }
                            ),
                        ],
                    };
                    Claim claim = ClaimOf($"{made.claimed}", made.by, "a source");
                    ProposedFacts facts = FactsFromDisruptions.Propose(
                        disruption with
                        {
                            Claims = [claim],
                        },
                        new Dictionary<string, Signal>(),
                        pack,
                        _day
                    );
                    Assert.All(
                        facts.Facts,
                        fact =>
                        {
                            FactTerm term = pack.FactOf(fact.Fact)!;
                            Assert.False(term.IsEvaluative);
                            Assert.NotEqual(Safety.Guarded, term.Safety);
                            Assert.NotEmpty(fact.Source);
                            Assert.Contains(disruption.Id, fact.Evidence);
                        }
                    );
                },
                iter: 2_000
            );
    }

    [Fact]
    public void Every_fact_that_may_be_proposed_is_in_the_vocabulary_of_the_pack() =>
        Assert.All(
            (string[])
                [
                    "act.state",
                    "jur.own_territory",
                    "m.restricts",
                    "m.blanket",
                    "m.service_block",
                    "m.during_election",
                    "m.during_assembly",
                    "cab.broken",
                    "cab.submarine",
                    "gov.registry",
                    "gov.service_interrupted",
                    "op.physical_damage",
                    "op.loss_functionality",
                ],
            fact => Assert.True(FactsFromDisruptions.MayPropose(Pack, fact), fact)
        );

    internal static Claim ClaimOf(string what, Actor actor, string source) =>
        new(
            what,
            null,
            actor,
            source,
            "wording",
            new InstantRange(Noon, Noon),
            null,
            Origin.Reported
        );

    private static ProposedFacts Of(Disruption disruption, params Claim[] claims) =>
        FactsFromDisruptions.Propose(
            disruption with
            {
                Claims = claims,
                Signals = [.. claims.Select((_, i) => $"claim-{i}")],
            },
            claims
                .Select(
                    (claim, i) =>
                        SignalsFixture.Claim("made", i, claim.Source) with
                        {
                            Id = $"claim-{i}",
                            Claim = claim,
                            Source = claim.Source,
                        }
                )
                .ToDictionary(signal => signal.Id, Signal (signal) => signal),
            Pack,
            _day
        );

    private static ProposedFacts Of(Disruption disruption, ContextSignal[] context) =>
        FactsFromDisruptions.Propose(
            disruption with
            {
                Signals = [.. context.Select(signal => signal.Id)],
            },
            context.ToDictionary(signal => signal.Id, Signal (signal) => signal),
            Pack,
            _day
        );
}
