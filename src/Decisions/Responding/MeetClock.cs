using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Says that a clock was met, by a return of service that somebody other than the supplier measured (INV-19).</summary>
public sealed record MeetClock(ServiceClock Which, string RestorationId)
{
    /// <summary>The return as measured. Who calls makes it from the restoration; null: there is none that counts.</summary>
    [JsonIgnore]
    public MeasuredReturn? Return { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        MeetClock command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("response");
        }

        Refusal? no =
            Checks.Known(command.Which, "clock")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state)
            ?? WhyNot(state, command, now);
        if (no is not null)
        {
            return no;
        }

        MeasuredReturn shown = command.Return!;
        Clock clock = state.Clocks.First(one => one.Which == command.Which);
        return clock.State is ClockState.Met or ClockState.MetLate
            ? Decided<ResponseEvent>.Nothing
            : new ClockMet(
                now,
                by.Person,
                command.Which,
                shown.RestorationId,
                shown.MeasuredBy,
                Instant.Max(shown.Since, clock.Since ?? shown.Since)
            );
    }

    private static Refusal? WhyNot(Response state, MeetClock command, Instant now) =>
        command.Return is not { } shown || shown.RestorationId != command.RestorationId
            ? Refusal.WrongState(
                "nobody independent saw it at the last measurement of this response"
            )
        : shown.DisruptionId != state.DisruptionId
            ? Refusal.Invalid("it is the return of another disruption")
        : shown.Since > now ? Refusal.Invalid("the return lies ahead")
        : command.Which == ServiceClock.ExtendedService && !shown.IsConfirmed
            ? Refusal.WrongState("a return in part is not extended service")
        : null;
}
