using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using CsCheck;

namespace Breakwater.Norms.Tests;

/// <summary>Small packs made at random, so that what is proven does not hang on the law that comes with the product.</summary>
internal static class SmallPack
{
    public static readonly string[] FactIds = ["a", "b", "c", "d", "e"];

    private static readonly string[] _profiles = [LawPack.Baseline, "P", "Q"];

    private static readonly PackLine _at = new("made.yaml", 1);

    private static readonly Gen<Kleene> _value = Gen.Enum<Kleene>();

    public static Gen<Dictionary<string, Kleene>> Values { get; } =
        _value
            .Array[FactIds.Length]
            .Select(values =>
                FactIds.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second)
            );

    public static Gen<LawPack> Packs =>
        from term in Clause(FactIds, 2)
        from termByP in Clause(FactIds, 2)
        from hasTermStance in Gen.Bool
        from rules in Rule.Array[1, 3]
        select Pack(
            rules,
            new DerivedTerm(
                "t",
                term,
                hasTermStance ? [new Stance("P", Day("2015"), Period.Always, termByP)] : [],
                Period.Always,
                _at
            )
        );

    private static Gen<Rule> Rule =>
        from applies in Clause([.. FactIds, "t"], 2)
        from breach in Clause([.. FactIds, "t"], 3)
        from other in Clause([.. FactIds, "t"], 2)
        from when in Clause([.. FactIds, "t"], 2)
        from second in Clause(FactIds, 1)
        from has in Gen.Bool.Array[5]
        from ignores in Gen.Bool.Array[2]
        from burden in Gen.Int[0, FactIds.Length - 1].Select(at => FactIds[at])
        from value in Gen.Bool
        from isTest in Gen.Int[0, 5]
        select isTest == 0
            ? Made(RuleKind.Test, applies)
            : Made(RuleKind.Duty, applies) with
            {
                Breach = breach,
                Stances = has[0] ? [new Stance("Q", Day("2020-04-22"), Period.Always, other)] : [],
                Exceptions =
                [
                    .. has[1] ? [new Defence("X", when, ignores[0])] : Array.Empty<Defence>(),
                    .. has[2] ? [new Defence("Y", second, ignores[1])] : Array.Empty<Defence>(),
                ],
                Burden = has[3] ? new Dictionary<string, bool> { [burden] = value } : [],
            };

    public static Clause Of(string text) => new(ExpressionText.Parse(text).Expression!, _at);

    public static Rule Made(RuleKind kind, Clause condition, string id = "R") =>
        new()
        {
            Id = id,
            Kind = kind,
            Regime = "IHRL",
            Force = "treaty",
            Title = "a made rule",
            Sources = [new Source("a made source", true)],
            Confidence = CitationConfidence.High,
            Valid = new Period(Day("1976"), null),
            ValidBasis = "I",
            Recorded = new Period(Day("2026"), null),
            Condition = condition,
            Status = PackStatus.Draft,
            Commentary = "made",
            At = _at,
        };

    public static PartialDate Day(string text) => PartialDate.Parse(text)!;

    public static LawPack Pack(
        IReadOnlyList<Rule> rules,
        params IReadOnlyList<DerivedTerm> derived
    ) =>
        new()
        {
            Id = "made",
            Version = "1",
            RecordedAt = Day("2026"),
            Status = PackStatus.Draft,
            Licence = "none",
            Reviewers = [],
            Profiles =
            [
                .. _profiles.Select(id => new Profile(id, id, Period.Always, Period.Always, _at)),
            ],
            Instruments = [new Instrument("I", Day("1976"), "in_force", "made", _at)],
            Facts = [.. FactIds.Select(Fact)],
            Derived = derived,
            Rules = [.. rules.Select((rule, at) => rule with { Id = $"R{at}" })],
            Gaps = [],
            Relations = [],
        };

    public static FactSheet Sheet(
        IReadOnlyDictionary<string, Kleene> values,
        bool isClosed = false
    ) =>
        new(
            "made",
            "made",
            null,
            isClosed,
            null,
            [
                .. values.Select(pair => new Assertion(
                    pair.Key,
                    pair.Value.ToBool(),
                    "made",
                    null,
                    [],
                    null,
                    null,
                    Period.Always
                )),
            ]
        );

    public static Assessed Assess(
        LawPack pack,
        IReadOnlyDictionary<string, Kleene> values,
        bool isClosed = false
    ) => Assessed.Of(Programme.Of(pack, AsOf.Undated, isClosed), Sheet(values, isClosed));

    /// <summary>What the evaluation says now, in the order of findings.</summary>
    public static IEnumerable<Outcome> OutcomesNow(Assessed assessed) =>
        assessed.Findings.Select(finding =>
            assessed.Evaluation.OutcomeOf(
                assessed.Evaluation.Programme.RuleIndex[finding.Rule.Id],
                assessed.Evaluation.Programme.ProfileAt(finding.Profile)
            )
        );

    private static FactTerm Fact(string id) =>
        new()
        {
            Id = id,
            Gloss = id,
            Question = $"{id}?",
            Counts = id,
            DoesNot = id,
            Safety = Safety.Open,
            AskOf = Respondent.Field,
            Cost = 1,
            At = _at,
        };

    private static Gen<Clause> Clause(string[] ids, int depth) =>
        Expression(ids, depth).Select(expression => new Clause(expression, _at));

    private static Gen<Expression> Expression(string[] ids, int depth)
    {
        Gen<Expression> id = Gen.Int[0, ids.Length - 1].Select(at => (Expression)new Id(ids[at]));
        if (depth == 0)
        {
            return id;
        }

        Gen<Expression> inner = Expression(ids, depth - 1);
        return Gen.Frequency(
            (2, id),
            (2, inner.Select(of => (Expression)new Not(of))),
            (3, inner.Array[2, 3].Select(parts => (Expression)new All(parts))),
            (3, inner.Array[2, 3].Select(parts => (Expression)new Any(parts)))
        );
    }
}
