using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Breakwater.Bgp;

/// <content>The index, and the checks of RFC 7606.</content>
public ref partial struct PathAttributes
{
    /// <summary>One bit for each type code that has a reader.</summary>
    internal const ulong Known =
        0x7FEUL
        | 1UL << 14
        | 1UL << 15
        | 1UL << 16
        | 1UL << 17
        | 1UL << 18
        | 1UL << 25
        | 1UL << 32
        | 1UL << 35;

    // The flags "optional" and "transitive" of the known types, one bit per code: RFC 4271 section 5, RFC 4456 section 8,
    // RFC 4760 sections 3 and 4, RFC 1997, RFC 4360, RFC 5701, RFC 6793 section 3, RFC 8092 section 3, RFC 9234 section 5.
    private const ulong Optional =
        1UL << 4
        | 1UL << 7
        | 1UL << 8
        | 1UL << 9
        | 1UL << 10
        | 1UL << 14
        | 1UL << 15
        | 1UL << 16
        | 1UL << 17
        | 1UL << 18
        | 1UL << 25
        | 1UL << 32
        | 1UL << 35;

    private const ulong Transitive =
        1UL << 1
        | 1UL << 2
        | 1UL << 3
        | 1UL << 5
        | 1UL << 6
        | 1UL << 7
        | 1UL << 8
        | 1UL << 16
        | 1UL << 17
        | 1UL << 18
        | 1UL << 25
        | 1UL << 32
        | 1UL << 35;

    /// <summary>Indexes attributes that were checked before, such as those of a route that was kept.</summary>
    /// <param name="asnOctets">2 or 4: the width of AS numbers in AS_PATH.</param>
    /// <returns>Null, or why the routes are to be treated as withdrawn; what was readable is indexed.</returns>
    public static string? Read(ReadOnlySpan<byte> raw, int asnOctets, out PathAttributes attributes)
    {
        var faults = new List<AttributeFault>();
        AttributeAction action = Read(
            raw,
            new AttributeReading(asnOctets, IsMessage: false),
            faults,
            out attributes
        );
        return action >= AttributeAction.TreatAsWithdraw
            ? faults.Find(fault => fault.Action == action).Reason
            : null;
    }

    /// <summary>Indexes and checks the attributes in one pass. Nothing is allocated unless there is a fault.</summary>
    /// <param name="faults">Receives every error, in the order of the attributes.</param>
    /// <returns>The strictest action that the errors ask for (RFC 7606 section 3 (h)); what was readable is indexed.</returns>
    public static AttributeAction Read(
        ReadOnlySpan<byte> raw,
        AttributeReading reading,
        List<AttributeFault> faults,
        out PathAttributes attributes
    )
    {
        ArgumentNullException.ThrowIfNull(faults);
        Unsafe.SkipInit(out attributes);
        attributes.raw = raw;
        attributes.besides = [];
        attributes.asnOctets = reading.AsnOctets;
        return attributes.Index(reading.IsMessage, faults);
    }

    /// <summary>RFC 7606 section 3 (d): what a message that announces routes must have.</summary>
    /// <param name="isPlain">True when some routes are in the NLRI field, which makes NEXT_HOP mandatory (RFC 4760 section 3).</param>
    internal readonly AttributeAction CheckMandatory(bool isPlain, List<AttributeFault> faults)
    {
        ulong mandatory = 1UL << (int)AttributeType.Origin | 1UL << (int)AttributeType.AsPath;
        mandatory |= isPlain ? 1UL << (int)AttributeType.NextHop : 0;
        if ((present & mandatory) == mandatory)
        {
            return AttributeAction.None;
        }

        ulong missing = mandatory & ~present;
        faults.Add(
            new AttributeFault(
                null,
                AttributeAction.TreatAsWithdraw,
                (missing & 2) != 0 ? "ORIGIN missing, treated as withdrawn (RFC 7606 section 3 d)"
                    : (missing & 4) != 0
                        ? "AS_PATH missing, treated as withdrawn (RFC 7606 section 3 d)"
                    : "NEXT_HOP missing, treated as withdrawn (RFC 7606 section 3 d)"
            )
        );
        return AttributeAction.TreatAsWithdraw;
    }

    private AttributeAction Index(bool isMessage, List<AttributeFault> faults)
    {
        ReadOnlySpan<byte> octets = raw;
        var action = AttributeAction.None;
        ulong seen = 0;
        ulong discarded = 0;
        int at = 0;
        unchecked
        {
            while (at < octets.Length)
            {
                // RFC 4271 section 4.3: flags, type, then one octet of length, or two when the extended-length flag is set.
                int flags = octets[at];
                int head = 3 + (flags >> 4 & 1);
                if (octets.Length - at < head)
                {
                    action = Add(
                        faults,
                        action,
                        new(null, AttributeAction.TreatAsWithdraw, AttributeRules.HeaderCut)
                    );
                    break;
                }

                int code = octets[at + 1];
                int length =
                    head == 3
                        ? octets[at + 2]
                        : BinaryPrimitives.ReadUInt16BigEndian(octets[(at + 2)..]);
                at += head;
                if (length > octets.Length - at)
                {
                    action = Add(
                        faults,
                        action,
                        new(
                            (AttributeType)code,
                            AttributeAction.TreatAsWithdraw,
                            AttributeRules.TooLong
                        )
                    );
                    break;
                }

                if (code <= IndexedMax)
                {
                    ulong bit = 1UL << code;
                    ReadOnlySpan<byte> value = octets.Slice(at, length);
                    bool isFirst = (seen & bit) == 0;
                    seen |= bit;
                    if (isFirst)
                    {
                        places[code] = (uint)at << 16 | (uint)length;
                    }

                    if (!isFirst || !IsFine(code, value) || isMessage && !AreFlagsFine(code, flags))
                    {
                        AttributeFault? fault = Judge(code, value, isFirst, isMessage);
                        if (fault is { } found)
                        {
                            action = Add(faults, action, found);
                            discarded |=
                                isFirst && found.Action == AttributeAction.Discard ? bit : 0;
                        }
                    }
                }

                at += length;
            }
        }

        present = seen & ~discarded;
        return action;
    }

    /// <summary>True for a value of the form that its type demands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsFine(int code, ReadOnlySpan<byte> value) =>
        code switch
        {
            1 => value.Length == 1 && value[0] <= 2,
            2 => AsPath.IsWellFormed(value, asnOctets),
            3 or 4 or 5 or 9 or 35 => value.Length == 4,
            6 => value.IsEmpty,
            7 => value.Length == 4 + asnOctets,
            8 or 10 => (value.Length & 3) == 0 && !value.IsEmpty,
            14 => MpPrefixes.IsReachFine(value),
            15 => value.Length >= 3,
            16 => (value.Length & 7) == 0 && !value.IsEmpty,
            17 => AsPath.IsWellFormed(value, 4),
            18 => value.Length == 8,
            25 => value.Length % 20 == 0 && !value.IsEmpty,
            32 => value.Length % 12 == 0 && !value.IsEmpty,
            _ => true,
        };

    private static bool AreFlagsFine(int code, int flags) =>
        unchecked(
            (((flags >> 7) ^ (int)(Optional >> code)) | ((flags >> 6) ^ (int)(Transitive >> code)))
            & (int)(Known >> code)
            & 1
        ) == 0;

    /// <summary>What to do about an attribute that is repeated, malformed or wrongly flagged; out of the way, since it is rare.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly AttributeFault? Judge(
        int code,
        ReadOnlySpan<byte> value,
        bool isFirst,
        bool isMessage
    )
    {
        var type = (AttributeType)code;
        if (!isFirst)
        {
            return AttributeRules.Repeated(type);
        }

        if (IsFine(code, value))
        {
            return AttributeRules.WronglyFlagged(type);
        }

        // A router that accepted the route kept an empty list; it says nothing and hides nothing.
        bool isEmptyList =
            type
            is AttributeType.Communities
                or AttributeType.ClusterList
                or AttributeType.ExtendedCommunities
                or AttributeType.IPv6ExtendedCommunities
                or AttributeType.LargeCommunities;
        return isEmptyList && value.IsEmpty && !isMessage ? null : AttributeRules.Malformed(type);
    }

    private static AttributeAction Add(
        List<AttributeFault> faults,
        AttributeAction worst,
        in AttributeFault fault
    )
    {
        // A message of the longest kind could repeat an attribute twenty thousand times.
        if (faults.Count < FaultsMax)
        {
            faults.Add(fault);
        }

        return fault.Action > worst ? fault.Action : worst;
    }

    private const int FaultsMax = 64;
}
