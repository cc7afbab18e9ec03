using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>All inputs to a consultation: one row for each wording, with its number, and where it went or why not.</summary>
internal sealed class InputsPage(Callers callers, Reading reading, InputsOnRecord held)
{
    public const string Path = "/consultations/{id}/inputs";

    private const int RowsMax = 50;
    private const int LettersMax = 280;

    public static string Of(string consultation) =>
        $"/consultations/{Uri.EscapeDataString(consultation)}/inputs";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading
                .One(visit, Catalogue.Known.Of(Consultation.Kind)!, caller)
                .ConfigureAwait(false)
                is not { } seen
            || ConsultationView.Of(seen) is not { } consultation
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        HeldInputs inputs = await held.Of(seen.Id, visit.Cancel).ConfigureAwait(false);
        InputTraces traces = inputs.Traces(consultation);
        bool isUntraced = visit.Http.Request.Query["show"].ToString() == "untraced";
        int from = int.TryParse(
            visit.Http.Request.Query["from"].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number
        )
            ? number
            : 0;
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(seen.Path, Titles.Html(page, seen))}</p>\n<h1>{texts.Html("consulting.inputs")}</h1>\n"
        );
        page.Say(
            texts.Html(
                "consulting.inputs.are",
                ("n", new Count(inputs.All.Count)),
                ("voices", new Count(inputs.Groups.Voices)),
                ("untraced", new Count(traces.Untraced.Count))
            )
        );
        page.Items([
            page.Link(Of(seen.Id), texts.Html("consulting.show.all")),
            $"<a href=\"{page.Address(Of(seen.Id))}&show=untraced\">{texts.Html("consulting.show.untraced")}</a>",
        ]);
        var groups = inputs.Groups.Groups.ToDictionary(group => group.First);
        ConsultationInput[] shown =
        [
            .. inputs
                .All.Where(input =>
                    traces.Of(input.Id) is { CopyOf: null } trace
                    && (!isUntraced || trace.IsUntraced)
                )
                .OrderByDescending(input => groups.GetValueOrDefault(input.Id)?.Count ?? 1)
                .ThenBy(input => input.ReceivedAt)
                .ThenBy(input => input.Id, StringComparer.Ordinal),
        ];
        Table(
            page,
            seen.Path,
            consultation,
            [.. shown.Skip(from).Take(RowsMax)],
            traces,
            groups,
            caller.Reader.Circle == Circle.Community
        );
        if (from + RowsMax < shown.Length)
        {
            page.Say(
                $"<a href=\"{page.Address(Of(seen.Id))}{(isUntraced ? "&show=untraced" : "")}&from={(from + RowsMax).ToString(CultureInfo.InvariantCulture)}\">{texts.Html("consulting.more", ("n", new Count(shown.Length - from - RowsMax)))}</a>"
            );
        }

        await visit
            .Show(
                Layout.Page(
                    texts,
                    Of(seen.Id),
                    ActPage.Plain($"{texts.Html("consulting.inputs")}: {Titles.Html(page, seen)}"),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }

    private static void Table(
        Markup page,
        string path,
        Consultation consultation,
        IReadOnlyList<ConsultationInput> shown,
        InputTraces traces,
        Dictionary<string, InputGroup> groups,
        bool seesWithheld
    )
    {
        // Texts that were withheld are for members.
        PageTexts texts = page.Texts;
        page.Rows(
            texts.Html("consulting.inputs"),
            [
                texts.Html("field.text"),
                texts.Html("consulting.sent"),
                texts.Html("field.class"),
                texts.Html("consulting.went"),
            ],
            [
                .. shown.Select(input => new GridRow([
                    page.LinkTo("consultation-inputs", input.Id, Text(texts, input, seesWithheld)),
                    Sent(texts, input, groups.GetValueOrDefault(input.Id)),
                    input.Class is { } known
                        ? Response.Views.EndorsementPart.Class(texts, known)
                        : texts.Html("consulting.not-said"),
                    InputView.Became(page, path, consultation, traces.Of(input.Id)),
                ])),
            ]
        );
    }

    private static string Text(PageTexts texts, ConsultationInput input, bool seesWithheld) =>
        input.State == InputState.Withdrawn ? texts.Html("consulting.taken-back")
        : input.State == InputState.Withheld && !seesWithheld ? texts.Html("consulting.withheld")
        : $"<bdi dir=\"auto\">{texts.Html(new Free(input.Text.Length <= LettersMax ? input.Text : input.Text[..LettersMax] + "…"))}</bdi>";

    private static string Sent(PageTexts texts, ConsultationInput input, InputGroup? group) =>
        string.Join(
            "<br>",
            new[]
            {
                texts.Html("consulting.times", ("n", new Count(group?.Count ?? 1))),
                Values.Moment(texts, input.ReceivedAt),
                input.IsLate
                    ? $"<strong class=\"late\">{texts.Html("consulting.late")}</strong>"
                    : "",
                group is { IsFlood: true }
                    ? texts.Html("consulting.flood", ("n", new Count(group.PerHourMax)))
                    : "",
            }.Where(each => each.Length > 0)
        );
}
