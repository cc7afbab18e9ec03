using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises.Pages;

/// <summary>
/// An exercise on the real node of those who hold it: what it is for, how it is held and joined on a node of its own, what it found, and
/// what is still to be done.
/// </summary>
internal static class ExerciseView
{
    private static readonly string[] _facts =
    [
        "Scenario",
        "Place",
        "HeldOn",
        "Aims",
        "Roles",
        "Organisations",
    ];

    private static readonly (string Label, Func<ExerciseResult, Duration?> Took)[] _figures =
    [
        ("field.detect", result => result.Detect),
        ("field.decide", result => result.Decide),
        ("field.first-working", result => result.FirstWorking),
        ("field.reconnect", result => result.Reconnect),
    ];

    public static void Write(Markup page, Seen seen)
    {
        if (seen.State.Deserialize<Exercise>(Json.Compact) is not { } exercise)
        {
            return;
        }

        page.Facts(First.Facts(page, seen, _facts));
        switch (exercise)
        {
            case { State: ExerciseState.Cancelled }:
                page.Say(page.Texts.Html(new Free(exercise.EndReason)), "caution");
                break;
            case { Result: { } result }:
                Found(page, result);
                break;
            default:
                Held(page, exercise);
                break;
        }

        Tasks(page, seen, exercise);
    }

    /// <summary>From the command that founds it to the two lines that bring its result back.</summary>
    private static void Held(Markup page, Exercise exercise)
    {
        PageTexts texts = page.Texts;
        string scenario = IsPlain(exercise.Scenario) ? exercise.Scenario : "SCENARIO";
        page.Head("how", texts.Html("exercise.hold"))
            .Say(texts.Html("exercise.hold.apart"))
            .Raw("<ol>\n");
        Step("exercise.hold.check", $"breakwater exercise check {scenario}");
        Step(
            "exercise.hold.run",
            $"breakwater exercise run {scenario} --data exercise --speed 1 --urls http://127.0.0.1:8090"
        );
        Step("exercise.hold.join", null);
        Step("exercise.hold.control", null);
        Step("exercise.hold.report", null);
        page.Raw("</ol>\n");

        void Step(string key, string? command) =>
            page.Raw(
                $"<li>{texts.Html(key)}{(command is null ? "" : $"<pre dir=\"ltr\" tabindex=\"0\">{Spoken.Html(command)}</pre>")}</li>\n"
            );
    }

    private static void Found(Markup page, ExerciseResult result)
    {
        PageTexts texts = page.Texts;
        page.Head("result", texts.Html("field.result"))
            .Facts([
                .. _figures.Select(figure =>
                    (
                        texts.Html(figure.Label),
                        figure.Took(result) is { } took
                            ? texts.Html(
                                "exercise.took",
                                ("hours", new Count((long)took.TotalHours)),
                                ("minutes", new Count(took.Minutes))
                            )
                            : texts.Html("exercise.never")
                    )
                ),
                (texts.Html("field.missed"), texts.Html(new Count(result.Missed))),
                (texts.Html("field.node"), texts.Html(new Code(result.Node))),
                (texts.Html("field.report-sha256"), texts.Html(new Code(result.ReportSha256))),
            ])
            .Say(texts.Html("exercise.signed"), "quiet");
    }

    private static void Tasks(Markup page, Seen seen, Exercise exercise)
    {
        PageTexts texts = page.Texts;
        if (exercise.Tasks.Count > 0)
        {
            int overdue = exercise.Tasks.Count(task =>
                task is { State: TaskState.Open, IsOverdue: true }
            );
            if (overdue > 0)
            {
                page.Say(
                    texts.Html("exercise.tasks.overdue", ("n", new Count(overdue))),
                    "caution"
                );
            }

            First.Table(page, seen, nameof(Exercise.Tasks));
        }
        else if (exercise.State == ExerciseState.Held)
        {
            page.Head("tasks", texts.Html("field.tasks"))
                .Say(texts.Html("exercise.tasks.none"), "caution");
        }
    }

    /// <summary>What somebody pastes into a shell holds nothing that a shell would read otherwise.</summary>
    private static bool IsPlain(string id) =>
        id.Length > 0 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
