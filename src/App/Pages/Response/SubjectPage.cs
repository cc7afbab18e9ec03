using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Consulting;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response;

/// <summary>One subject: what must be seen first, what can be done, all that is recorded, and how it came to be.</summary>
internal sealed class SubjectPage(Callers callers, Reading reading, Naming naming)
{
    public async Task Show(Visit visit, SubjectKind kind)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (await reading.One(visit, kind, caller).ConfigureAwait(false) is not { } seen)
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        await naming.Learn(page, [seen], caller).ConfigureAwait(false);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(Addresses.Of(kind), Labels.Kinds(texts, kind))}</p>\n<h1>{Labels.Kind(texts, kind)}: {Titles.Html(page, seen)}</h1>\n"
        );
        WasDone(page, visit, kind);
        page.Say(
            $"<span class=\"state\">{Labels.Standing(texts, seen.Standing)}</span> {texts.Html("response.as-of", ("at", new Moment(reading.Now)), ("n", new Count(seen.Version)))} <a href=\"#acts\">{texts.Html("response.acts")}</a>"
        );
        await ConflictView.Warn(page, seen, reading, caller).ConfigureAwait(false);
        bool hasView = await First
            .Write(page, visit, seen, reading, naming, caller)
            .ConfigureAwait(false);
        Acts(page, seen, caller, reading.Now);
        PublishPart.Write(page, caller, kind.Kind, seen.Id);
        page.Raw(
            hasView
                ? $"<details>\n<summary>{texts.Html("response.all")}</summary>\n"
                : $"<h2 id=\"all\">{texts.Html("response.all")}</h2>\n"
        );
        StatePart.Write(page, seen.State, kind.State);
        page.Raw(hasView ? "</details>\n" : "");
        History(page, await reading.History(seen, caller, visit.Cancel).ConfigureAwait(false));
        await visit
            .Show(
                Layout.Page(
                    texts,
                    seen.Path,
                    ActPage.Plain($"{Labels.Kind(texts, kind)}: {Titles.Html(page, seen)}"),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }

    public static void WasDone(Markup page, Visit visit, SubjectKind kind)
    {
        if (
            kind.Commands.FirstOrDefault(command =>
                command.Name == visit.Http.Request.Query["done"].ToString()
            ) is
            { } done
        )
        {
            page.Raw(
                $"<p class=\"done\" role=\"status\">{page.Texts.Html("response.done")} {Labels.Command(page.Texts, kind, done)}</p>\n"
            );
        }
    }

    /// <summary>What this person may try, and why not the rest.</summary>
    private static void Acts(Markup page, Seen seen, Caller caller, NodaTime.Instant now)
    {
        PageTexts texts = page.Texts;
        CommandKind[] all =
        [
            .. seen.Kind.Commands.Where(command =>
                !command.IsStart && command.Admission != Admission.Nobody
            ),
        ];
        CommandKind[] allowed =
        [
            .. all.Where(command => caller.WhyNot(seen.Kind, command) is null),
        ];
        Dictionary<CommandKind, Awaited> later = allowed
            .Select(command => (command, awaited: ActsInTime.NotYet(texts, seen, command, now)))
            .Where(each => each.awaited is not null)
            .ToDictionary(each => each.command, each => each.awaited!);
        CommandKind[] open = [.. allowed.Except(later.Keys)];
        page.Head("acts", texts.Html("response.acts"));
        if (open.Length > 0)
        {
            page.Raw("<ul class=\"acts\">\n");
            foreach (CommandKind command in open)
            {
                page.Raw(
                    $"<li>{page.Link(Addresses.Of(seen.Kind, command, seen.Id), Labels.Command(texts, seen.Kind, command))}</li>\n"
                );
            }

            page.Raw("</ul>\n");
        }
        else
        {
            page.Say(texts.Html("response.acts.none"), "quiet");
        }

        if (later.Values.Any(awaited => awaited.IsAhead))
        {
            page.Items(
                later
                    .Where(each => each.Value.IsAhead)
                    .Select(each =>
                        $"{Labels.Command(texts, seen.Kind, each.Key)}: {each.Value.Html}"
                    )
            );
        }

        CommandKind[] closed =
        [
            .. all.Where(command =>
                later.TryGetValue(command, out Awaited? awaited)
                    ? !awaited.IsAhead
                    : !open.Contains(command)
            ),
        ];
        if (closed.Length > 0)
        {
            page.Raw($"<details>\n<summary>{texts.Html("response.acts.closed")}</summary>\n")
                .Items(
                    closed.Select(command =>
                        $"{Labels.Command(texts, seen.Kind, command)}: {later.GetValueOrDefault(command)?.Html ?? ActsInTime.OtherWay(page, command) ?? ActPage.WhyNot(texts, command, caller)}"
                    )
                )
                .Raw("</details>\n");
        }
    }

    private static void History(Markup page, IReadOnlyList<JsonElement> happened)
    {
        PageTexts texts = page.Texts;
        bool hasAuthors = happened.Any(each => Seen.Text(each, "author") is not null);
        page.Raw(
                $"<details>\n<summary>{texts.Html("response.history", ("n", new Count(happened.Count)))}</summary>\n"
            )
            .Rows(
                texts.Html("response.history.title"),
                [
                    texts.Html("response.version"),
                    texts.Html("response.history.what"),
                    texts.Html("response.history.when"),
                    .. hasAuthors ? [texts.Html("response.history.who")] : (string[])[],
                ],
                [
                    .. happened.Select(each => new GridRow([
                        texts.Html(new Count((long)Seen.Amount(each, "version"))),
                        Labels.Event(texts, Seen.Text(each, "type")!),
                        Values.Moment(texts, Seen.Time(each, "recordedAt")),
                        .. hasAuthors
                            ? [texts.Html(new Code(Seen.Text(each, "author") ?? "—"))]
                            : (string[])[],
                    ])),
                ]
            )
            .Raw("</details>\n");
    }
}
