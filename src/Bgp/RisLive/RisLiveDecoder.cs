using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Reads messages of RIS Live (a JSON object each, as its WebSocket and its stream give them) and makes MRT records of
/// them: of the octets in <c>raw</c> when they are there, else of the JSON. Buffers are used again by the next message.
/// </summary>
/// <param name="faults">Receives what the records hold that cannot be used.</param>
/// <param name="sampleEvery">
/// One message in this many, chosen by its content, is read both ways and compared; 1 compares all, 0 none.
/// </param>
public sealed class RisLiveDecoder(MrtFaults faults, int sampleEvery = 100)
{
    /// <summary>Longer messages are refused. The longest BGP message, in hexadecimal and in JSON, takes about half of it.</summary>
    public const int LengthMax = 1 << 20;

    private const int BgpHeaderLength = 19;

    private readonly RecordDecoder decoder = new(faults);
    private readonly ArrayBufferWriter<byte> records = new(4096);
    private readonly ArrayBufferWriter<byte> compared = new(4096);
    private readonly RisLiveRoutes routes = new();
    private readonly byte[] raw = new byte[ushort.MaxValue];

    /// <summary>Messages that were read both ways.</summary>
    public long Compared { get; private set; }

    /// <summary>Those of them in which the octets and the JSON disagree.</summary>
    public long Disagreements { get; private set; }

    /// <param name="json">One whole message, without what separates it from others.</param>
    public RisLiveMessage Read(ReadOnlySpan<byte> json)
    {
        records.ResetWrittenCount();
        if (json.Length > LengthMax)
        {
            return new RisLiveMessage { Fault = "message longer than 1 MiB" };
        }

        if (RisLiveFields.Read(json, out RisLiveFields fields) is { } fault)
        {
            return new RisLiveMessage { Fault = fault };
        }

        return fields.Type switch
        {
            var type when type.SequenceEqual("ris_message"u8) => ReadMessage(fields),
            var type when type.SequenceEqual("ris_error"u8) => new RisLiveMessage
            {
                Kind = RisLiveKind.ServerError,
                Fault = "the server reports: " + Printable(fields.ErrorMessage),
            },
            var type when type.SequenceEqual("pong"u8) || type.StartsWith("ris_"u8) =>
                new RisLiveMessage { Kind = RisLiveKind.Answer },
            [] => new RisLiveMessage { Fault = "message without a type" },
            _ => new RisLiveMessage { Kind = RisLiveKind.Unknown },
        };
    }

