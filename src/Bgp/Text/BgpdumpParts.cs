using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>The parts of the lines of bgpdump, each formatted once for as many lines as share it.</summary>
internal sealed class BgpdumpParts
{
    private const int PeerSlots = 256;
    private const int PeerTextMax = 64;

    private readonly AsciiBuffer announced = new();
    private readonly AsciiBuffer withdrawn = new();
    private readonly AsciiBuffer row = new();
    private readonly AsciiBuffer prefix = new();
    private readonly AsciiBuffer rowPrefix = new();
    private readonly AsciiBuffer plain = new();
    private readonly AsciiBuffer multiprotocol = new();
    private readonly AsciiBuffer entry = new();
    private readonly AsciiBuffer line = new();
    private readonly AsciiBuffer peerText = new();

    // Texts of peers, found by a hash: a table dump names the same few peers in every row.
    private readonly BgpPeer[] peers = new BgpPeer[PeerSlots];
    private readonly byte[] peerTexts = new byte[PeerSlots * PeerTextMax];
    private readonly byte[] peerLengths = new byte[PeerSlots];

    private long messageIndex = -1;
    private long rowIndex = -1;
    private bool hasPlain;
    private bool hasMultiprotocol;

    /// <summary>What comes before the prefix in the lines of this message.</summary>
    public ReadOnlySpan<byte> Announced => announced.Text;

    public ReadOnlySpan<byte> Withdrawn => withdrawn.Text;

    /// <summary>What comes before the peer in the lines of this table row.</summary>
    public ReadOnlySpan<byte> Row => row.Text;

    public void BeginMessage(in MrtRecord record, in BgpPeer peer)
    {
        if (record.Index == messageIndex)
        {
            return;
        }

        messageIndex = record.Index;
        hasPlain = hasMultiprotocol = false;
        Head(announced, record, hasPathIds: HasPathIds(record));
        announced.Append("A|"u8);
        announced.Append(Peer(peer));
        Head(withdrawn, record, hasPathIds: HasPathIds(record));
        withdrawn.Append("W|"u8);
        withdrawn.Append(Peer(peer));
    }

    public void BeginRow(in MrtRecord record, in Nlri nlri)
    {
        if (record.Index != rowIndex)
        {
            Head(row, record, hasPathIds: nlri.PathId is not null);
            row.Append("B|"u8);
        }
    }

    /// <summary>The prefix of a route, and its path identifier.</summary>
    public ReadOnlySpan<byte> Prefix(in Nlri nlri)
    {
        prefix.Clear();
        Prefix(prefix, nlri);
        return prefix.Text;
    }

    /// <summary>The same for an entry of a table row, whose entries share the prefix but not the path identifier.</summary>
    public ReadOnlySpan<byte> PrefixOfRow(in MrtRecord record, in Nlri nlri)
    {
        // Records of TABLE_DUMP in the year 2000 hold many prefixes.
        if (
            record.Index != rowIndex
            || nlri.PathId is not null
            || record.Type != MrtType.TableDumpV2
        )
        {
            rowIndex = record.Index;
            rowPrefix.Clear();
            Prefix(rowPrefix, nlri);
        }

        return rowPrefix.Text;
    }

    public ReadOnlySpan<byte> AttributesOfMessage(
        in MrtRecord record,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        ref bool isDone = ref nlri.IsPlain ? ref hasPlain : ref hasMultiprotocol;
        AsciiBuffer text = nlri.IsPlain ? plain : multiprotocol;
        if (!isDone)
        {
            isDone = true;
            BgpdumpAttributes.Write(text, record.Type, nlri, attributes);
        }

        return text.Text;
    }

    public ReadOnlySpan<byte> AttributesOfEntry(
        in MrtRecord record,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        BgpdumpAttributes.Write(entry, record.Type, nlri, attributes);
        return entry.Text;
    }

    public ReadOnlySpan<byte> StateChange(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        Head(line, record, hasPathIds: false);
        line.Append("STATE|"u8);
        line.Append(Peer(peer));
        line.Number((uint)from);
        line.Append((byte)'|');
        line.Number((uint)to);
        line.Append((byte)'\n');
        return line.Text;
    }

    /// <summary>Address and AS number of a peer.</summary>
    public ReadOnlySpan<byte> Peer(in BgpPeer peer)
    {
        uint hash = unchecked(
            (peer.Asn.Number * 0x9E3779B1)
            ^ ((uint)(ulong)(peer.Address >> 96) * 0x85EBCA77)
            ^ ((uint)(ulong)peer.Address * 0xC2B2AE3D)
        );
        int slot = (int)(hash >> 24);
        if (peerLengths[slot] == 0 || peers[slot] != peer)
        {
            peerText.Clear();
            peerText.Address(peer.Address, peer.IsV6);
            peerText.Append((byte)'|');
            peerText.Number(peer.Asn.Number);
            peerText.Append((byte)'|');
            peers[slot] = peer;
            peerLengths[slot] = (byte)peerText.Count;
            peerText.Text.CopyTo(peerTexts.AsSpan(slot * PeerTextMax));
        }

        return peerTexts.AsSpan(slot * PeerTextMax, peerLengths[slot]);
    }

    private static bool HasPathIds(in MrtRecord record) =>
        record.Type is MrtType.Bgp4mp or MrtType.Bgp4mpEt
        && (Bgp4mpSubtype)record.Subtype >= Bgp4mpSubtype.MessageAddPath;

    private static void Prefix(AsciiBuffer text, in Nlri nlri)
    {
        Span<byte> address = stackalloc byte[16];
        nlri.WriteAddress(address);
        if (nlri.IsV6)
        {
            text.IPv6(address);
        }
        else
        {
            text.IPv4(BinaryPrimitives.ReadUInt32BigEndian(address));
        }

        text.Append((byte)'/');
        text.Number(nlri.Length);
        if (nlri.PathId is { } pathId)
        {
            text.Append((byte)'|');
            text.Number(pathId);
        }
    }

    /// <summary>Type and time.</summary>
    private static void Head(AsciiBuffer text, in MrtRecord record, bool hasPathIds)
    {
        text.Clear();
        text.Append(
            record.Type switch
            {
                MrtType.Bgp => "BGP"u8,
                MrtType.TableDump => "TABLE_DUMP"u8,
                MrtType.TableDumpV2 => "TABLE_DUMP2"u8,
                MrtType.Bgp4mp => "BGP4MP"u8,
                _ => "BGP4MP_ET"u8,
            }
        );
        if (record.IsLocal)
        {
            text.Append("_LOCAL"u8);
        }

        if (hasPathIds)
        {
            text.Append("_AP"u8);
        }

        text.Append((byte)'|');
        text.Number(record.Seconds);
        if (record.Type == MrtType.Bgp4mpEt)
        {
            text.Append((byte)'.');
            text.SixDigits(record.Microseconds);
        }

        text.Append((byte)'|');
    }
}
