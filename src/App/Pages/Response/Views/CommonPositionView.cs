using System.Globalization;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Interpreting;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>
/// A common position: each paragraph with what it cites, which classes stand behind it, and beside it whoever does not. Nothing is
/// added up, and dissent is as near to the words as support is.
/// </summary>
internal static class CommonPositionView
{
    public static void Write(Markup page, Seen seen)
    {
        if (Of(seen) is not { } position)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Say(
            texts.Html($"response.position.{seen.Standing}"),
            position.State == CommonPositionState.Adopted ? null : "caution"
        );
        page.Facts([
            .. First.Facts(page, seen, "PenHolder"),
            (
                texts.Html("response.version"),
                $"{texts.Html(new Count(position.Versions.Count))} {texts.Html(new Code(position.Hash))}"
            ),
            .. position.AdoptedAt is null ? [] : First.Facts(page, seen, "AdoptedAt"),
            .. position.SupersededBy is null
                ? []
                : First.Facts(page, seen, "SupersededBy", "SupersededBecause"),
        ]);
        if (Lacking(texts, seen) is { Count: > 0 } lacking)
        {
            page.Head(
                    "lacking",
                    texts.Html(
                        position.State == CommonPositionState.Adopted
                            ? "response.position.lost"
                            : "response.lacking"
                    )
                )
                .Items(lacking);
        }

        page.Head("paragraphs", texts.Html("field.paragraphs"));
        foreach ((int at, PositionParagraph paragraph) in position.Paragraphs.Index())
        {
            Paragraph(page, seen, position, paragraph, at + 1);
        }

        Gone(page, seen, position);
        EndorsementPart.Write(page, position);
        Versions(page, seen, position);
    }

    /// <returns>Null for a state that this version cannot read.</returns>
    public static CommonPosition? Of(Seen seen) =>
        seen.State.Deserialize<CommonPosition>(Json.Compact);

    /// <summary>What stands between it and its adoption, or what an adopted one has lost since; nothing for the others.</summary>
    public static IReadOnlyList<string> Lacking(PageTexts texts, Seen seen) =>
        Of(seen)
            is { State: CommonPositionState.Consultation or CommonPositionState.Adopted } position
            ? [.. position.Lacking.Select(texts.Refused)]
            : [];

    private static void Paragraph(
        Markup page,
        Seen seen,
        CommonPosition position,
        PositionParagraph paragraph,
        int number
    )
    {
        PageTexts texts = page.Texts;
        page.Raw(
            $"<section id=\"{Spoken.Html(paragraph.Id)}\">\n<h3>{texts.Html(new Count(number))} <span class=\"quiet\">{texts.Html(new Code(paragraph.Id))}</span></h3>\n"
        );
        Words(page, paragraph.Text);
        page.Facts([
            (texts.Html("field.rules"), Codes(texts, paragraph.Rules)),
            (
                texts.Html("field.sources"),
                paragraph.Sources.Count == 0
                    ? "—"
                    : string.Join(
                        "<br>",
                        paragraph.Sources.Select(each => texts.Html(new Free(each)))
                    )
            ),
            (texts.Html("field.gaps"), Codes(texts, paragraph.Gaps)),
            (
                texts.Html("response.position.behind"),
                position.ClassesBehind(paragraph.Id) is { Count: > 0 } classes
                    ? string.Join(
                        texts.Html("response.and"),
                        classes.Select(each => EndorsementPart.Class(texts, each))
                    )
                    : texts.Html("response.position.nobody")
            ),
        ]);
        Remarks(
            page,
            seen,
            position,
            [.. position.Remarks.Where(remark => remark.Paragraph == paragraph.Id)]
        );
        Forms(page, seen, position, paragraph.Id);
        page.Raw("</section>\n");
    }

