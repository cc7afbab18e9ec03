using System.Buffers.Binary;

namespace Breakwater.Ledger.Tiles;

/// <summary>C2SP tlog-tiles entry bundle: the entries of a tile of level 0, each behind its length in two octets.</summary>
public static class EntryBundle
{
    /// <summary>What two octets can say.</summary>
    public const int EntryOctetsMax = ushort.MaxValue;

    /// <exception cref="ArgumentException">An entry is longer than <see cref="EntryOctetsMax"/>.</exception>
    public static byte[] Of(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        byte[] bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            if (entry.Length > EntryOctetsMax)
            {
                throw new ArgumentException($"an entry has {entry.Length} octets", nameof(entries));
            }

            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(at), (ushort)entry.Length);
            entry.Span.CopyTo(bundle.AsSpan(at + sizeof(ushort)));
            at += sizeof(ushort) + entry.Length;
        }

        return bundle;
    }

    /// <summary>Null when the octets do not end with an entry, or hold more than a tile does.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        while (!bundle.IsEmpty && entries.Count < Tile.WidthMax)
        {
            if (
                !BinaryPrimitives.TryReadUInt16BigEndian(bundle.Span, out ushort length)
                || bundle.Length - sizeof(ushort) < length
            )
            {
                return null;
            }

            entries.Add(bundle.Slice(sizeof(ushort), length));
            bundle = bundle[(sizeof(ushort) + length)..];
        }

        return bundle.IsEmpty ? entries : null;
    }
}
