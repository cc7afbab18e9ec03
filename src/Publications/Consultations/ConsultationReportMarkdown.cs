using System.Text;
using System.Text.RegularExpressions;

namespace Breakwater.Publications.Consultations;

/// <summary>Writes a report as Markdown.</summary>
public static partial class ConsultationReportMarkdown
{
    public static string Write(ConsultationReport report, string language)
    {
        ArgumentNullException.ThrowIfNull(report);
        Texts texts = ConsultationTexts.For(language);
        var text = new StringBuilder();
        text.Append(
                $"<div lang=\"{texts.Language}\" dir=\"{(texts.IsRightToLeft ? "rtl" : "ltr")}\">\n\n"
            )
            .Append($"# {Escaped(report.Title)}\n\n{Escaped(texts.Plain("consultation.form"))}\n");
        foreach (ConsultationBlock block in ConsultationBlocks.Of(report, texts))
        {
            switch (block)
            {
                case Head head:
                    text.Append($"\n{new string('#', head.Level)} {Escaped(head.Text)}\n");
                    break;
                case Told told:
                    text.Append(
                        $"\n{(told.IsCaution ? $"**{Escaped(told.Text)}**" : Escaped(told.Text))}\n"
                    );
                    break;
                case Wrote said:
                    text.Append(
                        $"\n> {Escaped(said.Text).Replace("\n", "\n> ", StringComparison.Ordinal)}\n"
                    );
                    break;
                case Listed listed:
                    text.Append(
                        $"\n| {string.Join(" | ", listed.Columns.Select(Cell))} |\n|{string.Concat(listed.Columns.Select(_ => "---|"))}\n"
                    );
                    foreach (IReadOnlyList<string> row in listed.Rows)
                    {
                        text.Append($"| {string.Join(" | ", row.Select(Cell))} |\n");
                    }

                    break;
            }
        }

        return text.Append("\n</div>\n").ToString();
    }

    private static string Cell(string text) =>
        Escaped(text).Replace("\n", " ", StringComparison.Ordinal);

    private static string Escaped(string text) => Special().Replace(text, "\\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>#|~]")]
    private static partial Regex Special();
}
