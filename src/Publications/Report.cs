using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>A report before it has a language: sections of paragraphs, tables and figures, each with the records behind it.</summary>
public sealed record Report(
    Front Front,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<FourWRow> FourW
)
{
    public string Form { get; init; } = SituationReport.Form;
}

/// <param name="Key">Stands in the language tables as <c>section.KEY</c>.</param>
public sealed record Section(string Key, IReadOnlyList<Block> Blocks);

public abstract record Block(string Id, IReadOnlyList<string> Inputs);

public enum Tone
{
    Plain,

    /// <summary>A reader who misses this reads the rest wrong.</summary>
    Caution,

    /// <summary>How to read what stands beside it.</summary>
    Quiet,
}

/// <param name="Label">Key of the label in front of it, in the box at the top.</param>
public sealed record Para(
    string Id,
    Word Text,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<Origin> Origins,
    Tone Tone,
    string? Label = null
) : Block(Id, Inputs);

public sealed record Heading(Word Text) : Block("", []);

/// <param name="Key">Stands in the language tables as <c>table.KEY</c>, its columns as <c>column.COLUMN</c>.</param>
/// <param name="IsWide">Scrolls sideways on a small screen; other tables turn each row into a card.</param>
public sealed record Table(
    string Id,
    string Key,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<Row> Rows,
    IReadOnlyList<string> Inputs,
    bool IsWide = false
) : Block(Id, Inputs);

/// <param name="Hxl">Tag of the Humanitarian Exchange Language, shown as a second header row.</param>
public sealed record Column(string Key, bool IsNumber = false, string? Hxl = null);

public sealed record Row(
    string Id,
    IReadOnlyList<Word> Cells,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<Origin> Origins
);

public sealed record MapFigure(
    string Id,
    Outline Outline,
    IReadOnlyList<MapPoint> Points,
    IReadOnlyList<string> Inputs
) : Block(Id, Inputs);

public sealed record TimelineFigure(string Id, Timeline Timeline, IReadOnlyList<string> Inputs)
    : Block(Id, Inputs);

/// <summary>Collects the blocks of one section and gives them their ids.</summary>
internal sealed class Draft(string section)
{
    private readonly List<Block> _blocks = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public Section Section => new(section, [.. _blocks]);

    public void Head(Word text) => _blocks.Add(new Heading(text));

    public void Say(
        Word text,
        IEnumerable<string> inputs,
        IEnumerable<Origin>? origins = null,
        Tone tone = Tone.Plain,
        string? label = null
    )
    {
        IReadOnlyList<string> from = Sorted(inputs);
        _blocks.Add(
            new Para(
                Id("p", new Said(label ?? "", ("text", text)), from),
                text,
                from,
                Mixed(origins),
                tone,
                label
            )
        );
    }

    public void Tabulate(
        string key,
        IReadOnlyList<Column> columns,
        IEnumerable<(Word[] Cells, IEnumerable<string> Inputs, IEnumerable<Origin> Origins)> rows,
        bool isWide = false
    )
    {
        IReadOnlyList<Row> all =
        [
            .. rows.Select(row =>
            {
                IReadOnlyList<string> from = Sorted(row.Inputs);
                return new Row(
                    Id("r", new Said(key, ("row", new Listed(row.Cells))), from),
                    row.Cells,
                    from,
                    Mixed(row.Origins)
                );
            }),
        ];
        if (all.Count == 0)
        {
            return;
        }

        IReadOnlyList<string> inputs = Sorted(all.SelectMany(row => row.Inputs));
        Word rowIds = new Listed([.. all.Select(row => new Code(row.Id))]);
        _blocks.Add(
            new Table(
                Id("t", new Said(key, ("rows", rowIds)), inputs),
                key,
                columns,
                all,
                inputs,
                isWide
            )
        );
    }

    public void Draw(
        string key,
        IEnumerable<string> inputs,
        Func<string, IReadOnlyList<string>, Block> figure
    )
    {
        IReadOnlyList<string> from = Sorted(inputs);
        _blocks.Add(figure(Id("f", new Said(key), from), from));
    }

    /// <summary>Two parts that say the same of the same records still need two ids; the second is told so.</summary>
    private string Id(string kind, Word word, IReadOnlyList<string> inputs)
    {
        string id = Ids.Of(kind, section, word, inputs);
        int times = _seen[id] = _seen.GetValueOrDefault(id) + 1;
        return times == 1
            ? id
            : Ids.Of(kind, section, new Listed([word, new Count(times)]), inputs);
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> inputs) =>
        [.. inputs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IReadOnlyList<Origin> Mixed(IEnumerable<Origin>? origins) =>
        [.. (origins ?? []).Distinct().Order()];
}
