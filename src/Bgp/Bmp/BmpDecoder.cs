using System.Buffers;
using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>
/// Reads the messages of one router's session, in order, and makes MRT records of the BGP messages and state changes in
/// them. It holds what the OPENs of each session said, because UPDATEs cannot be read without.
/// </summary>
/// <param name="faults">Receives what cannot be used; the offset is that of the message in the session.</param>
public sealed class BmpDecoder(MrtFaults faults)
{
    /// <summary>More sessions than the largest route servers have; those beyond are read as sessions without capabilities.</summary>
    public const int SessionsMax = 20_000;

    private const int BgpHeaderLength = 19;

    // Local address, local port, remote port (RFC 7854 section 4.10).
    private const int PeerUpHeadLength = 20;

    private readonly Dictionary<
        BmpSession,
        (BmpCapabilities Capabilities, BmpPeerHeader Header)
    > sessions = [];
    private readonly ArrayBufferWriter<byte> records = new(4096);
    private readonly RecordDecoder decoder = new(faults);

    /// <summary>Messages of any type.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages of a type, or of a type of peer, that is not read.</summary>
    public long Skipped { get; private set; }

    /// <summary>Sessions that are up.</summary>
    public int Sessions => sessions.Count;

    /// <param name="message">One whole message, cut out by <see cref="BmpFraming"/>.</param>
    /// <param name="arrivedSeconds">Stands in where the router gives no time.</param>
    public BmpMessage Read(
        ReadOnlySpan<byte> message,
        uint arrivedSeconds,
        uint arrivedMicroseconds = 0
    )
    {
        Messages++;
        records.ResetWrittenCount();
        if (BmpFraming.Measure(message, out int length) is { } damage)
        {
            return new BmpMessage { Fault = damage };
        }

        if (length != message.Length || length < BmpFraming.HeaderLength)
        {
            return new BmpMessage { Fault = "not one whole BMP message" };
        }

        var type = (BmpType)message[5];
        ReadOnlySpan<byte> body = message[BmpFraming.HeaderLength..];
        var read = new BmpMessage
        {
            Type = type,
            Seconds = arrivedSeconds,
            Microseconds = arrivedMicroseconds,
        };
        if (type is BmpType.Initiation or BmpType.Termination)
        {
            return Checked(read, body);
        }

        if (type > BmpType.RouteMirroring)
        {
            Skipped++;
            return read;
        }

        if (body.Length < BmpPeerHeader.Length)
        {
            return new BmpMessage { Type = type, Fault = "per-peer header cut short" };
        }

        var peer = BmpPeerHeader.From(body);
        if (peer.Type > BmpPeerType.LocRib)
        {
            Skipped++;
            return read;
        }

        // RFC 7854 section 4.2: a time of zero is none.
        bool isTimed = peer.Seconds != 0;
        return ReadOfPeer(
            type,
            peer,
            body[BmpPeerHeader.Length..],
            isTimed ? peer.Seconds : arrivedSeconds,
            isTimed ? Math.Min(peer.Microseconds, 999_999) : arrivedMicroseconds
        );
    }

