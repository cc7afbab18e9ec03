using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Records.Tests;

/// <summary>A subject with a document, as the steps have them: its state follows from its events.</summary>
internal sealed record Thing(
    string Kind,
    string Standing,
    string Words,
    string? Parent,
    Instant? DueAt,
    Box? Box,
    int Steps
)
{
    private const string Type = "ThingMoved";

    /// <summary>Null, as most have it, for everybody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Marking? Marked { get; init; }

    public static Thing Of(
        string kind,
        string standing = "open",
        string words = "",
        Marking? marking = null
    ) =>
        new(kind, standing, words, Parent: null, DueAt: null, Box: null, Steps: 1)
        {
            Marked = marking,
        };

    [JsonIgnore]
    public Draft Draft => Ledger.Draft.Of(Type, this, Marking.Public, "analyst-1");

    [JsonIgnore]
    public DocumentState State =>
        new()
        {
            Kind = Kind,
            Marking = Marked ?? Marking.Public,
            Body = CanonicalJson.Of(this),
            Parent = Parent,
            Standing = Standing,
            DueAt = DueAt,
            Place = Place.OfCountry("XX"),
            Box = Box,
            Words = Words,
        };

    public Write Write(string subject, long expected = 0) => new(subject, expected, [Draft], State);

    /// <summary>Subjects of things are <c>kind/id</c>; what is not has no document.</summary>
    public static Folding? Fold(string subject, DocumentState? before) =>
        subject.Contains('/', StringComparison.Ordinal) ? new ThingFolding(before) : null;

    private sealed class ThingFolding(DocumentState? before) : Folding
    {
        private Thing? thing = before is null
            ? null
            : JsonSerializer.Deserialize<Thing>(before.Body.Span, Json.Compact);

        /// <summary>The steps are counted here and not taken from the event, so that a lost or doubled event is seen.</summary>
        public override void Apply(Event entry)
        {
            Thing moved = JsonSerializer.Deserialize<Thing>(entry.Payload.Span, Json.Compact)!;
            thing = moved with { Steps = (thing?.Steps ?? 0) + 1 };
        }

        public override DocumentState State() => thing!.State;
    }
}
