using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>One line of <c>bgpdump -m</c>, taken apart; the object is used again by the next line.</summary>
internal sealed class BgpdumpTextLine
{
    private readonly BgpMessageWriter message = new();
    private readonly BgpdumpTextPath path = new();
    private readonly List<uint> communities = [];
    private readonly byte[] nextHop = new byte[16];
    private int nextHopLength;
    private RouteOrigin origin;
    private uint localPref;
    private uint multiExitDisc;
    private bool isAtomic;
    private Aggregator? aggregator;

    internal enum LineKind
    {
        Announcement,
        Withdrawal,
        Entry,
        State,
    }

    public LineKind Kind { get; private set; }

    public uint Seconds { get; private set; }

    public uint Microseconds { get; private set; }

    public BgpPeer Peer { get; private set; }

    public IpPrefix Prefix { get; private set; }

    public uint? PathId { get; private set; }

    public bool IsLocal { get; private set; }

    public SessionState From { get; private set; }

    public SessionState To { get; private set; }

    /// <summary>True when the line is read in spite of a fault.</summary>
    public bool IsUsable { get; private set; }

    /// <returns>Null, or what is wrong.</returns>
    public string? Read(ReadOnlySpan<byte> text)
    {
        IsUsable = false;
        var fields = new TextFields(text);
        ReadOnlySpan<byte> type = fields.Next();
        IsLocal = type.IndexOf("_LOCAL"u8) >= 0;
        bool hasPathId = type.EndsWith("_AP"u8);
        if (!type.StartsWith("BGP"u8) && !type.StartsWith("TABLE_DUMP"u8))
        {
            return "not a line of bgpdump -m";
        }

        if (!TryTime(fields.Next()))
        {
            return "time is not Unix seconds";
        }

        ReadOnlySpan<byte> kind = fields.Next();
        if (!TextFields.TryAddress(fields.Next(), out UInt128 address, out bool isV6))
        {
            return "peer address cannot be read";
        }

        if (!TextFields.TryNumber(fields.Next(), out uint asn))
        {
            return "peer AS number cannot be read";
        }

        Peer = new BgpPeer(new Asn(asn), address, isV6);
        if (kind.SequenceEqual("STATE"u8))
        {
            return ReadState(ref fields);
        }

        if (kind is not [(byte)'A' or (byte)'W' or (byte)'B'])
        {
            return "neither A, W, B nor STATE";
        }

        Kind =
            kind[0] == 'A' ? LineKind.Announcement
            : kind[0] == 'W' ? LineKind.Withdrawal
            : LineKind.Entry;
        if (!TextFields.TryPrefix(fields.Next(), out IpPrefix prefix))
        {
            return "prefix cannot be read";
        }

        Prefix = prefix;
        PathId = null;
        if (hasPathId)
        {
            if (!TextFields.TryNumber(fields.Next(), out uint pathId))
            {
                return "path identifier cannot be read";
            }

            PathId = pathId;
        }

        return Kind == LineKind.Withdrawal ? null : ReadAttributes(ref fields, type);
    }

    /// <summary>The UPDATE that the line tells of.</summary>
    public ReadOnlySpan<byte> Message()
    {
        bool isPlain = !Prefix.IsV6 && nextHopLength != 16;
        message.Clear();
        if (Kind == LineKind.Withdrawal)
        {
            return Prefix.IsV6
                ? message.MpUnreach([Prefix], PathId).Update([], [])
                : message.Update([Prefix], [], PathId);
        }

        Common();
        if (!isPlain)
        {
            message.MpReach(nextHop.AsSpan(0, nextHopLength), [Prefix], PathId);
        }
        else if (!IsNoNextHop)
        {
            message.NextHop(nextHop.AsSpan(0, 4));
        }

        return message.Update([], isPlain ? [Prefix] : [], PathId);
    }

    /// <summary>The attributes of the table entry that the line tells of.</summary>
    public byte[] Attributes()
    {
        message.Clear();
        Common();
        if (nextHopLength == 16)
        {
            message.MpReach(nextHop, []);
        }
        else if (!IsNoNextHop)
        {
            message.NextHop(nextHop.AsSpan(0, 4));
        }

        return message.Attributes.ToArray();
    }

    /// <summary>What bgpdump prints where there is none.</summary>
    private bool IsNoNextHop =>
        nextHopLength == 4 && !nextHop.AsSpan(0, 4).ContainsAnyExcept((byte)255);

    private void Common()
    {
        message.Origin(origin).AsPathOf(path.Segments);
        if (multiExitDisc != 0)
        {
            message.MultiExitDisc(multiExitDisc);
        }

        if (localPref != 0)
        {
            message.LocalPref(localPref);
        }

        if (isAtomic)
        {
            message.AtomicAggregate();
        }

        if (aggregator is { } given)
        {
            message.Aggregator(given);
        }

        message.Communities(CollectionsMarshal.AsSpan(communities));
    }

