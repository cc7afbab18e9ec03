using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>One input: what it says, whose wording it has, and what became of it.</summary>
internal static class InputView
{
    private const int CopiesShown = 20;

    public static async Task Write(
        Markup page,
        Visit visit,
        Seen seen,
        Reading reading,
        Caller caller
    )
    {
        if (
            seen.State.Deserialize<ConsultationInput>(Json.Compact) is not { } input
            || await reading
                .One($"{Consultation.Kind}/{input.Consultation}", caller)
                .ConfigureAwait(false)
                is not { } about
            || ConsultationView.Of(about) is not { } consultation
        )
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Say(page.Link(about.Path, Titles.Html(page, about)), "quiet").Banner(input.Origin);
        if (input.State == InputState.Withdrawn)
        {
            page.Say(texts.Html("consulting.taken-back"), "quiet");
        }
        else
        {
            CommonPositionView.Words(page, input.Text);
        }

        HeldInputs held = await visit
            .Get<InputsOnRecord>()
            .Of(input.Consultation, visit.Cancel)
            .ConfigureAwait(false);
        page.Facts([
            .. First.Facts(page, seen, "Class", "Region", "Language", "ReceivedAt"),
            (
                texts.Html("consulting.in-time"),
                texts.Html(input.IsLate ? "consulting.late" : "consulting.in-time.yes")
            ),
        ]);
        Went(page, about, consultation, held.Traces(consultation).Of(input.Id));
        Copies(page, held.Groups, input.Id);
    }

    /// <summary>Where it went, or why not, or that nobody has said yet.</summary>
    private static void Went(Markup page, Seen about, Consultation consultation, InputTrace? trace)
    {
        PageTexts texts = page.Texts;
        page.Head("went", texts.Html("consulting.went"));
        page.Say(Became(page, about.Path, consultation, trace));
        if (trace?.CopyOf is { } first)
        {
            page.Say(
                $"{texts.Html("consulting.copy-of")} {page.LinkTo("consultation-inputs", first, texts.Html(new Code(first[..Math.Min(8, first.Length)])))}",
                "quiet"
            );
        }
    }

    public static string Became(
        Markup page,
        string path,
        Consultation consultation,
        InputTrace? trace
    )
    {
        PageTexts texts = page.Texts;
        return trace is { Paragraphs: [_, ..] paragraphs }
                ? $"{texts.Html("consulting.went.in")} {string.Join(" · ", paragraphs.Select(id => $"<a href=\"{page.Address(path)}#{Spoken.Html(id)}\">{Number(texts, consultation, id)}</a>"))}"
            : trace?.Reason == TracesFromInputs.TakenBack ? texts.Html("consulting.taken-back")
            : trace?.Reason is { } reason
                ? $"{texts.Html("consulting.went.aside")} {texts.Html(new Free(reason))}"
            : consultation.Phase == ConsultationPhase.Call ? texts.Html("consulting.untraced.later")
            : $"<strong>{texts.Html("consulting.went.nowhere")}</strong>";
    }

    private static string Number(PageTexts texts, Consultation consultation, string id) =>
        texts.Html(
            "consulting.paragraph",
            (
                "n",
                new Count(consultation.Paragraphs.Select(each => each.Id).ToList().IndexOf(id) + 1)
            )
        );

    private static void Copies(Markup page, InputGroups groups, string id)
    {
        if (groups.Groups.FirstOrDefault(group => group.First == id) is not { } own)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("copies", texts.Html("consulting.copies", ("n", new Count(own.Copies.Count))))
            .Items(
                own.Copies.Take(CopiesShown)
                    .Select(copy =>
                        $"{page.LinkTo("consultation-inputs", copy.Id, texts.Html(new Code(copy.Id[..Math.Min(8, copy.Id.Length)])))} {Values.Moment(texts, copy.At)}{(copy.IsExact ? "" : $" <span class=\"quiet\">{texts.Html("consulting.changed")}</span>")}"
                    )
            );
        if (own.IsFlood)
        {
            page.Say(texts.Html("consulting.flood", ("n", new Count(own.PerHourMax))), "caution");
        }
    }
}
