using System.Buffers;
using System.Text;

namespace Breakwater.Bgp;

/// <summary>
/// Writes each record as a short block for people: when, what, from whom, then a line for each attribute by its name and a
/// line for each prefix. Nothing that a stranger wrote reaches a terminal as control characters.
/// </summary>
/// <remarks>One for each input.</remarks>
public sealed class RecordText(IBufferWriter<byte> output) : IRouteVisitor
{
    private readonly AsciiBuffer text = new();
    private long recordIndex = -1;
    private bool hasPlain;
    private bool hasMultiprotocol;

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        Begin(record, peer, "update");
        ref bool isShown = ref nlri.IsPlain ? ref hasPlain : ref hasMultiprotocol;
        if (!isShown)
        {
            isShown = true;
            RecordTextAttributes.Write(text, nlri, attributes);
        }

        Prefix("announced", nlri);
        Flush();
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        Begin(record, peer, "update");
        Prefix("withdrawn", nlri);
        Flush();
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
            Head(record, "table row");
        }

        Prefix("route", nlri);
        text.Line("peer", peer.ToString());
        text.Line("since", RecordNames.Time(originatedAt));
        RecordTextAttributes.Write(text, nlri, attributes);
        Flush();
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        Begin(record, peer, "state change");
        text.Line("state", $"{RecordNames.State(from)} to {RecordNames.State(to)}");
        Flush();
    }

    public void SessionMessage(in MrtRecord record, in BgpPeer peer, in SessionMessage message)
    {
        Begin(record, peer, RecordNames.Message(message.Type));
        if (message.TryOpen(out BgpOpen open))
        {
            text.Line("asn", open.Asn.ToString());
            text.Line(
                "identifier",
                FormattableString.Invariant(
                    $"{open.Identifier >> 24}.{open.Identifier >> 16 & 0xFF}.{open.Identifier >> 8 & 0xFF}.{open.Identifier & 0xFF}"
                )
            );
            text.Line("hold time", FormattableString.Invariant($"{open.HoldTimeSeconds} s"));
            foreach (Capability capability in open.Capabilities)
            {
                text.Line(
                    "capability",
                    capability is { Code: CapabilityCode.Role, Value: [var role] }
                        ? $"role {RecordNames.Role((SessionRole)role)}"
                        : FormattableString.Invariant(
                            $"{capability.Code} {Convert.ToHexStringLower(capability.Value)}"
                        )
                );
            }
        }
        else if (message.TryNotification(out BgpNotification notification))
        {
            text.Line(
                "reason",
                FormattableString.Invariant(
                    $"{notification.Name} ({notification.Code}/{notification.Subcode}) {notification.CeaseName}"
                )
            );
            if (!notification.ShutdownCommunication.IsEmpty)
            {
                text.Line("says", Encoding.UTF8.GetString(notification.ShutdownCommunication));
            }
            else if (!notification.Data.IsEmpty)
            {
                text.Line("data", Convert.ToHexStringLower(notification.Data));
            }
        }
        else if (message.TryRouteRefresh(out BgpRouteRefresh refresh))
        {
            text.Line(
                "family",
                FormattableString.Invariant(
                    $"{refresh.Afi}/{refresh.Safi}, {refresh.Kind.ToString().ToLowerInvariant()}"
                )
            );
        }

        Flush();
    }

    private void Begin(in MrtRecord record, in BgpPeer peer, string what)
    {
        if (record.Index != recordIndex)
        {
            Head(record, what);
            text.Line("peer", peer.ToString());
        }
    }

    private void Head(in MrtRecord record, string what)
    {
        bool isFirst = recordIndex < 0;
        recordIndex = record.Index;
        hasPlain = hasMultiprotocol = false;
        text.Words(
            FormattableString.Invariant(
                $"{(isFirst ? "" : "\n")}{RecordNames.Time(record)}  {RecordNames.Type(record)} {what}, record {record.Index} at offset {record.Offset}"
            )
        );
        if (record.IsLocal)
        {
            text.Words(", sent by the collector");
        }

        text.Append((byte)'\n');
    }

    private void Prefix(string name, in Nlri nlri)
    {
        string rest = nlri.PathId is { } id ? FormattableString.Invariant($" path {id}") : "";
        text.Line(name, $"{nlri.Prefix}{rest}");
    }

    private void Flush()
    {
        text.Text.CopyTo(output.GetSpan(text.Count));
        output.Advance(text.Count);
        text.Clear();
    }
}
