using Breakwater.Vocabulary;
using CsvHelper;

namespace Breakwater.Signals;

/// <summary>
/// Whether a CSV broke off in its last row, as a copy over a bad line does: it ends within a line, and that row lacks cells, or within
/// quotes. Shorter rows elsewhere are how some lists are written.
/// </summary>
internal struct CutOff
{
    private int _fields;
    private long _line;
    private bool _isQuoting;

    /// <summary>Of the row that was read just now.</summary>
    public void Saw(CsvReader csv) =>
        (_fields, _line, _isQuoting) = (
            csv.FieldCount,
            csv.LineNumber,
            csv.RawRecord.Count((byte)'"') % 2 != 0
        );

    public readonly void Tell(SourceFile file, int columns, FaultList faults)
    {
        if (_isQuoting)
        {
            faults.Add(
                $"line {_line}",
                "a quote opens here and is never closed, so that all lines from here on are one",
                "Close the quote, or obtain the file again; the lines after this one are unread"
            );
        }
        else if (_fields > 0 && _fields < columns && file.Content.Span[^1] is not (byte)'\n')
        {
            faults.Add(
                $"line {_line}",
                $"the file ends within this row: {_fields} of {columns} cells are there, and the last of them may be cut",
                "Obtain the file again; the row is read as far as it goes"
            );
        }
    }
}
