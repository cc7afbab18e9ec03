using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.Ledger;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises.Pages;

/// <summary>The control room: the clock, what comes next, who has done what, and which deadlines run. For those who run the exercise.</summary>
internal sealed class ControlPage(Callers callers, ExerciseNode node)
{
    public const string Path = "/exercise/control";
    private const int ActsShown = 25;
    private const int DeadlinesShown = 12;
    private const int EventsRead = 2_000;

    public async Task Show(Visit visit)
    {
        Participant by = (await callers.Of(visit.Http).ConfigureAwait(false)).Participant;
        ExerciseRun run = (await ExerciseNode.RunOf(node.Records).ConfigureAwait(false))!;
        Instant now = node.Clock.GetCurrentInstant();
        if (by.Organisation != run.Control || !by.Is(Role.Operator))
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("exercise.control")}: {PlayersPage.Title(texts, run)}</h1>\n");
        PlayersPage.Went(page, visit);
        page.Facts([
            .. PlayersPage.Clock(texts, run, now),
            (
                texts.Html("exercise.window"),
                $"{texts.Html(new Moment(run.StartsAt))} – {texts.Html(new Moment(run.EndsAt))}"
            ),
            (
                texts.Html("exercise.next"),
                run.Next() is { } next
                    ? $"{texts.Html($"exercise.step.{Checks.Word(next.Kind)}")}{(next.Inject is { } id ? $" {texts.Html(new Code(id))}" : "")}{texts.Comma}{texts.Html(new Moment(next.At))}"
                    : "—"
            ),
            (
                texts.Html("exercise.truth"),
                run.Truth is { } truth
                    ? $"{texts.Html(new Free(truth.What))} · {texts.Html(Word.Of(truth.Place))} · {texts.Html(Word.Of(truth.Onset))}"
                    : texts.Html("exercise.truth.unknown")
            ),
            .. run.Expected.Count == 0
                ? []
                : ((string, string)[])
                    [
                        (
                            texts.Html("exercise.expected"),
                            string.Join(
                                "<br>",
                                run.Expected.OrderBy(one => one.Value)
                                    .Select(one =>
                                        texts.Html(
                                            $"exercise.expected.{one.Key}",
                                            ("at", new Moment(one.Value))
                                        )
                                    )
                            )
                        ),
                    ],
            .. run.BranchOf is { } parent
                ? ((string, string)[])
                    [(texts.Html("exercise.branch-of"), texts.Html(new Code(parent)))]
                : [],
        ]);
        page.Say(page.Link(ReportPages.Path, texts.Html("exercise.report")));
        Clock(page, visit, run);
        Injects(page, visit, run);
        await Acts(page).ConfigureAwait(false);
        await Deadlines(page, now).ConfigureAwait(false);
        await visit
            .Show(Layout.Page(texts, Path, texts.Plain("exercise.control"), page.ToString()))
            .ConfigureAwait(false);
    }

    private static void Clock(Markup page, Visit visit, ExerciseRun run)
    {
        PageTexts texts = page.Texts;
        page.Head("clock", texts.Html("exercise.acts"));
        if (run.State == RunState.Ended)
        {
            page.Say(texts.Html("exercise.ended"), "quiet");
            return;
        }

        string? plain = run.State switch
        {
            RunState.Ready => "start",
            RunState.Paused => "resume",
            _ => null,
        };
        if (plain is not null)
        {
            page.Open(visit, $"{Path}/{plain}").Close($"exercise.act.{plain}");
        }
        else
        {
            WithText(page, visit, "pause", "reason");
        }

        page.Open(visit, $"{Path}/speed")
            .Raw(
                $"<div class=\"field\"><label for=\"speed\">{texts.Html("exercise.speed")}</label><input id=\"speed\" name=\"speed\" type=\"number\" dir=\"ltr\" required min=\"{RunClock.SpeedMin.ToString(CultureInfo.InvariantCulture)}\" max=\"{RunClock.SpeedMax.ToString(CultureInfo.InvariantCulture)}\" step=\"0.001\" value=\"{run.Clock.Speed.ToString(CultureInfo.InvariantCulture)}\"></div>\n"
            )
            .Close("exercise.act.speed");
        page.Raw($"<details>\n<summary>{texts.Html("exercise.more")}</summary>\n");
        WithText(page, visit, "branch", "name");
        WithText(page, visit, "end", "reason");
        page.Raw("</details>\n");
    }

    private static void WithText(Markup page, Visit visit, string act, string field) =>
        page.Open(visit, $"{Path}/{act}")
            .Raw(
                $"<div class=\"field\"><label for=\"{act}-{field}\">{page.Texts.Html($"exercise.{field}")}</label><input id=\"{act}-{field}\" name=\"{field}\" type=\"text\" required maxlength=\"400\"></div>\n"
            )
            .Close($"exercise.act.{act}");

    private static void Injects(Markup page, Visit visit, ExerciseRun run)
    {
        PageTexts texts = page.Texts;
        page.Head("injects", texts.Html("exercise.injects"));
        if (run.Injects.Count > 0)
        {
            page.Grid(
                texts.Html("exercise.injects"),
                ["exercise-at", "exercise-state", "exercise-what", "exercise-to", "exercise-seen"],
                [
                    .. run
                        .Injects.OrderBy(one => one.Inject.At)
                        .Select(one => Row(page, visit, run, one)),
                ]
            );
        }

        if (run.State == RunState.Ended)
        {
            return;
        }

        page.Raw($"<h3>{texts.Html("exercise.add")}</h3>\n")
            .Open(visit, $"{Path}/add")
            .Raw(
                $"<div class=\"field\"><label for=\"text\">{texts.Html("exercise.text")}</label><textarea id=\"text\" name=\"text\" required maxlength=\"{Inject.TextMax.ToString(CultureInfo.InvariantCulture)}\" rows=\"3\"></textarea></div>\n<div class=\"field\"><label for=\"at\">{texts.Html("exercise.at")}</label><input id=\"at\" name=\"at\" type=\"text\" dir=\"ltr\" placeholder=\"2024-02-07T06:00:00Z\"></div>\n<fieldset><legend>{texts.Html("exercise.to")}</legend>\n"
            );
        foreach (Role role in Enum.GetValues<Role>().Where(role => role != Role.Reporter))
        {
            string word = Checks.Word(role);
            page.Raw(
                $"<label><input type=\"checkbox\" name=\"role\" value=\"{word}\"> {texts.Html($"value.{word}")}</label>\n"
            );
        }

        page.Raw("</fieldset>\n").Close("exercise.act.add");
    }

    private static GridRow Row(Markup page, Visit visit, ExerciseRun run, InjectStanding one)
    {
        PageTexts texts = page.Texts;
        Inject inject = one.Inject;
        bool isPending =
            one.State is InjectState.Waiting or InjectState.Late or InjectState.AfterTheEnd
            && run.State != RunState.Ended;
        string acts = isPending
            ? Form.Button(visit, $"{Path}/fire", "exercise.act.fire", ("inject", inject.Id))
                + Form.Button(
                    visit,
                    $"{Path}/skip",
                    "exercise.act.skip",
                    ("inject", inject.Id),
                    ("reason", texts.Plain("exercise.left-out"))
                )
            : "";
        string to = string.Join(
            texts.Comma,
            inject
                .Roles.Select(role => texts.Html($"value.{Checks.Word(role)}"))
                .Concat(inject.Organisations.Select(id => texts.Html(new Code(id))))
        );
        return new GridRow(
            [
                texts.Html(new Moment(one.FiredAt ?? inject.At)),
                $"{texts.Html($"value.{Checks.Word(one.State)}")}{(acts.Length > 0 ? "<br>" : "")}{acts}",
                $"<b>{texts.Html($"value.{Checks.Word(inject.Kind)}")}</b>{(inject.IsFalse ? $" <em>({texts.Html("exercise.false")})</em>" : "")} {texts.Html(new Translated(inject.Text["en"], inject.Text))}{(one.Outcome.Length > 0 ? $"<br><span class=\"quiet\">{texts.Html(new Free(one.Outcome))}</span>" : "")}",
                inject.Kind != InjectKind.Message ? texts.Html("exercise.nobody")
                : to.Length > 0 ? to
                : texts.Html("exercise.everybody"),
                one.SeenBy.Count == 0
                    ? "—"
                    : string.Join(
                        texts.Comma,
                        one.SeenBy.Select(sight => texts.Html(new Code(sight.By)))
                    ),
            ],
            Look: one.State == InjectState.Late ? "caution" : null
        );
    }

    /// <summary>What people did last, newest first.</summary>
    private async Task Acts(Markup page)
    {
        PageTexts texts = page.Texts;
        page.Head("acts", texts.Html("exercise.did"));
        long count = await node.Records.Count().ConfigureAwait(false);
        HashSet<string> players =
        [
            .. (await Reporting.Players(node.Records).ConfigureAwait(false)).Select(player =>
                player.Person
            ),
        ];
        var acts = new List<Envelope>();
        await foreach (
            Event entry in node
                .Records.EventsFrom(Math.Max(1, count - EventsRead))
                .ConfigureAwait(false)
        )
        {
            if (players.Contains(entry.Envelope.Author))
            {
                acts.Add(entry.Envelope);
            }
        }

        if (acts.Count == 0)
        {
            page.Say(texts.Html("exercise.did.none"), "quiet");
            return;
        }

        page.Grid(
            texts.Html("exercise.did"),
            ["exercise-at", "exercise-who", "exercise-what", "exercise-subject"],
            [
                .. Enumerable
                    .Reverse(acts)
                    .Take(ActsShown)
                    .Select(act => new GridRow([
                        texts.Html(new Moment(act.Clock.Wall)),
                        texts.Html(new Code(act.Author)),
                        Labels.Event(texts, act.Type),
                        texts.Html(new Code(act.Subject)),
                    ])),
            ]
        );
    }

    private async Task Deadlines(Markup page, Instant now)
    {
        PageTexts texts = page.Texts;
        page.Head("deadlines", texts.Html("exercise.deadlines"));
        IReadOnlyList<Document> due = await node
            .Records.Due(now + Duration.FromDays(60), DeadlinesShown)
            .ConfigureAwait(false);
        if (due.Count == 0)
        {
            page.Say(texts.Html("exercise.deadlines.none"), "quiet");
            return;
        }

        page.Grid(
            texts.Html("exercise.deadlines"),
            ["exercise-at", "exercise-subject", "exercise-state"],
            [
                .. due.Select(document => new GridRow([
                    texts.Html(new Moment(document.DueAt!.Value)),
                    texts.Html(new Code(document.Subject)),
                    Labels.Standing(texts, document.Standing),
                ])),
            ]
        );
    }
}
