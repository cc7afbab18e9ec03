namespace Breakwater.Publications.Briefs;

/// <summary>Collects the blocks of one section and gives its sentences their ids. A sentence without a trace is refused.</summary>
internal sealed class BriefDraft(string section)
{
    private readonly List<BriefBlock> _blocks = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public BriefSection Section => new(section, [.. _blocks]);

    public void Head(Word text, int level = 3, string anchor = "") =>
        _blocks.Add(new Titled(anchor, text, level));

    public void Say(Word text, Trace trace, Tone tone = Tone.Plain, string? about = null) =>
        _blocks.Add(Sentence(text, trace, tone, about));

    public void List(IEnumerable<(Word Text, Trace Trace)> points)
    {
        Sentence[] all = [.. points.Select(point => Sentence(point.Text, point.Trace, Tone.Plain))];
        if (all.Length > 0)
        {
            _blocks.Add(new Points(all));
        }
    }

    public void Tabulate(
        Word title,
        IReadOnlyList<string> columns,
        IEnumerable<(string Anchor, Word[] Cells, Trace Trace)> rows
    ) => Tabulate(title, [.. columns.Select(column => new Said($"brief.column.{column}"))], rows);

    public void Tabulate(
        Word title,
        IReadOnlyList<Word> columns,
        IEnumerable<(string Anchor, Word[] Cells, Trace Trace)> rows
    )
    {
        GridRow[] all =
        [
            .. rows.Select(row => new GridRow(
                Id("r", new Listed(row.Cells), row.Trace),
                row.Anchor,
                row.Cells,
                row.Trace
            )),
        ];
        if (all.Length > 0)
        {
            _blocks.Add(new Grid(title, columns, all));
        }
    }

    public void Contest(string rule, IEnumerable<ContestTold> readings) =>
        _blocks.Add(new Contests(rule, [.. readings]));

    public Sentence Sentence(Word text, Trace trace, Tone tone, string? about = null) =>
        new(Id("s", text, trace), text, trace, tone, about);

    private string Id(string kind, Word word, Trace trace)
    {
        if (trace.Marks.Count == 0)
        {
            throw new InvalidOperationException($"'{word.Stem}' says nothing of where it is from");
        }

        string[] marks = [.. trace.Marks.Select(mark => $"{mark.Kind}:{mark.Id}")];
        string id = Ids.Of(kind, section, word, marks);
        int times = _seen[id] = _seen.GetValueOrDefault(id) + 1;
        return times == 1 ? id : Ids.Of(kind, section, new Listed([word, new Count(times)]), marks);
    }
}
