using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Of three values: unknown is not false.</summary>
public enum FactValue
{
    Unknown,
    True,
    False,
}

/// <summary>One item that speaks for or against a fact.</summary>
public sealed record FactSupport(
    string Dossier,
    string Item,
    bool Value,
    Confidence Confidence,
    Role Extractor,
    string Reason,
    Instant At,
    Marking Marking
);

/// <summary>A fact as the items say it.</summary>
/// <param name="Value">Unknown where no support is left, and where supports contradict each other: neither side is dropped or averaged.</param>
public sealed record SupportedFact(
    string Fact,
    FactValue Value,
    bool IsContradictory,
    IReadOnlyList<FactSupport> Supports
);

/// <summary>From dossiers to what their items say of facts. A fact whose last support was withdrawn is listed as unknown.</summary>
public static class FactsFromDossiers
{
    public static IReadOnlyList<SupportedFact> FactsSupported(IEnumerable<Dossier> dossiers) =>
        [
            .. dossiers
                .SelectMany(
                    dossier => dossier.Items,
                    (dossier, item) => (Dossier: dossier, Item: item)
                )
                .SelectMany(at => at.Item.Supports, (at, support) => (at.Dossier, at.Item, support))
                .GroupBy(at => at.support.Fact, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                    Of(
                        group.Key,
                        [
                            .. group
                                .Where(at =>
                                    at.Item.Withdrawn is null && at.support.Withdrawn is null
                                )
                                .Select(at => new FactSupport(
                                    at.Dossier.Id,
                                    at.Item.Id,
                                    at.support.Value,
                                    at.support.Confidence,
                                    at.support.Extractor,
                                    at.support.Reason,
                                    at.support.At,
                                    at.Item.Marking
                                ))
                                .OrderBy(support => support.Dossier, StringComparer.Ordinal)
                                .ThenBy(support => support.Item, StringComparer.Ordinal)
                                .ThenBy(support => support.At),
                        ]
                    )
                ),
        ];

    private static SupportedFact Of(string fact, IReadOnlyList<FactSupport> supports)
    {
        bool isSaid = supports.Any(support => support.Value);
        bool isDenied = supports.Any(support => !support.Value);
        return new SupportedFact(
            fact,
            isSaid == isDenied ? FactValue.Unknown
                : isSaid ? FactValue.True
                : FactValue.False,
            isSaid && isDenied,
            supports
        );
    }
}
