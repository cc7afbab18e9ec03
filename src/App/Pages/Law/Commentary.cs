using System.Text.RegularExpressions;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Law;

/// <summary>
/// The commentary of a rule as HTML: headings, paragraphs, lists, emphasis and code, which is all that commentaries use. Everything
/// else stays as it was typed. It is English, and says so.
/// </summary>
internal static partial class Commentary
{
    public static void Write(Markup page, string markdown)
    {
        page.Raw("<div lang=\"en\" dir=\"ltr\" class=\"commentary\">\n");
        foreach (
            string block in markdown
                .ReplaceLineEndings("\n")
                .Split(
                    "\n\n",
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                )
        )
        {
            if (block.StartsWith("# ", StringComparison.Ordinal))
            {
                // The page has that title already.
                continue;
            }

            string[] lines = block.Split('\n');
            page.Raw(
                block.StartsWith("## ", StringComparison.Ordinal)
                    ? $"<h3>{Inline(block[3..])}</h3>\n"
                : lines.All(line => line.StartsWith("- ", StringComparison.Ordinal))
                    ? $"<ul class=\"plain\">{string.Concat(lines.Select(line => $"<li>{Inline(line[2..])}</li>"))}</ul>\n"
                : $"<p>{Inline(string.Join(' ', lines))}</p>\n"
            );
        }

        page.Raw("</div>\n");
    }

    private static string Inline(string text) =>
        Strong()
            .Replace(
                Code().Replace(Spoken.Html(Spoken.Plain(text)), "<code>$1</code>"),
                "<strong>$1</strong>"
            );

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Strong();
}
