namespace Breakwater.Bgp;

/// <summary>Cuts an input that arrives in chunks into lines. Memory is bounded by the longest line that is taken.</summary>
internal sealed class TextLines(IEnumerable<ReadOnlyMemory<byte>> chunks) : IDisposable
{
    /// <summary>An element with the longest attributes that a BGP message can hold takes less than a fifth of this.</summary>
    public const int LengthMax = 1 << 20;

    private readonly IEnumerator<ReadOnlyMemory<byte>> chunks = chunks.GetEnumerator();
    private ReadOnlyMemory<byte> chunk;
    private byte[] held = new byte[4096];
    private int heldCount;
    private long nextOffset;

    /// <summary>Number of the line last read, the first is 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where that line begins in the input.</summary>
    public long Offset { get; private set; }

    /// <summary>True when it was longer than <see cref="LengthMax"/>, and is given empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Octets of the line with its end.</summary>
    public int Length { get; private set; }

    /// <summary>The next line; it lives until the next call.</summary>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        heldCount = 0;
        IsTooLong = false;
        Offset = nextOffset;
        while (true)
        {
            if (chunk.IsEmpty)
            {
                if (!chunks.MoveNext())
                {
                    return End(out line);
                }

                chunk = chunks.Current;
                continue;
            }

            ReadOnlySpan<byte> span = chunk.Span;
            int at = span.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = at < 0 ? span : span[..at];
            chunk = chunk[(at < 0 ? part.Length : at + 1)..];
            nextOffset += at < 0 ? part.Length : at + 1;
            if (at >= 0 && heldCount == 0 && !IsTooLong)
            {
                return Give(part, out line);
            }

            Hold(part);
            if (at >= 0)
            {
                return Give(held.AsSpan(0, heldCount), out line);
            }
        }
    }

    public void Dispose() => chunks.Dispose();

    private bool End(out ReadOnlySpan<byte> line)
    {
        if (nextOffset > Offset)
        {
            return Give(held.AsSpan(0, heldCount), out line);
        }

        line = [];
        return false;
    }

    private bool Give(ReadOnlySpan<byte> found, out ReadOnlySpan<byte> line)
    {
        Number++;
        Length = (int)Math.Min(nextOffset - Offset, int.MaxValue);
        IsTooLong |= found.Length > LengthMax;
        line = IsTooLong ? [] : found.TrimEnd((byte)'\r');
        return true;
    }

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (IsTooLong || heldCount + part.Length > LengthMax)
        {
            IsTooLong = true;
            return;
        }

        if (heldCount + part.Length > held.Length)
        {
            Array.Resize(ref held, Math.Max(2 * held.Length, heldCount + part.Length));
        }

        part.CopyTo(held.AsSpan(heldCount));
        heldCount += part.Length;
    }
}
