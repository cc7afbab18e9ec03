using System.Buffers;

namespace Breakwater.Feeds.Bzip2;

/// <summary>What a piece of the input looks like by the pattern at its start.</summary>
internal enum PieceKind
{
    /// <summary>The start of the input, with the header of its first stream.</summary>
    Header,
    Block,
    EndOfStream,
}

/// <summary>
/// The input from one pattern that starts a block or ends a stream to the next. A pattern may occur within a block by chance
/// or by design, so a piece is what it looks like only when the piece before it ends where it starts.
/// </summary>
/// <param name="start">Its first bit in the input.</param>
/// <param name="octets">From the octet with its first bit on; rented, with <see cref="BitCursor.Slack"/> zeros behind.</param>
/// <param name="length">Octets, the last of which may also hold the first bits of the next piece.</param>
internal sealed class Piece(PieceKind kind, long start, byte[] octets, int length)
{
    public PieceKind Kind => kind;

    public long Start => start;

    public int Length => length;

    /// <summary>The octet of the input that holds its first bit.</summary>
    public long FirstOctet => start >> 3;

    public ReadOnlySpan<byte> Octets => octets.AsSpan(0, length + BitCursor.Slack);

    /// <summary>Handed to the threads that decode.</summary>
    public bool IsSubmitted { get; set; }

    public bool IsDone { get; set; }

    /// <summary>What it decoded to; read once <see cref="IsDone"/>.</summary>
    public BlockResult Result { get; set; }

    public byte[]? Block { get; set; }

    /// <summary>What a decoder should never throw, to be thrown where it is waited for.</summary>
    public Exception? Failure { get; set; }

    public void Decode(BlockDecoder decoder) =>
        Result = decoder.Decode(Octets, start & 7, (long)length << 3, Block!);

    public void Return() => ArrayPool<byte>.Shared.Return(octets);
}
