using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.CountryPlans;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Pages.Agreements;

/// <summary><c>/country-plans/SD/changes</c>: the checklist of a country at the end of two days, and what lies between.</summary>
internal sealed class PlanChangesPage(Callers callers, Response.Reading reading)
{
    public const string Path = "/country-plans/{id}/changes";

    private static readonly Duration _back = Duration.FromDays(90);

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        SubjectKind kind = Catalogue.Known.Of(PlansOnRecord.Kind)!;
        if (await reading.One(visit, kind, caller).ConfigureAwait(false) is not { } seen)
        {
            await Response.Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(seen.Path, Titles.Html(page, seen))}</p>\n<h1>{texts.Html("checklist.changes")}: {Titles.Html(page, seen)}</h1>\n"
        );
        string from = Day(visit, "from", reading.Now - _back);
        string to = Day(visit, "to", reading.Now);
        Instant? first = PlansOnRecord.EndOf(from);
        Instant? second = PlansOnRecord.EndOf(to);
        bool isWrong = first is null || second is null || first > second;
        if (isWrong)
        {
            page.Raw($"<p role=\"alert\">{texts.Html("checklist.changes.wrong")}</p>\n");
        }

        Ask(page, seen, from, to);
        if (!isWrong && ChecklistAtHand.Read.Checklist is { } checklist)
        {
            // The end of a day that still runs has not been.
            Instant until = Instant.Min(second!.Value, reading.Now);
            Instant since = Instant.Min(first!.Value, until);
            Write(
                page,
                PlanDifference.Of(
                    checklist,
                    seen.Id,
                    await reading.PlanAsOf(seen.Id, caller, since).ConfigureAwait(false),
                    since,
                    await reading.PlanAsOf(seen.Id, caller, until).ConfigureAwait(false),
                    until
                )
            );
        }

        await visit
            .Show(
                Layout.Page(
                    texts,
                    $"{seen.Path}/changes",
                    texts.Plain("checklist.changes"),
                    page.ToString()
                ),
                isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    private static string Day(Visit visit, string name, Instant otherwise) =>
        visit.Http.Request.Query[name].ToString() is { Length: > 0 } given
            ? given
            : LocalDatePattern.Iso.Format(otherwise.InUtc().Date);

    private static void Ask(Markup page, Seen seen, string from, string to)
    {
        PageTexts texts = page.Texts;
        page.Raw(
            $"<form method=\"get\" action=\"{Spoken.Html(seen.Path)}/changes\">\n<input type=\"hidden\" name=\"lang\" value=\"{texts.Language}\">\n<label for=\"from\">{texts.Html("checklist.changes.from")}</label>\n<input id=\"from\" name=\"from\" type=\"date\" value=\"{Spoken.Html(from)}\">\n<label for=\"to\">{texts.Html("checklist.changes.to")}</label>\n<input id=\"to\" name=\"to\" type=\"date\" value=\"{Spoken.Html(to)}\">\n<button type=\"submit\" class=\"plainly\">{texts.Html("checklist.changes.go")}</button>\n</form>\n"
        );
    }

    private static void Write(Markup page, PlanDifference difference)
    {
        PageTexts texts = page.Texts;
        if (difference.Before.All.Known == 0)
        {
            page.Say(texts.Html("checklist.nobody-yet"), "quiet");
        }

        ChecklistWords.Counts(
            page,
            texts.Html("checklist.counts"),
            [
                (
                    $"{texts.Html("checklist.before")}: {texts.Html(new Moment(difference.Before.AsOf))}",
                    difference.Before.All
                ),
                (
                    $"{texts.Html("checklist.after")}: {texts.Html(new Moment(difference.After.AsOf))}",
                    difference.After.All
                ),
            ]
        );
        if (difference.Items.Count == 0)
        {
            page.Say(texts.Html("checklist.changes.none"));
        }
        else
        {
            page.Rows(
                texts.Html("checklist.changes"),
                [
                    texts.Html("checklist.question"),
                    texts.Html("checklist.change"),
                    texts.Html("checklist.before"),
                    texts.Html("checklist.after"),
                    texts.Html("checklist.evidence"),
                ],
                [
                    .. difference.Items.Select(item => new GridRow([
                        ChecklistWords.Html(texts, item.Item.Question),
                        string.Join(
                            "<br>",
                            item.Changes.Select(change =>
                                texts.Html($"checklist.change.{Checks.Word(change)}")
                            )
                        ),
                        Standing(page, item.Before),
                        Standing(page, item.After),
                        ChecklistWords.Evidence(page, item.After.Given?.Evidence ?? []),
                    ])),
                ]
            );
        }

        page.Say(texts.Html("checklist.changes.same", ("n", new Count(difference.Same))), "quiet");
    }

    private static string Standing(Markup page, ItemStanding item) =>
        ChecklistWords.Answer(page.Texts, item.Answer)
        + (item.IsStale ? $", {page.Texts.Html("checklist.stale")}" : "")
        + (
            item.Given is { } given
                ? $"<br>{(given.Organisation is { } id ? Values.Organisation(page, id) : page.Texts.Html(new Code(given.By)))}{page.Texts.Comma}{page.Texts.Html(new Moment(given.At))}"
                : ""
        )
        + (
            item.Owner is { } owner
                ? $"<br>{page.Texts.Html("checklist.owner")}: {page.Texts.Html(new Free(owner.Owner))}"
                : ""
        );
}
