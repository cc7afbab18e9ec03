using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Closes a response that has stood down and from which something was learnt.</summary>
public sealed record CloseResponse(string Reason)
{
    public static Decided<ResponseEvent> Decide(
        Response? state,
        CloseResponse command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("response")
            : (Checks.Needed(command.Reason, "the reason") ?? Responder.WhyNot(state, by, now))
                is { } no
                ? no
            : state.State != ResponseState.StoodDown
                ? Refusal.WrongState($"the response is {state.Standing}")
            : state.StandDown?.ReopenedAt is not null
                ? Refusal.WrongState(
                    "its stand-down is being decided again; close it when that has ended"
                )
            : state.Lessons.Count == 0
                ? Refusal.WrongState("no lesson is recorded; somebody learnt something")
            : new ResponseClosed(now, by.Person, command.Reason);
    }
}
