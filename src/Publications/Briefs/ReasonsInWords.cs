using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// Why an expression has its value under a reading, in plain words: only what decides is told. An "and" that fails is explained by the
/// parts that fail, an "or" that holds by the parts that hold, what is unknown by what is unknown in it.
/// </summary>
internal sealed class ReasonsInWords(
    Ground ground,
    Reading reading,
    IReadOnlyDictionary<string, bool> burden
)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Facts that were named, in the order told.</summary>
    public List<string> Facts { get; } = [];

    public Word Of(Expression expression)
    {
        _told.Clear();
        return new Listed(Deciding(expression));
    }

    /// <summary>An expression as a person would say it, without values.</summary>
    public static Word Plain(Ground ground, Expression expression, bool isInner = false)
    {
        switch (expression)
        {
            case Not not:
                return new Said("expr.not", ("what", Plain(ground, not.Of, isInner: true)));
            case All all:
                return Bound(Joined(ground, "expr.and", all.Parts), isInner);
            case Any any:
                return Bound(Joined(ground, "expr.or", any.Parts), isInner);
            default:
                string id = ((Id)expression).Name;
                return ground.Pack.FactOf(id) is null
                    ? new Said("expr.term", ("term", ground.Names.Term(id)))
                    : ground.Names.ShortGloss(id);
        }
    }

    private static Word Joined(Ground ground, string key, IReadOnlyList<Expression> parts) =>
        parts
            .Skip(1)
            .Aggregate(
                Plain(ground, parts[0], isInner: true),
                (left, right) =>
                    new Said(key, ("left", left), ("right", Plain(ground, right, isInner: true)))
            );

    private static Word Bound(Word words, bool isInner) =>
        isInner ? new Said("expr.bound", ("what", words)) : words;

    private Word[] Deciding(Expression expression)
    {
        Kleene value = reading.ValueOf(expression, burden);
        return expression switch
        {
            Not not => Deciding(not.Of),
            All all when value == Kleene.True => Each(all.Parts),
            All all => Each(all.Parts.Where(part => reading.ValueOf(part, burden) == value)),
            Any any when value == Kleene.False => Each(any.Parts),
            Any any => Each(any.Parts.Where(part => reading.ValueOf(part, burden) == value)),
            Id id => One(id, value),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };
    }

    private Word[] Each(IEnumerable<Expression> parts) => [.. parts.SelectMany(Deciding)];

    private Word[] One(Id id, Kleene value)
    {
        if (!_told.Add(id.Name))
        {
            return [];
        }

        if (reading.Definition(id.Name) is { } definition)
        {
            Word[] parts = Deciding(definition.Expression);
            return
            [
                parts.Length == 0
                    ? new Said(
                        "reason.fact",
                        ("what", ground.Names.Term(id.Name)),
                        ("value", Of(value))
                    )
                    : new Said(
                        "reason.term",
                        ("what", ground.Names.Term(id.Name)),
                        ("value", Of(value)),
                        ("parts", new Listed(parts))
                    ),
            ];
        }

        Facts.Add(id.Name);
        return
        [
            new Said(
                "reason.fact",
                ("what", ground.Names.ShortGloss(id.Name)),
                ("value", OfFact(id.Name, value))
            ),
        ];
    }

    private Said OfFact(string fact, Kleene value)
    {
        KnownFact? known = ground.Assessed.Facts.Of(fact);
        bool isTaken = value != Kleene.Unknown && ground.Assessed.Facts[fact] == Kleene.Unknown;
        return isTaken ? new Said("value.burden", ("value", Of(value)))
            : known is { IsContradicted: true } ? new Said("value.contradicted")
            : Of(value);
    }

    public static Said Of(Kleene value) =>
        new(
            value switch
            {
                Kleene.True => "value.true",
                Kleene.False => "value.false",
                _ => "value.unknown",
            }
        );
}
