using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

// Ledger.Bench FOLDER scale EVENTS [CONNECTION]: start, lists and rebuilding with so many events; FOLDER/scale is kept.
// Ledger.Bench FOLDER [SECONDS] [CONNECTION]: durable appends and rebuilding, on the disk that FOLDER is on, or in PostgreSQL.
// The folder must be on a real disk: on a RAM disk a sync costs nothing and the figures mean nothing.
if (args is not [string parent, ..])
{
    Console.Error.WriteLine(
        "Ledger.Bench: FOLDER on a real disk is missing. Give one, and seconds"
    );
    return 2;
}

if (args is [_, "scale", string events, .. var server])
{
    await Scale.Run(
        () => Open(Path.Combine(parent, "scale"), server.FirstOrDefault(), "bench_scale"),
        long.Parse(events, CultureInfo.InvariantCulture),
        PlainDraft
    );
    return 0;
}

double seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var results = new List<string[]> { Table.Header };
results.Add(await Scenario("append, plain events", 64, PlainDraft));
results.Add(await Scenario("append, products with links", 64, ProductDraft));
results.Add(await Scenario("append, documents", 64, PlainDraft, withDocuments: true));

results.Add(await Scenario("append, plain events, one writer", 1, PlainDraft));
foreach (string[] row in results)
{
    Console.WriteLine(Table.Line(row));
}

return 0;

async Task<string[]> Scenario(
    string name,
    int writers,
    Func<int, int, Draft> draft,
    bool withDocuments = false
)
{
    string folder = Path.Combine(parent, $"ledger-bench-{Guid.NewGuid():n}");
    try
    {
        await using SqlRecords records = Open(
            folder,
            args.ElementAtOrDefault(2),
            $"bench_{Guid.NewGuid():n}"
        );
        await Append(records, writers, TimeSpan.FromSeconds(1), draft, "warm", withDocuments);
        Acknowledgements measured = await Append(
            records,
            writers,
            TimeSpan.FromSeconds(seconds),
            draft,
            "case",
            withDocuments
        );
        if (withDocuments)
        {
            await Lists.Print(records);
        }

        await records.Rebuild();
        var span = Span.Start();
        Rebuilt rebuilt = await records.Rebuild();
        Cost rebuild = span.End(rebuilt.Events);

        span = Span.Start();
        Inspection inspection = await records.Verify();
        Cost verify = span.End(inspection.Events);
        if (inspection.DamageCount > 0 || !rebuilt.IsIdentical)
        {
            throw new InvalidOperationException("the store is damaged; the figures are void");
        }

        return Table.Row(name, writers, measured, rebuild, verify);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static SqlRecords Open(string folder, string? server, string schema) =>
    server is null
        ? SqliteRecords.Open(folder, foldings: Case.Fold)
        : PostgresRecords.Open(folder, $"{server};Search Path={schema}", foldings: Case.Fold);

// Each writer has a subject of its own and waits for each append before the next, as a person's click does.
static async Task<Acknowledgements> Append(
    SqlRecords records,
    int writers,
    TimeSpan span,
    Func<int, int, Draft> draft,
    string label,
    bool withDocuments
)
{
    var latencies = new List<double>[writers];
    var whole = Span.Start();
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
                        AppendOutcome outcome = withDocuments
                            ? await records.Append([Case.Write(draft(writer, i), label, writer, i)])
                            : await records.Append($"{label}-{writer}", i, [draft(writer, i)]);
                        if (outcome is not Appended)
                        {
                            throw new InvalidOperationException($"{outcome}");
                        }

                        mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    }
                })
            )
    );
    double[] sorted = [.. latencies.SelectMany(mine => mine).Order()];
    return new Acknowledgements(whole.End(sorted.Length), sorted);
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

/// <summary>A subject of ten events with a document, as a commitment or a mission is.</summary>
internal sealed class Case(DocumentState? before) : Folding
{
    public const int EventsEach = 10;
    private static readonly Box[] _boxes =
    [
        .. Enumerable
            .Range(0, 1000)
            .Select(i => new Box(i % 100, i / 100, (i % 100) + 1, (i / 100) + 1)),
    ];

    private long steps = before is null
        ? 0
        : JsonSerializer.Deserialize<Body>(before.Body.Span, Json.Compact)!.Steps;

    private string reason = "";

    private sealed record Body(long Steps, string Reason);

