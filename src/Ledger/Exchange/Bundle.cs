using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger.Exchange;

/// <summary>
/// That a bundle was made: its first line, and an event of the ledger of the node that made it, so that what left, and for
/// whom, is on record.
/// </summary>
/// <param name="Node">Public key of the node that made it.</param>
/// <param name="To">Name of the node that it is made for.</param>
/// <param name="Organisation">The organisation that receives: markings after the hop name it.</param>
/// <param name="Events">How many lines follow.</param>
public sealed record BundleMade(
    string Format,
    string Node,
    string To,
    string Organisation,
    int Events,
    IReadOnlyList<string> Subjects
);

/// <summary>An event of a bundle, with its origin where it came from a third node.</summary>
public sealed record BundledEvent(Event Entry, SignedOrigin? Origin = null);

/// <summary>
/// Events for another node in one plain file: JSON, one event per line as it was signed. It goes by any carrier, says for whom it
/// is, and is bounded in every direction. It is not encrypted.
/// </summary>
public static class Bundle
{
    public const string Format = "breakwater-bundle/1";
    public const int OctetsMax = 64 << 20;
    public const int LineOctetsMax = 1 << 20;
    public const int EventsMax = 100_000;
    public const int EventsOfOneMax = 10_000;

    internal sealed record Line(
        string Envelope,
        string Payload,
        string Signature,
        SignedOrigin? Origin = null
    );

    /// <summary>The event of a line, when a node signed it as it stands; null otherwise.</summary>
    public static Event? Read(string line, Verifier node)
    {
        ArgumentNullException.ThrowIfNull(node);
        try
        {
            return
                JsonSerializer.Deserialize<Line>(line, Json.Compact)
                    is { Envelope: not null, Payload: not null, Signature: not null } read
                && Event.TryRead(
                    Encoding.UTF8.GetBytes(read.Envelope),
                    Encoding.UTF8.GetBytes(read.Payload),
                    Convert.FromBase64String(read.Signature),
                    out Event? entry
                )
                && Verification.OfEvent(
                    entry,
                    new Dictionary<string, Verifier> { [node.Name] = node }
                )
                    is []
                ? entry
                : null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>One line, with its line feed.</summary>
    public static byte[] Write(BundledEvent one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return
        [
            .. JsonSerializer.SerializeToUtf8Bytes(
                new Line(
                    Encoding.UTF8.GetString(one.Entry.Octets.Span),
                    Encoding.UTF8.GetString(one.Entry.Payload.Span),
                    Convert.ToBase64String(one.Entry.Signature.Span),
                    one.Origin
                ),
                Json.Compact
            ),
            (byte)'\n',
        ];
    }
}
