using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>Which ASes belong to one organisation: a CSV with the columns <c>asn</c> and <c>organisation</c>.</summary>
public static class SiblingFile
{
    /// <summary>More rows than there are AS numbers in use, several times over.</summary>
    public const int RowsMax = 1_000_000;

    public static (Func<Asn, Asn, bool> AreSiblings, IReadOnlyList<InputFault> Faults) Read(
        SourceFile file
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, 50);
        Dictionary<Asn, HashSet<string>> organisations = [];
        string[] lines = System.Text.Encoding.UTF8.GetString(file.Content.Span).Split('\n');
        for (int line = 0; line < Math.Min(lines.Length, RowsMax); line++)
        {
            string[] cells = lines[line].Trim().Split(',', 2);
            if (lines[line].Trim().Length == 0 || (line == 0 && cells[0] == "asn"))
            {
                continue;
            }

            if (cells.Length < 2 || !Asn.TryParse(cells[0].Trim(), out Asn asn))
            {
                faults.Add(
                    $"line {line + 1}",
                    "not asn,organisation",
                    "Correct the row; it is left out"
                );
                continue;
            }

            if (!organisations.TryGetValue(asn, out HashSet<string>? of))
            {
                organisations.Add(asn, of = new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            }

            of.Add(cells[1].Trim().Trim('"'));
        }

        return (
            (left, right) =>
                organisations.TryGetValue(left, out HashSet<string>? one)
                && organisations.TryGetValue(right, out HashSet<string>? other)
                && one.Overlaps(other),
            faults.ToList()
        );
    }
}
