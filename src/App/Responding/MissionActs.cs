using Breakwater.App.Subjects;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Acts on a mission that rest on its clearances as they stand: "no answer" is not yes.</summary>
internal static class MissionActs
{
    public static CommandKind Approve { get; } = Of<ApproveMission>(ApproveMission.Decide);

    public static CommandKind Start { get; } = Of<StartMission>(StartMission.Decide);

    private static CommandKind Of<TCommand>(
        Func<
            Mission?,
            TCommand,
            IReadOnlyList<ClearanceFile>,
            Participant,
            Instant,
            Decided<MissionEvent>
        > decide
    )
        where TCommand : class =>
        new(
            KindOf<Mission, MissionEvent>.NameOf<TCommand>(),
            typeof(TCommand),
            IsStart: false,
            Admission.Roles,
            [Role.Planner, Role.Representative],
            async act =>
            {
                if (await act.Subject<Mission, MissionEvent>().ConfigureAwait(false) is not { } at)
                {
                    return null;
                }

                var clearances = new List<ClearanceFile>();
                foreach (string id in at.State!.Terms.Clearances)
                {
                    Loaded<ClearanceFile> file = await act
                        .Work.Load<ClearanceFile, ClearanceEvent>(id)
                        .ConfigureAwait(false);
                    clearances.AddRange(file.State is { } state ? [state] : []);
                }

                return act.Take(
                    at,
                    decide(at.State, (TCommand)act.Request, clearances, act.By, act.Now)
                );
            }
        );
}
