namespace Breakwater.Disruptions.Kinds;

/// <summary>What a tag weighs for each kind, in log-odds. Kinds for which it says nothing are absent.</summary>
public sealed record KindWeights(
    KindGroup Group,
    IReadOnlyDictionary<DisruptionKind, double> ByKind
)
{
    internal static KindWeights Of(KindTag tag, KindProfile profile)
    {
        var weights = new Dictionary<DisruptionKind, double>();
        foreach ((DisruptionKind kind, double weight) in FromCounts(tag, profile))
        {
            weights[kind] = weight;
        }

        // A value that somebody set outweighs one that few events gave.
        foreach ((DisruptionKind kind, double weight) in tag.First ?? Empty)
        {
            weights[kind] = weight;
        }

        return new KindWeights(
            tag.Group,
            weights
                .Where(pair => Math.Abs(pair.Value) >= profile.LeastWeight.Value)
                .ToDictionary(pair => pair.Key, pair => pair.Value)
        );
    }

    private static readonly Dictionary<DisruptionKind, double> Empty = [];

    /// <summary>
    /// Log of the rate in a kind over the mean rate in the other counted kinds. Kinds weigh the same whatever their number
    /// in the list: how often a list names a kind says how it was made, not how often the kind occurs.
    /// </summary>
    private static IEnumerable<(DisruptionKind Kind, double Weight)> FromCounts(
        KindTag tag,
        KindProfile profile
    )
    {
        if (tag.Counts is not { Count: > 1 } counts)
        {
            yield break;
        }

        double mean = counts.Values.Average(count => (count[0] + 0.5) / (count[1] + 1));
        double smoothing = profile.CountSmoothing.Value;
        Dictionary<DisruptionKind, double> rates = counts.ToDictionary(
            pair => pair.Key,
            pair => (pair.Value[0] + (smoothing * mean)) / (pair.Value[1] + smoothing)
        );
        foreach ((DisruptionKind kind, double rate) in rates)
        {
            double others = rates.Where(pair => pair.Key != kind).Average(pair => pair.Value);
            yield return (kind, Math.Round(Math.Log(rate / others), 2));
        }
    }
}
