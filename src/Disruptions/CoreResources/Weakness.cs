using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>How near a core resource is to losing its function.</summary>
public enum WeaknessRank
{
    /// <summary>One failure of one thing takes the function away, for all or for all who use IPv4.</summary>
    OneFailure,

    /// <summary>Two failures do, or something happened that must be looked at by a person.</summary>
    Serious,

    Minor,
}

/// <summary>
/// What a core resource hangs on too much, or a change that made it so. Its function is not lost, so it is no disruption.
/// </summary>
/// <param name="Tag">Named reason: <c>one_origin</c>, <c>ds_removed</c>.</param>
/// <param name="Text">One sentence for people.</param>
/// <param name="DependsOn">The servers, prefixes or ASes whose failure matters; empty when it is not about those.</param>
/// <param name="Signals">Ids of the signals it rests on.</param>
public sealed record Weakness(
    string Id,
    Place Place,
    WeaknessRank Rank,
    string Tag,
    string Text,
    IReadOnlyList<string> DependsOn,
    IReadOnlyList<string> Signals,
    IReadOnlyList<Evidence> Evidence
)
{
    internal static Weakness Of(
        DelegationSignal signal,
        WeaknessRank rank,
        string tag,
        string text,
        params IReadOnlyList<string> dependsOn
    ) => Of([signal], signal.Place, rank, tag, text, dependsOn);

    internal static Weakness Of(
        IReadOnlyList<DelegationSignal> signals,
        Place place,
        WeaknessRank rank,
        string tag,
        string text,
        IReadOnlyList<string> dependsOn
    ) =>
        new(
            ContentId.Of(
                "weakness",
                string.Join(
                    '\n',
                    [
                        $"{CoreResourcesFromSignals.MethodVersion} {place.Key} {tag}",
                        text,
                        .. dependsOn,
                        .. signals.Select(signal => signal.Id),
                    ]
                )
            ),
            place,
            rank,
            tag,
            text,
            dependsOn,
            [.. signals.Select(signal => signal.Id)],
            [.. signals.SelectMany(signal => signal.Evidence)]
        );
}
