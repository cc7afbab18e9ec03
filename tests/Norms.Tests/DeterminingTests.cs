using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using CsCheck;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>Smallest sets of facts, against trying every set there is.</summary>
public sealed class DeterminingTests
{
    [Fact]
    public void A_determining_set_forces_the_outcome_alone_and_no_smaller_one_does() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values, Gen.Bool)
            .Sample(
                (pack, values, isClosed) =>
                {
                    Assessed assessed = SmallPack.Assess(pack, values, isClosed);
                    foreach (
                        Finding finding in assessed.Findings.Where(one =>
                            one.Outcome.IsDeterminate()
                        )
                    )
                    {
                        DeterminingSet set = DeterminingSets.Of(
                            assessed.Evaluation,
                            finding.Rule,
                            finding.Profile
                        );
                        Assert.True(set.IsExact);
                        Assert.Equal(finding.Outcome, set.Outcome);
                        Assert.All(
                            set.Facts,
                            fact => Assert.Equal(KleeneTables.Of(fact.Value), values[fact.Fact])
                        );
                        Assert.Equal(
                            finding.Outcome,
                            OutcomeOf(pack, Only(set), finding, isClosed)
                        );
                        int smallest = Subsets(values)
                            .Where(subset =>
                                OutcomeOf(pack, subset, finding, isClosed) == finding.Outcome
                            )
                            .Min(subset => subset.Count);
                        Assert.Equal(smallest, set.Facts.Count);
                    }
                },
                iter: 300
            );

    [Fact]
    public void A_settling_set_settles_with_what_is_known_and_no_smaller_one_does() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values, Gen.Bool)
            .Sample(
                (pack, values, isClosed) =>
                {
                    Assessed assessed = SmallPack.Assess(pack, values, isClosed);
                    foreach (
                        Finding finding in assessed.Findings.Where(one =>
                            one.Outcome == Outcome.Undetermined
                        )
                    )
                    {
                        DeterminingSet set = DeterminingSets.Of(
                            assessed.Evaluation,
                            finding.Rule,
                            finding.Profile
                        );
                        Assert.True(set.IsExact);
                        int? smallest = Answers(values)
                            .Where(answers =>
                                OutcomeOf(
                                        pack,
                                        values
                                            .Where(known => known.Value != Kleene.Unknown)
                                            .Concat(answers)
                                            .ToDictionary(),
                                        finding,
                                        isClosed
                                    )
                                    .IsDeterminate()
                            )
                            .Select(answers => (int?)answers.Count)
                            .Min();
                        Assert.Equal(smallest, set.Outcome is null ? null : set.Facts.Count);
                        if (set.Outcome is not null)
                        {
                            var then = new Dictionary<string, Kleene>(values);
                            foreach (FactValue fact in set.Facts)
                            {
                                then[fact.Fact] = KleeneTables.Of(fact.Value);
                            }

                            Assert.Equal(set.Outcome, OutcomeOf(pack, then, finding, isClosed));
                        }
                    }
                },
                iter: 150
            );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Beyond_the_limit_a_set_none_of_whose_facts_can_be_left_out_is_given_and_said_to_be_no_smallest(
        bool isKnown
    )
    {
        // Twenty pairs, one of each is enough: a million ways to try.
        string[] ids =
        [
            .. Enumerable.Range(0, 20).SelectMany(at => (string[])[$"x{at:00}", $"y{at:00}"]),
        ];
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(
                RuleKind.Test,
                SmallPack.Of(
                    string.Join(" & ", ids.Chunk(2).Select(pair => $"({pair[0]} | {pair[1]})"))
                )
            ),
        ]);
        pack = pack with { Facts = [.. ids.Select(id => pack.Facts[0] with { Id = id })] };
        var values = ids.ToDictionary(id => id, _ => isKnown ? Kleene.True : Kleene.Unknown);
        Assessed assessed = SmallPack.Assess(pack, values);
        Finding finding = assessed.Of("R0", LawPack.Baseline);
        DeterminingSet set = DeterminingSets.Of(assessed.Evaluation, finding.Rule, finding.Profile);
        Assert.Equal(finding.Outcome, assessed.Evaluation.OutcomeOf(0, 0));
        if (!isKnown)
        {
            // Both of one pair are false: the smallest way to settle it.
            Assert.Equal((Outcome.DoesNotHold, true), (set.Outcome, set.IsExact));
            Assert.Equal(["x00 False", "y00 False"], set.Facts.Select(f => $"{f.Fact} {f.Value}"));
            return;
        }

        Assert.False(set.IsExact);
        Assert.Equal(Outcome.Holds, set.Outcome);
        Assert.Equal(20, set.Facts.Count);
        Assert.Equal(Outcome.Holds, OutcomeOf(pack, Only(set), finding, isClosed: false));
        Assert.All(
            set.Facts,
            fact =>
                Assert.NotEqual(
                    Outcome.Holds,
                    OutcomeOf(
                        pack,
                        Only(set with { Facts = [.. set.Facts.Where(one => one != fact)] }),
                        finding,
                        isClosed: false
                    )
                )
        );
    }

    [Fact]
    public void A_defence_that_counts_as_made_out_unless_shown_otherwise_has_to_be_shown_otherwise()
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
            {
                Breach = SmallPack.Of("b"),
                Exceptions = [new Defence("X", SmallPack.Of("c & (d | e)"), true)],
                Burden = new Dictionary<string, bool> { ["c"] = true, ["d"] = true },
            },
        ]);
        var values = SmallPack.FactIds.ToDictionary(
            id => id,
            id => KleeneTables.Of(id is "a" or "b")
        );
        Assessed assessed = SmallPack.Assess(pack, values, isClosed: true);
        DeterminingSet set = DeterminingSets.Of(
            assessed.Evaluation,
            assessed.Pack.Rules[0],
            LawPack.Baseline
        );
        Assert.True(set.IsExact);
        Assert.Equal(Outcome.Violated, set.Outcome);
        Assert.Equal(["a", "b", "c"], set.Facts.Select(fact => fact.Fact));
    }

    [Fact]
    public void The_evaluation_is_left_as_it_was_found()
    {
        Assessed assessed = Core(("m.restricts", true), ("act.state", true));
        Outcome[] before = [.. assessed.Findings.Select(finding => finding.Outcome)];
        foreach (Finding finding in assessed.Findings)
        {
            DeterminingSets.Of(assessed.Evaluation, finding.Rule, finding.Profile);
        }

        Assert.Equal(before, SmallPack.OutcomesNow(assessed));
    }

    [Fact]
    public void A_finding_on_legality_rests_on_five_facts_and_names_them()
    {
        Assessed assessed = Core(
            ("act.state", true),
            ("state.hr_treaty", true),
            ("jur.own_territory", true),
            ("m.restricts", true),
            ("m.legal_basis", false),
            ("m.blanket", true),
            ("ctx.niac", true)
        );
        DeterminingSet set = DeterminingSets.Of(
            assessed.Evaluation,
            assessed.Pack.RuleOf("IHRL-19-LEGALITY")!,
            LawPack.Baseline
        );
        Assert.Equal(
            ["act.state", "jur.own_territory", "m.legal_basis", "m.restricts", "state.hr_treaty"],
            set.Facts.Select(fact => fact.Fact)
        );
    }

    internal static Assessed Core(params (string Fact, bool Value)[] facts) =>
        SmallPack.Assess(
            Packs.Core,
            facts.ToDictionary(fact => fact.Fact, fact => KleeneTables.Of(fact.Value))
        );

    private static Outcome OutcomeOf(
        LawPack pack,
        IReadOnlyDictionary<string, Kleene> values,
        Finding finding,
        bool isClosed
    )
    {
        var evaluation = new Evaluation(Programme.Of(pack, AsOf.Undated, isClosed));
        evaluation.Evaluate(values);
        return evaluation.OutcomeOf(
            evaluation.Programme.RuleIndex[finding.Rule.Id],
            evaluation.Programme.ProfileAt(finding.Profile)
        );
    }

    private static Dictionary<string, Kleene> Only(DeterminingSet set) =>
        set.Facts.ToDictionary(fact => fact.Fact, fact => KleeneTables.Of(fact.Value));

    private static IEnumerable<Dictionary<string, Kleene>> Subsets(
        Dictionary<string, Kleene> values
    )
    {
        var known = values.Where(value => value.Value != Kleene.Unknown).ToList();
        return Enumerable
            .Range(0, 1 << known.Count)
            .Select(bits => known.Where((_, at) => (bits >> at & 1) == 1).ToDictionary());
    }

    private static IEnumerable<Dictionary<string, Kleene>> Answers(
        Dictionary<string, Kleene> values
    )
    {
        IEnumerable<Dictionary<string, Kleene>> answers =
        [
            [],
        ];
        foreach (
            string fact in values
                .Where(value => value.Value == Kleene.Unknown)
                .Select(value => value.Key)
        )
        {
            answers =
            [
                .. answers.SelectMany(one =>
                    new[] { Kleene.Unknown, Kleene.True, Kleene.False }.Select(value =>
                        value == Kleene.Unknown
                            ? one
                            : new Dictionary<string, Kleene>(one) { [fact] = value }
                    )
                ),
            ];
        }

        return answers;
    }
}
