using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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
)
{
    /// <summary>How many lines of octets follow those of the events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Parts { get; init; }
}

/// <summary>Octets that go with a bundle. Their hash is what events of the bundle name; who takes them looks whether it is theirs.</summary>
public sealed record CarriedOctets(string Sha256, ReadOnlyMemory<byte> Octets);

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

    /// <summary>Of one file; larger ones are fetched from where they were released.</summary>
    public const int FileOctetsMax = 8 << 20;

    /// <summary>Of one line, before Base64 makes them a third more.</summary>
    private const int PartOctets = 512 << 10;

    /// <summary>A piece of a file. The members stand in this order, by which a line of octets is told from one of an event.</summary>
    internal sealed record Part(string Sha256, int Number, int Of, string Octets)
    {
        public static bool Is(ReadOnlySpan<byte> line) => line.StartsWith("{\"sha256\":"u8);
    }

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

    /// <summary>The lines of a file, each with its line feed; they go after those of the events.</summary>
    public static IReadOnlyList<byte[]> Write(CarriedOctets file)
    {
        ArgumentNullException.ThrowIfNull(file);
        int of = Math.Max(1, (file.Octets.Length + PartOctets - 1) / PartOctets);
        return
        [
            .. Enumerable
                .Range(0, of)
                .Select(at =>
                    (byte[])
                        [
                            .. JsonSerializer.SerializeToUtf8Bytes(
                                new Part(
                                    file.Sha256,
                                    at + 1,
                                    of,
                                    Convert.ToBase64String(
                                        file.Octets[
                                            (at * PartOctets)..Math.Min(
                                                file.Octets.Length,
                                                (at + 1) * PartOctets
                                            )
                                        ].Span
                                    )
                                ),
                                Json.Compact
                            ),
                            (byte)'\n',
                        ]
                ),
        ];
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
