using System.IO.Compression;
using System.Runtime.InteropServices;
using Breakwater.Feeds.Bzip2;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>How an input is compressed, told by its first octets and never by its name.</summary>
public enum CompressionFormat
{
    Plain,
    Gzip,
    Bzip2,
    Zstandard,
}

/// <summary>Where decompression stops, so that a small hostile input cannot fill memory or time.</summary>
/// <param name="OctetsMax">Octets that come out at most. A table dump of all collectors of a day stays far below 64 GiB.</param>
/// <param name="RatioMax">Octets out per octet in. MRT and CSV reach 5 to 50; deflated zeros reach 1,030.</param>
/// <param name="RatioAppliesFrom">Octets out below which the ratio is not looked at.</param>
public sealed record CompressionLimits(
    long OctetsMax = 64L << 30,
    int RatioMax = 200,
    long RatioAppliesFrom = 64 << 20
);

/// <summary>
/// An input that is read once, decompressed on the way, in pieces of bounded size. Damage ends it early: everything
/// before the damage is given, then <see cref="Faults"/> says where and what.
/// </summary>
public sealed class Compression : IDisposable
{
    private const int ChunkLength = 1 << 17;

    // Each holds about 20 MB of blocks.
    private const int ThreadsMax = 64;

    private const string ObtainAgain = "Obtain the file again; what comes before was read";

    private readonly string name;
    private readonly CompressionLimits limits;
    private readonly RawInput raw;
    private readonly List<InputFault> faults = [];
    private readonly Bzip2Decoder? bzip2;
    private Stream? decoder;

    private Compression(Stream input, string name, CompressionLimits limits, int threads)
    {
        this.name = name;
        this.limits = limits;
        raw = new RawInput(input);
        Format = FormatOf(raw.Peek());
        bzip2 = Format == CompressionFormat.Bzip2 ? new Bzip2Decoder(raw, threads) : null;
    }

    /// <param name="input">Read from where it stands, and disposed of with this.</param>
    /// <param name="name">Named in faults.</param>
    /// <param name="threads">How many decode blocks of bzip2; as many as there are processors when null. What comes out is the same.</param>
    public static Compression Open(
        Stream input,
        string name,
        CompressionLimits? limits = null,
        int? threads = null
    ) =>
        new(
            input,
            name,
            limits ?? new CompressionLimits(),
            Math.Clamp(threads ?? Environment.ProcessorCount, 1, ThreadsMax)
        );

    public static Compression Open(
        SourceFile file,
        CompressionLimits? limits = null,
        int? threads = null
    ) =>
        Open(
            MemoryMarshal.TryGetArray(file.Content, out ArraySegment<byte> octets)
                ? new MemoryStream(octets.Array!, octets.Offset, octets.Count, writable: false)
                : new MemoryStream(file.Content.ToArray(), writable: false),
            file.Name,
            limits,
            threads
        );

    public CompressionFormat Format { get; }

    /// <summary>What was wrong; complete when <see cref="Chunks"/> has ended.</summary>
    public IReadOnlyList<InputFault> Faults => faults;

    /// <summary>Octets taken from the input; of bzip2, those that what was given is made of.</summary>
    public long OctetsIn => bzip2?.OctetsTaken ?? raw.Given;

    /// <summary>Octets given.</summary>
    public long OctetsOut { get; private set; }

    /// <summary>Hash of the input as it was received. Reads the input to its end if it was not.</summary>
    public string Sha256() => raw.Sha256();

