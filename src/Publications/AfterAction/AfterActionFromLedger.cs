using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Exercises;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.AfterAction;

/// <summary>A product of the walk, with where in the ledger it was first recorded.</summary>
public sealed record Recorded<T>(long Sequence, Instant At, T What);

/// <summary>All of an exercise's ledger that its report is made from.</summary>
public sealed record PlayedExercise(
    string Node,
    ExerciseRun Run,
    IReadOnlyList<LedgerMoment> Moments,
    IReadOnlyList<Player> Players,
    IReadOnlyList<Recorded<Disruption>> Disruptions,
    IReadOnlyList<Recorded<Restoration>> Restorations,
    IReadOnlyList<Decision> Decisions
);

/// <summary>From the ledger of an exercise to its after-action report. Each figure names its events; what never happened says so.</summary>
public static class AfterActionFromLedger
{
    /// <summary>Events that say of themselves that a moment passed without what was due.</summary>
    private static readonly string[] _missed =
    [
        nameof(ClockMissed),
        nameof(CommitmentLapsed),
        nameof(CommitmentOverdue),
        nameof(DecisionEscalated),
        nameof(ResponseEscalated),
        "ClearanceEscalated",
        "MissionOverdue",
    ];

    public static AfterActionReport Compose(PlayedExercise played)
    {
        ArgumentNullException.ThrowIfNull(played);
        ExerciseRun run = played.Run;
        AfterActionFigure[] figures = Figures(played);
        return new AfterActionReport(
            played.Node,
            run.Scenario,
            run.Titles,
            run.BranchOf,
            run.State,
            run.StartsAt,
            run.ChangedAt,
            run.EndReason,
            run.Truth,
            played.Moments.Count == 0 ? 0 : played.Moments[^1].Sequence,
            figures,
            Missed(played, figures),
            [
                .. Enum.GetValues<Role>()
                    // A reporter has no account, so nobody is on record as one.
                    .Where(role => role != Role.Reporter)
                    .Select(role => Acts(played, role)),
            ],
            run.Injects,
            Unseen(played)
        );
    }

    private static AfterActionFigure[] Figures(PlayedExercise played)
    {
        Recorded<Disruption>? detected = Detected(played);
        Decision? activation = played
            .Decisions.Where(decision =>
                decision is { Kind: DecisionKind.Activation, DecidedAt: not null }
                && decision.Outcome == DecisionOutcome.Adopted
            )
            .MinBy(decision => decision.DecidedAt);
        LedgerMoment? working = played.Moments.FirstOrDefault(moment =>
            moment.Type == nameof(CommitmentConfirmedWorking)
        );
        Recorded<Restoration>? back = played
            .Restorations.Where(one =>
                one.What
                    is {
                        Start: not null,
                        State: RestorationState.Partial or RestorationState.Confirmed
                    }
            )
            .MinBy(one => one.What.Start!.Latest);
        return
        [
            Figure(played, "detect", detected?.At, detected?.Sequence, detected?.What.Id),
            Figure(
                played,
                "decide",
                activation?.DecidedAt,
                activation is null
                    ? null
                    : played
                        .Moments.LastOrDefault(moment =>
                            moment.Type == nameof(DecisionClosed)
                            && moment.Subject == $"decision/{activation.Id}"
                        )
                        ?.Sequence,
                activation is null ? null : $"decision/{activation.Id}"
            ),
            Figure(played, "first-working", working?.At, working?.Sequence, working?.Subject),
            Figure(played, "reconnect", back?.What.Start!.Latest, back?.Sequence, back?.What.Id),
        ];
    }

    private static AfterActionFigure Figure(
        PlayedExercise played,
        string key,
        Instant? at,
        long? sequence,
        string? about
    ) =>
        new(
            key,
            at,
            at is { } reached && played.Run.Truth is { } truth
                // What was there before the exercise began could not be answered before it.
                ? reached - Instant.Max(truth.Onset.Earliest, played.Run.StartsAt)
                : null,
            sequence is { } one ? [one] : [],
            about
        )
        {
            ExpectedBy = played.Run.Expected.TryGetValue(key, out Instant by) ? by : null,
        };

