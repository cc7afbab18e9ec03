using System.Text;
using Breakwater.Vocabulary;
using CsvHelper;

namespace Breakwater.Preparedness.Contacts.Files;

/// <summary>Contact points as CSV (RFC 4180, UTF-8), one a row under the columns of <see cref="ContactTexts"/>.</summary>
public static class ContactCsv
{
    /// <summary>A cell that begins so is taken for a formula by spreadsheets (OWASP, CSV injection).</summary>
    private const string Formula = "=+-@\t\r";

    public static string Write(IEnumerable<Contact> contacts)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        var csv = new StringBuilder();
        csv.Append(string.Join(',', ContactTexts.Columns)).Append("\r\n");
        foreach (Contact contact in contacts)
        {
            Dictionary<string, string> texts = ContactTexts.Of(contact);
            csv.AppendJoin(',', ContactTexts.Columns.Select(column => Cell(texts[column])))
                .Append("\r\n");
        }

        return csv.ToString();
    }

    public static ContactsRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var rows = new List<ContactRow>();
        var faults = new List<InputFault>();
        using CsvReader csv = CsvReader.Create(
            file.Content,
            CsvReaderOptions.Default with
            {
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                Separator = ',',
                MaxRecordSize = 1 << 20,
            }
        );
        try
        {
            csv.ReadHeader();
            string[] columns =
            [
                .. csv.Headers.Select(header =>
                    header.Trim('\uFEFF', ' ').Replace(' ', '_').ToLowerInvariant()
                ),
            ];
            if (!columns.Contains("name") || !columns.Contains("role"))
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        "line 1",
                        "no columns of a directory",
                        $"Give a header row with: {string.Join(',', ContactTexts.Columns)}"
                    )
                );
                return new ContactsRead(rows, faults);
            }

            foreach (string unknown in columns.Except(ContactTexts.Columns).Take(20))
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        "line 1",
                        $"the column '{ContactTexts.Short(unknown)}' is not known and was not read",
                        Nearest.Remedy(unknown, ContactTexts.Columns)
                    )
                );
            }

            Rows(file, csv, columns, rows, faults);
        }
        catch (CsvFormatException fault)
        {
            faults.Add(
                new InputFault(
                    file.Name,
                    $"line {fault.LineNumber}",
                    "the CSV is damaged from here on",
                    "Correct the quotes; the rest is unread"
                )
            );
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            faults.Add(
                new InputFault(
                    file.Name,
                    "line 1",
                    "no header row can be read",
                    "Give a CSV with a header row, in UTF-8"
                )
            );
        }

        return new ContactsRead(rows, faults);
    }

    private static void Rows(
        SourceFile file,
        CsvReader csv,
        string[] columns,
        List<ContactRow> rows,
        List<InputFault> faults
    )
    {
        while (csv.Read())
        {
            int line = (int)Math.Min(csv.LineNumber, int.MaxValue);
            if (rows.Count >= ContactsRead.RowsMax)
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        $"line {line}",
                        $"more than {ContactsRead.RowsMax} rows; the rest is unread",
                        "Split the file"
                    )
                );
                return;
            }

            if (csv.RawRecord.Count((byte)'"') % 2 != 0)
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        $"line {line}",
                        "a quote opens here and is never closed, so that all lines from here on are one",
                        "Close the quote; nothing from this line on is taken"
                    )
                );
                return;
            }

            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int at = 0; at < Math.Min(columns.Length, csv.FieldCount); at++)
            {
                texts.TryAdd(columns[at], Plain(csv.GetString(at)));
            }

            if (texts.Values.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            (ContactSaid? said, Refusal? no) =
                csv.FieldCount > columns.Length
                    ? (
                        null,
                        Refusal.Invalid(
                            $"it has {csv.FieldCount} values under {columns.Length} columns; quote values with commas"
                        )
                    )
                    : ContactTexts.Read(texts);
            if (said is not null)
            {
                rows.Add(new ContactRow(line, said));
            }
            else
            {
                faults.Add(Told(file.Name, line, no!));
            }
        }
    }

    internal static InputFault Told(string file, int line, Refusal no)
    {
        string[] parts = no.Reason.Split("; ", 2);
        return new InputFault(
            file,
            $"line {line}",
            parts[0],
            parts.Length == 2
                ? char.ToUpperInvariant(parts[1][0]) + parts[1][1..]
                : "Correct it and import again; what was imported stays as it is"
        );
    }

    /// <summary>An apostrophe keeps a spreadsheet from running the cell. Numbers that begin with + are many here, so reading takes it away again.</summary>
    private static string Cell(string text)
    {
        string safe =
            text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal)
                ? "'" + text
                : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private static string Plain(string cell) =>
        cell is ['\'', var next, ..] && Formula.Contains(next, StringComparison.Ordinal)
            ? cell[1..]
            : cell;
}
