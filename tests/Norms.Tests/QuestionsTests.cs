using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using CsCheck;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>Which question comes next, against giving both answers to each of them.</summary>
public sealed class QuestionsTests
{
    private static readonly int[] _all = [0, 1, 2];

    [Fact]
    public void A_question_is_worth_what_its_two_answers_change_by_its_cost() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values)
            .Sample(
                (made, values) =>
                {
                    LawPack pack = Priced(made);
                    Assessed now = SmallPack.Assess(pack, values);
                    IReadOnlyList<Question> questions = NextQuestions.Rank(
                        now.Evaluation,
                        _all,
                        Respondent.Field
                    );
                    Assert.Equal(
                        questions
                            .OrderByDescending(one => one.Value)
                            .ThenByDescending(one => one.Reach)
                            .ThenBy(one => one.Fact.Id, StringComparer.Ordinal),
                        questions
                    );
                    foreach (string fact in SmallPack.FactIds)
                    {
                        int reach = now
                            .Findings.Where(finding => finding.Missing.Contains(fact))
                            .Select(finding => finding.Rule.Id)
                            .Distinct()
                            .Count();
                        Question? question = questions.SingleOrDefault(one => one.Fact.Id == fact);
                        Assert.Equal(reach, question?.Reach ?? 0);
                        if (question is null)
                        {
                            continue;
                        }

                        Assessed[] answered =
                        [
                            .. new[] { Kleene.True, Kleene.False }.Select(value =>
                                SmallPack.Assess(
                                    pack,
                                    new Dictionary<string, Kleene>(values) { [fact] = value }
                                )
                            ),
                        ];
                        double value = answered.Average(then => Changed(now, then).Count / 3.0);
                        Assert.Equal(value / question.Fact.Cost, question.Value, tolerance: 1e-9);
                        Assert.Equal(
                            pack.Rules.Select(rule => rule.Id)
                                .Where(rule =>
                                    answered.Any(then => Changed(now, then).Contains(rule))
                                ),
                            question.Settles
                        );
                    }
                },
                iter: 300
            );

    [Fact]
    public void Ranking_leaves_the_evaluation_as_it_was_found()
    {
        Assessed assessed = DeterminingTests.Core(("m.restricts", true), ("act.state", true));
        Outcome[] before = [.. assessed.Findings.Select(finding => finding.Outcome)];
        NextQuestions.Rank(assessed.Evaluation, _all, Respondent.Desk);
        Assert.Equal(before, SmallPack.OutcomesNow(assessed));
    }

    [Fact]
    public void What_only_another_profile_lacks_is_not_asked()
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
            {
                Breach = SmallPack.Of("b"),
                Stances =
                [
                    new Stance("P", SmallPack.Day("2000"), Period.Always, SmallPack.Of("c")),
                ],
            },
        ]);
        Assessed assessed = SmallPack.Assess(
            pack,
            new Dictionary<string, Kleene> { ["a"] = Kleene.True, ["b"] = Kleene.True }
        );
        Assert.Empty(NextQuestions.Rank(assessed.Evaluation, [0, 2], Respondent.Field));
        Question asked = Assert.Single(
            NextQuestions.Rank(assessed.Evaluation, [1], Respondent.Field)
        );
        Assert.Equal(("c", 1.0, 1), (asked.Fact.Id, asked.Value, asked.Reach));
    }

    [Theory]
    [InlineData(Safety.Open, Respondent.Field, false, Respondent.Field, null)]
    [InlineData(Safety.Guarded, Respondent.Desk, false, Respondent.Field, "expose somebody")]
    [InlineData(Safety.Guarded, Respondent.Desk, false, Respondent.Documenter, "expose somebody")]
    [InlineData(Safety.Guarded, Respondent.Desk, false, Respondent.Desk, null)]
    [InlineData(Safety.Care, Respondent.Field, false, Respondent.Field, "trained documenter")]
    [InlineData(Safety.Care, Respondent.Field, false, Respondent.Documenter, null)]
    [InlineData(Safety.Open, Respondent.Desk, true, Respondent.Documenter, "by a named role")]
    [InlineData(Safety.Open, Respondent.Documenter, true, Respondent.Documenter, null)]
    [InlineData(Safety.Open, Respondent.Documenter, true, Respondent.Field, "by a named role")]
    [InlineData(Safety.Open, Respondent.Desk, false, Respondent.Field, null)]
    public void What_is_not_put_to_somebody_says_why(
        Safety safety,
        Respondent askOf,
        bool isEvaluative,
        Respondent respondent,
        string? why
    )
    {
        Question question = Asked(safety, askOf, isEvaluative, respondent, null, null);
        if (why is null)
        {
            Assert.Null(question.Withheld);
        }
        else
        {
            Assert.Contains(why, question.Withheld, StringComparison.Ordinal);
        }

        Question noted = Asked(safety, askOf, isEvaluative, respondent, "its own note", "judge");
        Assert.Equal(
            why is null ? null
                : isEvaluative ? "it needs an assessment by a judge"
                : "its own note",
            noted.Withheld
        );
    }

    [Fact]
    public void In_the_field_what_is_known_elsewhere_comes_behind_the_rest_and_what_is_withheld_last()
    {
        LawPack pack = SmallPack.Pack([
            SmallPack.Made(RuleKind.Test, SmallPack.Of("a")),
            SmallPack.Made(RuleKind.Test, SmallPack.Of("a")),
            SmallPack.Made(RuleKind.Test, SmallPack.Of("b")),
            SmallPack.Made(RuleKind.Test, SmallPack.Of("c")),
            SmallPack.Made(RuleKind.Test, SmallPack.Of("c")),
            SmallPack.Made(RuleKind.Test, SmallPack.Of("c")),
        ]) with
        {
            Facts =
            [
                .. SmallPack
                    .Pack([])
                    .Facts.Select(fact =>
                        fact.Id switch
                        {
                            "a" => fact with { AskOf = Respondent.Desk },
                            "c" => fact with { AskOf = Respondent.Desk, Safety = Safety.Guarded },
                            _ => fact,
                        }
                    ),
            ],
        };
        Assessed assessed = SmallPack.Assess(pack, new Dictionary<string, Kleene>());
        Assert.Equal(["b", "a", "c"], Ids(Respondent.Field));
        Assert.Equal(["a", "b", "c"], Ids(Respondent.Documenter));
        Assert.Equal(["c", "a", "b"], Ids(Respondent.Desk));

        IEnumerable<string> Ids(Respondent respondent) =>
            NextQuestions.Rank(assessed.Evaluation, _all, respondent).Select(one => one.Fact.Id);
    }

    [Fact]
    public void Nothing_is_asked_without_something_to_ask_it_of()
    {
        Assessed assessed = SmallPack.Assess(
            SmallPack.Pack([SmallPack.Made(RuleKind.Test, SmallPack.Of("a"))]),
            new Dictionary<string, Kleene>()
        );
        Evaluation evaluation = assessed.Evaluation;
        Rule rule = assessed.Pack.Rules[0];
        Reading reading = assessed.ReadingOf(LawPack.Baseline);
        var burden = new Dictionary<string, bool>();
        AsOf day = new(new NodaTime.LocalDate(2026, 1, 1));
        Assert.All(
            (Action[])
                [
                    () => NextQuestions.Rank(null!, _all, Respondent.Desk),
                    () => NextQuestions.Rank(evaluation, null!, Respondent.Desk),
                    () => DeterminingSets.Of(null!, rule, LawPack.Baseline),
                    () => DeterminingSets.Of(evaluation, null!, LawPack.Baseline),
                    () => Programme.Of(null!, AsOf.Undated),
                    () => Programme.Of(assessed.Pack, null!),
                    () => _ = new Evaluation(null!),
                    () => evaluation.Evaluate((IReadOnlyDictionary<string, Kleene>)null!),
                    () => day.Counts(null!),
                    () => day.Report(null!),
                    () => day.IsSuperseded(null!),
                    () => Facts.KnownFacts.Of(null!, AsOf.Undated),
                    () => Facts.KnownFacts.Of(assessed.Sheet, null!),
                    () => Facts.KnownFact.Weight(null!),
                    () => Assessed.Of((Programme)null!, assessed.Sheet),
                    () => Assessed.Of((Evaluation)null!, assessed.Sheet),
                    () => Assessed.Of(evaluation, null!),
                    () =>
                        _ = new Reading(
                            null!,
                            LawPack.Baseline,
                            AsOf.Undated,
                            Facts.KnownFacts.None,
                            false
                        ),
                    () => reading.Breach(null!),
                    () => reading.Parts(null!),
                    () => reading.OutcomeOf(null!),
                    () => reading.OwnEntries(null!),
                    () => reading.Why(null!, burden),
                    () => reading.Why(new Id("a"), null!),
                    () => reading.Atoms(null!),
                ],
            act => Assert.Throws<ArgumentNullException>(act)
        );
    }

    private static Question Asked(
        Safety safety,
        Respondent askOf,
        bool isEvaluative,
        Respondent respondent,
        string? note,
        string? assessor
    )
    {
        LawPack pack = SmallPack.Pack([SmallPack.Made(RuleKind.Test, SmallPack.Of("a"))]);
        pack = pack with
        {
            Facts =
            [
                .. pack.Facts.Select(fact =>
                    fact with
                    {
                        Safety = safety,
                        SafetyNote = note,
                        AskOf = askOf,
                        IsEvaluative = isEvaluative,
                        Assessor = assessor,
                    }
                ),
            ],
        };
        return Assert.Single(
            NextQuestions.Rank(
                SmallPack.Assess(pack, new Dictionary<string, Kleene>()).Evaluation,
                _all,
                respondent
            )
        );
    }

    private static LawPack Priced(LawPack pack) =>
        pack with
        {
            Facts = [.. pack.Facts.Select((fact, at) => fact with { Cost = at + 1 })],
        };

    /// <summary>Rules with their profiles whose outcomes differ, once for each profile.</summary>
    private static List<string> Changed(Assessed now, Assessed then) =>
        [
            .. now
                .Findings.Zip(then.Findings)
                .Where(pair => pair.First.Outcome != pair.Second.Outcome)
                .Select(pair => pair.First.Rule.Id),
        ];
}