    /// <summary>Hands the routes of a message that was just read to a visitor.</summary>
    /// <param name="index">Which message of the source this is, the first is 0.</param>
    /// <param name="offset">Where the message begins in the source; evidence and faults name it.</param>
    /// <param name="length">Octets it takes there.</param>
    public void Decode<TVisitor>(
        in RisLiveMessage message,
        long index,
        long offset,
        int length,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct =>
        decoder.Decode(message.Records.Span, index, offset, length, ref visitor);

    private RisLiveMessage ReadMessage(scoped in RisLiveFields fields)
    {
        RisLiveKind kind = KindOf(fields.MessageType);
        if (!TryTime(fields.Timestamp, out uint seconds, out uint microseconds))
        {
            return new RisLiveMessage { Fault = "timestamp missing or out of range" };
        }

        if (
            !IpText.TryAddress(fields.Peer, out UInt128 address, out bool isV6)
            || !IpText.TryDecimal(fields.PeerAsn, uint.MaxValue, out uint asn)
        )
        {
            return new RisLiveMessage { Fault = "peer or peer_asn missing or not readable" };
        }

        var peer = new BgpPeer(new Asn(asn), address, isV6);
        var output = new MrtWriter(records);
        bool isDown = false;
        string? fault = null;
        if (kind == RisLiveKind.PeerState)
        {
            isDown = !fields.State.SequenceEqual("connected"u8);
            fault =
                isDown && !fields.State.SequenceEqual("down"u8)
                    ? "peer state of unknown name, taken for down"
                    : null;
            // Only the new state is told. A session that goes down was up, or there were nothing to tell.
            output.StateChange(
                seconds,
                microseconds,
                peer,
                isDown ? SessionState.Established : SessionState.OpenConfirm,
                isDown ? SessionState.Idle : SessionState.Established
            );
        }
        else
        {
            int length = HexOf(fields.Raw, kind, out fault);
            if (length > 0)
            {
                bool isLocal = fields.Direction.SequenceEqual("sent"u8);
                ReadOnlySpan<byte> octets = raw.AsSpan(0, length);
                output.Message(
                    seconds,
                    microseconds,
                    peer,
                    octets,
                    isAs4: IsAs4(octets),
                    isLocal: isLocal
                );
                fault =
                    kind == RisLiveKind.Update
                        ? Compare(fields, seconds, microseconds, peer)
                        : null;
            }
            else if (kind == RisLiveKind.Update)
            {
                string? damage = routes.Write(fields, seconds, microseconds, peer, output);
                fault ??= damage;
            }
        }

        return new RisLiveMessage
        {
            Kind = kind,
            Seconds = seconds,
            Microseconds = microseconds,
            Peer = peer,
            Collector = fields.Collector,
            Records = records.WrittenMemory,
            IsPeerDown = isDown,
            Fault = fault,
        };
    }

    private static RisLiveKind KindOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("UPDATE"u8) ? RisLiveKind.Update
        : type.SequenceEqual("KEEPALIVE"u8) ? RisLiveKind.Keepalive
        : type.SequenceEqual("RIS_PEER_STATE"u8) ? RisLiveKind.PeerState
        : type.SequenceEqual("OPEN"u8) ? RisLiveKind.Open
        : type.SequenceEqual("NOTIFICATION"u8) ? RisLiveKind.Notification
        : type.SequenceEqual("ROUTE_REFRESH"u8) ? RisLiveKind.RouteRefresh
        : RisLiveKind.Unknown;

    /// <summary>Puts the BGP message into the buffer.</summary>
    /// <returns>Its length, or 0 when there is none that can be used.</returns>
    private int HexOf(ReadOnlySpan<byte> hex, RisLiveKind kind, out string? fault)
    {
        fault = null;
        if (hex.IsEmpty)
        {
            return 0;
        }

        if (
            hex.Length > 2 * raw.Length
            || Convert.FromHexString(hex, raw, out int consumed, out int written)
                != OperationStatus.Done
            || consumed != hex.Length
        )
        {
            fault = "raw is not hexadecimal; the JSON was used";
            return 0;
        }

        ReadOnlySpan<byte> octets = raw.AsSpan(0, written);
        int expected = kind switch
        {
            RisLiveKind.Open => 1,
            RisLiveKind.Update => 2,
            RisLiveKind.Notification => 3,
            RisLiveKind.Keepalive => 4,
            RisLiveKind.RouteRefresh => 5,
            _ => 0,
        };
        // RFC 4271 section 4.1: marker of 16 octets of ones, length, type.
        if (
            octets.Length < BgpHeaderLength
            || octets[..16].ContainsAnyExcept((byte)0xFF)
            || BinaryPrimitives.ReadUInt16BigEndian(octets[16..]) != octets.Length
            || octets[18] != expected
        )
        {
            fault = "raw is not one BGP message of the type named; the JSON was used";
            return 0;
        }

        return written;
    }

    /// <summary>
    /// RIS Live does not say whether the session carries AS numbers of two octets. A path of one width is never well
    /// formed in the other, so the octets tell.
    /// </summary>
    private static bool IsAs4(ReadOnlySpan<byte> message)
    {
        const int update = 2;
        if (
            message[18] != update
            || BgpUpdate.Read(message[BgpHeaderLength..], out BgpUpdate read) is not null
        )
        {
            return true;
        }

        PathAttributes.Read(read.Attributes, 4, out PathAttributes attributes);
        ReadOnlySpan<byte> path = attributes.Value(AttributeType.AsPath);
        return AsPath.IsWellFormed(path, 4) || !AsPath.IsWellFormed(path, 2);
    }

    private string? Compare(
        in RisLiveFields fields,
        uint seconds,
        uint microseconds,
        in BgpPeer peer
    )
    {
        if (sampleEvery <= 0 || HashOf(fields) % (uint)sampleEvery != 0)
        {
            return null;
        }

        Compared++;
        compared.ResetWrittenCount();
        string? fault = routes.Write(fields, seconds, microseconds, peer, new MrtWriter(compared));
        if (fault is null)
        {
            var ofOctets = new RouteFingerprint();
            var ofJson = new RouteFingerprint();
            // Faults of the octets are counted when they are decoded for use, not here.
            var quiet = new RecordDecoder(new MrtFaults());
            quiet.Decode(records.WrittenSpan, 0, 0, 0, ref ofOctets);
            quiet.Decode(compared.WrittenSpan, 0, 0, 0, ref ofJson);
            fault = ofOctets.DifferenceFrom(ofJson);
        }

        if (fault is null)
        {
            return null;
        }

        Disagreements++;
        return $"octets and JSON of the message disagree: {fault}; the octets were used";
    }

    /// <summary>FNV-1a over what tells messages apart, so that a live message and its copy in a file are both compared, or neither.</summary>
    private static uint HashOf(in RisLiveFields fields)
    {
        uint hash = 2166136261;
        ReadOnlySpan<byte> end = fields.Raw[Math.Max(fields.Raw.Length - 32, 0)..];
        foreach (byte octet in fields.Timestamp)
        {
            hash = unchecked((hash ^ octet) * 16777619);
        }

        foreach (byte octet in end)
        {
            hash = unchecked((hash ^ octet) * 16777619);
        }

        return hash;
    }

    /// <summary>Seconds with a fraction in decimal, read exactly: 1553627987.89 has no exact binary form.</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, out uint seconds, out uint microseconds)
    {
        (seconds, microseconds) = (0, 0);
        if (
            text.Length is 0 or > 40
            || !Utf8Parser.TryParse(
                text,
                out decimal time,
                out int used,
                text.ContainsAny((byte)'e', (byte)'E') ? 'e' : 'g'
            )
            || used != text.Length
            || time < 0
            || time > uint.MaxValue
        )
        {
            return false;
        }

        decimal whole = decimal.Truncate(time);
        seconds = (uint)whole;
        microseconds = (uint)((time - whole) * 1_000_000m);
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> text) =>
        text.IsEmpty
            ? "an error without a message"
            : string.Concat(
                System
                    .Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)])
                    .Select(character => char.IsControl(character) ? ' ' : character)
            );
}
