namespace Breakwater.Bgp;

/// <summary>
/// A sliding view over an input that arrives in chunks, addressed by offset in the whole input. Input that is in memory
/// already is viewed where it is; chunks are copied into one buffer that grows to the longest record.
/// </summary>
internal sealed class MrtWindow
{
    private const int StartLength = 1 << 18;

    private readonly IEnumerator<ReadOnlyMemory<byte>>? chunks;
    private ReadOnlyMemory<byte> pending;
    private byte[]? buffer;
    private ReadOnlyMemory<byte> view;
    private long viewAt;

    public MrtWindow(ReadOnlyMemory<byte> octets) => view = octets;

    public MrtWindow(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        this.chunks = chunks.GetEnumerator();
        buffer = new byte[StartLength];
    }

    /// <summary>Everything held from <paramref name="offset"/> on.</summary>
    public ReadOnlySpan<byte> At(long offset) => view.Span[(int)(offset - viewAt)..];

    /// <summary>Makes octets available.</summary>
    /// <param name="keepFrom">The lowest offset still needed; negative for <paramref name="offset"/> itself.</param>
    /// <returns>How many of <paramref name="count"/> there are; fewer only at the end of the input.</returns>
    public int Fill(long offset, int count, long keepFrom)
    {
        long held = viewAt + view.Length - offset;
        if (held < count && chunks is not null)
        {
            Load(keepFrom < 0 ? offset : Math.Min(keepFrom, offset), offset + count);
            held = viewAt + view.Length - offset;
        }

        return (int)Math.Min(Math.Max(held, 0), count);
    }

    /// <summary>Passes over octets without holding them.</summary>
    /// <returns>How many there were.</returns>
    public long Skip(long offset, long count)
    {
        long passed = Math.Min(viewAt + view.Length - offset, count);
        while (passed < count && Next())
        {
            // The buffer is emptied: its octets are behind us.
            viewAt += view.Length;
            view = default;
            int part = (int)Math.Min(pending.Length, count - passed);
            pending = pending[part..];
            viewAt += part;
            passed += part;
        }

        return passed;
    }

    private void Load(long keepFrom, long until)
    {
        int behind = (int)Math.Min(Math.Max(keepFrom - viewAt, 0), view.Length);
        int kept = view.Length - behind;
        int needed = checked((int)(until - viewAt - behind));
        byte[] target = buffer!;
        view.Span[behind..].CopyTo(target);
        viewAt += behind;
        int filled = kept;
        // A length may lie, so the buffer grows with what arrives and not with what is announced; and to more than is
        // needed, so that moving the rest to the front stays rare against reading on.
        while (Next())
        {
            if (filled == target.Length)
            {
                if (filled >= needed)
                {
                    break;
                }

                Array.Resize(ref target, 2 * target.Length);
            }

            int part = Math.Min(pending.Length, target.Length - filled);
            pending.Span[..part].CopyTo(target.AsSpan(filled));
            pending = pending[part..];
            filled += part;
        }

        buffer = target;
        view = target.AsMemory(0, filled);
    }

    private bool Next()
    {
        while (pending.IsEmpty)
        {
            if (chunks is null || !chunks.MoveNext())
            {
                return false;
            }

            pending = chunks.Current;
        }

        return true;
    }
}
