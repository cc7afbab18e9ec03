using System.Security.Cryptography;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Vocabulary;

namespace Breakwater.Norms.Facts;

/// <summary>
/// One fact with everything that was said about it. Sources that contradict each other are all kept; neither is averaged away, so the
/// value is unknown until an assessment settles it.
/// </summary>
/// <param name="Silent">Sources that said that they do not know.</param>
public sealed record KnownFact(
    string Fact,
    Kleene Value,
    IReadOnlyList<Assertion> For,
    IReadOnlyList<Assertion> Against,
    IReadOnlyList<Assertion> Silent
)
{
    public bool IsContradicted => For.Count > 0 && Against.Count > 0;

    /// <summary>The weight of a side: the greatest confidence of its sources. A source that gave none weighs one half.</summary>
    public static double Weight(IReadOnlyList<Assertion> side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return side.Count == 0 ? 0 : side.Max(one => one.Confidence ?? 0.5);
    }
}

/// <summary>The facts of an incident as they were known and as they held on the days that are asked for.</summary>
public sealed class KnownFacts
{
    private readonly SortedDictionary<string, KnownFact> facts = new(StringComparer.Ordinal);

    private KnownFacts() { }

    public static KnownFacts None { get; } = new();

    public IReadOnlyCollection<KnownFact> All => facts.Values;

    /// <summary>Values of what is known; an unknown fact is not in it.</summary>
    public IReadOnlyDictionary<string, Kleene> Values { get; private init; } =
        new Dictionary<string, Kleene>();

    public KnownFact? Of(string fact) => facts.GetValueOrDefault(fact);

    public Kleene this[string fact] => Values.GetValueOrDefault(fact);

    /// <summary><c>sha256:</c> over the canonical JSON of what is known, with the mode of burdens.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>What was recorded later than the day of knowledge, or held at another time than the conduct, is left out.</summary>
    public static KnownFacts Of(FactSheet sheet, AsOf asOf)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(asOf);
        List<IGrouping<string, Assertion>> said =
        [
            .. sheet
                .Assertions.Where(one =>
                    (
                        asOf.Known is not { } known
                        || one.Recorded is null
                        || one.Recorded.First <= known
                    )
                    && (
                        asOf.Conduct is not { } last
                        || (
                            one.Valid.BeginsBy(last)
                            && !one.Valid.EndedBefore(sheet.Conduct?.First?.First ?? last)
                        )
                    )
                )
                .GroupBy(one => one.Fact, StringComparer.Ordinal),
        ];
        var all = said.Select(Weigh).ToList();
        SortedDictionary<string, bool> known = new(StringComparer.Ordinal);
        foreach (KnownFact fact in all.Where(fact => fact.Value != Kleene.Unknown))
        {
            known[fact.Fact] = fact.Value == Kleene.True;
        }

        var facts = new KnownFacts
        {
            Values = known.ToDictionary(
                pair => pair.Key,
                pair => KleeneTables.Of(pair.Value),
                StringComparer.Ordinal
            ),
            Hash =
                $"sha256:{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(new { closure = sheet.IsClosed, facts = known })))}",
        };
        foreach (KnownFact fact in all)
        {
            facts.facts[fact.Fact] = fact;
        }

        return facts;
    }

    private static KnownFact Weigh(IGrouping<string, Assertion> said)
    {
        Assertion[] inOrder =
        [
            .. said.OrderByDescending(one => one.Confidence ?? 0.5)
                .ThenBy(one => one.Source, StringComparer.Ordinal),
        ];
        Assertion[] pro = [.. inOrder.Where(one => one.Value == true)];
        Assertion[] contra = [.. inOrder.Where(one => one.Value == false)];
        return new KnownFact(
            said.Key,
            pro.Length > 0 && contra.Length > 0 ? Kleene.Unknown
                : pro.Length > 0 ? Kleene.True
                : contra.Length > 0 ? Kleene.False
                : Kleene.Unknown,
            pro,
            contra,
            [.. inOrder.Where(one => one.Value is null)]
        );
    }
}
