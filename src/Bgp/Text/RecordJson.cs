using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Breakwater.Bgp;

/// <summary>
/// Writes each record as an object into a JSON array that is open: <c>{record, offset, time, type, kind, peer, ...}</c>. An
/// update has <c>withdrawn</c> and <c>routes</c>, each of these with its attributes and prefixes; a table row has
/// <c>entries</c>.
/// </summary>
/// <param name="json">Between the start and the end of an array.</param>
/// <param name="file">Named in each record.</param>
/// <remarks>One for each input. Call <see cref="Finish"/> after the last record.</remarks>
public sealed class RecordJson(Utf8JsonWriter json, string file) : IRouteVisitor
{
    private enum Part
    {
        Head,
        Withdrawn,
        PlainRoutes,
        MultiprotocolRoutes,
        Entries,
    }

    private long recordIndex = -1;
    private Part part;

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        Begin(record, peer, "update");
        Part wanted = nlri.IsPlain ? Part.PlainRoutes : Part.MultiprotocolRoutes;
        if (part != wanted)
        {
            if (part == Part.PlainRoutes)
            {
                json.WriteEndArray();
                json.WriteEndObject();
            }
            else
            {
                EndPart();
                json.WriteStartArray("routes");
            }

            part = wanted;
            json.WriteStartObject();
            RecordJsonAttributes.Write(json, nlri, attributes);
            json.WriteStartArray("prefixes");
        }

        Prefix(nlri);
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        Begin(record, peer, "update");
        if (part != Part.Withdrawn)
        {
            part = Part.Withdrawn;
            json.WriteStartArray("withdrawn");
        }

        Prefix(nlri);
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        if (record.Index != recordIndex)
        {
            Head(record, "table-row");
            part = Part.Entries;
            json.WriteStartArray("entries");
        }

        json.WriteStartObject();
        Named(nlri);
        Peer(peer);
        json.WriteString("originatedAt", RecordNames.Time(originatedAt));
        RecordJsonAttributes.Write(json, nlri, attributes);
        json.WriteEndObject();
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        Begin(record, peer, "state-change");
        State("from", from);
        State("to", to);
    }

    public void SessionMessage(in MrtRecord record, in BgpPeer peer, in SessionMessage message)
    {
        Begin(record, peer, RecordNames.Message(message.Type));
        if (message.TryOpen(out BgpOpen open))
        {
            json.WriteNumber("version", open.Version);
            json.WriteNumber("asn", open.Asn.Number);
            json.WriteNumber("holdTimeSeconds", open.HoldTimeSeconds);
            RecordJsonAttributes.Address(json, "identifier", open.Identifier);
            if (open.Role is { } role)
            {
                json.WriteString("role", RecordNames.Role(role));
            }

            json.WriteStartArray("capabilities");
            foreach (Capability capability in open.Capabilities)
            {
                json.WriteStartObject();
                json.WriteNumber("code", (byte)capability.Code);
                json.WriteString("value", Convert.ToHexStringLower(capability.Value));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
        else if (message.TryNotification(out BgpNotification notification))
        {
            json.WriteNumber("code", notification.Code);
            json.WriteNumber("subcode", notification.Subcode);
            json.WriteString("reason", notification.Name);
            json.WriteString("data", Convert.ToHexStringLower(notification.Data));
            if (!notification.ShutdownCommunication.IsEmpty)
            {
                json.WriteString(
                    "says",
                    Encoding.UTF8.GetString(notification.ShutdownCommunication)
                );
            }
        }
        else if (message.TryRouteRefresh(out BgpRouteRefresh refresh))
        {
            json.WriteNumber("afi", refresh.Afi);
            json.WriteNumber("safi", refresh.Safi);
            json.WriteNumber("subtype", (byte)refresh.Kind);
        }
    }

    /// <summary>Closes the record that is open, if there is one.</summary>
    public void Finish()
    {
        if (recordIndex >= 0)
        {
            EndPart();
            json.WriteEndObject();
            json.Flush();
            recordIndex = -1;
        }
    }

    private void Begin(in MrtRecord record, in BgpPeer peer, string kind)
    {
        if (record.Index != recordIndex)
        {
            Head(record, kind);
            Peer(peer);
        }
    }

    private void Head(in MrtRecord record, string kind)
    {
        Finish();
        recordIndex = record.Index;
        part = Part.Head;
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumber("record", record.Index);
        json.WriteNumber("offset", record.Offset);
        json.WriteString("time", RecordNames.Time(record));
        json.WriteString("type", RecordNames.Type(record));
        json.WriteString("kind", kind);
        if (record.IsLocal)
        {
            json.WriteBoolean("isLocal", true);
        }
    }

    private void EndPart()
    {
        if (part != Part.Head)
        {
            json.WriteEndArray();
        }

        if (part is Part.PlainRoutes or Part.MultiprotocolRoutes)
        {
            json.WriteEndObject();
            json.WriteEndArray();
        }

        part = Part.Head;
    }

    private void Peer(in BgpPeer peer)
    {
        json.WriteStartObject("peer");
        json.WriteNumber("asn", peer.Asn.Number);
        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, peer.Address);
        json.WriteString("address", new IPAddress(address[..(peer.IsV6 ? 16 : 4)]).ToString());
        json.WriteEndObject();
    }

    private void State(string name, SessionState state) =>
        json.WriteString(
            name,
            state <= SessionState.Deleted
                ? RecordNames.State(state)
                : FormattableString.Invariant($"unknown {(ushort)state}")
        );

    /// <summary>A prefix in an array: text, or an object when it has a path identifier.</summary>
    private void Prefix(in Nlri nlri)
    {
        if (nlri.PathId is null)
        {
            json.WriteStringValue(nlri.Prefix.ToString());
            return;
        }

        json.WriteStartObject();
        Named(nlri);
        json.WriteEndObject();
    }

    private void Named(in Nlri nlri)
    {
        json.WriteString("prefix", nlri.Prefix.ToString());
        if (nlri.PathId is { } id)
        {
            json.WriteNumber("pathId", id);
        }
    }
}
