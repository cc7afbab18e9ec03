using System.Buffers;

namespace Breakwater.Bgp;

/// <summary>
/// Writes each element as one line of text, as <c>bgpdump -m</c> does (1.6.2): fields between bars, Unix seconds. What all
/// routes of a message share is formatted once for the message. Where this text and bgpdump's differ, and why, is listed
/// in docs/bgpdump-differences.md.
/// </summary>
/// <remarks>One for each input: it remembers the record it wrote last by its number.</remarks>
public readonly struct BgpdumpLines : IRouteVisitor
{
    private readonly IBufferWriter<byte> output;
    private readonly BgpdumpParts parts;

    /// <param name="output">Receives whole lines, each in one piece.</param>
    public BgpdumpLines(IBufferWriter<byte> output)
    {
        this.output = output;
        parts = new BgpdumpParts();
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        parts.BeginMessage(record, peer);
        Write(
            parts.Announced,
            parts.Prefix(nlri),
            parts.AttributesOfMessage(record, nlri, attributes)
        );
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        parts.BeginMessage(record, peer);
        Write(parts.Withdrawn, parts.Prefix(nlri), "\n"u8);
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        parts.BeginRow(record, nlri);
        ReadOnlySpan<byte> prefix = parts.PrefixOfRow(record, nlri);
        ReadOnlySpan<byte> rest = parts.AttributesOfEntry(record, nlri, attributes);
        ReadOnlySpan<byte> head = parts.Row;
        ReadOnlySpan<byte> from = parts.Peer(peer);
        int length = head.Length + from.Length + prefix.Length + rest.Length;
        Span<byte> line = output.GetSpan(length);
        head.CopyTo(line);
        line = line[head.Length..];
        from.CopyTo(line);
        line = line[from.Length..];
        prefix.CopyTo(line);
        rest.CopyTo(line[prefix.Length..]);
        output.Advance(length);
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        ReadOnlySpan<byte> line = parts.StateChange(record, peer, from, to);
        line.CopyTo(output.GetSpan(line.Length));
        output.Advance(line.Length);
    }

    /// <summary>bgpdump -m does not show these.</summary>
    public void SessionMessage(in MrtRecord record, in BgpPeer peer, in SessionMessage message) { }

    private void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest)
    {
        int length = head.Length + prefix.Length + rest.Length;
        Span<byte> line = output.GetSpan(length);
        head.CopyTo(line);
        line = line[head.Length..];
        prefix.CopyTo(line);
        rest.CopyTo(line[prefix.Length..]);
        output.Advance(length);
    }
}
