using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>
/// What is kept of each prefix, origin or country by its dense number: the changes of its values, and the stretch of
/// each input that it stands on. Changes and stretches of all lie in one list each, so that a number costs no object.
/// </summary>
/// <param name="seriesCount">Values that each number has.</param>
internal sealed class RoutingTraces(int seriesCount)
{
    private readonly List<Change> changes = [default];
    private readonly List<Span> spans = [default];
    private readonly List<int> touched = [];
    private Trace[] traces = [];
    private int[] lastChanges = [];

    /// <summary>From this bin on the value is this one, until the next change. Null when it cannot be known.</summary>
    /// <param name="Before">The change before this one; 0 for none.</param>
    public readonly record struct Change(int Bin, double? Value, int Row, int Before);

    /// <summary>The stretch of one input that the trace stands on; rows are counted from 1.</summary>
    /// <param name="Before">The stretch of another input; 0 for none.</param>
    public record struct Span(
        int Input,
        long FirstRow,
        long LastRow,
        long FirstByte,
        long LastByte,
        int Before
    );

    private record struct Trace(long Updates, int LastRow, int Span, bool IsTouched);

    /// <summary>One more than the highest number that was noted or touched.</summary>
    public int End { get; private set; }

    /// <summary>Numbers whose values of the open bin are still to be taken.</summary>
    public IReadOnlyList<int> Touched => touched;

    /// <summary>Announcements and withdrawals heard.</summary>
    public long Updates(int number) => traces[number].Updates;

    public bool IsHeard(int number) => number >= 0 && number < End && traces[number].Span != 0;

    public void Note(int number, int input, in MrtRecord record, bool isUpdate)
    {
        Touch(number);
        ref Trace trace = ref traces[number];
        trace.Updates += isUpdate ? 1 : 0;
        long row = record.Index + 1;
        trace.LastRow = (int)Math.Min(row, int.MaxValue);
        long lastByte = record.Offset + record.Length - 1;
        int at = trace.Span;
        while (at != 0 && spans[at].Input != input)
        {
            at = spans[at].Before;
        }

        if (at == 0)
        {
            spans.Add(new Span(input, row, row, record.Offset, lastByte, trace.Span));
            trace.Span = spans.Count - 1;
        }
        else
        {
            spans[at] = spans[at] with { LastRow = row, LastByte = lastByte };
        }
    }

    public void Touch(int number)
    {
        if (number >= traces.Length)
        {
            int length = Math.Max(number + 1, Math.Max(256, 2 * traces.Length));
            Array.Resize(ref traces, length);
            Array.Resize(ref lastChanges, length * seriesCount);
        }

        End = Math.Max(End, number + 1);
        ref Trace trace = ref traces[number];
        if (!trace.IsTouched)
        {
            trace.IsTouched = true;
            touched.Add(number);
        }
    }

    public void ClearTouched()
    {
        foreach (int number in touched)
        {
            traces[number].IsTouched = false;
        }

        touched.Clear();
    }

    public void Set(int number, int series, int bin, double? value)
    {
        ref int last = ref lastChanges[number * seriesCount + series];
        if (last == 0 || changes[last].Value != value)
        {
            changes.Add(new Change(bin, value, traces[number].LastRow, last));
            last = changes.Count - 1;
        }
    }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<Change> Changes(int number, int series)
    {
        List<Change> found = [];
        for (int at = lastChanges[number * seriesCount + series]; at != 0; at = changes[at].Before)
        {
            found.Add(changes[at]);
        }

        found.Reverse();
        return found;
    }

    /// <summary>One for each input, in the order in which they were first heard.</summary>
    public IReadOnlyList<Span> Spans(int number)
    {
        List<Span> found = [];
        for (int at = traces[number].Span; at != 0; at = spans[at].Before)
        {
            found.Add(spans[at]);
        }

        found.Reverse();
        return found;
    }

    /// <summary>The numbers with most updates, ties by <paramref name="order"/>.</summary>
    public IReadOnlyList<int> Busiest(int count, Comparison<int> order)
    {
        var comparer = Comparer<int>.Create(
            (left, right) =>
                traces[left].Updates != traces[right].Updates
                    ? traces[left].Updates.CompareTo(traces[right].Updates)
                    : order(right, left)
        );
        // The least busy of those kept is on top: most numbers need one comparison.
        var kept = new PriorityQueue<int, int>(comparer);
        for (int number = 0; number < End && count > 0; number++)
        {
            if (IsHeard(number))
            {
                if (kept.Count < count)
                {
                    kept.Enqueue(number, number);
                }
                else
                {
                    _ = kept.EnqueueDequeue(number, number);
                }
            }
        }

        var busiest = new int[kept.Count];
        while (kept.Count > 0)
        {
            busiest[kept.Count - 1] = kept.Dequeue();
        }

        return busiest;
    }
}
