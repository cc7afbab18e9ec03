using System.IO.Compression;
using System.Security.Cryptography;

namespace Breakwater.Feeds;

/// <summary>A gzip member whose content no input ends with by chance.</summary>
internal static class GzipProbe
{
    public static ReadOnlySpan<byte> Content => "breakwater: end of gzip input\n"u8;

    public static byte[] Member { get; } = Make();

    private static byte[] Make()
    {
        using var octets = new MemoryStream();
        using (var gzip = new GZipStream(octets, CompressionLevel.NoCompression))
        {
            gzip.Write(Content);
        }

        return octets.ToArray();
    }
}

/// <summary>The input as received: counted, hashed, with its first octets readable in advance.</summary>
internal sealed class RawInput(Stream input, bool ownsInput = true) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long? start = input.CanSeek ? input.Position : null;
    private long resumeAt;
    private ReadOnlyMemory<byte> ahead;
    private ReadOnlyMemory<byte> appended;
    private string? sha256;

    /// <summary>Octets of the input handed on.</summary>
    public long Given { get; private set; }

    /// <summary>True when somebody asked for more than the input has.</summary>
    public bool IsAtEnd { get; private set; }

    public ReadOnlySpan<byte> Peek()
    {
        byte[] first = new byte[4];
        ahead = first.AsMemory(
            0,
            input.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)
        );
        hash.AppendData(ahead.Span);
        return ahead.Span;
    }

    /// <summary>The same input from its start, until <see cref="Resume"/>; null when it cannot be read twice.</summary>
    public RawInput? Again()
    {
        if (start is not { } at)
        {
            return null;
        }

        resumeAt = input.Position;
        input.Position = at;
        return new RawInput(input, ownsInput: false);
    }

    public void Resume() => input.Position = resumeAt;

    /// <summary>Octets to give after the end of the input.</summary>
    public void Append(ReadOnlyMemory<byte> octets) => appended = octets;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int count = Take(ref ahead, buffer);
        if (count == 0 && !IsAtEnd)
        {
            count = input.Read(buffer);
            hash.AppendData(buffer[..count]);
        }

        Given += count;
        if (count == 0)
        {
            IsAtEnd = true;
            count = Take(ref appended, buffer);
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public string Sha256()
    {
        if (sha256 is null)
        {
            byte[] buffer = new byte[1 << 16];
            while (input.Read(buffer) is > 0 and var count)
            {
                hash.AppendData(buffer.AsSpan(0, count));
            }

            sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        return sha256;
    }

    private static int Take(ref ReadOnlyMemory<byte> from, Span<byte> buffer)
    {
        int count = Math.Min(from.Length, buffer.Length);
        from.Span[..count].CopyTo(buffer);
        from = from[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            if (ownsInput)
            {
                input.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Given;
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();
}