    /// <summary>The decompressed input. Each piece lives until the next is asked for; can be walked once.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        byte[] buffer = new byte[ChunkLength];
        while (Next(buffer) is > 0 and var count)
        {
            yield return buffer.AsMemory(0, count);
        }
    }

    public void Dispose()
    {
        decoder?.Dispose();
        bzip2?.Dispose();
        raw.Dispose();
    }

    private static CompressionFormat FormatOf(ReadOnlySpan<byte> start) =>
        start switch
        {
            // RFC 1952 section 2.3.1: two octets of identification, and deflate as the only method.
            [0x1F, 0x8B, 8, ..] => CompressionFormat.Gzip,
            [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] =>
                CompressionFormat.Bzip2,
            // RFC 8878 section 3.1.1, and skippable frames of section 3.1.2.
            [0x28, 0xB5, 0x2F, 0xFD, ..] or [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18, ..] =>
                CompressionFormat.Zstandard,
            _ => CompressionFormat.Plain,
        };

    private int Next(byte[] buffer)
    {
        if (faults.Count > 0)
        {
            return 0;
        }

        if (bzip2 is not null)
        {
            return NextOf(bzip2, buffer);
        }

        int count;
        try
        {
            if (decoder is null)
            {
                if (Format == CompressionFormat.Gzip)
                {
                    raw.Append(GzipProbe.Member);
                }

                decoder = Decoder(raw);
            }

            count = decoder.Read(buffer);
        }
        catch (Exception error) when (IsDamage(error))
        {
            // Decoders throw after having read past the end as well as on contradictory content.
            count = Rescue(buffer);
            OctetsOut += count;
            Fault(
                raw.IsAtEnd
                    ? "the input ends too early"
                    : $"the {Format.ToString().ToLowerInvariant()} content is damaged"
            );
            return count;
        }

        if (Format == CompressionFormat.Gzip)
        {
            count = CheckGzip(buffer.AsSpan(0, count));
        }

        OctetsOut += count;
        return IsWithinLimits() ? count : 0;
    }

    private Stream Decoder(Stream input) =>
        Format switch
        {
            CompressionFormat.Gzip => new GZipStream(
                input,
                CompressionMode.Decompress,
                leaveOpen: true
            ),
            CompressionFormat.Zstandard => new ZstdSharp.DecompressionStream(
                input,
                leaveOpen: true
            ),
            _ => input,
        };

    /// <summary>Whole blocks with the right checksum only; damage is known to the block.</summary>
    private int NextOf(Bzip2Decoder bzip2, byte[] buffer)
    {
        int count = bzip2.Read(buffer);
        OctetsOut += count;
        if (bzip2.Damage is { } damage)
        {
            faults.Add(
                new InputFault(
                    name,
                    FormattableString.Invariant(
                        $"offset {OctetsOut} of the decompressed input, block {damage.Block} at offset {damage.Octet} of the file"
                    ),
                    damage.Reason,
                    ObtainAgain
                )
            );
        }

        return IsWithinLimits() ? count : 0;
    }

    /// <summary>
    /// A decoder that throws drops what it had decoded of the piece. Where the input can be read again, it is, octet by
    /// octet from the last piece on, so that what comes before the damage is given to the last octet.
    /// </summary>
    private int Rescue(byte[] buffer)
    {
        using RawInput? again = raw.Again();
        if (again is null)
        {
            return 0;
        }

        int count = 0;
        try
        {
            using Stream repeated = Decoder(again);
            for (long left = OctetsOut; left > 0; )
            {
                left -= repeated.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            }

            while (count < buffer.Length && repeated.Read(buffer, count, 1) > 0)
            {
                count++;
            }
        }
        catch (Exception error) when (IsDamage(error))
        {
            // The damage again, now known to the octet.
        }

        raw.Resume();
        return count;
    }

    /// <summary>
    /// The runtime's gzip reader takes the end of the input for the end of the data, wherever it comes. So one more member
    /// with known content is put behind the input: it comes out whole exactly when the input was whole. The reader asks
    /// for more input only when all it had is decoded, so what comes out from then on is of the probe.
    /// </summary>
    private int CheckGzip(ReadOnlySpan<byte> output)
    {
        if (raw.IsAtEnd)
        {
            if (!output.SequenceEqual(GzipProbe.Content))
            {
                Fault("the gzip input ends too early");
            }

            return 0;
        }

        if (output.IsEmpty)
        {
            Fault("octets after the last gzip member are not gzip");
        }

        return output.Length;
    }

    private bool IsWithinLimits()
    {
        if (OctetsOut > limits.OctetsMax)
        {
            Fault($"gives more than {limits.OctetsMax} octets", "Split it, or raise the limit");
        }
        else if (
            Format != CompressionFormat.Plain
            && OctetsOut > limits.RatioAppliesFrom
            && OctetsOut / Math.Max(OctetsIn, 1) > limits.RatioMax
        )
        {
            Fault(
                $"gives more than {limits.RatioMax} octets for each of its own, as a decompression bomb does",
                "Do not use it, or raise the limit if its source is trusted"
            );
        }
        else
        {
            return true;
        }

        return false;
    }

    private static bool IsDamage(Exception error) =>
        error
            is InvalidDataException
                or IOException
                or ZstdSharp.ZstdException
                or IndexOutOfRangeException
                or InvalidOperationException
                or OverflowException;

    private void Fault(string reason, string remedy = ObtainAgain) =>
        faults.Add(
            new InputFault(
                name,
                FormattableString.Invariant(
                    $"offset {OctetsOut} of the decompressed input, before offset {OctetsIn} of the file"
                ),
                reason,
                remedy
            )
        );
}
