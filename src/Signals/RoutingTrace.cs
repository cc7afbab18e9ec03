using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>What is kept of one prefix or origin: the changes of its values, and the records that changed it.</summary>
internal abstract class RoutingTrace
{
    private readonly List<Span> spans = [];

    /// <summary>From this bin on the value is this one, until the next change. Null when it cannot be known.</summary>
    public readonly record struct Change(int Bin, double? Value, int Row);

    /// <summary>The stretch of one input that the trace stands on; rows are counted from 1.</summary>
    public readonly record struct Span(
        int Input,
        long FirstRow,
        long LastRow,
        long FirstByte,
        long LastByte
    );

    public IReadOnlyList<Span> Spans => spans;

    /// <summary>Announcements and withdrawals heard.</summary>
    public long Updates { get; private set; }

    public int LastRow { get; private set; }

    /// <summary>True while the value of the open bin is still to be taken.</summary>
    public bool IsTouched { get; set; }

    public void Note(int input, in MrtRecord record, bool isUpdate)
    {
        Updates += isUpdate ? 1 : 0;
        long row = record.Index + 1;
        LastRow = (int)Math.Min(row, int.MaxValue);
        long lastByte = record.Offset + record.Length - 1;
        int at = spans.FindLastIndex(span => span.Input == input);
        if (at < 0)
        {
            spans.Add(new Span(input, row, row, record.Offset, lastByte));
        }
        else
        {
            spans[at] = spans[at] with { LastRow = row, LastByte = lastByte };
        }
    }

    protected static void Set(List<Change> changes, int bin, double? value, int row)
    {
        if (changes.Count > 0 && changes[^1].Bin == bin)
        {
            changes.RemoveAt(changes.Count - 1);
        }

        if (changes.Count == 0 || changes[^1].Value != value)
        {
            changes.Add(new Change(bin, value, row));
        }
    }
}
