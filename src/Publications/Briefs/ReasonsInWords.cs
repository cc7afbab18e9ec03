using Breakwater.Norms.Expressions;
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
    private const string Because = "reason.term";

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
                return new Said(
                    "expr.quoted",
                    (
                        "what",
                        ground.Pack.FactOf(id) is null
                            ? ground.Names.Term(id)
                            : ground.Names.ShortGloss(id)
                    )
                );
        }
    }

    /// <summary>A term whose reasons were told before points to their facts and does not repeat them.</summary>
    /// <param name="told">Stems of what was told; what is told now is added.</param>
    public static Word Shortened(Word word, HashSet<string> told) =>
        word switch
        {
            Said { Key: Because } because when !told.Add(because.Stem) => new Said(
                "reason.as-above",
                because.With[0],
                because.With[2]
            ),
            Said said => new Said(
                said.Key,
                [.. said.With.Select(part => (part.Name, Shortened(part.Value, told)))]
            ),
            Listed listed => new Listed([.. listed.Words.Select(one => Shortened(one, told))]),
            _ => word,
        };

    private Listed Tags(IEnumerable<string> facts) =>
        new([.. facts.Select(fact => new Code(ground.TagOf(fact) ?? fact))]);

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
            int before = Facts.Count;
            Word[] parts = Deciding(definition.Expression);
            Word term = ground.Names.Term(id.Name);
            return
            [
                Claim(
                    value,
                    parts.Length == 0
                        ? term
                        : new Said(
                            Because,
                            ("what", term),
                            ("parts", new Listed(parts)),
                            ("facts", Tags(Facts.Skip(before)))
                        )
                ),
            ];
        }

        Facts.Add(id.Name);
        Word gloss = ground.Names.ShortGloss(id.Name);
        bool isTaken = value != Kleene.Unknown && ground.Assessed.Facts[id.Name] == Kleene.Unknown;
        return
        [
            isTaken ? new Said("reason.burden", ("claim", Claim(value, gloss)))
            : ground.Assessed.Facts.Of(id.Name) is { IsContradicted: true }
                ? new Said("reason.contradicted", ("what", gloss))
            : Claim(value, gloss),
        ];
    }

    /// <summary>What is so stands for itself, and so does what is not known among what an outcome hangs on; what is not so says it.</summary>
    public static Word Claim(Kleene value, Word what) =>
        value == Kleene.False ? new Said("reason.not-so", ("what", what)) : what;

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
