using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Norms.Tests.DeterminingTests;

namespace Breakwater.Norms.Tests;

/// <summary>What may change about a question without changing the answer, on the pack that comes with the product.</summary>
public sealed class MetamorphicTests
{
    private static readonly Gen<Dictionary<string, Kleene>> _facts =
        from count in Gen.Int[0, 40]
        from picked in Gen.Int[0, Packs.Core.Facts.Count - 1].Array[count]
        from values in Gen.Enum<Kleene>().Array[count]
        select picked
            .Zip(values)
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => Packs.Core.Facts[pair.First].Id, pair => pair.Second);

    [Fact]
    public void The_order_of_facts_changes_nothing() =>
        _facts.Sample(
            facts => Outcomes(facts).SequenceEqual(Outcomes(facts.Reverse().ToDictionary())),
            iter: 200
        );

    [Fact]
    public void Unknown_is_the_same_as_not_said() =>
        _facts.Sample(
            facts =>
                Outcomes(facts)
                    .SequenceEqual(
                        Outcomes(facts.Where(fact => fact.Value != Kleene.Unknown).ToDictionary())
                    ),
            iter: 200
        );

    [Fact]
    public void What_no_rule_reads_changes_nothing() =>
        _facts.Sample(
            facts =>
                Outcomes(facts)
                    .SequenceEqual(
                        Outcomes(
                            new Dictionary<string, Kleene>(facts)
                            {
                                ["m.alternative_access"] = Kleene.True,
                            }
                        )
                    ),
            iter: 100
        );

    [Fact]
    public void The_name_of_the_State_changes_nothing()
    {
        FactSheet one = SmallPack.Sheet(
            new Dictionary<string, Kleene>
            {
                ["act.state"] = Kleene.True,
                ["m.restricts"] = Kleene.True,
            }
        ) with
        {
            Id = "a shutdown by State A",
            Name = "State A",
        };
        FactSheet other = one with
        {
            Id = "a shutdown by State B",
            Name = "State B",
            Assertions =
            [
                .. one.Assertions.Select(fact => fact with { Source = "a report on State B" }),
            ],
        };
        Programme programme = Programme.Of(Packs.Core, AsOf.Undated);
        Assessed first = Assessed.Of(programme, one);
        Assessed second = Assessed.Of(programme, other);
        Assert.Equal(first.Facts.Hash, second.Facts.Hash);
        Assert.Equal(
            first.Findings.Select(finding => finding.Outcome),
            second.Findings.Select(finding => finding.Outcome)
        );
    }

    [Fact]
    public void The_order_of_exceptions_changes_nothing() =>
        _facts.Sample(
            facts =>
            {
                LawPack turned = Packs.Core with
                {
                    Rules =
                    [
                        .. Packs.Core.Rules.Select(rule =>
                            rule with
                            {
                                Exceptions = [.. rule.Exceptions.Reverse()],
                            }
                        ),
                    ],
                };
                return Outcomes(facts).SequenceEqual(Outcomes(facts, turned));
            },
            iter: 30
        );

    [Fact]
    public void A_reading_that_a_rule_does_not_have_is_the_default_reading() =>
        _facts.Sample(
            facts =>
            {
                Assessed assessed = SmallPack.Assess(Packs.Core, facts);
                return assessed
                    .Spreads.Where(spread => spread.TurnsOn.Count == 0)
                    .All(spread => spread.Outcomes.Count == 1);
            },
            iter: 100
        );

    [Theory]
    [InlineData("2018-02-25", Outcome.NotYetStated)]
    [InlineData("2018-02-26", Outcome.Violated)]
    [InlineData("2020-04-21", Outcome.Violated)]
    [InlineData("2020-04-22", Outcome.Met)]
    public void The_day_before_a_judgment_the_engine_does_not_know_it(string day, Outcome outcome)
    {
        Assessed assessed = Dated(
            day,
            "PK_SC_2020",
            ("m.restricts", true),
            ("state.pk", true),
            ("ctx.emergency_proclaimed", false),
            ("m.security_power_invoked", true)
        );
        Assert.Equal(outcome, assessed.Of("DOM-PK-54-3", "PK_SC_2020").Outcome);
    }

    [Fact]
    public void A_reading_that_gave_way_says_so_from_that_day()
    {
        (string, bool)[] facts =
        [
            ("m.restricts", true),
            ("state.pk", true),
            ("ctx.emergency_proclaimed", false),
        ];
        Assert.Null(
            Dated("2020-04-21", LawPack.Baseline, facts)
                .Of("DOM-PK-54-3", LawPack.Baseline)
                .SupersededBy
        );
        Assert.Equal(
            "PK_SC_2020",
            Dated("2020-04-22", LawPack.Baseline, facts)
                .Of("DOM-PK-54-3", LawPack.Baseline)
                .SupersededBy
        );
    }

    [Fact]
    public void A_rule_younger_than_the_conduct_is_not_in_force_whenever_it_is_asked()
    {
        var asOf = new AsOf(new LocalDate(2026, 1, 1), new LocalDate(2010, 1, 1));
        Assessed assessed = Assessed.Of(
            Programme.Of(Packs.Core, asOf),
            SmallPack.Sheet(
                new Dictionary<string, Kleene>
                {
                    ["act.operator"] = Kleene.True,
                    ["m.restricts"] = Kleene.True,
                }
            )
        );
        Assert.Equal(Outcome.NotInForce, assessed.Of("IHRL-BUSINESS", LawPack.Baseline).Outcome);
        Assert.DoesNotContain(assessed.Spreads, spread => spread.Rule.Id == "IHRL-BUSINESS");
    }

    [Fact]
    public void What_became_known_later_or_held_at_another_time_does_not_count()
    {
        FactSheet sheet = SmallPack.Sheet(new Dictionary<string, Kleene>()) with
        {
            Assertions =
            [
                Said("act.state", true) with
                {
                    Recorded = PartialDate.Parse("2026-12"),
                },
                Said("m.restricts", true) with
                {
                    Valid = new Breakwater.Norms.Packs.Period(
                        PartialDate.Parse("2020"),
                        PartialDate.Parse("2021")
                    ),
                },
            ],
        };
        var asOf = new AsOf(new LocalDate(2024, 5, 1), null, new LocalDate(2026, 11, 30));
        Assert.Empty(KnownFacts.Of(sheet, asOf).All);
        Assert.Equal(2, KnownFacts.Of(sheet, AsOf.Undated).All.Count);
    }

    [Fact]
    public void What_the_pack_recorded_later_is_not_known()
    {
        var later = new Norms.Packs.Period(PartialDate.Parse("2027"), null);
        LawPack pack = Packs.Core with
        {
            Rules =
            [
                .. Packs.Core.Rules.Select(rule =>
                    rule.Id == "IHL-PROP" ? rule with { Recorded = later } : rule
                ),
            ],
            Derived =
            [
                .. Packs.Core.Derived.Select(term =>
                    term with
                    {
                        Stances =
                        [
                            .. term.Stances.Select(stance =>
                                stance.Profile == "ECtHR_2001"
                                    ? stance with
                                    {
                                        Recorded = later,
                                    }
                                    : stance
                            ),
                        ],
                    }
                ),
            ],
            Profiles =
            [
                .. Packs.Core.Profiles.Select(profile =>
                    profile.Id == "ECtHR_2025" ? profile with { Recorded = later } : profile
                ),
            ],
            Gaps =
            [
                .. Packs.Core.Gaps.Select(gap =>
                    gap.Id == "G-04" ? gap with { Recorded = later } : gap
                ),
            ],
        };
        var before = new AsOf(null, Known: new LocalDate(2026, 12, 31));
        LawPack known = Programme.Of(pack, before).Pack;
        Assert.Null(known.RuleOf("IHL-PROP"));
        Assert.DoesNotContain(known.Gaps, gap => gap.Id == "G-04");
        Assert.DoesNotContain(known.Profiles, profile => profile.Id == "ECtHR_2025");
        string[] readers =
        [
            .. known
                .Derived.Single(term => term.Id == "ihrl.jurisdiction")
                .Stances.Select(stance => stance.Profile),
        ];
        Assert.Equal(["restrictive_jur", "ECtHR_2021"], readers);
        Assessed assessed = Assessed.Of(
            Programme.Of(pack, before),
            SmallPack.Sheet(new Dictionary<string, Kleene> { ["ctx.iac"] = Kleene.True })
        );
        Assert.DoesNotContain(assessed.Gaps, entry => entry.Gap.Id == "G-04");
        Assert.Equal(pack.Rules.Count, Programme.Of(pack, AsOf.Undated).RuleCount);
    }

    [Fact]
    public void Sources_that_contradict_each_other_are_kept_and_weighed_and_never_averaged()
    {
        FactSheet sheet = SmallPack.Sheet(new Dictionary<string, Kleene>()) with
        {
            Assertions =
            [
                Said("m.blanket", true) with
                {
                    Source = "a measurement",
                    Confidence = 0.9,
                },
                Said("m.blanket", false) with
                {
                    Source = "the operator",
                    Confidence = 0.6,
                },
                Said("m.blanket", null) with
                {
                    Source = "the ministry",
                },
            ],
        };
        KnownFact fact = KnownFacts.Of(sheet, AsOf.Undated).Of("m.blanket")!;
        Assert.True(fact.IsContradicted);
        Assert.Equal(Kleene.Unknown, fact.Value);
        Assert.Equal((0.9, 0.6), (KnownFact.Weight(fact.For), KnownFact.Weight(fact.Against)));
        Assert.Equal("the ministry", Assert.Single(fact.Silent).Source);
    }

    [Fact]
    public void The_next_question_is_the_one_whose_answer_changes_most_for_its_cost_and_never_endangers_who_is_asked()
    {
        Assessed assessed = Core(
            ("act.state", true),
            ("state.hr_treaty", true),
            ("jur.own_territory", true)
        );
        Evaluation evaluation = assessed.Evaluation;
        int[] all = [.. Enumerable.Range(0, Packs.Core.Profiles.Count)];
        IReadOnlyList<Question> questions = NextQuestions.Rank(evaluation, all, Respondent.Field);
        Assert.Equal("m.restricts", questions[0].Fact.Id);
        Assert.All(
            questions.Where(question => question.Fact.Safety != Safety.Open),
            question => Assert.NotNull(question.Withheld)
        );
        Assert.All(
            NextQuestions
                .Rank(evaluation, all, Respondent.Documenter)
                .Where(question => question.Fact.Safety == Safety.Guarded),
            question => Assert.NotNull(question.Withheld)
        );
        Assert.Contains(
            NextQuestions.Rank(evaluation, all, Respondent.Desk),
            question => question is { Fact.Safety: Safety.Guarded, Withheld: null }
        );
        Question first = questions[0];
        Assessed[] answered =
        [
            .. new[] { true, false }.Select(answer =>
                Core(
                    ("act.state", true),
                    ("state.hr_treaty", true),
                    ("jur.own_territory", true),
                    ("m.restricts", answer)
                )
            ),
        ];
        double value = Packs.Core.Rules.Sum(rule =>
            Packs.Core.Profiles.Average(profile =>
                answered.Average(other =>
                    other.Of(rule.Id, profile.Id).Outcome
                    != assessed.Of(rule.Id, profile.Id).Outcome
                        ? 1.0
                        : 0
                )
            )
        );
        Assert.Equal(value / first.Fact.Cost, first.Value, tolerance: 1e-9);
    }

    [Fact]
    public void A_government_that_cuts_off_its_own_people_in_a_civil_war_meets_silence_of_humanitarian_law()
    {
        Assessed assessed = Core(
            ("ctx.niac", true),
            ("act.state", true),
            ("state.hr_treaty", true),
            ("jur.own_territory", true),
            ("m.restricts", true),
            ("m.blanket", true)
        );
        Assert.Contains(
            assessed.Gaps,
            entry =>
                entry is { Gap.Id: "G-05", Kind: GapEntryKind.Silence or GapEntryKind.Declared }
        );
        Assert.DoesNotContain(Core(("m.restricts", false)).Gaps, entry => entry.Gap.Id == "G-05");
    }

    private static Assertion Said(string fact, bool? value) =>
        new(fact, value, "a source", null, [], null, null, Breakwater.Norms.Packs.Period.Always);

    private static Assessed Dated(
        string day,
        string profile,
        params (string Fact, bool Value)[] facts
    ) =>
        Assessed.Of(
            Programme.Of(Packs.Core, new AsOf(PartialDate.Parse(day)!.First)),
            SmallPack.Sheet(
                facts.ToDictionary(fact => fact.Fact, fact => KleeneTables.Of(fact.Value))
            ),
            [profile]
        );

    private static IEnumerable<Outcome> Outcomes(
        Dictionary<string, Kleene> facts,
        LawPack? pack = null
    ) => SmallPack.Assess(pack ?? Packs.Core, facts).Findings.Select(finding => finding.Outcome);
}
