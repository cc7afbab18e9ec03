using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>One of two approvals, by people of different organisations who did not propose it.</summary>
/// <param name="TermsId">The terms that were read: <see cref="Mission.TermsId"/>.</param>
public sealed record ApproveMission(string TermsId)
{
    public const int PeopleNeeded = 2;

    /// <param name="clearances">The clearances that it needs, as they stand now.</param>
    public static Decided<MissionEvent> Decide(
        Mission? state,
        ApproveMission command,
        IReadOnlyList<ClearanceFile> clearances,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(clearances);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.In(state, MissionState.Proposed)
            ?? FourEyes(state!, command, by)
            ?? MissionRules.Cleared(state!, clearances, Instant.Max(now, state!.Terms.Since));
        return no is not null
            ? no
            : new MissionApproved(command.TermsId, by.Organisation!, by.Person, now);
    }

    private static Refusal? FourEyes(Mission state, ApproveMission command, Participant by) =>
        command.TermsId != state.TermsId
            ? Refusal.WrongState("the terms have changed since they were read; read them again")
        : by.Organisation is null ? Refusal.NotAllowed("an approval is given for an organisation")
        : by.Person == state.ProposedBy
            ? Refusal.NotAllowed("who proposed these terms does not approve them")
        : state.Approvals.Any(approval => approval.Person == by.Person)
            ? Refusal.NotAllowed("you have approved it already")
        : state.Approvals.Any(approval => approval.Organisation == by.Organisation)
            ? Refusal.NotAllowed("the other approval must come from another organisation")
        : null;
}

/// <summary>
/// Writes into the mission how a clearance it needs stands. Under way, a permission that is lost raises the alarm, and the alarm
/// is answered when every permission is there again.
/// </summary>
public sealed record NotePermit
{
    /// <param name="clearance">The clearance as it stands now.</param>
    public static Decided<MissionEvent> Decide(
        Mission? state,
        NotePermit command,
        ClearanceFile clearance,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(clearance);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            MissionRules.In(
                state,
                MissionState.Proposed,
                MissionState.Approved,
                MissionState.UnderWay
            )
            ?? (
                state!.Terms.Clearances.Contains(clearance.Id)
                    ? null
                    : Refusal.Invalid("the mission does not need this clearance")
            );
        if (no is not null)
        {
            return no;
        }

        var noted = new MissionPermitNoted(MissionPermit.Of(clearance), by.Person, now);
        return state!.Permits.Contains(noted.Permit) ? Decided<MissionEvent>.Nothing
            : state.State != MissionState.UnderWay ? noted
            : !clearance.AllowsAt(now)
                ? (MissionEvent[])[noted, new MissionAlarmRaised(AlarmReason.PermitLost, now)]
            : IsLost(state) && AllowOthers(state, clearance, now)
                ? (MissionEvent[])[noted, new MissionAlarmAnswered(AlarmReason.PermitLost, now)]
            : noted;
    }

    private static bool IsLost(Mission state) =>
        state.Alarms.Any(alarm => alarm.Reason == AlarmReason.PermitLost);

    private static bool AllowOthers(Mission state, ClearanceFile clearance, Instant now) =>
        state
            .Permits.Where(permit => permit.Clearance != clearance.Id)
            .All(permit => permit.AllowsAt(now));
}
