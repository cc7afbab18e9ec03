using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Reads a zone in master-file form (RFC 1035 section 5, with RFC 2308's <c>$TTL</c> and RFC 3597's unknown types) record
/// by record. What cannot be read is a fault with its line, and the rest is read. <c>$INCLUDE</c> is refused: nothing
/// here opens files.
/// </summary>
public sealed class ZoneFileReader : IDisposable
{
    private const int FaultsMax = 50;

    private readonly ZoneEntries entries;
    private readonly ZoneRdata rdata = new();
    private readonly FaultList faults;
    private DnsName? origin;
    private DnsName? owner;
    private byte[] ownerText = [];
    private DnsName? ownerOrigin;
    private uint? defaultTtl;
    private uint? lastTtl;
    private ushort lastClass = 1;

    /// <param name="name">Name of the input, for faults.</param>
    /// <param name="chunks">The decompressed input in pieces; walked once.</param>
    /// <param name="origin">What relative names are below before any <c>$ORIGIN</c>; the root when null.</param>
    public ZoneFileReader(
        string name,
        IEnumerable<ReadOnlyMemory<byte>> chunks,
        DnsName? origin = null
    )
    {
        ArgumentNullException.ThrowIfNull(chunks);
        this.origin = origin ?? DnsName.Root;
        entries = new ZoneEntries(chunks);
        faults = new FaultList(name, FaultsMax);
    }

    /// <summary>What could not be used so far.</summary>
    public IReadOnlyList<InputFault> Faults => faults.ToList();

    /// <summary>Entries that could not be used so far: they may be records of the zone.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The next record; false at the end.</summary>
    public bool Read(out ZoneRecord record)
    {
        while (entries.Read())
        {
            if (entries.Fault is { } broken)
            {
                Add(broken);
            }
            else if (entries[0] is [(byte)'$', ..])
            {
                Directive();
            }
            else if (Record(out record) is { } fault)
            {
                Add(fault);
            }
            else
            {
                return true;
            }
        }

        record = default;
        return false;
    }

    public void Dispose() => entries.Dispose();

    private void Add(string reason)
    {
        Unreadable++;
        string at =
            entries.Line >= entries.LastLine
                ? string.Create(CultureInfo.InvariantCulture, $"line {entries.Line}")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"lines {entries.Line} to {entries.LastLine}"
                );
        faults.Add(at, reason, "Correct the entry; it is left out, the rest is read");
    }

    private void Directive()
    {
        ReadOnlySpan<byte> word = entries[0];
        if (word.SequenceEqual("$ORIGIN"u8))
        {
            DnsName below = DnsName.Root;
            string? fault =
                entries.Tokens.Count == 2
                    ? DnsName.Read(entries[1], origin, out below)
                    : "$ORIGIN needs one name";
            // Names below an origin that could not be read would be placed wrongly, so none is taken until the next.
            origin = fault is null ? below : null;
            if (fault is not null)
            {
                Add(fault);
            }
        }
        else if (word.SequenceEqual("$TTL"u8))
        {
            if (entries.Tokens.Count == 2 && ZoneText.TryPeriod(entries[1], out uint seconds))
            {
                defaultTtl = seconds;
            }
            else
            {
                Add("$TTL needs one number of seconds");
            }
        }
        else
        {
            Add(
                word.SequenceEqual("$INCLUDE"u8)
                    ? "$INCLUDE is not followed: the file that it names is not read"
                    : $"'{ZoneText.Shown(word)}' is no directive of RFC 1035 or RFC 2308"
            );
        }
    }

    /// <returns>Null, or why the entry is no record.</returns>
    private string? Record(out ZoneRecord record)
    {
        record = default;
        int token = 0;
        if (!entries.HasNoOwner)
        {
            if (Owner(entries[token++]) is { } wrong)
            {
                // The records that follow without an owner would be given to another name.
                owner = null;
                return wrong;
            }
        }

        if (owner is null)
        {
            return "no owner: the entry begins with blank space and none could be read before";
        }

        uint? ttl = null;
        ushort? zoneClass = null;
        while (token < entries.Tokens.Count)
        {
            if (zoneClass is null && TryClass(entries[token], out ushort read))
            {
                zoneClass = read;
            }
            else if (ttl is null && ZoneText.TryPeriod(entries[token], out uint seconds))
            {
                ttl = seconds;
            }
            else
            {
                break;
            }

            token++;
        }

        if (token == entries.Tokens.Count)
        {
            return "no type";
        }

        if (!ZoneType.TryParse(entries[token], out ushort type))
        {
            return $"'{ZoneText.Shown(entries[token])}' is no type that is read here; TYPEn \\# is (RFC 3597)";
        }

        if (rdata.Read(entries, token + 1, type, origin, out byte[] octets) is { } fault)
        {
            return fault;
        }

        if ((ttl ?? defaultTtl ?? lastTtl ?? MinimumOf(type, octets)) is not { } known)
        {
            return "no TTL, and none was stated before";
        }

        lastTtl = known;
        lastClass = zoneClass ?? lastClass;
        record = new ZoneRecord(owner, type, lastClass, known, octets, entries.Line);
        return null;
    }

    private string? Owner(ReadOnlySpan<byte> text)
    {
        // Most owners repeat: one object each keeps a zone small.
        if (owner is not null && ReferenceEquals(ownerOrigin, origin) && text.SequenceEqual(ownerText))
        {
            return null;
        }

        string? fault = null;
        DnsName read = origin ?? DnsName.Root;
        if (text is [(byte)'@'])
        {
            fault = origin is null ? "@ without an origin" : null;
        }
        else
        {
            fault = DnsName.Read(text, origin, out read);
        }

        owner = fault is null ? read : null;
        ownerText = fault is null ? text.ToArray() : [];
        ownerOrigin = origin;
        return fault;
    }

    /// <summary>Servers take the minimum of the SOA record for a first record without TTL (RFC 1035 section 3.3.13 as used).</summary>
    private static uint? MinimumOf(ushort type, byte[] rdata) =>
        type == ZoneType.Soa && rdata.Length >= 4
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(rdata.AsSpan(^4))
            : null;

    private static bool TryClass(ReadOnlySpan<byte> text, out ushort zoneClass)
    {
        zoneClass = 0;
        if (text.Length is < 2 or > 10)
        {
            return false;
        }

        Span<byte> upper = stackalloc byte[text.Length];
        for (int at = 0; at < text.Length; at++)
        {
            upper[at] = text[at] is >= (byte)'a' and <= (byte)'z'
                ? (byte)(text[at] & 0xDF)
                : text[at];
        }

        if (upper.StartsWith("CLASS"u8))
        {
            bool isNumber = ZoneText.TryNumber(upper[5..], ushort.MaxValue, out uint number);
            zoneClass = (ushort)number;
            return isNumber;
        }

        zoneClass =
            upper.SequenceEqual("IN"u8) ? (ushort)1
            : upper.SequenceEqual("CS"u8) ? (ushort)2
            : upper.SequenceEqual("CH"u8) ? (ushort)3
            : upper.SequenceEqual("HS"u8) ? (ushort)4
            : (ushort)0;
        return zoneClass != 0;
    }
}
