using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Breakwater.Feeds.Bzip2;

/// <summary>Why decoding ended before the input did.</summary>
/// <param name="Octet">Offset in the input of the octet where what is damaged starts.</param>
/// <param name="Block">The block that is damaged or missing, counted from 1 over all streams.</param>
internal sealed record Bzip2Damage(long Octet, long Block, string Reason);

/// <summary>
/// Decodes bzip2 with one or many concatenated streams, a block to a thread. What comes out and where it ends do not depend
/// on the number of threads: pieces of the input are decoded ahead of time, and counted only when the piece before ends
/// exactly where they start and their checksums hold.
/// </summary>
/// <param name="input">Starts with a stream header. Not disposed of.</param>
/// <param name="threads">How many decode at once, at least 1. Each takes about 15 MB, and 4 MB for what it has ready.</param>
internal sealed class Bzip2Decoder(Stream input, int threads) : IDisposable
{
    private const int HeaderOctets = 4;
    private const int BlockLengthOfLevel = 100_000;
    private const int CrcBits = 32;

    // End of stream: magic, checksum, padding, and the header of a stream that follows.
    private const int EndOctets = (BlockDecoder.MagicBits + CrcBits) / 8 + 1 + HeaderOctets;

    private readonly PieceScanner scanner = new(input);
    private readonly BlockWorkers? workers = threads > 1 ? new BlockWorkers(threads) : null;
    private readonly BlockDecoder decoder = new();
    private readonly int aheadMax = threads > 1 ? 2 * threads + 1 : 1;
    private readonly List<Piece> pieces = [];

    private long expected;
    private int blockLengthMax;
    private uint streamCrc;
    private byte[]? block;
    private RunLengths content;
    private bool isEnded;

    /// <summary>Why it ended early; null before the end and at an orderly one.</summary>
    public Bzip2Damage? Damage { get; private set; }

    /// <summary>Octets of the input that what was given so far is made of.</summary>
    public long OctetsTaken => (expected + 7) >> 3;

    /// <summary>Blocks given so far, in all streams.</summary>
    public long Blocks { get; private set; }

    /// <summary>Gives the next of the content; zero at the end.</summary>
    public int Read(Span<byte> output)
    {
        while (true)
        {
            int count = content.Expand(output);
            if (count > 0 || output.IsEmpty)
            {
                return count;
            }

            Return(ref block);
            if (isEnded || !Advance())
            {
                isEnded = true;
                return 0;
            }
        }
    }

    public void Dispose()
    {
        isEnded = true;
        content = default;
        Return(ref block);
        Drop(pieces.Count);
        workers?.Dispose();
        scanner.Dispose();
    }

    /// <summary>Goes on until a block is ready to be given.</summary>
    private bool Advance()
    {
        while (true)
        {
            if (!Arrive())
            {
                return false;
            }

            Piece head = pieces[0];
            bool isGood = head.Kind switch
            {
                PieceKind.Block => TakeBlock(head),
                PieceKind.EndOfStream => TakeEnd(),
                _ => TakeHeader(0),
            };
            if (!isGood || head.Kind == PieceKind.Block)
            {
                return isGood;
            }
        }
    }

    /// <summary>Makes the piece that starts where the last thing ended the first one.</summary>
    private bool Arrive()
    {
        int passed = 0;
        while (Have(passed) && pieces[passed].Start < expected)
        {
            passed++;
        }

        bool isThere = passed < pieces.Count && pieces[passed].Start == expected;
        bool isCut =
            passed == pieces.Count && scanner.OctetsSeen * 8 - expected < BlockDecoder.MagicBits;
        Drop(passed);
        if (isThere)
        {
            ReadAhead();
            return true;
        }

        return Fail(isCut ? EndsTooEarly : "no block or end of stream is where one must be");
    }

    private string EndsTooEarly =>
        scanner.ReadFailure is { } failure
            ? $"the input cannot be read on: {failure}"
            : "the input ends too early";

    private bool Have(int index)
    {
        while (pieces.Count <= index && scanner.Next() is { } piece)
        {
            pieces.Add(piece);
        }

        return index < pieces.Count;
    }

    private void ReadAhead()
    {
        for (int index = 0; index < aheadMax && workers is not null && Have(index); index++)
        {
            Piece piece = pieces[index];
            if (piece.Kind == PieceKind.Block && !piece.IsSubmitted)
            {
                piece.Block = Rent();
                workers.Submit(piece);
            }
        }
    }

