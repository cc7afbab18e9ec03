using Breakwater.Bgp;

namespace Breakwater.Tests.Bgp;

/// <summary>Writes down every element, one line each, to compare.</summary>
internal sealed class Heard : IRouteVisitor
{
    public List<string> Lines { get; } = [];

    public static (List<string> Lines, MrtFaults Faults) In(byte[] octets, bool recovers = false)
    {
        var heard = new Heard();
        var reader = new MrtReader(octets, new MrtFaults(), recovers);
        MrtDecoder.ReadAll(reader, ref heard);
        return (heard.Lines, reader.Faults);
    }

    public static string Path(in PathAttributes attributes)
    {
        List<string> segments = [];
        foreach (AsSegment segment in attributes.AsPath)
        {
            List<string> numbers = [];
            for (int at = 0; at < segment.Count; at++)
            {
                numbers.Add($"{segment[at].Number}");
            }

            segments.Add(
                segment.Kind == AsSegmentKind.Sequence
                    ? string.Join(' ', numbers)
                    : $"{segment.Kind}({string.Join(' ', numbers)})"
            );
        }

        return string.Join(' ', segments);
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    ) => Lines.Add($"{record.Seconds} {peer.Asn} A {nlri.Prefix}{Id(nlri)} {Path(attributes)}");

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
        Lines.Add($"{record.Seconds} {peer.Asn} W {nlri.Prefix}{Id(nlri)}");

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    ) => Lines.Add($"{originatedAt} {peer.Asn} B {nlri.Prefix}{Id(nlri)} {Path(attributes)}");

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    ) => Lines.Add($"{record.Seconds} {peer.Asn} {from} {to}");

    private static string Id(in Nlri nlri) => nlri.PathId is { } id ? $" path {id}" : "";
}