    /// <summary>Dissent first: it is part of what the paragraph says. What was taken back stands in the record alone.</summary>
    private static void Remarks(
        Markup page,
        Seen seen,
        CommonPosition position,
        IReadOnlyList<Remark> all
    )
    {
        Remark[] standing = [.. all.Where(remark => remark.Stands)];
        foreach (
            Remark remark in standing
                .Where(remark => remark.Kind != RemarkKind.Comment)
                .OrderBy(remark => remark.Kind == RemarkKind.Dissent ? 0 : 1)
        )
        {
            RemarkPart.Write(page, seen, position, remark);
        }

        Remark[] comments = [.. standing.Where(remark => remark.Kind == RemarkKind.Comment)];
        if (comments.Length > 0)
        {
            page.Raw(
                $"<details>\n<summary>{page.Texts.Html("response.position.comments", ("n", new Count(comments.Length)))}</summary>\n"
            );
            foreach (Remark remark in comments)
            {
                RemarkPart.Write(page, seen, position, remark);
            }

            page.Raw("</details>\n");
        }
    }

    /// <summary>What was said of paragraphs that no longer stand is not lost with them.</summary>
    private static void Gone(Markup page, Seen seen, CommonPosition position)
    {
        Remark[] gone =
        [
            .. position.Remarks.Where(remark =>
                remark.Stands && position.Paragraphs.All(each => each.Id != remark.Paragraph)
            ),
        ];
        if (gone.Length > 0)
        {
            page.Head("gone", page.Texts.Html("response.position.gone"));
            Remarks(page, seen, position, gone);
        }
    }

    private static void Forms(Markup page, Seen seen, CommonPosition position, string paragraph)
    {
        string[] names = position.State switch
        {
            CommonPositionState.Consultation =>
            [
                "comment-on-paragraph",
                "object-to-paragraph",
                "dissent",
            ],
            CommonPositionState.Adopted => ["dissent"],
            _ => [],
        };
        if (names.Length > 0)
        {
            page.Raw("<ul class=\"acts\">\n");
            foreach (string name in names)
            {
                page.Raw($"<li>{Form(page, seen, name, "paragraph", paragraph)}</li>\n");
            }

            page.Raw("</ul>\n");
        }
    }

    /// <summary>A link to a form that begins with what it is about.</summary>
    public static string Form(Markup page, Seen seen, string command, string field, string value)
    {
        CommandKind kind = seen.Kind.Commands.First(each => each.Name == command);
        return $"<a href=\"{Spoken.Html($"{Addresses.Of(seen.Kind, kind, seen.Id)}?{field}={Uri.EscapeDataString(value)}&lang={page.Texts.Language}")}\">{Labels.Command(page.Texts, seen.Kind, kind)}</a>";
    }

    public static void Words(Markup page, string text)
    {
        // Each paragraph may be in another language, and so run the other way.
        foreach (string paragraph in Spoken.Plain(text).Split("\n\n"))
        {
            page.Raw($"<p class=\"words\" dir=\"auto\">{Spoken.Html(paragraph)}</p>\n");
        }
    }

    private static string Codes(PageTexts texts, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? "—" : string.Join(" · ", ids.Select(each => texts.Html(new Code(each))));

    private static void Versions(Markup page, Seen seen, CommonPosition position)
    {
        PageTexts texts = page.Texts;
        page.Head("versions", texts.Html("field.versions"))
            .Rows(
                texts.Html("field.versions"),
                [
                    texts.Html("response.version"),
                    texts.Html("field.at"),
                    texts.Html("field.note"),
                    texts.Html("field.hash"),
                ],
                [
                    .. position.Versions.Select(version => new GridRow([
                        version.Number == 1
                            ? texts.Html(new Count(1))
                            : page.Link(
                                $"{seen.Path}/versions/{version.Number.ToString(CultureInfo.InvariantCulture)}",
                                texts.Html(
                                    "response.position.changed",
                                    ("n", new Count(version.Number))
                                )
                            ),
                        Values.Moment(texts, version.At),
                        version.Note.Length == 0 ? "—" : texts.Html(new Free(version.Note)),
                        texts.Html(new Code(version.Hash)),
                    ])),
                ]
            );
        if (position.Diff(position.Versions.Count - 1, position.Versions.Count) is { } diff)
        {
            page.Raw(
                $"<details>\n<summary>{texts.Html("response.position.last-change")}</summary>\n"
            );
            DiffPart.Write(page, diff);
            page.Raw("</details>\n");
        }
    }
}
