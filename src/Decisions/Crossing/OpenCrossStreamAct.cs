using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Crossing;

/// <summary>Tells other streams of an act that touches them.</summary>
/// <param name="Subject">The subject of the ledger that the act is on, such as <c>plan/…</c>.</param>
/// <param name="Stream">The stream that acts.</param>
public sealed record OpenCrossStreamAct(
    string Id,
    string What,
    string Subject,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    Marking Marking,
    string? Parent = null
)
{
    public static Decided<CrossStreamActEvent> Decide(
        CrossStreamAct? state,
        OpenCrossStreamAct command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is not null)
        {
            return Refusal.WrongState("the act is open already");
        }

        if (WhyNot(command, by) is { } no)
        {
            return no;
        }

        Workstream[] others =
        [
            .. command.AffectedStreams.Where(stream => stream != command.Stream).Distinct().Order(),
        ];
        return others.Length == 0
            ? Refusal.Invalid("it touches no other stream")
            : new CrossStreamActOpened(
                now,
                by.Person,
                by.Organisation,
                command.Id,
                command.What,
                command.Subject,
                command.Parent,
                command.Stream,
                others,
                command.Marking
            );
    }

    private static Refusal? WhyNot(OpenCrossStreamAct command, Participant by) =>
        Checks.Id(command.Id, "the id")
        ?? Checks.Needed(command.What, "what is done")
        ?? Checks.Id(command.Subject, "what it is on")
        ?? (command.Parent is null ? null : Checks.Id(command.Parent, "what it is part of"))
        ?? Checks.Known(command.Stream, "stream")
        ?? Checks.List(command.AffectedStreams, "streams")
        ?? command
            .AffectedStreams.Select(stream => Checks.Known(stream, "stream"))
            .FirstOrDefault(no => no is not null)
        ?? (
            command.Marking is null ? Refusal.Invalid("the marking is missing")
            : by.Organisation is null
                ? Refusal.NotAllowed("only a member of an organisation can do this")
            : null
        );
}
