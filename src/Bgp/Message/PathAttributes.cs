using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Breakwater.Bgp;

/// <summary>Type codes of path attributes (IANA registry "BGP Path Attributes").</summary>
public enum AttributeType : byte
{
    Origin = 1,
    AsPath = 2,
    NextHop = 3,
    MultiExitDisc = 4,
    LocalPref = 5,
    AtomicAggregate = 6,
    Aggregator = 7,
    Communities = 8,
    OriginatorId = 9,
    ClusterList = 10,
    MpReach = 14,
    MpUnreach = 15,
    ExtendedCommunities = 16,
    As4Path = 17,
    As4Aggregator = 18,
    LargeCommunities = 32,
    OnlyToCustomer = 35,
}

/// <summary>Values of ORIGIN (RFC 4271 section 5.1.1).</summary>
public enum RouteOrigin : byte
{
    Igp = 0,
    Egp = 1,
    Incomplete = 2,
}

/// <summary>
/// The path attributes of one message or table entry: an index over the raw octets, made in one pass. Values are decoded
/// when asked for; types without a reader here are available raw.
/// </summary>
public readonly ref struct PathAttributes
{
    /// <summary>Codes above this one are found by walking; none that this library reads is.</summary>
    private const int IndexedMax = 40;

    // RFC 6793 section 3: the number that stands for an AS number that does not fit 16 bits.
    private const ushort AsTrans = 23456;

    private readonly Places places;
    private readonly ulong present;
    private readonly int asnOctets;

    private PathAttributes(
        ReadOnlySpan<byte> raw,
        scoped in Places places,
        ulong present,
        int asnOctets
    )
    {
        Raw = raw;
        this.places = places;
        this.present = present;
        this.asnOctets = asnOctets;
    }

    /// <summary>All attributes, undecoded.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    public bool Has(AttributeType type) =>
        (int)type <= IndexedMax && (present >> (int)type & 1) != 0;

    /// <summary>The value of an attribute; empty when it is absent (ask <see cref="Has"/>) or empty.</summary>
    public ReadOnlySpan<byte> Value(AttributeType type)
    {
        if (!Has(type))
        {
            return [];
        }

        uint place = places[(int)type];
        return Raw.Slice((int)(place >> 16), (int)(place & 0xFFFF));
    }

    public RouteOrigin? Origin =>
        Value(AttributeType.Origin) is [var origin] ? (RouteOrigin)origin : null;

    /// <summary>The path, with four-octet numbers put back where a two-octet session hid them (RFC 6793 section 4.2.3).</summary>
    public AsPath AsPath
    {
        get
        {
            ReadOnlySpan<byte> path = Value(AttributeType.AsPath);
            if (asnOctets == 4 || !Has(AttributeType.As4Path))
            {
                return new AsPath(path, asnOctets);
            }

            // RFC 6793 section 4.2.3: an AGGREGATOR with a real AS number means that AS4_PATH is out of date.
            ReadOnlySpan<byte> aggregator = Value(AttributeType.Aggregator);
            bool isStale =
                aggregator.Length >= 2
                && Has(AttributeType.As4Aggregator)
                && BinaryPrimitives.ReadUInt16BigEndian(aggregator) != AsTrans;
            return isStale
                ? new AsPath(path, asnOctets)
                : AsPath.Merged(path, Value(AttributeType.As4Path));
        }
    }

    /// <summary>Indexes and checks the attributes.</summary>
    /// <param name="asnOctets">2 or 4: the width of AS numbers in AS_PATH.</param>
    /// <returns>Null, or why the routes are to be treated as withdrawn (RFC 7606 section 2); what was readable is indexed.</returns>
    public static string? Read(ReadOnlySpan<byte> raw, int asnOctets, out PathAttributes attributes)
    {
        var places = new Places();
        ulong present = 0;
        string? fault = null;
        int at = 0;
        while (at < raw.Length)
        {
            ReadOnlySpan<byte> rest = raw[at..];
            // RFC 4271 section 4.3: flags, type, then one octet of length, or two when the extended-length flag is set.
            int head = (rest[0] & 0x10) == 0 ? 3 : 4;
            if (rest.Length < head)
            {
                fault = "attribute header cut short";
                break;
            }

            int code = rest[1];
            int length = head == 3 ? rest[2] : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length > rest.Length - head)
            {
                fault = "attribute longer than the attributes";
                break;
            }

            if (code <= IndexedMax)
            {
                ulong bit = 1UL << code;
                if ((present & bit) == 0)
                {
                    present |= bit;
                    places[code] = (uint)(at + head) << 16 | (uint)length;
                }
                else if (code is (int)AttributeType.MpReach or (int)AttributeType.MpUnreach)
                {
                    // RFC 7606 section 3 (g): a second one of these two is an error; a second of any other is dropped.
                    fault ??= "attribute with prefixes given twice";
                }
            }

            at += head + length;
        }

        attributes = new PathAttributes(raw, places, present, asnOctets);
        return fault ?? attributes.FaultOfValues();
    }

    /// <summary>RFC 7606 section 7: malformed values that make the routes count as withdrawn.</summary>
    private string? FaultOfValues()
    {
        if (Has(AttributeType.Origin) && Value(AttributeType.Origin) is not [<= 2])
        {
            return "ORIGIN malformed"; // 7.1
        }

        if (!AsPath.IsWellFormed(Value(AttributeType.AsPath), asnOctets))
        {
            return "AS_PATH malformed"; // 7.2
        }

        if (Has(AttributeType.MultiExitDisc) && Value(AttributeType.MultiExitDisc).Length != 4)
        {
            return "MULTI_EXIT_DISC malformed"; // 7.4
        }

        if (Has(AttributeType.Communities) && (Value(AttributeType.Communities).Length & 3) != 0)
        {
            return "COMMUNITIES malformed"; // 7.8
        }

        return null;
    }

    /// <summary>Offset in the high half and length in the low half, by type code: attributes take at most 65,535 octets.</summary>
    [InlineArray(IndexedMax + 1)]
    private struct Places
    {
        private uint first;
    }
}
