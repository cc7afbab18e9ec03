using System.Globalization;
using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>
/// A consultation: what is asked, where it stands, what came in and where it went, the text with who disagrees beside it, and how it
/// was decided. Nothing is added up to a vote.
/// </summary>
internal static class ConsultationView
{
    public static async Task Write(
        Markup page,
        Visit visit,
        Seen seen,
        Reading reading,
        Caller caller
    )
    {
        if (Of(seen) is not { } consultation)
        {
            return;
        }

        PageTexts texts = page.Texts;
        HeldInputs inputs = await visit
            .Get<InputsOnRecord>()
            .Of(seen.Id, visit.Cancel)
            .ConfigureAwait(false);
        InputTraces traces = inputs.Traces(consultation);
        if (inputs.All.Count(input => input.Origin == Origin.Modelled) is > 0 and int modelled)
        {
            page.Say(texts.Html("consulting.modelled", ("n", new Count(modelled))), "caution");
        }

        CommonPositionView.Words(page, consultation.Call);
        page.Say(texts.Html($"consulting.phase.{seen.Standing}"));
        Next(page, seen, consultation);
        page.Facts([
            .. First.Facts(page, seen, "Secretariat", "Stream", "AffectedStreams"),
            .. consultation.WorkArea is null ? [] : First.Facts(page, seen, "WorkArea"),
            .. consultation.Cycle is null ? [] : First.Facts(page, seen, "Cycle"),
            .. First.Facts(page, seen, "CalledAt", "InputsUntil", "PositionsUntil", "LaunchedAt"),
            (texts.Html("consulting.inputs"), texts.Html(new Count(inputs.All.Count))),
            (
                texts.Html("consulting.voices"),
                $"{texts.Html(new Count(inputs.Groups.Voices))} <span class=\"quiet\">{texts.Html("consulting.voices.are")}</span>"
            ),
            (
                texts.Html("consulting.untraced"),
                consultation.Phase == ConsultationPhase.Call
                    ? texts.Html("consulting.untraced.later")
                    : page.Link(
                        InputsPage.Of(seen.Id),
                        texts.Html(new Count(traces.Untraced.Count))
                    )
            ),
        ]);
        Text(page, seen, consultation, traces);
        PositionsPart.Write(page, consultation);
        BalancePart.Write(page, inputs, traces);
        await Meetings(page, seen, reading, caller).ConfigureAwait(false);
    }

    /// <returns>Null for a state that this version cannot read.</returns>
    public static Consultation? Of(Seen seen) => seen.State.Deserialize<Consultation>(Json.Compact);

    private static void Next(Markup page, Seen seen, Consultation consultation)
    {
        PageTexts texts = page.Texts;
        var links = new List<string>();
        if (!consultation.IsOver)
        {
            links.Add(page.Link(InputDoor.Of(seen.Id), texts.Html("consulting.send")));
        }

        links.Add(page.Link(InputsPage.Of(seen.Id), texts.Html("consulting.see-inputs")));
        if (consultation.Phase is not ConsultationPhase.Call)
        {
            links.Add(
                page.Link($"/consultations/{seen.Id}/topics", texts.Html("consulting.see-topics"))
            );
        }

        if (consultation.Paragraphs.Count > 0)
        {
            links.Add(page.Link(ReportPage.Of(seen.Id), texts.Html("consulting.see-report")));
        }

        links.Add(page.Link(FollowPage.Path, texts.Html("consulting.follow")));
        page.Items(links);
    }

