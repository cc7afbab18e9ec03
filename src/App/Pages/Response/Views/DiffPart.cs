using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>Two versions of a common position, paragraph by paragraph, with what went out and what came in.</summary>
internal static class DiffPart
{
    public static void Write(Markup page, VersionDiff diff)
    {
        PageTexts texts = page.Texts;
        page.Say(
            texts.Html(
                "response.position.diff",
                ("from", new Count(diff.From)),
                ("to", new Count(diff.To))
            ),
            "quiet"
        );
        foreach (ParagraphDiff paragraph in diff.Paragraphs)
        {
            page.Raw(
                $"<h3>{Number(texts, paragraph)} <span class=\"state\">{Labels.Value(texts, typeof(ParagraphChange), Members.Kebab(paragraph.Change.ToString()))}</span></h3>\n"
            );
            page.Raw(
                $"<p class=\"words\" dir=\"auto\">{string.Concat(paragraph.Text.Select(Run))}</p>\n"
            );
            page.Say(
                $"{texts.Html("response.position.cites")}: {string.Join("; ", paragraph.Cited.Select(Run))}",
                "quiet"
            );
        }
    }

    private static string Number(PageTexts texts, ParagraphDiff paragraph) =>
        (paragraph.Before, paragraph.After) switch
        {
            ({ } before, { } after) when before != after =>
                $"{texts.Html(new Count(before))} → {texts.Html(new Count(after))}",
            (_, { } after) => texts.Html(new Count(after)),
            ({ } before, _) => texts.Html(new Count(before)),
            _ => "",
        };

    private static string Run(DiffRun run) =>
        run.Kind switch
        {
            DiffKind.Added => $"<ins>{Words(run)}</ins>",
            DiffKind.Removed => $"<del>{Words(run)}</del>",
            DiffKind.Same => Words(run),
            _ => Words(run),
        };

    private static string Words(DiffRun run) => Spoken.Html(Spoken.Plain(run.Text));
}
