using System.Security.Cryptography;

namespace Breakwater.Feeds;

/// <summary>A line of a stream.</summary>
/// <param name="Octets">Without the end of the line; they live until the next line is read. Empty when it is too long.</param>
/// <param name="Number">The first line is 1.</param>
public readonly record struct ReadLine(ReadOnlyMemory<byte> Octets, int Number, bool IsTooLong);

/// <summary>Lines of a stream as they come in, with bounded memory, and the hash of all that came.</summary>
public sealed class LineReader(Stream stream, int octetsMax) : IDisposable
{
    private const int BlockOctets = 64 * 1024;

    private readonly byte[] block = new byte[BlockOctets];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream line = new();
    private int at;
    private int end;
    private int number;
    private bool isEnded;

    /// <summary>Hash of all that was read so far, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>The next line, once all of it came; null at the end. What stands behind the last end of a line is a line too.</summary>
    public async ValueTask<ReadLine?> Next(CancellationToken cancel)
    {
        line.SetLength(0);
        bool isTooLong = false;
        while (!isEnded)
        {
            if (at == end && !await Fill(cancel).ConfigureAwait(false))
            {
                return line.Length > 0 || isTooLong ? Whole(isTooLong) : null;
            }

            int length = block.AsSpan(at, end - at).IndexOf((byte)'\n');
            int count = length < 0 ? end - at : length;
            isTooLong |= line.Length + count > octetsMax;
            if (isTooLong)
            {
                line.SetLength(0);
            }
            else
            {
                line.Write(block, at, count);
            }

            at += length < 0 ? count : count + 1;
            if (length >= 0)
            {
                return Whole(isTooLong);
            }
        }

        return null;
    }

    public void Dispose()
    {
        hash.Dispose();
        line.Dispose();
    }

    private ReadLine Whole(bool isTooLong) =>
        new(line.GetBuffer().AsMemory(0, (int)line.Length), ++number, isTooLong);

    private async ValueTask<bool> Fill(CancellationToken cancel)
    {
        // A terminal or a pipe cannot be told to stop waiting: whoever ends the verb leaves the wait behind.
        int count = await stream
            .ReadAsync(block, CancellationToken.None)
            .AsTask()
            .WaitAsync(cancel)
            .ConfigureAwait(false);
        (at, end) = (0, count);
        isEnded = count == 0;
        hash.AppendData(block, 0, count);
        return count > 0;
    }
}