    private sealed record Payload(string Position, string Reason, int Writer, int Round);

    public static Folding? Fold(string subject, DocumentState? before) =>
        subject.StartsWith("case/", StringComparison.Ordinal) ? new Case(before) : null;

    public static Write Write(Draft draft, string label, int writer, int i) =>
        new(
            $"case/{label}-{writer}-{i / EventsEach}",
            i % EventsEach,
            [draft],
            State((i % EventsEach) + 1, "capacity is free from tomorrow")
        );

    public override void Apply(Event entry)
    {
        steps++;
        reason = JsonSerializer.Deserialize<Payload>(entry.Payload.Span, Json.Compact)!.Reason;
    }

    public override DocumentState State() => State(steps, reason);

    private static DocumentState State(long steps, string reason) =>
        new()
        {
            Kind = "case",
            Marking = Marking.Public,
            Body = CanonicalJson.Of(new Body(steps, reason)),
            Parent = "response/1",
            Standing = steps < EventsEach ? "open" : "closed",
            DueAt = steps < EventsEach ? Instant.FromUnixTimeSeconds(2_000_000_000 + steps) : null,
            Box = _boxes[steps],
            Words = $"{reason} step {steps}",
        };
}

/// <summary>What lists and searches cost while nobody writes.</summary>
internal static class Lists
{
    private const int Rounds = 200;

    public static async Task Print(IRecords records)
    {
        var query = new DocumentQuery("case") { IsDescending = true };
        foreach (
            (string name, DocumentQuery asked) in (IEnumerable<(string, DocumentQuery)>)
                [
                    ("all", query),
                    ("standing", query with { Standing = "open" }),
                    (
                        "parent and standing",
                        query with
                        {
                            Parent = "response/1",
                            Standing = "open",
                        }
                    ),
                    ("common words", query with { Text = "capacity tomorrow" }),
                    ("words of few", query with { Text = "capacity step 3" }),
                    ("small box", query with { Box = new Box(3.2, 0.2, 3.3, 0.3) }),
                    ("large box", query with { Box = new Box(0, 0, 90, 9) }),
                ]
        )
        {
            var times = new List<double>();
            for (int i = 0; i < Rounds; i++)
            {
                long start = Stopwatch.GetTimestamp();
                await records.Documents(asked, Reader.Anonymous, NodaConstants.UnixEpoch);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(
                $"list by {name, -22} p50 {times[Rounds / 2]:0.00} ms  p99 {times[Rounds * 99 / 100]:0.00} ms"
            );
        }
    }
}

/// <param name="ProcessorUs">Processor time for each: what stays the same when others use the machine too.</param>
internal sealed record Cost(double PerSecond, double ProcessorUs);

internal readonly record struct Span(long Started, TimeSpan Processor)
{
    public static Span Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public Cost End(long count) =>
        new(
            count / Stopwatch.GetElapsedTime(Started).TotalSeconds,
            (Environment.CpuUsage.TotalTime - Processor).TotalMicroseconds / count
        );
}

internal sealed record Acknowledgements(Cost Cost, IReadOnlyList<double> SortedMs)
{
    public double Quantile(double share) => SortedMs[(int)(share * (SortedMs.Count - 1))];
}

internal static class Table
{
    public static string[] Header { get; } =
    [
        "case",
        "writers",
        "events",
        "appends/s",
        "cpu us",
        "p50 ms",
        "p99 ms",
        "rebuild/s",
        "cpu us",
        "verify/s",
        "cpu us",
    ];

    public static string[] Row(
        string name,
        int writers,
        Acknowledgements measured,
        Cost rebuild,
        Cost verify
    ) =>
        [
            name,
            $"{writers}",
            Whole(measured.SortedMs.Count),
            Whole(measured.Cost.PerSecond),
            Tenths(measured.Cost.ProcessorUs),
            Tenths(measured.Quantile(0.5)),
            Tenths(measured.Quantile(0.99)),
            Whole(rebuild.PerSecond),
            Tenths(rebuild.ProcessorUs),
            Whole(verify.PerSecond),
            Tenths(verify.ProcessorUs),
        ];

    public static string Line(string[] cells) =>
        cells[0].PadRight(34) + string.Concat(cells.Skip(1).Select(cell => cell.PadLeft(10)));

    private static string Whole(double value) =>
        value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Tenths(double value) =>
        value.ToString("0.0", CultureInfo.InvariantCulture);
}