    private string? ReadState(ref TextFields fields)
    {
        Kind = LineKind.State;
        if (
            !TextFields.TryNumber(fields.Next(), out uint from)
            || !TextFields.TryNumber(fields.Next(), out uint to)
            || (from | to) > ushort.MaxValue
        )
        {
            return "states cannot be read";
        }

        (From, To) = ((SessionState)from, (SessionState)to);
        return null;
    }

    private string? ReadAttributes(ref TextFields fields, ReadOnlySpan<byte> type)
    {
        if (path.Read(fields.Next()) is { } fault)
        {
            return fault;
        }

        ReadOnlySpan<byte> word = fields.Next();
        origin =
            word.SequenceEqual("IGP"u8) ? RouteOrigin.Igp
            : word.SequenceEqual("EGP"u8) ? RouteOrigin.Egp
            : RouteOrigin.Incomplete;
        if (origin == RouteOrigin.Incomplete && !word.SequenceEqual("INCOMPLETE"u8))
        {
            return "origin cannot be read";
        }

        if (!TryNextHop(fields.Next()))
        {
            return "next hop cannot be read";
        }

        if (!TextFields.TryNumber(fields.Next(), out localPref))
        {
            return "local preference cannot be read";
        }

        communities.Clear();
        string? runTogether = null;
        ReadOnlySpan<byte> field = fields.Next();
        if (!TextFields.TryNumber(field, out multiExitDisc))
        {
            // For this type bgpdump leaves out the bar between the two, so that neither can be told.
            if (!type.SequenceEqual("BGP"u8))
            {
                return "MED cannot be read";
            }

            runTogether = "MED and communities run into each other, both left out";
        }

        if (!type.SequenceEqual("BGP"u8) && !TryCommunities(fields.Next()))
        {
            return "communities cannot be read";
        }

        word = fields.Next();
        isAtomic = word.SequenceEqual("AG"u8);
        if (!isAtomic && !word.SequenceEqual("NAG"u8))
        {
            return "neither AG nor NAG";
        }

        if (!TryAggregator(fields.Next()))
        {
            return "aggregator cannot be read";
        }

        // RFC 8654 section 4: a message has at most 65,535 octets; what the fixed fields take is left out of account.
        const int valuesMax = 60_000;
        if (path.Segments.Length + (4 * communities.Count) > valuesMax)
        {
            return "path and communities longer than a BGP message";
        }

        IsUsable = true;
        return runTogether;
    }

    private bool TryTime(ReadOnlySpan<byte> field)
    {
        int dot = field.IndexOf((byte)'.');
        Microseconds = 0;
        if (dot >= 0)
        {
            if (!TextFields.TryNumber(field[(dot + 1)..], out uint microseconds))
            {
                return false;
            }

            Microseconds = microseconds;
            field = field[..dot];
        }

        bool isTime = TextFields.TryNumber(field, out uint seconds);
        Seconds = seconds;
        return isTime;
    }

    private bool TryNextHop(ReadOnlySpan<byte> field)
    {
        if (!TextFields.TryAddress(field, out UInt128 address, out bool isV6))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt128BigEndian(nextHop, address);
        nextHopLength = isV6 ? 16 : 4;
        return true;
    }

    private bool TryCommunities(ReadOnlySpan<byte> field)
    {
        while (!field.IsEmpty)
        {
            int space = field.IndexOf((byte)' ');
            ReadOnlySpan<byte> word = space < 0 ? field : field[..space];
            field = space < 0 ? [] : field[(space + 1)..];
            int colon = word.IndexOf((byte)':');
            if (
                colon > 0
                && TextFields.TryNumber(word[..colon], out uint upper)
                && TextFields.TryNumber(word[(colon + 1)..], out uint lower)
                && (upper | lower) <= ushort.MaxValue
            )
            {
                communities.Add((upper << 16) | lower);
                continue;
            }

            uint named =
                word.SequenceEqual("no-export"u8) ? 0xFFFFFF01
                : word.SequenceEqual("no-advertise"u8) ? 0xFFFFFF02
                : word.SequenceEqual("local-AS"u8) ? 0xFFFFFF03
                : 0;
            if (named == 0)
            {
                return false;
            }

            communities.Add(named);
        }

        return true;
    }

    private bool TryAggregator(ReadOnlySpan<byte> field)
    {
        aggregator = null;
        if (field.IsEmpty)
        {
            return true;
        }

        int space = field.IndexOf((byte)' ');
        if (
            space < 0
            || !TextFields.TryNumber(field[..space], out uint asn)
            || !TextFields.TryAddress(field[(space + 1)..], out UInt128 address, out bool isV6)
            || isV6
        )
        {
            return false;
        }

        aggregator = new Aggregator(new Asn(asn), (uint)(ulong)(address >> 96));
        return true;
    }
}
