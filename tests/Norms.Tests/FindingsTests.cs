using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using CsCheck;
using NodaTime;
using Xunit;
using Period = Breakwater.Norms.Packs.Period;

namespace Breakwater.Norms.Tests;

/// <summary>What stands beside an outcome: what is missing, what would excuse, who agrees, where law is silent.</summary>
public sealed class FindingsTests
{
    private static readonly Dictionary<string, Kleene> _nothing = [];

    [Fact]
    public void What_is_missing_is_what_a_way_of_unknown_values_leads_to() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values, Gen.Bool)
            .Sample(
                (pack, values, isClosed) =>
                {
                    Assessed assessed = SmallPack.Assess(pack, values, isClosed);
                    foreach (Finding finding in assessed.Findings)
                    {
                        Assert.Equal(
                            Missing(assessed.ReadingOf(finding.Profile), finding, isClosed),
                            finding.Missing
                        );
                    }

                    Assert.All(
                        assessed.Spreads,
                        spread =>
                            Assert.Equal(
                                assessed
                                    .Findings.Where(one =>
                                        one.Rule == spread.Rule
                                        && one.Outcome == Outcome.Undetermined
                                    )
                                    .SelectMany(one => one.Missing)
                                    .Distinct()
                                    .Order(StringComparer.Ordinal),
                                spread.Missing
                            )
                    );
                },
                iter: 1_000
            );

    [Fact]
    public void A_standing_says_how_many_outcomes_there_are_and_whether_one_is_open() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values)
            .Sample(
                (pack, values) =>
                {
                    Assessed assessed = SmallPack.Assess(pack, values);
                    foreach (Spread spread in assessed.Spreads)
                    {
                        Finding[] own =
                        [
                            .. assessed.Findings.Where(one => one.Rule == spread.Rule),
                        ];
                        int determinate = own.Select(one => one.Outcome)
                            .Distinct()
                            .Count(outcome => outcome.IsDeterminate());
                        bool isOpen = own.Any(one => one.Outcome == Outcome.Undetermined);
                        Assert.Equal(
                            determinate > 1 ? Standing.Contested
                                : determinate == 0 ? Standing.Undetermined
                                : isOpen ? Standing.PartlyUndetermined
                                : Standing.Agreed,
                            spread.Standing
                        );
                        Assert.Equal(
                            own.GroupBy(one => one.Outcome)
                                .OrderBy(group => group.Key)
                                .Select(group =>
                                    $"{group.Key}: {string.Join(' ', group.Select(one => one.Profile))}"
                                ),
                            spread.Outcomes.Select(group =>
                                $"{group.Outcome}: {string.Join(' ', group.Profiles)}"
                            )
                        );
                    }
                },
                iter: 500
            );

    [Fact]
    public void A_shortfall_names_defences_that_nobody_pleaded_and_a_duty_that_is_met_what_excused_it()
    {
        Rule rule = SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
        {
            Breach = SmallPack.Of("b"),
            Exceptions =
            [
                new Defence("PLEADED", SmallPack.Of("c"), true),
                new Defence("OTHER", SmallPack.Of("d"), true),
            ],
        };
        LawPack pack = SmallPack.Pack([rule]);
        Finding violated = Of(("a", true), ("b", true), ("d", false));
        Assert.Equal(Outcome.Violated, violated.Outcome);
        Assert.Equal(["PLEADED"], violated.OpenDefences);
        Assert.Empty(violated.ExcusedBy);
        Finding excused = Of(("a", true), ("b", true), ("d", true));
        Assert.Equal(Outcome.Met, excused.Outcome);
        Assert.Equal(["OTHER"], excused.ExcusedBy);
        Assert.Empty(excused.OpenDefences);
        Finding met = Of(("a", true), ("b", false), ("d", true));
        Assert.Equal(Outcome.Met, met.Outcome);
        Assert.Empty(met.ExcusedBy);
        Assert.Empty(met.OpenDefences);
        Assert.Empty(Of(("a", true)).OpenDefences);

        Finding Of(params (string Fact, bool Value)[] facts) =>
            SmallPack
                .Assess(
                    pack,
                    facts.ToDictionary(fact => fact.Fact, fact => KleeneTables.Of(fact.Value))
                )
                .Of("R0", LawPack.Baseline);
    }

    [Fact]
    public void A_part_is_named_for_what_it_asks_and_explained_down_to_its_facts()
    {
        LawPack pack = SmallPack.Pack(
            [
                SmallPack.Made(RuleKind.Duty, SmallPack.Of("t & !b")) with
                {
                    Breach = SmallPack.Of("b | c"),
                    Exceptions = [new Defence("X", SmallPack.Of("d"), false)],
                    Burden = new Dictionary<string, bool> { ["c"] = true },
                },
                SmallPack.Made(RuleKind.Test, SmallPack.Of("a")),
            ],
            new DerivedTerm("t", SmallPack.Of("a | e"), [], Period.Always, new PackLine("m", 1))
        );
        Assessed assessed = SmallPack.Assess(
            pack,
            new Dictionary<string, Kleene> { ["a"] = Kleene.True, ["b"] = Kleene.False },
            isClosed: true
        );
        Finding duty = assessed.Of("R0", "P");
        Assert.Equal(["applies", "breach", "exception:X"], duty.Basis.Select(part => part.Name));
        Assert.Equal(["a", "b", "e"], duty.Basis[0].Facts);
        Assert.Equal(["holds"], assessed.Of("R1", "P").Basis.Select(part => part.Name));

        Reading reading = assessed.ReadingOf("P");
        Reason applies = reading.Why(duty.Basis[0].Clause.Expression, _noBurden);
        Assert.Equal(["t", "!b"], applies.Parts.Select(part => part.Text));
        Reason term = applies.Parts[0];
        Assert.Null(term.Fact);
        Assert.Equal("a | e", Assert.Single(term.Parts).Text);
        Reason known = term.Parts[0].Parts[0];
        Assert.Equal(
            ("a", Kleene.True, "made"),
            (known.Text, known.Value, known.Fact!.For[0].Source)
        );
        Assert.False(known.IsBurden);
        Assert.Null(term.Parts[0].Parts[1].Fact);

        Dictionary<string, bool> burden = new() { ["b"] = true, ["c"] = true };
        Reason breach = reading.Why(duty.Basis[1].Clause.Expression, burden);
        Assert.Equal(
            [("b", Kleene.False, false), ("c", Kleene.True, true)],
            breach.Parts.Select(part => (part.Text, part.Value, part.IsBurden))
        );
    }

    [Fact]
    public void An_own_entry_counts_from_its_day_and_only_where_the_rule_rests_on_it()
    {
        LawPack pack = SmallPack.Pack(
            [
                SmallPack.Made(RuleKind.Duty, SmallPack.Of("t")) with
                {
                    Breach = SmallPack.Of("b"),
                    Stances =
                    [
                        new Stance("Q", SmallPack.Day("2001"), Period.Always, SmallPack.Of("c")),
                        new Stance("P", SmallPack.Day("2020"), Period.Always, SmallPack.Of("d")),
                    ],
                },
                SmallPack.Made(RuleKind.Test, SmallPack.Of("a")),
            ],
            new DerivedTerm(
                "t",
                SmallPack.Of("a"),
                [new Stance("P", SmallPack.Day("2001"), Period.Always, SmallPack.Of("e"))],
                Period.Always,
                new PackLine("m", 1)
            )
        );
        Assert.Equal(["t", "breach"], Own("P", "R0", null));
        Assert.Equal(["t"], Own("P", "R0", new LocalDate(2010, 1, 1)));
        Assert.Equal(["breach"], Own("Q", "R0", null));
        Assert.Empty(Own("Q", "R0", new LocalDate(2000, 1, 1)));
        Assert.Empty(Own(LawPack.Baseline, "R0", null));
        Assert.Empty(Own("P", "R1", null));

        IReadOnlyList<string> Own(string profile, string rule, LocalDate? day) =>
            new Reading(pack, profile, new AsOf(day), KnownFacts.None, false).OwnEntries(
                pack.RuleOf(rule)!
            );
    }

    [Fact]
    public void An_instrument_restates_a_rule_only_where_it_is_later_than_the_conduct()
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Test, SmallPack.Of("a")) with
            {
                Later = ["L"],
            },
        ]);
        pack = pack with
        {
            Instruments =
            [
                .. pack.Instruments,
                pack.Instruments[0] with
                {
                    Id = "L",
                    Name = "later",
                    Date = SmallPack.Day("2020-05-05"),
                },
            ],
        };
        Assert.Equal(["later"], Restated("2020-05-01/2020-05-04"));
        Assert.Empty(Restated("2020-05-01/2020-05-05"));
        Assert.Empty(Restated("2020-05-01/.."));

        IReadOnlyList<string> Restated(string conduct) =>
            Assessed
                .Of(
                    Programme.Of(pack, AsOf.Undated),
                    SmallPack.Sheet(_nothing) with
                    {
                        Conduct = Conduct.Parse(conduct),
                    }
                )
                .Of("R0", LawPack.Baseline)
                .Restates;
    }

    [Theory]
    [InlineData("a d !b", "silence, G")]
    [InlineData("a d b c", "declared, G")]
    [InlineData("a d b !c", "declared, G")]
    [InlineData("a d", "")]
    [InlineData("!a d !b", "")]
    [InlineData("a !d !b", "")]
    public void A_gap_is_silent_where_its_facts_are_there_and_no_binding_duty_could_answer(
        string facts,
        string expected
    )
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("b")) with
            {
                Breach = SmallPack.Of("c"),
                Gaps = ["G"],
            },
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
            {
                Breach = SmallPack.Of("c"),
                Force = "soft",
                Gaps = ["G"],
            },
        ]) with
        {
            Gaps =
            [
                new Gap(
                    "G",
                    GapKind.Silence,
                    "made",
                    ["R0", "R1"],
                    SmallPack.Of("a & d"),
                    Period.Always,
                    new PackLine("m", 1)
                ),
            ],
        };
        Assessed assessed = SmallPack.Assess(pack, Read(facts));
        string[] told =
        [
            .. assessed
                .Gaps.Where(entry =>
                    entry.Kind != GapEntryKind.Declared || entry.Rules.Any(rule => rule.Id == "R0")
                )
                .Select(entry => $"{entry.Kind.ToString().ToLowerInvariant()}, {entry.Gap.Id}"),
        ];
        Assert.Equal(expected.Length == 0 ? [] : [expected], told);
    }

    [Fact]
    public void Law_is_not_silent_where_one_body_finds_a_duty()
    {
        LawPack pack = SmallPack.Pack(
            [
                SmallPack.Made(RuleKind.Duty, SmallPack.Of("t")) with
                {
                    Breach = SmallPack.Of("e"),
                    Gaps = ["G"],
                },
            ],
            new DerivedTerm(
                "t",
                SmallPack.Of("b"),
                [new Stance("P", SmallPack.Day("2000"), Period.Always, SmallPack.Of("c"))],
                Period.Always,
                new PackLine("m", 1)
            )
        ) with
        {
            Gaps =
            [
                new Gap(
                    "G",
                    GapKind.Silence,
                    "made",
                    ["R0"],
                    SmallPack.Of("a"),
                    Period.Always,
                    new PackLine("m", 1)
                ),
            ],
        };
        Assert.Contains(
            SmallPack.Assess(pack, Read("a !b !c")).Gaps,
            entry => entry.Kind == GapEntryKind.Silence
        );
        Assert.DoesNotContain(
            SmallPack.Assess(pack, Read("a !b c")).Gaps,
            entry => entry.Kind == GapEntryKind.Silence
        );
    }

    [Fact]
    public void Readings_that_disagree_on_a_rule_of_a_gap_are_a_divergence_and_each_is_told_once()
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
            {
                Breach = SmallPack.Of("b"),
                Gaps = ["G"],
                Stances =
                [
                    new Stance("P", SmallPack.Day("2000"), Period.Always, SmallPack.Of("c")),
                ],
            },
        ]) with
        {
            Gaps =
            [
                new Gap(
                    "G",
                    GapKind.Divergence,
                    "made",
                    ["R0"],
                    null,
                    Period.Always,
                    new PackLine("m", 1)
                ),
            ],
        };
        GapEntry entry = Assert.Single(SmallPack.Assess(pack, Read("a !b c")).Gaps);
        Assert.Equal(GapEntryKind.Divergence, entry.Kind);
        Assert.Equal(
            ["Violated: P", "Met: baseline Q"],
            entry.Spread.Select(one => $"{one.Outcome}: {string.Join(' ', one.Profiles)}")
        );
    }

    [Fact]
    public void Sources_weigh_as_their_surest_and_contradict_only_where_both_sides_spoke()
    {
        FactSheet sheet = SmallPack.Sheet(_nothing) with
        {
            Assertions =
            [
                Said("a", true, "one", 0.2),
                Said("a", true, "two", null),
                Said("a", true, "three", 0.9),
                Said("b", false, "one", 0.4),
                Said("c", null, "one", null),
                Said("d", true, "one", 0.1),
                Said("d", false, "two", null),
            ],
        };
        var facts = KnownFacts.Of(sheet, AsOf.Undated);
        Assert.Equal(["three", "two", "one"], facts.Of("a")!.For.Select(one => one.Source));
        Assert.Equal(0.9, KnownFact.Weight(facts.Of("a")!.For));
        Assert.Equal(0.5, KnownFact.Weight(facts.Of("d")!.Against));
        Assert.Equal(0, KnownFact.Weight([]));
        Assert.Equal(
            [
                (Kleene.True, false),
                (Kleene.False, false),
                (Kleene.Unknown, false),
                (Kleene.Unknown, true),
            ],
            new[] { "a", "b", "c", "d" }.Select(fact =>
                (facts.Of(fact)!.Value, facts.Of(fact)!.IsContradicted)
            )
        );
        Assert.Equal("one", Assert.Single(facts.Of("c")!.Silent).Source);

        static Assertion Said(string fact, bool? value, string source, double? sure) =>
            new(fact, value, source, sure, [], null, null, Period.Always);
    }

    [Fact]
    public void A_word_of_an_outcome_is_read_as_that_outcome_and_no_other_word_is()
    {
        Assert.Equal(
            [
                "undetermined",
                "violated",
                "met",
                "not_applicable",
                "holds",
                "does_not_hold",
                "admissible",
                "inadmissible",
                "not_in_force",
                "not_yet_stated",
            ],
            Enum.GetValues<Outcome>().Select(outcome => outcome.Word())
        );
        Assert.All(
            Enum.GetValues<Outcome>(),
            outcome => Assert.Equal(outcome, Outcomes.Parse(outcome.Word()))
        );
        Assert.Null(Outcomes.Parse("lawful"));
    }

    [Fact]
    public void Sixty_four_profiles_fit_and_the_next_one_is_refused()
    {
        Rule rule = SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
        {
            Breach = SmallPack.Of("b"),
            Stances = [new Stance("N63", SmallPack.Day("2000"), Period.Always, SmallPack.Of("c"))],
        };
        LawPack pack = Many(64);
        var programme = Programme.Of(pack, AsOf.Undated);
        Assert.Equal(ulong.MaxValue, programme.ProfileMask);
        Assert.Equal(7UL, Programme.Of(SmallPack.Pack([]), AsOf.Undated).ProfileMask);
        Assert.Equal(-1, programme.ProfileAt("nobody"));
        var evaluation = new Evaluation(programme);
        evaluation.Evaluate([
            Kleene.True,
            Kleene.True,
            Kleene.False,
            Kleene.Unknown,
            Kleene.Unknown,
        ]);
        Assert.Equal(
            [Outcome.Violated, Outcome.Met],
            new[] { 62, 63 }.Select(profile => evaluation.OutcomeOf(0, profile))
        );
        Assert.Contains(
            "at most 64 profiles",
            Assert.Throws<ArgumentException>(() => Programme.Of(Many(65), AsOf.Undated)).Message,
            StringComparison.Ordinal
        );

        LawPack Many(int count) =>
            SmallPack.Pack([rule]) with
            {
                Profiles =
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(at => new Profile(
                            at == 0 ? LawPack.Baseline : $"N{at}",
                            "made",
                            Period.Always,
                            Period.Always,
                            new PackLine("m", 1)
                        )),
                ],
            };
    }

    [Fact]
    public void A_rule_that_is_not_in_force_has_a_report_and_nothing_beside_it()
    {
        LawPack pack = SmallPack.Pack([SmallPack.Made(RuleKind.Test, SmallPack.Of("a"))]);
        Assessed assessed = Assessed.Of(
            Programme.Of(pack, new AsOf(new LocalDate(1970, 1, 1))),
            SmallPack.Sheet(Read("a"))
        );
        Finding finding = assessed.Of("R0", LawPack.Baseline);
        Assert.Equal(Outcome.NotInForce, finding.Outcome);
        Assert.Empty(finding.Basis);
        Assert.Empty(finding.Missing);
        Assert.Empty(assessed.Spreads);
        Assert.Equal(
            new Determining.DeterminingSet([], Outcome.NotInForce, true).ToString(),
            Determining.DeterminingSets.Of(assessed.Evaluation, pack.Rules[0], "P").ToString()
        );
    }

    private static readonly Dictionary<string, bool> _noBurden = [];

    private static Dictionary<string, Kleene> Read(string facts) =>
        facts
            .Split(' ')
            .ToDictionary(
                fact => fact.TrimStart('!'),
                fact => KleeneTables.Of(!fact.StartsWith('!'))
            );

    private static IEnumerable<string> Missing(Reading reading, Finding finding, bool isClosed)
    {
        Rule rule = finding.Rule;
        IReadOnlyDictionary<string, bool> burden = isClosed ? rule.Burden : _noBurden;
        Part[] parts = [.. finding.Basis];
        bool mayApply = parts[0].Value != Kleene.False;
        bool isUnsettled =
            rule.Kind == RuleKind.Duty
            && mayApply
            && parts[1].Value != Kleene.False
            && parts.Skip(2).All(part => part.Value != Kleene.True);
        return SmallPack
            .FactIds.Where(fact =>
                Leads(parts[0].Clause.Expression, _noBurden, fact)
                || (
                    isUnsettled
                    && parts.Skip(1).Any(part => Leads(part.Clause.Expression, burden, fact))
                )
                || (
                    rule.Kind == RuleKind.Duty
                    && isClosed
                    && mayApply
                    && rule.Burden.ContainsKey(fact)
                    && reading.ValueOf(new Id(fact), _noBurden) == Kleene.Unknown
                )
            )
            .Order(StringComparer.Ordinal);

        bool Leads(Expression from, IReadOnlyDictionary<string, bool> taken, string fact) =>
            reading.ValueOf(from, taken) == Kleene.Unknown
            && from switch
            {
                Id id when id.Name == fact => true,
                Id id => reading.Definition(id.Name) is { } term
                    && Leads(term.Expression, taken, fact),
                Not not => Leads(not.Of, taken, fact),
                All all => Joined(all.Parts, some => new All([.. some]), taken, fact),
                Any any => Joined(any.Parts, some => new Any([.. some]), taken, fact),
                _ => false,
            };

        // Parts are joined from the left, and each joint above a part is on its way up.
        bool Joined(
            IReadOnlyList<Expression> some,
            Func<IEnumerable<Expression>, Expression> join,
            IReadOnlyDictionary<string, bool> taken,
            string fact
        ) =>
            some.Index()
                .Any(part =>
                    Leads(part.Item, taken, fact)
                    && Enumerable
                        .Range(part.Index + 1, some.Count - part.Index)
                        .Where(count => count > 1)
                        .All(count =>
                            reading.ValueOf(join(some.Take(count)), taken) == Kleene.Unknown
                        )
                );
    }
}
