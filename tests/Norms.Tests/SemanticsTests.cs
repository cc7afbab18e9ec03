using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using CsCheck;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>What holds for every pack and every set of facts.</summary>
public sealed class SemanticsTests
{
    [Fact]
    public void The_bit_planes_say_what_a_reader_finds_who_follows_the_text_step_by_step() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values, Gen.Bool)
            .Sample(
                (pack, values, isClosed) =>
                {
                    Assessed assessed = SmallPack.Assess(pack, values, isClosed);
                    return assessed.Findings.All(finding =>
                    {
                        Reading reading = assessed.ReadingOf(finding.Profile);
                        return finding.Outcome == reading.OutcomeOf(finding.Rule)
                            && finding
                                .Basis.Select(part =>
                                    (part.Name, part.Value, string.Join(' ', part.Facts))
                                )
                                .SequenceEqual(
                                    reading
                                        .Parts(finding.Rule)
                                        .Select(part =>
                                            (part.Name, part.Value, string.Join(' ', part.Facts))
                                        )
                                );
                    });
                },
                iter: 4_000
            );

    [Fact]
    public void Changing_one_fact_after_another_ends_where_a_whole_evaluation_does() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values.Array[1, 5])
            .Sample(
                (pack, steps) =>
                {
                    var programme = Programme.Of(pack, AsOf.Undated);
                    var changed = new Evaluation(programme);
                    foreach (Dictionary<string, Kleene> step in steps)
                    {
                        foreach ((string fact, Kleene value) in step)
                        {
                            changed.Set(programme.FactIndex[fact], value);
                        }
                    }

                    var whole = new Evaluation(programme);
                    whole.Evaluate(steps[^1]);
                    return AllOf(whole).SequenceEqual(AllOf(changed));
                },
                iter: 2_000
            );

    [Fact]
    public void Without_closure_a_determinate_finding_flips_only_by_a_defence_that_was_printed_as_not_pleaded() =>
        Gen.Select(
                SmallPack.Packs,
                SmallPack.Values,
                Gen.Int[0, SmallPack.FactIds.Length - 1].Select(at => SmallPack.FactIds[at]),
                Gen.Bool
            )
            .Sample(
                (pack, values, fact, answer) =>
                {
                    if (values[fact] != Kleene.Unknown)
                    {
                        return true;
                    }

                    Assessed before = SmallPack.Assess(pack, values);
                    Assessed after = SmallPack.Assess(
                        pack,
                        new Dictionary<string, Kleene>(values) { [fact] = KleeneTables.Of(answer) }
                    );
                    return before
                        .Findings.Zip(after.Findings)
                        .All(pair =>
                            !pair.First.Outcome.IsDeterminate()
                            || pair.First.Outcome == pair.Second.Outcome
                            || (
                                pair is ({ Outcome: Outcome.Violated }, { Outcome: Outcome.Met })
                                && pair.Second.ExcusedBy.Any(pair.First.OpenDefences.Contains)
                            )
                        );
                },
                iter: 4_000
            );

    [Fact]
    public void A_fact_that_is_not_listed_as_missing_never_changes_the_outcome() =>
        Gen.Select(
                SmallPack.Packs,
                SmallPack.Values,
                Gen.Int[0, SmallPack.FactIds.Length - 1].Select(at => SmallPack.FactIds[at]),
                Gen.Bool
            )
            .Sample(
                (pack, values, fact, isClosed) =>
                {
                    if (values[fact] != Kleene.Unknown)
                    {
                        return true;
                    }

                    Assessed now = SmallPack.Assess(pack, values, isClosed);
                    Assessed[] answered =
                    [
                        .. new[] { Kleene.True, Kleene.False }.Select(value =>
                            SmallPack.Assess(
                                pack,
                                new Dictionary<string, Kleene>(values) { [fact] = value },
                                isClosed
                            )
                        ),
                    ];
                    return now
                        .Findings.Select((finding, at) => (finding, at))
                        .Where(one => !one.finding.Missing.Contains(fact))
                        .All(one =>
                            answered.All(after =>
                                after.Findings[one.at].Outcome == one.finding.Outcome
                            )
                        );
                },
                iter: 4_000
            );

    [Fact]
    public void Closure_moves_only_what_the_burden_speaks_of()
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
            {
                Breach = SmallPack.Of("!b | c"),
                Burden = new Dictionary<string, bool> { ["b"] = false },
            },
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
            {
                Breach = SmallPack.Of("!b"),
            },
        ]);
        var known = new Dictionary<string, Kleene> { ["a"] = Kleene.True };
        Assert.All(
            SmallPack.Assess(pack, known).Findings,
            finding => Assert.Equal(Outcome.Undetermined, finding.Outcome)
        );
        Assessed closed = SmallPack.Assess(pack, known, isClosed: true);
        Assert.Equal(Outcome.Violated, closed.Of("R0", LawPack.Baseline).Outcome);
        Assert.Equal(Outcome.Undetermined, closed.Of("R1", LawPack.Baseline).Outcome);
        Assert.Equal(["b"], closed.Of("R0", LawPack.Baseline).Missing);
        known["b"] = Kleene.True;
        known["c"] = Kleene.False;
        Assert.Equal(
            Outcome.Met,
            SmallPack.Assess(pack, known, isClosed: true).Of("R0", LawPack.Baseline).Outcome
        );
    }

    [Theory]
    [InlineData("a & b | c", "a & b | c", "T F T", "T")]
    [InlineData("!a & b", "!a & b", "F T U", "T")]
    [InlineData("!(a | b)", "!(a | b)", "F U U", "U")]
    [InlineData("a | !a", "a | !a", "U U U", "U")]
    [InlineData("  a&(b|c)", "a & (b | c)", "T U F", "U")]
    [InlineData("a & b & c", "a & b & c", "U U F", "F")]
    public void Not_binds_tightest_then_and_then_or(
        string text,
        string printed,
        string values,
        string expected
    )
    {
        Expression expression = ExpressionText.Parse(text).Expression!;
        Assert.Equal(printed, expression.ToString());
        Dictionary<string, Kleene> facts = SmallPack
            .FactIds.Zip(values.Split(' '))
            .ToDictionary(
                pair => pair.First,
                pair =>
                    pair.Second switch
                    {
                        "T" => Kleene.True,
                        "F" => Kleene.False,
                        _ => Kleene.Unknown,
                    }
            );
        var reading = new Reading(
            SmallPack.Pack([]),
            LawPack.Baseline,
            AsOf.Undated,
            KnownFacts.Of(SmallPack.Sheet(facts), AsOf.Undated),
            isClosed: false
        );
        Assert.Equal(
            expected,
            reading.ValueOf(expression, new Dictionary<string, bool>()).Letter()
        );
    }

    [Theory]
    [InlineData("a &", 3, "ends where an id was expected")]
    [InlineData("(a | b", 6, "is not closed")]
    [InlineData("a b", 2, "'b' stands where")]
    [InlineData("a)", 1, "closes nothing")]
    [InlineData("", 0, "ends where")]
    [InlineData("a & & b", 4, "'&' stands where an id was expected")]
    [InlineData("5a", 0, "'5' stands where")]
    public void A_text_that_is_no_condition_says_where(string text, int at, string reason)
    {
        (Expression? expression, ExpressionFault? fault) = ExpressionText.Parse(text);
        Assert.Null(expression);
        Assert.Equal(at, fault!.At);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_is_too_deep_or_too_long_is_refused_and_any_other_text_is_answered()
    {
        Assert.Contains(
            "deeper",
            ExpressionText.Parse(new string('(', 200) + "a").Fault!.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "deeper",
            ExpressionText.Parse(new string('!', 200) + "a").Fault!.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "longer",
            ExpressionText.Parse(new string('a', 5_000)).Fault!.Reason,
            StringComparison.Ordinal
        );
        string[] parts = ["a", "b.c", "&", "|", "!", "(", ")", " ", "\u0000", "é", "-", "9"];
        Gen.Int[0, parts.Length - 1]
            .Select(at => parts[at])
            .Array[0, 30]
            .Sample(said =>
            {
                (Expression? expression, ExpressionFault? fault) = ExpressionText.Parse(
                    string.Concat(said)
                );
                return (expression is null) == (fault is not null);
            });
    }

    private static IEnumerable<Outcome> AllOf(Evaluation evaluation) =>
        from rule in Enumerable.Range(0, evaluation.Programme.RuleCount)
        from profile in Enumerable.Range(0, evaluation.Programme.Pack.Profiles.Count)
        select evaluation.OutcomeOf(rule, profile);
}
