using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises.Pages;

/// <summary>What a player is told: the time of the scenario, and the messages that are for their role or organisation. Nothing of the plan.</summary>
internal sealed class PlayersPage(Callers callers, ExerciseNode node)
{
    public const string Path = "/exercise";

    public async Task Show(Visit visit)
    {
        Participant player = (await callers.Of(visit.Http).ConfigureAwait(false)).Participant;
        ExerciseRun run = (await ExerciseNode.RunOf(node.Records).ConfigureAwait(false))!;
        Instant now = node.Clock.GetCurrentInstant();
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("exercise.title")}: {Title(texts, run)}</h1>\n");
        Went(page, visit);
        page.Facts([.. Clock(texts, run, now), (texts.Html("exercise.you"), You(texts, player))]);
        if (player.Organisation == run.Control)
        {
            page.Say(page.Link(ControlPage.Path, texts.Html("exercise.control")));
        }

        if (run.State == RunState.Ended)
        {
            page.Say(page.Link(ReportPages.Path, texts.Html("exercise.report")));
        }

        if (run.State is RunState.Ready or RunState.Paused)
        {
            page.Say(texts.Html($"exercise.{Checks.Word(run.State)}"), "caution");
        }

        page.Head("told", texts.Html("exercise.told"));
        InjectStanding[] told = [.. run.Told(player.Roles, player.Organisation, now)];
        if (told.Length == 0)
        {
            page.Say(texts.Html("exercise.told.none"), "quiet");
        }
        else
        {
            page.Grid(
                texts.Html("exercise.told"),
                ["exercise-at", "exercise-text", "exercise-seen"],
                [
                    .. told.Select(one => new GridRow([
                        texts.Html(new Moment(one.FiredAt!.Value)),
                        texts.Html(new Translated(one.Inject.Text["en"], one.Inject.Text)),
                        one.SeenBy.Any(sight => sight.By == player.Person)
                            ? texts.Html("exercise.seen")
                            : Form.Button(
                                visit,
                                $"{Path}/seen",
                                "exercise.see",
                                ("inject", one.Inject.Id)
                            ),
                    ])),
                ]
            );
        }

        page.Head("begin", texts.Html("exercise.start-with"))
            .Say(texts.Html("exercise.how"))
            .Items(
                new[]
                {
                    ("/", "nav.situations"),
                    ("/subjects/reports", "kinds.reports"),
                    ("/responses", "kinds.responses"),
                    ("/decisions", "kinds.decisions"),
                }.Select(one => page.Link(one.Item1, texts.Html(one.Item2)))
            );
        await visit
            .Show(Layout.Page(texts, Path, texts.Plain("exercise.title"), page.ToString()))
            .ConfigureAwait(false);
    }

    /// <summary>For whoever gets nothing else.</summary>
    public static string Closed(PageTexts texts, string why)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("exercise.title")}</h1>\n")
            .Say(texts.Html($"exercise.{why}"), "caution")
            .Say(page.Link("/account/sign-in", texts.Html("exercise.sign-in")))
            .Say(
                page.Link(
                    Breakwater.App.Pages.Response.Acts.ReportDoor.Path,
                    texts.Html("act.submit-report")
                )
            );
        return Layout.Page(texts, Path, texts.Plain("exercise.title"), page.ToString());
    }

    internal static string Title(PageTexts texts, ExerciseRun run) =>
        Spoken.Html(Spoken.Plain(run.Titles.GetValueOrDefault(texts.Language) ?? run.Titles["en"]));

    internal static IEnumerable<(string, string)> Clock(
        PageTexts texts,
        ExerciseRun run,
        Instant now
    ) =>
        [
            (texts.Html("exercise.clock"), texts.Html(new Moment(now))),
            (
                texts.Html("exercise.state"),
                $"<span class=\"state\">{texts.Html($"standing.{run.Standing}")}</span> {texts.Html("exercise.speed.is", ("speed", new Number((double)run.Clock.Speed, run.Clock.Speed % 1 == 0 ? 0 : 3)))}"
            ),
        ];

    internal static void Went(Markup page, Visit visit)
    {
        IQueryCollection query = visit.Http.Request.Query;
        if (query["why"].ToString() is { Length: > 0 and <= 2_000 } why)
        {
            page.Raw(
                $"<p class=\"caution\" role=\"alert\">{page.Texts.Html("exercise.refused")} {page.Texts.Refused(why)}</p>\n"
            );
        }
        else if (query.ContainsKey("done"))
        {
            page.Raw($"<p class=\"done\" role=\"status\">{page.Texts.Html("exercise.done")}</p>\n");
        }
    }

    private static string You(PageTexts texts, Participant player) =>
        string.Join(
            texts.Comma,
            [
                texts.Html(new Code(player.Person)),
                .. player.Organisation is { } organisation
                    ? (string[])[texts.Html(new Code(organisation))]
                    : [],
                .. player.Roles.Order().Select(role => texts.Html($"value.{Checks.Word(role)}")),
            ]
        );
}
