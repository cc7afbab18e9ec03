using System.Text.Json;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.AfterAction;

/// <summary>
/// What was learnt from an exercise, from what its organisers keep on their own node: the aims, the times that the node of the exercise
/// signed, and the tasks. Nothing that was played is in it, and every part says that it is of an exercise (INV-13).
/// </summary>
public static class LearntReport
{
    public const string Form = "after-action";
    public const string File = "EXERCISE-after-action.json";

    /// <param name="exercise">One that was held.</param>
    public static Report Of(Front front, Exercise exercise, ExerciseResult result)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(exercise);
        ArgumentNullException.ThrowIfNull(result);
        return new Report(
            front,
            [
                .. Correction.Sections(front.Corrects),
                What(exercise, result),
                Times(exercise, result),
                Tasks(exercise),
            ],
            []
        )
        {
            Form = Form,
        };
    }

    public static byte[] Json(Exercise exercise, ExerciseResult result, Citation cite)
    {
        ArgumentNullException.ThrowIfNull(exercise);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(cite);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Form = "after-action-learnt-1",
                Exercise = true,
                cite.Node,
                cite.Licence,
                exercise.Id,
                exercise.Name,
                exercise.Scenario,
                exercise.Place,
                exercise.Aims,
                exercise.Roles,
                exercise.HeldOn,
                Result = new
                {
                    result.Node,
                    result.ReportSha256,
                    Times = Figures(result)
                        .Select(figure => new
                        {
                            figure.Key,
                            NeverHappened = figure.Took is null,
                            Seconds = figure.Took?.TotalSeconds,
                        }),
                    result.Missed,
                },
                Tasks = exercise.Tasks.Select(task => new
                {
                    task.Id,
                    task.What,
                    task.Owner,
                    task.Due,
                    task.State,
                    task.IsOverdue,
                    task.Note,
                }),
            },
            Vocabulary.Json.Indented
        );
    }

    private static (string Key, Duration? Took)[] Figures(ExerciseResult result) =>
        [
            ("detect", result.Detect),
            ("decide", result.Decide),
            ("first-working", result.FirstWorking),
            ("reconnect", result.Reconnect),
        ];

    private static Section What(Exercise exercise, ExerciseResult result)
    {
        var draft = new Draft("exercise");
        string[] from = [Of(exercise)];
        draft.Say(new Said("learnt.is-exercise"), from, tone: Tone.Caution);
        draft.Say(
            new Said(
                "learnt.what",
                ("name", new Free(exercise.Name)),
                ("scenario", new Code(exercise.Scenario)),
                ("where", Word.Of(exercise.Place)),
                ("day", new Day(exercise.HeldOn.InUtc().Date))
            ),
            from,
            [Origin.Reported]
        );
        draft.Say(
            new Said(
                "learnt.aims",
                ("aims", new Lines([.. exercise.Aims.Select(aim => new Free(aim))]))
            ),
            from,
            [Origin.Reported]
        );
        draft.Say(
            new Said(
                "learnt.roles",
                (
                    "roles",
                    new Listed([.. exercise.Roles.Select(role => Word.Of("learnt.role", role))])
                )
            ),
            from,
            [Origin.Reported]
        );
        draft.Say(
            new Said(
                "learnt.signed",
                ("node", new Code(result.Node)),
                ("hash", new Code(result.ReportSha256))
            ),
            from,
            tone: Tone.Quiet
        );
        return draft.Section;
    }

    private static Section Times(Exercise exercise, ExerciseResult result)
    {
        var draft = new Draft("exercise-times");
        string[] from = [Of(exercise)];
        draft.Say(new Said("learnt.times"), from, tone: Tone.Quiet);
        draft.Tabulate(
            "exercise-times",
            [new("what"), new("learnt-took")],
            Figures(result)
                .Select(figure =>
                    (
                        new Word[]
                        {
                            new Said($"learnt.figure.{figure.Key}"),
                            figure.Took is { } took
                                ? new Said(
                                    "learnt.took",
                                    ("hours", new Count((long)took.TotalHours)),
                                    ("minutes", new Count(took.Minutes))
                                )
                                : new Said("learnt.never"),
                        },
                        (IEnumerable<string>)from,
                        (IEnumerable<Origin>)[Origin.Reported]
                    )
                )
        );
        draft.Say(
            new Said("learnt.missed", ("n", new Count(result.Missed))),
            from,
            [Origin.Reported]
        );
        return draft.Section;
    }

    private static Section Tasks(Exercise exercise)
    {
        var draft = new Draft("exercise-tasks");
        if (exercise.Tasks.Count == 0)
        {
            draft.Say(new Said("learnt.no-tasks"), [Of(exercise)], tone: Tone.Caution);
        }

        draft.Tabulate(
            "exercise-tasks",
            [new("what"), new("learnt-owner"), new("due"), new("state"), new("learnt-note")],
            exercise.Tasks.Select(task =>
                (
                    new Word[]
                    {
                        new Free(task.What),
                        new Free(task.Owner),
                        new Moment(task.Due),
                        task is { State: TaskState.Open, IsOverdue: true }
                            ? new Said("learnt.task.overdue")
                            : Word.Of("learnt.task", task.State),
                        task.Note.Length == 0 ? new Said("not-of-this-row") : new Free(task.Note),
                    },
                    (IEnumerable<string>)[Of(exercise)],
                    (IEnumerable<Origin>)[Origin.Reported]
                )
            )
        );
        return draft.Section;
    }

    private static string Of(Exercise exercise) => $"exercise/{exercise.Id}";
}