    private static void Text(Markup page, Seen seen, Consultation consultation, InputTraces traces)
    {
        if (consultation.Paragraphs.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head(
            "text",
            texts.Html(
                consultation.Phase == ConsultationPhase.Synthesis ? "consulting.synthesis"
                : consultation.Phase == ConsultationPhase.Draft ? "consulting.draft"
                : "consulting.report"
            )
        );
        foreach ((int at, TracedParagraph paragraph) in consultation.Paragraphs.Index())
        {
            page.Raw(
                $"<section id=\"{Spoken.Html(paragraph.Id)}\">\n<h3>{texts.Html(new Count(at + 1))} <span class=\"quiet\">{texts.Html(new Code(paragraph.Id))}</span></h3>\n"
            );
            CommonPositionView.Words(page, paragraph.Text);
            page.Say(
                $"{texts.Html("consulting.from", ("n", new Count(traces.Behind(paragraph.Id))))}: {string.Join(" · ", paragraph.Inputs.Take(12).Select(id => page.LinkTo("consultation-inputs", id, texts.Html(new Code(id[..Math.Min(8, id.Length)])))))}{(paragraph.Inputs.Count > 12 ? " …" : "")}",
                "quiet"
            );
            Remarks(page, seen, consultation, paragraph.Id);
            Forms(page, seen, consultation, paragraph.Id);
            page.Raw("</section>\n");
        }

        Remark[] gone =
        [
            .. consultation.Remarks.Where(remark =>
                remark.Stands && consultation.Paragraphs.All(each => each.Id != remark.Paragraph)
            ),
        ];
        if (gone.Length > 0)
        {
            page.Head("gone", texts.Html("response.position.gone"));
            foreach (Remark remark in gone)
            {
                One(page, seen, consultation, remark);
            }
        }

        Versions(page, seen, consultation);
    }

    /// <summary>Dissent first: it is part of what the paragraph says.</summary>
    private static void Remarks(Markup page, Seen seen, Consultation consultation, string paragraph)
    {
        foreach (
            Remark remark in consultation
                .Remarks.Where(remark => remark.Stands && remark.Paragraph == paragraph)
                .OrderByDescending(remark => remark.Kind)
                .ThenBy(remark => remark.Number)
        )
        {
            One(page, seen, consultation, remark);
        }
    }

    private static void One(Markup page, Seen seen, Consultation consultation, Remark remark) =>
        RemarkPart.Write(
            page,
            seen,
            remark,
            consultation
                .TextOf(remark.Version)
                ?.FirstOrDefault(each => each.Id == remark.Paragraph),
            consultation.Paragraphs.FirstOrDefault(each => each.Id == remark.Paragraph),
            consultation.IsOver ? null : "answer-draft-remark"
        );

    private static void Forms(Markup page, Seen seen, Consultation consultation, string paragraph)
    {
        string[] names = consultation.Phase switch
        {
            ConsultationPhase.Draft =>
            [
                "comment-on-draft",
                "object-to-draft",
                "dissent-from-draft",
            ],
            ConsultationPhase.Report => ["dissent-from-draft"],
            _ => [],
        };
        if (names.Length > 0)
        {
            page.Raw("<ul class=\"acts\">\n");
            foreach (string name in names)
            {
                page.Raw(
                    $"<li>{CommonPositionView.Form(page, seen, name, "paragraph", paragraph)}</li>\n"
                );
            }

            page.Raw("</ul>\n");
        }
    }

    private static void Versions(Markup page, Seen seen, Consultation consultation)
    {
        PageTexts texts = page.Texts;
        page.Raw($"<details>\n<summary>{texts.Html("field.versions")}</summary>\n")
            .Rows(
                texts.Html("field.versions"),
                [
                    texts.Html("response.version"),
                    texts.Html("field.phase"),
                    texts.Html("field.at"),
                    texts.Html("field.note"),
                ],
                [
                    .. consultation.Versions.Select(version => new GridRow([
                        version.Number == 1
                            ? texts.Html(new Count(1))
                            : page.Link(
                                $"{seen.Path}/versions/{version.Number.ToString(CultureInfo.InvariantCulture)}",
                                texts.Html(
                                    "response.position.changed",
                                    ("n", new Count(version.Number))
                                )
                            ),
                        Labels.Standing(texts, Checks.Word(version.Phase)),
                        Values.Moment(texts, version.At),
                        texts.Html(new Free(version.Note)),
                    ])),
                ]
            )
            .Raw("</details>\n");
    }

    private static async Task Meetings(Markup page, Seen seen, Reading reading, Caller caller)
    {
        SubjectKind kind = Catalogue.Known.Of("meeting")!;
        IReadOnlyList<Seen> found = await reading
            .All(kind, caller, seen.Subject)
            .ConfigureAwait(false);
        if (found.Count > 0)
        {
            page.Head(kind.Plural, Labels.Kinds(page.Texts, kind));
            Columns.Write(page, kind, found, reading.Now);
        }
    }
}