    /// <summary>Hands the routes of a message that was just read to a visitor.</summary>
    /// <param name="index">Which message of the session this is, the first is 0.</param>
    /// <param name="offset">Where in the octets of the session the message begins.</param>
    /// <param name="length">Octets it takes there.</param>
    public void Decode<TVisitor>(
        in BmpMessage message,
        long index,
        long offset,
        int length,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct =>
        decoder.Decode(message.Records.Span, index, offset, length, ref visitor);

    /// <summary>
    /// The session with the router ended: what its peers said is no longer known. Gives one state change for each peer
    /// that was up, in order of their headers, and forgets them.
    /// </summary>
    public IReadOnlyList<(BmpPeerHeader Peer, ReadOnlyMemory<byte> Record)> Lose(
        uint seconds,
        uint microseconds
    )
    {
        var lost = new List<(BmpPeerHeader, ReadOnlyMemory<byte>)>();
        foreach (
            BmpPeerHeader peer in sessions
                .Values.Select(session => session.Header)
                .OrderBy(header => header.Type)
                .ThenBy(header => header.Distinguisher)
                .ThenBy(header => header.Peer.IsV6)
                .ThenBy(header => header.Peer.Address)
        )
        {
            var record = new ArrayBufferWriter<byte>(64);
            new MrtWriter(record).StateChange(
                seconds,
                microseconds,
                peer.Peer,
                SessionState.Established,
                SessionState.Idle
            );
            lost.Add((peer, record.WrittenMemory));
        }

        sessions.Clear();
        return lost;
    }

    private BmpMessage ReadOfPeer(
        BmpType type,
        scoped in BmpPeerHeader peer,
        ReadOnlySpan<byte> body,
        uint seconds,
        uint microseconds
    )
    {
        var output = new Output(new MrtWriter(records), seconds, microseconds);
        var reason = BmpPeerDownReason.None;
        ReadOnlySpan<byte> values = [];
        string? fault = null;
        switch (type)
        {
            case BmpType.RouteMonitoring:
                fault = Update(peer, body, output, isMirror: false);
                break;
            case BmpType.StatisticsReport:
                values = body.Length < 4 ? [] : body[4..];
                fault = body.Length < 4 ? "statistics cut short" : null;
                break;
            case BmpType.PeerDown:
                fault = PeerDown(peer, body, output, out reason);
                break;
            case BmpType.PeerUp:
                fault = PeerUp(peer, body, output, out int used);
                values = body[used..];
                break;
            default:
                values = body;
                fault = Mirror(peer, body, output);
                break;
        }

        return Checked(
            new BmpMessage
            {
                Type = type,
                Peer = peer,
                Seconds = seconds,
                Microseconds = microseconds,
                Records = records.WrittenMemory,
                PeerDownReason = reason,
                Fault = fault,
            },
            values
        );
    }

    private static BmpMessage Checked(scoped in BmpMessage message, ReadOnlySpan<byte> values)
    {
        var walk = new BmpValues(values);
        while (walk.MoveNext()) { }

        return new BmpMessage
        {
            Type = message.Type,
            Peer = message.Peer,
            Seconds = message.Seconds,
            Microseconds = message.Microseconds,
            Records = message.Records,
            PeerDownReason = message.PeerDownReason,
            Values = new BmpValues(values),
            Fault =
                message.Fault ?? (walk.IsCut ? "a field of the BMP message is cut short" : null),
        };
    }

    private string? PeerUp(
        in BmpPeerHeader peer,
        ReadOnlySpan<byte> body,
        in Output output,
        out int used
    )
    {
        used = body.Length;
        if (body.Length < PeerUpHeadLength)
        {
            return "Peer Up cut short";
        }

        ReadOnlySpan<byte> rest = body[PeerUpHeadLength..];
        int sent = LengthOfOpen(rest);
        int received = sent == 0 ? 0 : LengthOfOpen(rest[sent..]);
        if (received > 0)
        {
            ReadOnlySpan<byte> sentOpen = rest[..sent];
            ReadOnlySpan<byte> receivedOpen = rest.Slice(sent, received);
            used = PeerUpHeadLength + sent + received;
            if (sessions.Count < SessionsMax || sessions.ContainsKey(peer.Session))
            {
                sessions[peer.Session] = (
                    BmpCapabilities.Of(sentOpen, receivedOpen, peer.Type == BmpPeerType.LocRib),
                    peer
                );
            }

            output.Message(peer.Peer, sentOpen, isLocal: true);
            output.Message(peer.Peer, receivedOpen);
        }

        // A Peer Up whose OPENs cannot be read still says that the session is up.
        output.State(peer.Peer, SessionState.OpenConfirm, SessionState.Established);
        return received > 0 ? null : "the OPENs of a Peer Up cannot be read";
    }

    private string? PeerDown(
        in BmpPeerHeader peer,
        ReadOnlySpan<byte> body,
        in Output output,
        out BmpPeerDownReason reason
    )
    {
        sessions.Remove(peer.Session);
        reason = body.IsEmpty ? BmpPeerDownReason.None : (BmpPeerDownReason)body[0];
        bool hasNotification =
            reason is BmpPeerDownReason.LocalNotification or BmpPeerDownReason.RemoteNotification;
        string? fault = null;
        if (hasNotification)
        {
            ReadOnlySpan<byte> message = body[1..];
            const int notification = 3;
            if (
                LengthOfMessage(message) == message.Length
                && message.Length > 0
                && message[18] == notification
            )
            {
                output.Message(
                    peer.Peer,
                    message,
                    isLocal: reason == BmpPeerDownReason.LocalNotification
                );
            }
            else
            {
                fault = "the NOTIFICATION of a Peer Down cannot be read";
            }
        }

        output.State(peer.Peer, SessionState.Established, SessionState.Idle);
        return body.IsEmpty ? "Peer Down without a reason" : fault;
    }

    /// <summary>RFC 7854 section 4.7: type 0 holds a message as it was received, faulty or not.</summary>
    private string? Mirror(in BmpPeerHeader peer, ReadOnlySpan<byte> body, in Output output)
    {
        const ushort bgpMessage = 0;
        string? fault = null;
        var values = new BmpValues(body);
        while (values.MoveNext())
        {
            if (values.Type == bgpMessage)
            {
                string? damage = Update(peer, values.Value, output, isMirror: true);
                fault ??= damage;
            }
        }

        return fault;
    }

    private string? Update(
        in BmpPeerHeader peer,
        ReadOnlySpan<byte> message,
        in Output output,
        bool isMirror
    )
    {
        int length = LengthOfMessage(message);
        if (length == 0)
        {
            return "not one whole BGP message";
        }

        // Routers send fields of drafts there; the message before them is good.
        string? fault = length < message.Length ? "octets after the BGP message" : null;
        message = message[..length];
        const int update = 2;
        if (message[18] != update)
        {
            output.Message(peer.Peer, message);
            return isMirror ? fault : "Route Monitoring without an UPDATE";
        }

        BmpCapabilities capabilities = sessions.TryGetValue(peer.Session, out var session)
            ? session.Capabilities
            : new BmpCapabilities(IsAs4: !peer.IsLegacyAsPath, 0, 0);
        // Mirrored messages are as on the wire; the others are as the flag says.
        bool isAs4 = isMirror ? capabilities.IsAs4 : !peer.IsLegacyAsPath;
        var shape = UpdateShape.Of(message[BgpHeaderLength..], capabilities, peer.View, isAs4);
        if (shape.IsMixed)
        {
            return "address families with and without path identifiers in one message";
        }

        output.Message(
            peer.Peer,
            message,
            hasPathIds: shape.HasPathIds,
            isAs4: shape.IsAs4,
            isLocal: peer.View is BmpView.AdjRibOutPrePolicy or BmpView.AdjRibOutPostPolicy,
            // RFC 7854 section 5: a monitored route is encoded by the router; only mirrored messages are the peer's own.
            isRebuilt: !isMirror
        );
        return fault;
    }

    private static int LengthOfOpen(ReadOnlySpan<byte> octets)
    {
        const int open = 1;
        int length = LengthOfMessage(octets);
        return length >= 29 && octets[18] == open ? length : 0;
    }

    /// <summary>Length of the BGP message at the start (RFC 4271 section 4.1); 0 when there is no whole one.</summary>
    private static int LengthOfMessage(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < BgpHeaderLength || octets[..16].ContainsAnyExcept((byte)0xFF))
        {
            return 0;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(octets[16..]);
        return length >= BgpHeaderLength && length <= octets.Length ? length : 0;
    }

    private readonly struct Output(MrtWriter writer, uint seconds, uint microseconds)
    {
        public void Message(
            in BgpPeer peer,
            ReadOnlySpan<byte> message,
            bool hasPathIds = false,
            bool isAs4 = true,
            bool isLocal = false,
            bool isRebuilt = false
        ) =>
            writer.Message(
                seconds,
                microseconds,
                peer,
                message,
                hasPathIds,
                isAs4,
                isLocal,
                isRebuilt
            );

        public void State(in BgpPeer peer, SessionState from, SessionState to) =>
            writer.StateChange(seconds, microseconds, peer, from, to);
    }
}
