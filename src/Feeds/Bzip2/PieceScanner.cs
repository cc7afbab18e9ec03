using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Feeds.Bzip2;

/// <summary>Cuts an input at each pattern that starts a block or ends a stream, at whatever bit it stands.</summary>
internal sealed class PieceScanner(Stream input) : IDisposable
{
    /// <summary>
    /// A block of 900,000 symbols of at most 20 bits with its codes needs 2.3 MB; what is longer between two patterns is no
    /// block, and nothing that follows can be reached.
    /// </summary>
    public const int PieceLengthMax = 3 << 20;

    public const ulong EndMagic = 0x177245385090;

    private const int ReadLength = 1 << 16;
    private const int Shifts = 8;

    // Per octet of a pattern's middle: a bit for each shift of either pattern that the octet allows.
    private static readonly ushort[][] Allowed = [Allow(1), Allow(2), Allow(3)];

    private byte[] window = ArrayPool<byte>.Shared.Rent(PieceLengthMax + 2 * ReadLength);
    private long windowStart;
    private int filled;
    private int scanned;
    private long pieceStart;
    private PieceKind pieceKind = PieceKind.Header;
    private bool isInputEnded;

    /// <summary>True when no piece is left.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Why the input could not be read on.</summary>
    public string? ReadFailure { get; private set; }

    /// <summary>Octets of the input read so far.</summary>
    public long OctetsSeen => windowStart + filled;

    /// <summary>The next piece; null when there is none.</summary>
    public Piece? Next()
    {
        while (!IsAtEnd)
        {
            if (Find() is { } found)
            {
                Piece piece = CutAt(found.Start);
                pieceStart = found.Start;
                pieceKind = found.Kind;
                return piece;
            }

            int pieceLength = (int)(windowStart + filled - (pieceStart >> 3));
            if (isInputEnded || pieceLength > PieceLengthMax)
            {
                IsAtEnd = true;
                return CutAt((windowStart + filled) << 3);
            }

            Read();
        }

        return null;
    }

    public void Dispose()
    {
        IsAtEnd = true;
        if (window.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(window);
            window = [];
        }
    }

    private Piece CutAt(long end)
    {
        int from = (int)((pieceStart >> 3) - windowStart);
        int length = (int)(((end + 7) >> 3) - (pieceStart >> 3));
        byte[] octets = ArrayPool<byte>.Shared.Rent(length + BitCursor.Slack);
        window.AsSpan(from, length).CopyTo(octets);
        octets.AsSpan(length, BitCursor.Slack).Clear();
        return new Piece(pieceKind, pieceStart, octets, length);
    }

    private void Read()
    {
        if (window.Length - filled < ReadLength)
        {
            int done = (int)((pieceStart >> 3) - windowStart);
            window.AsSpan(done, filled - done).CopyTo(window);
            windowStart += done;
            filled -= done;
            scanned -= done;
        }

        try
        {
            int count = input.Read(window, filled, ReadLength);
            filled += count;
            isInputEnded = count == 0;
        }
        catch (IOException failure)
        {
            ReadFailure = failure.Message.TrimEnd('.');
            isInputEnded = true;
        }
    }

    /// <summary>The next pattern that lies within the window, behind the one the current piece starts with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (long Start, PieceKind Kind)? Find()
    {
        unchecked
        {
            ref ushort first = ref MemoryMarshal.GetArrayDataReference(Allowed[0]);
            ref ushort second = ref MemoryMarshal.GetArrayDataReference(Allowed[1]);
            ref ushort third = ref MemoryMarshal.GetArrayDataReference(Allowed[2]);
            ref byte octet = ref MemoryMarshal.GetArrayDataReference(window);

            // A pattern lies within seven octets, or six when it starts with its first.
            int end = filled - 6;
            for (; scanned < end; scanned++)
            {
                int allowed =
                    Unsafe.Add(ref first, Unsafe.Add(ref octet, scanned + 1))
                    & Unsafe.Add(ref second, Unsafe.Add(ref octet, scanned + 2))
                    & Unsafe.Add(ref third, Unsafe.Add(ref octet, scanned + 3));
                if (allowed != 0 && Verify(scanned) is { } found)
                {
                    return found;
                }
            }

            return isInputEnded && scanned == end && end >= 0 ? Verify(scanned++) : null;
        }
    }

    private (long Start, PieceKind Kind)? Verify(int at)
    {
        Span<byte> eight = stackalloc byte[8];
        eight.Clear();
        window.AsSpan(at, Math.Min(8, filled - at)).CopyTo(eight);
        ulong ahead = BinaryPrimitives.ReadUInt64BigEndian(eight);
        for (int shift = 0; shift < Shifts; shift++)
        {
            long start = ((windowStart + at) << 3) + shift;
            ulong pattern = (ahead << shift) >> (64 - BlockDecoder.MagicBits);
            bool isWithin = shift == 0 || filled - at > 6;
            if (pattern is BlockDecoder.BlockMagic or EndMagic && isWithin && start > pieceStart)
            {
                return (start, pattern == EndMagic ? PieceKind.EndOfStream : PieceKind.Block);
            }
        }

        return null;
    }

    private static ushort[] Allow(int place)
    {
        var allowed = new ushort[256];
        for (int shift = 0; shift < Shifts; shift++)
        {
            int left = 8 * place - shift;
            allowed[Middle(BlockDecoder.BlockMagic, left)] |= (ushort)(1 << shift);
            allowed[Middle(EndMagic, left)] |= (ushort)(1 << (Shifts + shift));
        }

        return allowed;
    }

    private static byte Middle(ulong pattern, int left) =>
        unchecked((byte)(pattern >> (BlockDecoder.MagicBits - 8 - left)));
}
