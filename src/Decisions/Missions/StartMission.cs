using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>The crew leaves. Needs both approvals and every clearance; needs no notification (INV-01).</summary>
public sealed record StartMission
{
    /// <param name="clearances">The clearances that it needs, as they stand now.</param>
    public static Decided<MissionEvent> Decide(
        Mission? state,
        StartMission command,
        IReadOnlyList<ClearanceFile> clearances,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(clearances);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.Own(state, by, MissionState.Approved)
            ?? (
                now < state!.Terms.Since || now >= state.Terms.Until
                    ? Refusal.WrongState("its window is not open now")
                    : null
            )
            ?? MissionRules.Cleared(state, clearances, now);
        return no is not null
            ? no
            : new MissionStarted(
                [
                    .. clearances
                        .Where(file => state!.Terms.Clearances.Contains(file.Id))
                        .DistinctBy(file => file.Id)
                        .Select(MissionPermit.Of),
                ],
                by.Person,
                now
            );
    }
}

/// <summary>A sign of life from a crew that is out: a word, and no position.</summary>
public sealed record CheckIn(CheckInWord Word)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        CheckIn command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.Own(state, by, MissionState.UnderWay, MissionState.Aborted)
            ?? (state!.Watch is null ? Refusal.WrongState("nobody is out") : null)
            ?? Wanting.Known("the word", command.Word);
        if (no is not null)
        {
            return no;
        }

        var seen = new MissionCheckedIn(command.Word, by.Person, now);
        return command.Word == CheckInWord.NeedHelp
            ? (MissionEvent[])[seen, new MissionAlarmRaised(AlarmReason.HelpAskedFor, now)]
            : seen;
    }
}
