using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Missions;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.App;

/// <summary>Plays missions of a scenario, and what parties answered who were told of them.</summary>
internal static class ScriptedMissions
{
    private const int AnswerHours = 24;

    private const int CheckInMinutes = 60;

    private const int GraceMinutes = 30;

    /// <summary>Area, window and crew together are worth something to an attacker; a mission is never public.</summary>
    private static readonly Marking _marking = new(Distribution.Partners, Tlp.Green);

    /// <summary>A scenario knows no position and no name: under this seal lies nothing, and there is no key to it.</summary>
    private static readonly SealedField _nothing = new(
        "scenario",
        Convert.ToBase64String(new byte[64])
    );

    public static (
        IReadOnlyList<Lived<Mission, MissionEvent>> Missions,
        IReadOnlyList<Lived<Notification, NotificationEvent>> Notifications
    ) Play(Scenario scenario, List<string> refusals)
    {
        List<ScriptEntry> acts =
        [
            .. (scenario.Script ?? []).Where(act => act.At < scenario.AsOf).OrderBy(act => act.At),
        ];
        return (
            [
                .. scenario
                    .Missions.Select(one => Played(scenario, one, acts, refusals))
                    .Where(lived => lived.State is not null),
            ],
            [
                .. scenario.Missions.SelectMany(one =>
                    one.Parties.Select(party => Told(scenario, one, party, acts, refusals))
                        .Where(lived => lived.State is not null)
                ),
            ]
        );
    }

    private static Lived<Mission, MissionEvent> Played(
        Scenario scenario,
        ScenarioMission one,
        List<ScriptEntry> acts,
        List<string> refusals
    )
    {
        ClearanceFile[] clearances =
        [
            .. scenario
                .Clearances.Where(clearance => one.Clearances.Contains(clearance.Id))
                .Select(clearance => Boards.Asked(scenario, clearance).State)
                .OfType<ClearanceFile>(),
        ];
        Lived<Mission, MissionEvent> lived = Script.Done(
            Lived<Mission, MissionEvent>.Unborn,
            ProposeMission.Decide(
                null,
                new ProposeMission(
                    one.Id,
                    Boards.ResponseOf(scenario),
                    new MissionTerms(
                        Script.Parse<MissionPurpose>(one.Purpose),
                        $"offer/{one.Offer}",
                        one.Place,
                        _nothing,
                        [],
                        null,
                        one.CrewSize,
                        one.Spares,
                        one.Window.Since,
                        one.Window.Until,
                        one.Clearances,
                        [one.By],
                        [$"{one.By}-safety"],
                        CheckInMinutes,
                        GraceMinutes
                    ),
                    one.Origin,
                    _marking
                ),
                Script.Speaker(scenario, one.By),
                one.ProposedAt
            ),
            refusals,
            $"mission {one.Id}"
        );
        foreach (
            ScriptedMission act in acts.OfType<ScriptedMission>()
                .Where(act => act.Mission == one.Id)
        )
        {
            lived = lived.Until(act.At, Mission.Elapse);
            lived = lived.State is { } state
                ? Script.Done(
                    lived,
                    Of(state, act, clearances, Script.Speaker(scenario, act.By), one.Origin),
                    refusals,
                    $"mission {one.Id} {act.Act}"
                )
                : lived;
        }

        return lived.Until(scenario.AsOf, Mission.Elapse);
    }

    private static Decided<MissionEvent> Of(
        Mission state,
        ScriptedMission act,
        ClearanceFile[] clearances,
        Participant by,
        Origin origin
    )
    {
        // Nobody counts casualties of a crew that never was; nothing is known of them either.
        var unknown = new Casualties(null, null, null);
        return act.Act switch
        {
            "approved" => ApproveMission.Decide(
                state,
                new ApproveMission(state.TermsId),
                clearances,
                by,
                act.At
            ),
            "started" => StartMission.Decide(state, new StartMission(), clearances, by, act.At),
            "all-well" => CheckIn.Decide(state, new CheckIn(CheckInWord.AllWell), by, act.At),
            "aborted" => AbortMission.Decide(state, new AbortMission(act.Reason), by, act.At),
            "returned" => ReportReturn.Decide(state, new ReportReturn(unknown), by, act.At),
            _ => CompleteMission.Decide(
                state,
                new CompleteMission(
                    Script.Parse<MissionOutcome>(act.Act),
                    unknown,
                    act.Reason,
                    origin
                ),
                by,
                act.At
            ),
        };
    }

    /// <summary>What is never answered stays so: silence is counted by the notification itself.</summary>
    private static Lived<Notification, NotificationEvent> Told(
        Scenario scenario,
        ScenarioMission one,
        string party,
        List<ScriptEntry> acts,
        List<string> refusals
    )
    {
        var lived = Lived<Notification, NotificationEvent>.Unborn;
        foreach (
            ScriptedNotice act in acts.OfType<ScriptedNotice>()
                .Where(act => act.Mission == one.Id && act.Party == party)
        )
        {
            Participant by = Script.Speaker(scenario, act.By);
            string about = $"notification of {party}";
            lived = lived.Until(act.At, Notification.Elapse);
            if (lived.State is null)
            {
                lived = Script.Done(
                    lived,
                    PrepareNotification.Decide(
                        null,
                        new PrepareNotification(
                            ContentId.Of("notification", new { one.Id, party }),
                            one.Id,
                            party,
                            one.Place,
                            null,
                            AnswerHours,
                            _marking
                        ),
                        by,
                        act.At
                    ),
                    refusals,
                    about
                );
                lived = Script.Done(
                    lived,
                    SendNotification.Decide(
                        lived.State,
                        new SendNotification(act.At, "in writing", act.Reason),
                        by,
                        act.At
                    ),
                    refusals,
                    about
                );
            }
            else if (act.Answer is { } answer)
            {
                lived = Script.Done(
                    lived,
                    AnswerNotification.Decide(
                        lived.State,
                        new AnswerNotification(
                            Script.Parse<NotificationAnswer>(answer),
                            act.At,
                            act.Reason,
                            one.Origin
                        ),
                        by,
                        act.At
                    ),
                    refusals,
                    about
                );
            }
        }

        return lived.Until(scenario.AsOf, Notification.Elapse);
    }
}
