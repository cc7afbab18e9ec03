using Breakwater.App.Subjects;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Missions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Acts on a mission that rest on its clearances as they stand: "no answer" is not yes.</summary>
internal static class MissionActs
{
    public static CommandKind Approve { get; } = Of<ApproveMission>(ApproveMission.Decide);

    public static CommandKind Start { get; } = Of<StartMission>(StartMission.Decide);

    public static async Task<PrepareNotification> ForNotification(
        Act act,
        Notification? state,
        PrepareNotification command
    ) =>
        command with
        {
            OfMission =
            [
                .. (await OfMission(act.Work, command.Mission).ConfigureAwait(false)).Select(at =>
                    at.State!
                ),
            ],
        };

    /// <summary>What parties were told of a mission is for earlier terms once it changes.</summary>
    public static async Task OfMission(
        Workspace work,
        Mission mission,
        MissionEvent happened,
        Instant now
    )
    {
        if (Outdate.By(happened) is not { } because)
        {
            return;
        }

        foreach (Loaded<Notification> at in await OfMission(work, mission.Id).ConfigureAwait(false))
        {
            work.Stage(at, Outdate.Decide(at.State, because, now).Events, Workspace.Clock);
        }
    }

    /// <summary>A party that was told anew holds nothing that is out of date.</summary>
    public static async Task OfNotification(
        Workspace work,
        Notification notification,
        NotificationEvent happened,
        Instant now
    )
    {
        if (happened is not NotificationSent)
        {
            return;
        }

        foreach (
            Loaded<Notification> at in await OfMission(work, notification.Mission)
                .ConfigureAwait(false)
        )
        {
            work.Stage(at, Outdate.Correct(at.State, notification, now).Events, Workspace.Clock);
        }
    }

    private static async Task<IReadOnlyList<Loaded<Notification>>> OfMission(
        Workspace work,
        string? mission
    )
    {
        var all = new List<Loaded<Notification>>();
        // An abort must not fail for the number of those who were told.
        foreach (
            Document document in (
                await work
                    .Records.AllOf(Notification.Kind, $"{Mission.Kind}/{mission}")
                    .ConfigureAwait(false)
            ).Take(2 * PrepareNotification.OfMissionMax)
        )
        {
            all.Add(
                await work.Load<Notification, NotificationEvent>(
                        document.Subject[(Notification.Kind.Length + 1)..]
                    )
                    .ConfigureAwait(false)
            );
        }

        return all;
    }

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
