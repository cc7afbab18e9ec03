using System.Buffers;

namespace Breakwater.App.Verbs;

/// <summary>Gathers what is written and gives it to a stream in large pieces. A reader that has gone ends the writing.</summary>
internal sealed class OutputBuffer(Stream output) : IBufferWriter<byte>, IDisposable
{
    private const int FlushAt = 1 << 17;

    private byte[] octets = new byte[2 * FlushAt];
    private int count;

    /// <summary>True once nobody reads any more, as behind <c>head</c>; further output is dropped.</summary>
    public bool IsClosed { get; private set; }

    public void Advance(int more)
    {
        count += more;
        if (count >= FlushAt)
        {
            Flush();
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return octets.AsMemory(count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return octets.AsSpan(count);
    }

    public void Flush()
    {
        int length = count;
        count = 0;
        if (IsClosed)
        {
            return;
        }

        try
        {
            output.Write(octets, 0, length);
            output.Flush();
        }
        catch (IOException fault) when (IsBrokenPipe(fault))
        {
            IsClosed = true;
        }
    }

    public void Dispose() => Flush();

    private void Ensure(int size)
    {
        if (octets.Length - count < size)
        {
            Array.Resize(ref octets, Math.Max(2 * octets.Length, count + size));
        }
    }

    private static bool IsBrokenPipe(IOException fault)
    {
        // EPIPE, and ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows.
        const int brokenPipe = 32;
        int code = fault.HResult & 0xFFFF;
        return code is brokenPipe or 109 or 232
            || fault.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
    }
}
