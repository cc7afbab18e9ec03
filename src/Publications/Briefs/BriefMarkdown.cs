using System.Text;

namespace Breakwater.Publications.Briefs;

/// <summary>Writes a brief as Markdown, with anchors and markers that link to them.</summary>
public static class BriefMarkdown
{
    public static string Write(Brief brief)
    {
        ArgumentNullException.ThrowIfNull(brief);
        Texts texts = BriefTexts.For(brief.Language);
        var marks = new BriefMarks(brief);
        var text = new StringBuilder();
        text.Append(
            $"<div lang=\"{texts.Language}\" dir=\"{(texts.IsRightToLeft ? "rtl" : "ltr")}\">\n\n"
        );
        text.Append($"# {Escaped(texts.Plain(brief.Title))}\n\n{Plain("brief.form")}\n\n");
        text.Append(
            $"> **{Escaped(texts.Plain(brief.Notices[0].Text))}** {Reference(brief.Notices[0].Id, brief.Notices[0].Trace, null)}\n>\n"
        );
        foreach (Sentence notice in brief.Notices.Skip(1))
        {
            text.Append($"> - {Told(notice)}\n");
        }

        foreach (BriefSection section in brief.Sections)
        {
            text.Append($"\n## {Anchor(section.Key)}{Plain($"brief.section.{section.Key}")}\n");
            foreach (BriefBlock block in section.Blocks)
            {
                Block(block);
            }
        }

        return text.Append($"\n---\n\n{Plain("brief.end")}\n\n</div>\n").ToString();

        string Plain(string key) => Escaped(texts.Plain(key));

        string Told(Sentence sentence) =>
            $"{Anchor(sentence.Id)}{Cell(texts.Plain(sentence.Text))} {Reference(sentence.Id, sentence.Trace, sentence.About)}";

        void Block(BriefBlock block)
        {
            switch (block)
            {
                case Titled titled:
                    text.Append(
                        $"\n{new string('#', titled.Level)} {(titled.Anchor.Length > 0 ? Anchor(titled.Anchor) : "")}{Escaped(texts.Plain(titled.Text))}\n"
                    );
                    break;
                case Sentence sentence:
                    text.Append(
                        $"\n{(sentence.Tone == Tone.Caution ? "**!** " : "")}{Told(sentence)}\n"
                    );
                    break;
                case Points points:
                    text.Append('\n');
                    foreach (Sentence point in points.Sentences)
                    {
                        text.Append($"- {Told(point)}\n");
                    }

                    break;
                case Grid grid:
                    Table(grid);
                    break;
                case Contests contests:
                    text.Append($"\n{Plain("contest.this")} ")
                        .AppendJoin(
                            " · ",
                            contests.Readings.Select(reading =>
                                $"[{Escaped(reading.Profile)}]({reading.Address})"
                            )
                        )
                        .Append('\n');
                    break;
            }
        }

        void Table(Grid grid)
        {
            text.Append($"\n**{Escaped(texts.Plain(grid.Title))}**\n\n|");
            foreach (Word column in grid.Columns)
            {
                text.Append($" {Cell(texts.Plain(column))} |");
            }

            text.Append("\n|").Insert(text.Length, " --- |", grid.Columns.Count).Append('\n');
            foreach (GridRow row in grid.Rows)
            {
                string id = row.Anchor.Length > 0 ? row.Anchor : row.Id;
                text.Append($"| {Anchor(id)}");
                text.AppendJoin(" | ", row.Cells.Select(cell => Cell(texts.Plain(cell))));
                text.Append($" {Reference(id, row.Trace, null)} |\n");
            }
        }

        string Reference(string id, Trace trace, string? about)
        {
            (IReadOnlyList<(string Anchor, string Text)> links, int more) = marks.Of(
                trace,
                about,
                new HashSet<string> { id }
            );
            return string.Join(
                    ' ',
                    links.Select(link => $"[{link.Text}](#{link.Anchor})").Prepend($"[¶](#{id})")
                ) + (more > 0 ? $" +{more}" : "");
        }
    }

    private static string Anchor(string id) => $"<a id=\"{id}\"></a>";

    /// <summary>On one line, as rows of tables and items of lists have to be.</summary>
    private static string Cell(string text) =>
        Escaped(text).Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>Characters that Markdown or HTML would read as markup, in text from wherever it came.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~')
            {
                escaped.Append('\\').Append(c);
            }
            else
            {
                escaped.Append(
                    c switch
                    {
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '&' => "&amp;",
                        _ => c.ToString(),
                    }
                );
            }
        }

        return escaped.ToString();
    }
}
