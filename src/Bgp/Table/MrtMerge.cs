namespace Breakwater.Bgp;

/// <summary>
/// Reads several MRT inputs as one, by the time of the records; of the same second, in the order of the inputs. The order
/// within an input stays, as only there the order of a peer's messages holds.
/// </summary>
public sealed class MrtMerge
{
    private readonly MrtReader[] readers;
    private readonly long[] nextAt;
    private int pending = -1;

    public MrtMerge(IReadOnlyList<MrtReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        ArgumentOutOfRangeException.ThrowIfZero(readers.Count);
        this.readers = [.. readers];
        nextAt = [.. readers.Select(TimeOf)];
    }

    /// <summary>The next record; false when all inputs are at their end. Its spans live until the next call.</summary>
    /// <param name="input">Index of the input that the record is from.</param>
    public bool Read(out int input, out MrtRecord record)
    {
        while (true)
        {
            input = Earliest();
            if (nextAt[input] == long.MaxValue)
            {
                record = default;
                return false;
            }

            if (readers.Length == 1)
            {
                return readers[0].Read(out record);
            }

            // To look at what comes after it may move the record in memory: that waits until the next call.
            pending = input;
            if (readers[input].Read(out record))
            {
                return true;
            }
        }
    }

    private int Earliest()
    {
        if (pending >= 0)
        {
            nextAt[pending] = TimeOf(readers[pending]);
            pending = -1;
        }

        int earliest = 0;
        for (int input = 1; input < nextAt.Length; input++)
        {
            earliest = nextAt[input] < nextAt[earliest] ? input : earliest;
        }

        return earliest;
    }

    /// <summary>An input with damage at its end comes last; one at its end never.</summary>
    private static long TimeOf(MrtReader reader) =>
        reader.TryPeekSeconds(out uint seconds) ? seconds
        : reader.HasRest ? long.MaxValue - 1
        : long.MaxValue;
}
