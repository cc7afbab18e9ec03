using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// What a measurement that finds a return lost again means for a response; it follows by itself. A clock that was met by it claims
/// no more that service is back.
/// </summary>
/// <param name="DisruptionId">The disruption that the loss is, which follows the one that is responded to.</param>
/// <param name="IsOpened">True when the measurement opened it; false when detection told of it already.</param>
/// <param name="InsteadOf">The disruption that was opened for the same loss before detection told of it; null for none.</param>
/// <param name="Restorations">The returns that were lost, as measured.</param>
/// <param name="Services">What was lost, and when; null for both where the measurement is more closely held than the response.</param>
/// <param name="Clocks">Those that one of these returns met.</param>
public sealed record NoteRelapse(
    string DisruptionId,
    bool IsOpened,
    string? InsteadOf,
    IReadOnlyList<string> Restorations,
    IReadOnlyList<string>? Services,
    InstantRange? Lost,
    IReadOnlyList<ServiceClock> Clocks
)
{
    public static Decided<ResponseEvent> Decide(
        Response? state,
        NoteRelapse command,
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

        if (Responder.WhyNot(state, by, now) is { } no)
        {
            return no;
        }

        ServiceClock[] lost =
        [
            .. state
                .Clocks.Where(clock =>
                    clock.State is ClockState.Met or ClockState.MetLate
                    && command.Clocks.Contains(clock.Which)
                )
                .Select(clock => clock.Which),
        ];
        // Measured again, it is the same loss.
        bool isKnown = state.Relapses?.Any(one => one.DisruptionId == command.DisruptionId) == true;
        return isKnown && lost.Length == 0
            ? Decided<ResponseEvent>.Nothing
            : new ServiceLostAgain(
                now,
                by.Person,
                command.DisruptionId,
                command.IsOpened,
                command.InsteadOf,
                command.Restorations,
                command.Services,
                command.Lost,
                lost
            );
    }
}
