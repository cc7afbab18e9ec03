using System.Diagnostics;
using System.Globalization;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;

// Ledger.Bench FOLDER [SECONDS]: durable appends and rebuilding, on the disk that FOLDER is on.
// The folder must be on a real disk: on a RAM disk a sync costs nothing and the figures mean nothing.
if (args is not [string parent, ..])
{
    Console.Error.WriteLine(
        "Ledger.Bench: FOLDER on a real disk is missing. Give one, and seconds"
    );
    return 2;
}

double seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var results = new List<string[]> { Table.Header };
results.Add(await Scenario("append, plain events", 64, PlainDraft));
results.Add(await Scenario("append, products with links", 64, ProductDraft));

//results.Add(await Scenario("append, plain events, one writer", 1, PlainDraft));
foreach (string[] row in results)
{
    Console.WriteLine(Table.Line(row));
}

return 0;

async Task<string[]> Scenario(string name, int writers, Func<int, int, Draft> draft)
{
    string folder = Path.Combine(parent, $"ledger-bench-{Guid.NewGuid():n}");
    try
    {
        await using var records = SqliteRecords.Open(folder);
        await Append(records, writers, TimeSpan.FromSeconds(1), draft, "warm");
        Acknowledgements measured = await Append(
            records,
            writers,
            TimeSpan.FromSeconds(seconds),
            draft,
            "case"
        );

        await records.Rebuild();
        long start = Stopwatch.GetTimestamp();
        Rebuilt rebuilt = await records.Rebuild();
        double rebuildPerSecond = rebuilt.Events / Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        Inspection inspection = await records.Verify();
        double verifyPerSecond = inspection.Events / Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (inspection.DamageCount > 0 || !rebuilt.IsIdentical)
        {
            throw new InvalidOperationException("the store is damaged; the figures are void");
        }

        return Table.Row(name, writers, measured, rebuildPerSecond, verifyPerSecond);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

// Each writer has a subject of its own and waits for each append before the next, as a person's click does.
static async Task<Acknowledgements> Append(
    SqliteRecords records,
    int writers,
    TimeSpan span,
    Func<int, int, Draft> draft,
    string label
)
{
    var latencies = new List<double>[writers];
    long start = Stopwatch.GetTimestamp();
    await Task.WhenAll(
        Enumerable
            .Range(0, writers)
            .Select(writer =>
                Task.Run(async () =>
                {
                    List<double> mine = latencies[writer] = [];
                    for (int i = 0; Stopwatch.GetElapsedTime(start) < span; i++)
                    {
                        long sent = Stopwatch.GetTimestamp();
                        AppendOutcome outcome = await records.Append(
                            $"{label}-{writer}",
                            i,
                            [draft(writer, i)]
                        );
                        if (outcome is not Appended)
                        {
                            throw new InvalidOperationException($"{outcome}");
                        }

                        mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    }
                })
            )
    );
    return new Acknowledgements(
        Stopwatch.GetElapsedTime(start).TotalSeconds,
        [.. latencies.SelectMany(mine => mine).Order()]
    );
}

static Draft PlainDraft(int writer, int i) =>
    Draft.Of(
        "PositionTaken",
        new
        {
            Position = "support",
            Reason = "capacity is free from tomorrow",
            Writer = writer,
            Round = i,
        },
        Marking.Public,
        "satellite-operator"
    );

static Draft ProductDraft(int writer, int i) =>
    ProductRecorded
        .Of(
            $"signal-{writer:x4}{i:x8}",
            "signal",
            new
            {
                Source = "probing",
                Place = new { Country = "IR" },
                Value = i / 7.0,
                Baseline = 812,
            },
            [$"series-{writer:x4}", $"baseline-{writer:x4}"]
        )
        .ToDraft(
            Marking.Public,
            "detector",
            [new Evidence(new string('a', 64), "series.csv", Rows: "12-40")]
        );

internal sealed record Acknowledgements(double Seconds, IReadOnlyList<double> SortedMs)
{
    public double PerSecond => SortedMs.Count / Seconds;

    public double Quantile(double share) => SortedMs[(int)(share * (SortedMs.Count - 1))];
}

internal static class Table
{
    public static string[] Header { get; } =
    ["case", "writers", "events", "appends/s", "p50 ms", "p99 ms", "rebuild/s", "verify/s"];

    public static string[] Row(
        string name,
        int writers,
        Acknowledgements measured,
        double rebuildPerSecond,
        double verifyPerSecond
    ) =>
        [
            name,
            $"{writers}",
            Whole(measured.SortedMs.Count),
            Whole(measured.PerSecond),
            Tenths(measured.Quantile(0.5)),
            Tenths(measured.Quantile(0.99)),
            Whole(rebuildPerSecond),
            Whole(verifyPerSecond),
        ];

    public static string Line(string[] cells) =>
        cells[0].PadRight(34) + string.Concat(cells.Skip(1).Select(cell => cell.PadLeft(11)));

    private static string Whole(double value) =>
        value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Tenths(double value) =>
        value.ToString("0.0", CultureInfo.InvariantCulture);
}
