using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger.Exchange;

/// <summary>One event of a course.</summary>
/// <param name="Id">
/// Hash of what happened and of all that went before in this course, and of nothing that depends on who recorded it: two nodes
/// give the same id to the same past.
/// </param>
/// <param name="IsByItself">True when time passed, or it followed from something else: nobody acted.</param>
/// <param name="Entry">As it is recorded here.</param>
public sealed record Step(string Id, bool IsByItself, Event? Entry = null);

/// <summary>That a person settled between two branches, with what the merge asks of it.</summary>
/// <param name="Dropped">Ids of the steps of the branch that was not kept.</param>
/// <param name="Over">Ids of earlier settlements that this one knew and replaces.</param>
public sealed record Settlement(
    string Id,
    string Conflict,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> Over,
    Event? Entry = null
);

/// <summary>
/// The events that the state of a subject follows from, without those that a settlement dropped, and beside them the
/// settlements, which change no state. A subject's ledger only grows; its course can turn back to a trunk and go on along
/// another branch.
/// </summary>
public sealed record Course(IReadOnlyList<Step> Steps, IReadOnlyList<Settlement> Settlements)
{
    /// <summary>The author of what happens by itself.</summary>
    public const string Clock = "clock";

    /// <summary>Where every course of a subject begins: before its first event.</summary>
    public static string Root(string subject) => Hash(subject);

    /// <summary>Reads the events of one subject, in their order.</summary>
    /// <exception cref="JsonException">One of them turns back to where the course never was.</exception>
    public static Course Of(string subject, IEnumerable<Event> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var steps = new List<Step>();
        var settlements = new List<Settlement>();
        foreach (Event entry in entries)
        {
            Envelope envelope = entry.Envelope;
            switch (envelope.Type)
            {
                case nameof(ReturnedToTrunk):
                    int kept = StepsAfter(steps.Count, entry);
                    steps.RemoveRange(kept, steps.Count - kept);
                    break;
                case nameof(BranchSettled):
                    var settled = BranchSettled.Read(entry.Payload.Span);
                    settlements.Add(
                        new Settlement(
                            Hash(settled.Conflict, envelope.Author, envelope.PayloadSha256),
                            settled.Conflict,
                            settled.Dropped,
                            settled.Over,
                            entry
                        )
                    );
                    break;
                default:
                    steps.Add(
                        new Step(
                            After(steps.Count == 0 ? Root(subject) : steps[^1].Id, envelope),
                            envelope.Author == Clock,
                            entry
                        )
                    );
                    break;
            }
        }

        return new Course(steps, settlements);
    }

    /// <summary>How many steps a course has after one more event, which is looked at and not believed.</summary>
    /// <exception cref="JsonException">It is no event that a course can go on with.</exception>
    public static int StepsAfter(int steps, Event entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Envelope.Type)
        {
            case nameof(ReturnedToTrunk):
                int kept = ReturnedToTrunk.Read(entry.Payload.Span).Steps;
                return kept >= 0 && kept <= steps
                    ? kept
                    : throw new JsonException("it returns to where its subject never was");
            case nameof(BranchSettled):
                _ = BranchSettled.Read(entry.Payload.Span);
                return steps;
            default:
                return steps + 1;
        }
    }

    /// <summary>The id of the last step of a trunk; the root for none.</summary>
    public string At(int steps, string subject) => steps == 0 ? Root(subject) : Steps[steps - 1].Id;

    /// <summary>
    /// The settlements that a new one replaces: those of the same conflict, and whatever dropped what is kept now. Otherwise two
    /// old words could stand against each other for ever.
    /// </summary>
    /// <param name="kept">Id of the last step of what is kept.</param>
    public IReadOnlyList<string> Over(string conflict, string kept) =>
        [
            .. Settlements
                .Where(one => one.Conflict == conflict || one.Dropped.Contains(kept))
                .Select(one => one.Id),
        ];

    /// <summary>The id of a conflict: the same on every node that holds the same two beginnings of branches.</summary>
    public static string Conflict(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? Hash(one, other) : Hash(other, one);

    private static string After(string before, Envelope envelope) =>
        Hash(
            before,
            envelope.Type,
            envelope.Schema.ToString(CultureInfo.InvariantCulture),
            envelope.Author,
            envelope.PayloadSha256
        );

    private static string Hash(params IReadOnlyList<string> parts) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                // Each with its length: no two lists of parts give the same text.
                Encoding.UTF8.GetBytes(
                    string.Concat(
                        parts.Select(part =>
                            string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}")
                        )
                    )
                )
            )
        )[..32];
}

/// <summary>A subject went back to the trunk, to go on along another branch. It concerns one node and does not travel further.</summary>
/// <param name="Steps">How many steps of the course stay.</param>
/// <param name="State">The state that these give; null when none stays.</param>
public sealed record ReturnedToTrunk(string Conflict, int Steps, JsonElement? State)
{
    /// <exception cref="JsonException">It is none.</exception>
    public static ReturnedToTrunk Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize<ReturnedToTrunk>(payload, Json.Compact)
        ?? throw new JsonException("it is null");
}

/// <summary>A person settled a conflict: which branch stands and which does not. It travels with its subject.</summary>
/// <param name="Kept">Id of the last step of the branch that stands.</param>
/// <param name="Dropped">Ids of all steps of the other.</param>
/// <param name="Over">Ids of settlements that it replaces.</param>
public sealed record BranchSettled(
    string Conflict,
    string Kept,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> Over,
    string Reason,
    NodaTime.Instant At,
    string By,
    string? Organisation
)
{
    /// <exception cref="JsonException">It is none.</exception>
    public static BranchSettled Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize<BranchSettled>(payload, Json.Compact)
            is {
                Conflict: not null,
                Kept: not null,
                Dropped: not null,
                Over: not null,
                By: not null,
                Reason: not null,
            } read
            ? read
            : throw new JsonException("it lacks what it settles");
}
