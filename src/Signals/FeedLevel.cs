namespace Breakwater.Signals;

/// <summary>
/// A figure taken each minute, and its median over the minutes that were normal. A lower level is not learned, or an
/// outage of the feed would become its baseline; when it lasts, it is accepted and the acceptance is told.
/// </summary>
internal sealed class FeedLevel(FeedHealthProfile profile)
{
    private readonly Queue<int> normal = [];
    private readonly Queue<int> low = [];
    private int? median;

    /// <summary>Null while the history is too short to support a statement.</summary>
    public int? Median => normal.Count >= profile.HistoryMinutesMinimum ? median : null;

    /// <returns>True when a level that lasted was accepted as the new normal.</returns>
    public bool Learn(int value, bool isLow)
    {
        if (!isLow)
        {
            low.Clear();
            Add(value);
            return false;
        }

        low.Enqueue(value);
        if (low.Count < profile.AcceptAfterMinutes)
        {
            return false;
        }

        normal.Clear();
        while (low.TryDequeue(out int accepted))
        {
            Add(accepted);
        }

        return true;
    }

    private void Add(int value)
    {
        normal.Enqueue(value);
        if (normal.Count > profile.HistoryMinutes)
        {
            normal.Dequeue();
        }

        int[] sorted = [.. normal];
        Array.Sort(sorted);
        median = sorted[sorted.Length / 2];
    }
}
