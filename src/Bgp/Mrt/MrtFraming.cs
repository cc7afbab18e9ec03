using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>The common header of all MRT records (RFC 6396 section 2).</summary>
internal readonly record struct MrtHeader(uint Seconds, MrtType Type, ushort Subtype, uint Length)
{
    public static MrtHeader From(ReadOnlySpan<byte> octets) =>
        new(
            BinaryPrimitives.ReadUInt32BigEndian(octets),
            (MrtType)BinaryPrimitives.ReadUInt16BigEndian(octets[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(octets[6..]),
            BinaryPrimitives.ReadUInt32BigEndian(octets[8..])
        );
}

/// <summary>Tells headers from other octets by type, subtype and time, for an input whose framing is damaged.</summary>
internal sealed class MrtFraming
{
    // The first dumps are of 1997 (PAIX, later RouteViews).
    private const uint Year1997 = 852_076_800;

    // Update files span minutes and table dumps hours; a day apart is another file.
    private const long SecondsApartMax = 86_400;

    private uint last;

    public void Accept(in MrtHeader header) => last = header.Seconds;

    /// <summary>
    /// A type of RFC 6396 section 4 or its appendix, or one assigned later with a small number. A header that fails this
    /// is taken for damage; one that passes is read, or counted as unknown.
    /// </summary>
    public static bool IsPlausible(in MrtHeader header) =>
        (ushort)header.Type is > 0 and <= 64
        && header.Subtype <= 64
        && header.Length <= MrtReader.LengthMax;

    /// <summary>Strict enough that octets inside a message rarely pass, and never twice in a row at the right distance.</summary>
    public bool IsLikely(in MrtHeader header) =>
        header.Type switch
        {
            MrtType.Bgp => header.Subtype <= (ushort)LegacySubtype.Keepalive,
            MrtType.TableDump => header.Subtype is 1 or 2,
            MrtType.TableDumpV2 => header.Subtype
                is >= 1
                    and <= (ushort)TableDumpV2Subtype.GenericAddPath,
            MrtType.Bgp4mp or MrtType.Bgp4mpEt => header.Subtype
                <= (ushort)Bgp4mpSubtype.MessageAs4LocalAddPath,
            _ => false,
        }
        && header.Length is >= 8 and <= MrtReader.LengthMax
        && (
            last == 0
                ? header.Seconds >= Year1997
                : Math.Abs((long)header.Seconds - last) <= SecondsApartMax
        );
}
