using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Consulting;

/// <summary>Inputs that speak of the same things, as a help to whoever writes the synthesis. Nobody is bound by it.</summary>
internal sealed class TopicsPage(Callers callers, Reading reading, InputsOnRecord held)
{
    public const string Path = "/consultations/{id}/topics";

    private const int InputsShown = 15;
    private const int LettersMax = 200;

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading
                .One(visit, Catalogue.Known.Of(Consultation.Kind)!, caller)
                .ConfigureAwait(false)
            is not { } seen
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        PageTexts texts = visit.Texts;
        HeldInputs inputs = await held.Of(seen.Id, visit.Cancel).ConfigureAwait(false);
        Topics topics = TopicsFromInputs.Find(inputs.Voices());
        var byId = inputs.All.ToDictionary(input => input.Id, StringComparer.Ordinal);
        var page = new Markup(texts);
        page.Raw(
                $"<p class=\"quiet\">{page.Link(seen.Path, Titles.Html(page, seen))}</p>\n<h1>{texts.Html("consulting.topics")}</h1>\n"
            )
            .Say(texts.Html("consulting.topics.are"), "quiet");
        foreach ((int at, Topic topic) in topics.All.Index())
        {
            page.Raw(
                $"<h2 id=\"t{at + 1}\">{texts.Html(new Count(at + 1))} <bdi dir=\"auto\">{texts.Html(new Free(string.Join(texts.Plain("list.comma"), topic.Words)))}</bdi></h2>\n"
            );
            Items(page, topic.Inputs, byId);
        }

        if (topics.Elsewhere.Count > 0)
        {
            page.Head("elsewhere", texts.Html("consulting.topics.elsewhere"));
            Items(page, topics.Elsewhere, byId);
        }

        await visit
            .Show(
                Layout.Page(
                    texts,
                    $"{seen.Path}/topics",
                    texts.Plain("consulting.topics"),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }

    private static void Items(
        Markup page,
        IReadOnlyList<string> ids,
        Dictionary<string, ConsultationInput> byId
    )
    {
        page.Items(
            ids.Take(InputsShown)
                .Select(id => byId[id])
                .Where(input => input.State == InputState.Received)
                .Select(input =>
                    $"{page.LinkTo("consultation-inputs", input.Id, page.Texts.Html(new Code(input.Id[..Math.Min(8, input.Id.Length)])))} <bdi dir=\"auto\">{page.Texts.Html(new Free(input.Text.Length > LettersMax ? input.Text[..LettersMax] + "…" : input.Text))}</bdi>"
                )
        );
        if (ids.Count > InputsShown)
        {
            page.Say(
                page.Texts.Html("consulting.more", ("n", new Count(ids.Count - InputsShown))),
                "quiet"
            );
        }
    }
}
