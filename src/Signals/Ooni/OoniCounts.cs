namespace Breakwater.Signals.Ooni;

/// <summary>
/// Measurements of one bin by OONI's verdict. An anomaly is a sign of interference or of a bad line; confirmed means that a block
/// page was recognised; a failed measurement says nothing.
/// </summary>
/// <param name="Confirmed">Null when the input cannot tell, as raw measurements cannot.</param>
internal readonly record struct OoniCounts(long Ok, long Anomalous, long? Confirmed, long Failed)
{
    /// <summary>Measurements that say something.</summary>
    public long Judged => Ok + Anomalous + (Confirmed ?? 0);

    public static OoniCounts operator +(OoniCounts left, OoniCounts right) =>
        new(
            left.Ok + right.Ok,
            left.Anomalous + right.Anomalous,
            left.Confirmed is null && right.Confirmed is null
                ? null
                : (left.Confirmed ?? 0) + (right.Confirmed ?? 0),
            left.Failed + right.Failed
        );
}
