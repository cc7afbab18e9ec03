using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Publishing;

public abstract record ReceiptEvent;

public sealed record RetractionReached(
    string Id,
    string Retracted,
    string Node,
    Instant WithdrawnAt,
    Instant At
) : ReceiptEvent;

/// <summary>
/// That the retraction of a publication reached a node which had the original: made there by itself when it arrives, and carried back.
/// Without it nobody claims that a recipient knows (INV-14).
/// </summary>
public sealed record RetractionReceipt : ISubject<RetractionReceipt, ReceiptEvent>
{
    public static string Kind => "retraction-receipt";

    public required string Id { get; init; }

    /// <summary>Id of the publication that was withdrawn.</summary>
    public required string Retracted { get; init; }

    /// <summary>Name of the node that it reached, which follows from that node's key.</summary>
    public required string Node { get; init; }

    public required Instant WithdrawnAt { get; init; }

    /// <summary>When it arrived, by that node's clock.</summary>
    public required Instant At { get; init; }

    /// <summary>It goes back to where the retraction came from, and is nobody else's concern.</summary>
    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => $"{PublicationFile.Kind}/{Retracted}";

    [JsonIgnore]
    public string Standing => "reached";

    [JsonIgnore]
    public string Words => $"{Retracted} {Node}";

    [JsonIgnore]
    public Instant ChangedAt => At;

    public static string IdOf(string publication, string node) => $"{publication}.{node}";

    public static Decided<ReceiptEvent> Decide(
        RetractionReceipt? state,
        PublicationFile withdrawn,
        string node,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(withdrawn);
        return state is null && withdrawn.Withdrawal is { } withdrawal
            ? new RetractionReached(
                IdOf(withdrawn.Id, node),
                withdrawn.Id,
                node,
                withdrawal.At,
                now
            )
            : Decided<ReceiptEvent>.Nothing;
    }

    public static RetractionReceipt Apply(RetractionReceipt? before, ReceiptEvent happened) =>
        happened is RetractionReached reached
            ? new RetractionReceipt
            {
                Id = reached.Id,
                Retracted = reached.Retracted,
                Node = reached.Node,
                WithdrawnAt = reached.WithdrawnAt,
                At = reached.At,
                // One hop back, and there it is the community's.
                Marking = new Marking(Distribution.Partners, Tlp.Green),
            }
            : before ?? throw new InvalidOperationException("it begins no receipt");
}