    private bool TakeBlock(Piece piece)
    {
        BlockResult result = ResultOf(piece);
        for (long octets = 2L * piece.Length; result.State == BlockState.Short; octets *= 2)
        {
            // What starts the next piece may be part of this block.
            (byte[] joined, int length) = Join(octets);
            result = decoder.Decode(joined, piece.Start & 7, (long)length << 3, piece.Block!);
            ArrayPool<byte>.Shared.Return(joined);
            if (result.State == BlockState.Short && length < octets)
            {
                return Fail(
                    length > PieceScanner.PieceLengthMax
                        ? "the block is longer than a block can be"
                        : EndsTooEarly
                );
            }
        }

        if (result.State == BlockState.Damaged)
        {
            return Fail($"the block {result.Reason}");
        }

        if (result.Length > blockLengthMax)
        {
            return Fail("the block is longer than its stream allows");
        }

        expected = (piece.FirstOctet << 3) + result.End;
        streamCrc = uint.RotateLeft(streamCrc, 1) ^ result.Crc;
        Blocks++;
        block = piece.Block;
        piece.Block = null;
        content = new RunLengths(block!, result.Length);
        return true;
    }

    private BlockResult ResultOf(Piece piece)
    {
        if (piece.IsSubmitted)
        {
            workers!.Await(piece);
        }
        else
        {
            piece.Block = Rent();
            piece.Decode(decoder);
        }

        if (piece.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return piece.Result;
    }

    /// <summary>The first piece and those behind it, until there are so many octets, or the input ends.</summary>
    private (byte[] Octets, int Length) Join(long octetsMin)
    {
        int octetsMax = (int)Math.Min(octetsMin, PieceScanner.PieceLengthMax * 2L);
        byte[] joined = ArrayPool<byte>.Shared.Rent(octetsMax + BitCursor.Slack);
        int length = 0;
        for (int index = 0; length < octetsMax && Have(index); index++)
        {
            Piece piece = pieces[index];
            int at = (int)(piece.FirstOctet - pieces[0].FirstOctet);
            int count = Math.Min(piece.Length, octetsMax - at);
            piece.Octets[..Math.Max(count, 0)].CopyTo(joined.AsSpan(at));
            length = Math.Max(length, at + count);
        }

        joined.AsSpan(length, BitCursor.Slack).Clear();
        return (joined, length);
    }

    private bool TakeEnd()
    {
        (byte[] joined, int length) = Join(EndOctets);
        int start = (int)(pieces[0].Start & 7);
        var bits = new BitCursor(joined, start + BlockDecoder.MagicBits, (long)length << 3);
        uint crc = (uint)bits.Take(CrcBits);
        bool isCut = bits.IsPast;
        ArrayPool<byte>.Shared.Return(joined);
        if (isCut)
        {
            return Fail(EndsTooEarly);
        }

        if (crc != streamCrc)
        {
            return Fail("the stream does not match its checksum");
        }

        int end = (int)((bits.At + 7) >> 3);
        expected = (pieces[0].FirstOctet + end) << 3;
        if (length > end)
        {
            return TakeHeader(end);
        }

        if (scanner.ReadFailure is not null)
        {
            return Fail(EndsTooEarly);
        }

        isEnded = true;
        return false;
    }

    /// <summary>Reads a stream header that starts so many octets into the first piece.</summary>
    private bool TakeHeader(int at)
    {
        (byte[] joined, int length) = Join(at + HeaderOctets);
        ReadOnlySpan<byte> header = joined.AsSpan(at, Math.Min(length - at, HeaderOctets));
        bool isStart = "BZh"u8.StartsWith(header) || header.StartsWith("BZh"u8);
        int level = header.Length == HeaderOctets ? header[^1] - '0' : 1;
        ArrayPool<byte>.Shared.Return(joined);
        if (!isStart || level is < 1 or > 9)
        {
            return Fail("octets after the last stream are not bzip2");
        }

        if (header.Length < HeaderOctets)
        {
            return Fail(EndsTooEarly);
        }

        blockLengthMax = level * BlockLengthOfLevel;
        streamCrc = 0;
        expected = (pieces[0].FirstOctet + at + HeaderOctets) << 3;
        return true;
    }

    private bool Fail(string reason)
    {
        Damage = new Bzip2Damage(expected >> 3, Blocks + 1, reason);
        return false;
    }

    private void Drop(int count)
    {
        if (count == 0)
        {
            return;
        }

        HashSet<Piece> running = [.. pieces.Take(count).Where(piece => piece.IsSubmitted)];
        workers?.Recall(running);
        foreach (Piece piece in pieces.Take(count))
        {
            byte[]? unused = piece.Block;
            Return(ref unused);
            piece.Return();
        }

        pieces.RemoveRange(0, count);
    }

    private static byte[] Rent() => ArrayPool<byte>.Shared.Rent(BlockDecoder.BufferLength);

    private static void Return(ref byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
            rented = null;
        }
    }
}
