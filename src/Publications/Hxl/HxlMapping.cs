namespace Breakwater.Publications.Hxl;

/// <summary>Which of our columns carries which tag: read from a data file beside this one, <c>NAME.columns.txt</c>.</summary>
internal sealed class HxlMapping
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly IReadOnlySet<string> _inReport;

    private HxlMapping(IReadOnlyList<Column> columns, IReadOnlySet<string> inReport) =>
        (_columns, _inReport) = (columns, inReport);

    public static HxlMapping FourW { get; } = Read("four-w");

    public static HxlMapping GapReport { get; } = Read("gap-report");

    public static HxlMapping Index { get; } = Read("index");

    public static HxlMapping GapMatrix { get; } = Read("gap-matrix");

    public static HxlMapping LawGaps { get; } = Read("law-gaps");

    /// <summary>Those that the table of the report shows.</summary>
    public IReadOnlyList<Column> InReport =>
        [.. _columns.Where(column => _inReport.Contains(column.Key))];

    /// <summary>The table of a data file.</summary>
    /// <param name="cells">By key of the column; one that is not given is unknown.</param>
    /// <param name="texts">Null: the keys are the headers, for tables that are data only.</param>
    public HxlTable Table<T>(
        IReadOnlyList<T> rows,
        Func<T, string, string?> cells,
        Texts? texts = null
    ) =>
        new(
            [
                .. _columns.Select(column => new HxlColumn(
                    texts?.Plain($"column.{column.Key}") ?? column.Key,
                    column.Hxl,
                    column.IsNumber
                )),
            ],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<string?>)[.. _columns.Select(column => cells(row, column.Key))]
                ),
            ]
        );

    private static HxlMapping Read(string name)
    {
        using var text = new StreamReader(
            typeof(HxlMapping).Assembly.GetManifestResourceStream($"{name}.columns.txt")!
        );
        var columns = new List<Column>();
        var inReport = new HashSet<string>(StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            if (line is [not '#', ..] && line.Split('|') is [var key, var tag, var kind, var where])
            {
                columns.Add(new Column(key, IsNumber: kind == "number", Hxl: tag));
                if (where == "report")
                {
                    inReport.Add(key);
                }
            }
        }

        return new HxlMapping(columns, inReport);
    }
}
