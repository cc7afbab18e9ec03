namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>The part of a report that stands in <c>bench/RESULTS.md</c>: the protocol, the plots, the first table of each section.</summary>
internal static class Summary
{
    public const string Begin = "<!-- accuracy: written by bench/accuracy -->";
    public const string End = "<!-- accuracy ends -->";

    /// <summary>Longer tables are left to the report itself.</summary>
    private const int RowsMax = 40;

    /// <param name="report">The whole report, in Markdown.</param>
    /// <param name="folder">Where the report and its plots lie, as seen from the file that takes the summary; without a slash at the end.</param>
    public static string Of(string report, string folder)
    {
        var lines = new List<string>
        {
            "### Accuracy, `bench/accuracy`",
            "",
            $"Written by the full run; the rest of it, with every miss by name, is in [{folder}/accuracy.md]({folder}/accuracy.md).",
        };
        foreach (string section in report.Split("\n## "))
        {
            lines.Add("");
            lines.AddRange(Shortened(section.Trim('\n').Split('\n'), folder));
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <returns>The file with what stands between the marks replaced; null when it has no marks.</returns>
    public static string? Into(string file, string summary)
    {
        int begin = file.IndexOf(Begin, StringComparison.Ordinal);
        int end = file.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin ? null : $"{file[..begin]}{Begin}\n{summary}{file[end..]}";
    }

    private static IEnumerable<string> Shortened(string[] lines, string folder)
    {
        bool isIntroduction = lines[0].StartsWith("# ", StringComparison.Ordinal);
        bool isFloors = lines[0] == "Floors";
        if (!isIntroduction)
        {
            yield return $"#### {lines[0]}";
        }

        bool isTableOver = false;
        int line = isIntroduction ? 2 : 1;
        while (line < lines.Length)
        {
            int rows = lines.Skip(line).TakeWhile(IsRow).Count();
            if (rows > 0)
            {
                isTableOver = !isIntroduction;
                foreach (
                    string row in rows > RowsMax
                        ? [$"A table of {rows - 2} rows, in the report."]
                        : lines.Skip(line).Take(rows)
                )
                {
                    yield return row;
                }

                line += rows;
                continue;
            }

            if (isTableOver && !isFloors)
            {
                yield break;
            }

            yield return lines[line++].Replace("](", $"]({folder}/", StringComparison.Ordinal);
        }
    }

    private static bool IsRow(string line) => line.StartsWith('|');
}
