using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>Small inputs and made-up series, all from their arguments.</summary>
internal static class SignalsFixture
{
    public static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);
    public static readonly Place Iran = Place.OfCountry("IR");
    public static readonly Duration HalfHour = Duration.FromMinutes(30);
    public const int StepsPerDay = 48;

    public static SourceFile File(string text, string name = "series.csv") =>
        SourceFile.Of(name, Encoding.UTF8.GetBytes(text));

    public static SeriesFormat Format(params string[] columns) =>
        new()
        {
            TimeColumn = "time",
            ValueColumns = columns,
            Place = Iran,
            Family = SignalFamily.Probing,
            Unit = "percent",
        };

    public static SignalsRead Read(string csv, params string[] columns) =>
        SignalsFromSeries.Read(File(csv), Format(columns));

    public static SeriesSignal Only(SignalsRead read) =>
        read.Signals.OfType<SeriesSignal>().Single();

    /// <summary>A half-hourly series with one value for each step.</summary>
    public static SeriesSignal Series(
        SignalFamily family,
        int steps,
        Func<int, double?> value,
        Place? place = null,
        string? network = null,
        string? source = null
    )
    {
        string name = source ?? family.ToString();
        Place where = place ?? Iran;
        return new SeriesSignal
        {
            Id = $"signal-{name}-{where.Key}-{network}",
            Source = name,
            Family = family,
            Place = where,
            Network = network,
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('a', 64), "made.csv", $"2-{steps + 1}", name)],
            Metric = name,
            Unit = "percent",
            Step = HalfHour,
            Samples =
            [
                .. Enumerable
                    .Range(0, steps)
                    .Select(i => new Sample(Start + (HalfHour * i), value(i), i + 2)),
            ],
        };
    }

    public static ReportSignal Report(
        int step,
        ServiceState state,
        string observer,
        Duration? delay = null,
        Place? place = null
    ) =>
        new()
        {
            Id = $"signal-report-{step}-{observer}-{place?.Key}",
            Source = $"field report by {observer}",
            Family = SignalFamily.HumanReport,
            Place = place ?? Iran,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('b', 64), "reports.json", $"report {step}")],
            ObservedAt = At(step),
            ReceivedAt = At(step) + (delay ?? Duration.FromMinutes(5)),
            Service = Service.Messaging,
            State = state,
            Observer = observer,
        };

    public static ClaimSignal Claim(
        string what,
        int step,
        string source,
        Actor actor = Actor.Unknown,
        Place? place = null
    ) =>
        new()
        {
            Id = $"signal-claim-{what}-{step}-{source}",
            Source = source,
            Family = SignalFamily.Context,
            Place = place ?? Iran,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('c', 64), "scenario.yaml", "1-2")],
            Claim = new Claim(
                what,
                null,
                actor,
                source,
                $"{source} says {what}",
                new InstantRange(At(step), At(step)),
                null,
                Origin.Reported
            ),
        };

    public static Instant At(int step) => Start + (HalfHour * step);

    /// <summary>A number from 0 to 1 that looks random and depends on its arguments alone.</summary>
    public static double Noise(int seed, int i)
    {
        uint x = unchecked(((uint)i * 2654435761u) ^ ((uint)seed * 40503u) ^ 0x9E3779B9u);
        x = unchecked((x ^ (x >> 16)) * 0x45D9F3Bu);
        x = unchecked((x ^ (x >> 16)) * 0x45D9F3Bu);
        return (x ^ (x >> 16)) / (double)uint.MaxValue;
    }
}
