using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>Why help may be needed, least grave first.</summary>
public enum AlarmReason
{
    /// <summary>A clearance it relies on no longer holds.</summary>
    PermitLost,

    CheckInMissed,

    HelpAskedFor,
}

/// <summary>An alarm that nothing has answered yet. Each stands until what it is about has been answered, whatever else is.</summary>
public sealed record MissionAlarm(AlarmReason Reason, Instant Since);

/// <summary>Which alarms of a mission an event raises or answers.</summary>
internal static class MissionAlarms
{
    public static IReadOnlyList<MissionAlarm> Raised(
        IReadOnlyList<MissionAlarm> before,
        MissionAlarm alarm
    ) => before.Any(open => open.Reason == alarm.Reason) ? before : [.. before, alarm];

    /// <summary>"All well" answers a missed check-in and a call for help. It gives no permit back.</summary>
    public static IReadOnlyList<MissionAlarm> Answered(
        IReadOnlyList<MissionAlarm> before,
        CheckInWord word
    ) =>
        word == CheckInWord.AllWell
            ? [.. before.Where(alarm => alarm.Reason == AlarmReason.PermitLost)]
            : before;

    public static IReadOnlyList<MissionAlarm> Without(
        IReadOnlyList<MissionAlarm> before,
        AlarmReason reason
    ) => [.. before.Where(alarm => alarm.Reason != reason)];
}