    /// <summary>The first telling of a loss at the place that is not over before it began there.</summary>
    private static Recorded<Disruption>? Detected(PlayedExercise played) =>
        played.Run.Truth is not { } truth
            ? null
            : played
                .Disruptions.Where(one =>
                    (one.What.Place.IsWithin(truth.Place) || truth.Place.IsWithin(one.What.Place))
                    && (one.What.End is not { } end || end.Latest > truth.Onset.Earliest)
                )
                .MinBy(one => one.Sequence);

    private static MissedMoment[] Missed(
        PlayedExercise played,
        IEnumerable<AfterActionFigure> figures
    ) =>
        [
            .. figures
                .Where(figure => figure.IsInTime(played.Run.ChangedAt) == false)
                .Select(figure => new MissedMoment(
                    MissedMoment.Expected,
                    figure.Key,
                    figure.ExpectedBy!.Value,
                    null
                )),
            .. played
                .Moments.Where(moment => _missed.Contains(moment.Type))
                .Select(moment => new MissedMoment(
                    moment.Type,
                    moment.Subject,
                    moment.At,
                    moment.Sequence
                )),
            .. played
                .Decisions.Where(decision =>
                    decision.Outcome == DecisionOutcome.NotAdopted
                    && decision.ClosedBy is "" or Checks.Time
                )
                .Select(decision => new MissedMoment(
                    "QuorumMissed",
                    $"decision/{decision.Id}",
                    decision.Deadline,
                    null
                )),
            .. played.Decisions.SelectMany(decision =>
                decision
                    .Positions.Where(position => position is { Stand: Stand.Object, Answer: null })
                    .Select(position => new MissedMoment(
                        "ObjectionUnanswered",
                        $"decision/{decision.Id}",
                        position.At,
                        null
                    ))
            ),
        ];

    private static RoleActs Acts(PlayedExercise played, Role role)
    {
        string[] people =
        [
            .. played.Players.Where(player => player.Roles.Contains(role)).Select(p => p.Person),
        ];
        LedgerMoment[] acts =
        [
            .. played.Moments.Where(moment =>
                people.Contains(moment.Author, StringComparer.Ordinal)
            ),
        ];
        return new RoleActs(
            role,
            people,
            acts.Length,
            acts.Length == 0 ? null : acts[0].At,
            acts.Length == 0 ? null : acts[^1].At,
            [
                .. acts.GroupBy(act => act.Type, StringComparer.Ordinal)
                    .Select(group => (group.Key, group.Count()))
                    .OrderByDescending(group => group.Item2)
                    .ThenBy(group => group.Key, StringComparer.Ordinal),
            ],
            [.. acts.Select(act => act.Sequence)]
        );
    }

    private static NeverSeen[] Unseen(PlayedExercise played)
    {
        InjectStanding[] fired =
        [
            .. played.Run.Injects.Where(one => one.State == InjectState.Fired),
        ];
        return
        [
            .. Detected(played) is null && played.Run.Truth is { } truth
                ? (NeverSeen[])
                    [new NeverSeen("disruption", truth.Place.Key, truth.Onset.Latest, [])]
                : [],
            .. fired
                .Where(one => one is { Inject.Kind: InjectKind.Message, SeenBy.Count: 0 })
                .Select(one => new NeverSeen(
                    "inject",
                    one.Inject.Id,
                    one.FiredAt,
                    one.Inject.Roles
                )),
            // Of those who were told, a role of which nobody has looked.
            .. fired
                .Where(one => one is { Inject.Kind: InjectKind.Message, SeenBy.Count: > 0 })
                .Select(one => new NeverSeen(
                    "inject",
                    one.Inject.Id,
                    one.FiredAt,
                    [
                        .. one.Inject.Roles.Where(role =>
                            !one.SeenBy.Any(sight => sight.Roles.Contains(role))
                        ),
                    ]
                ))
                .Where(one => one.Roles.Count > 0),
        ];
    }
}
