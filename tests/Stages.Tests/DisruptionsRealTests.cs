using System.IO.Compression;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Measured series that are not in the repository; a test skips with its reason where they are absent.</summary>
public sealed class DisruptionsRealTests
{
    private const string Probing = "Active Probing (#/24s Up)";
    private const string Bgp = "BGP (#Visible /24s)";
    private static readonly Instant Onset = Instant.FromUtc(2026, 1, 8, 16, 0);

    private static IReadOnlyList<Signal> RealIran()
    {
        string folder = SharedData.PathOf("data/outages/iran-2026-01-ioda");
        SignalsRead read = IodaCsv.Read(
            SourceFile.Of(
                "iran.csv",
                System.IO.File.ReadAllBytes(Directory.GetFiles(folder, "*.csv").Single())
            ),
            Iran
        );
        Assert.Empty(read.Faults);
        return read.Signals;
    }

    private static Disruption OnlyCredible(Detection detection) =>
        Assert.Single(detection.Disruptions, disruption => disruption.Confidence.Probability > 0.5);

    [Fact]
    public void Iran_in_January_2026_is_one_nationwide_disruption_that_begins_on_the_8th()
    {
        Disruption disruption = OnlyCredible(Detect(RealIran()));
        Assert.Equal("IR", disruption.Place.Key);
        Assert.InRange(disruption.Start, Onset, Instant.FromUtc(2026, 1, 8, 17, 30));
        Assert.Contains("routing stays up, access is dark", disruption.Notes);
    }

    [Fact]
    public void Nothing_credible_is_found_in_December_2025() =>
        Assert.DoesNotContain(
            Detect(RealIran()).Disruptions,
            disruption =>
                disruption.Start < Instant.FromUtc(2026, 1, 1, 0, 0)
                && disruption.Confidence.Probability > 0.5
        );

    [Fact]
    public void Each_of_the_five_sources_has_a_verdict_and_probing_agrees()
    {
        Disruption disruption = OnlyCredible(Detect(RealIran()));
        Assert.Equal(5, disruption.Sources.Select(source => source.Name).Distinct().Count());
        Assert.Equal(Verdict.Agrees, VerdictOf(disruption, Probing).Verdict);
        Assert.Equal(Verdict.Disagrees, VerdictOf(disruption, Bgp).Verdict);
        Assert.Equal("announced_but_dark", VerdictOf(disruption, Bgp).Tag);
    }

    [Theory]
    [InlineData("2026-01-09T12:00:00Z")] // Routing is back, probing is not.
    [InlineData("2026-01-20T00:00:00Z")] // Search is back, probing is not.
    [InlineData("2026-01-24T12:00:00Z")] // One sample of probing was high.
    [InlineData("2026-01-26T23:00:00Z")]
    public void It_is_still_open_while_probing_stays_dark(string asOf)
    {
        Disruption disruption = OnlyCredible(
            DisruptionsFromSignals.Detect(
                RealIran(),
                DetectorProfile.Default,
                asOf: NodaTime.Text.InstantPattern.ExtendedIso.Parse(asOf).Value
            )
        );
        Assert.Null(disruption.End);
        Assert.NotEqual(DisruptionState.Closed, disruption.State);
    }

    [Fact]
    public void It_ends_on_the_27th_and_is_known_by_one_id_all_along()
    {
        IReadOnlyList<Signal> signals = RealIran();
        Disruption disruption = OnlyCredible(Detect(signals));
        Assert.Equal(
            new LocalDate(2026, 1, 27),
            Assert.IsType<InstantRange>(disruption.End).Latest.InUtc().Date
        );
        Assert.Equal(
            disruption.Id,
            OnlyCredible(
                DisruptionsFromSignals.Detect(
                    signals,
                    DetectorProfile.Default,
                    asOf: Instant.FromUtc(2026, 1, 10, 0, 0)
                )
            ).Id
        );
    }

    [Fact]
    public void Reconstruction_and_measurement_give_the_same_disruption()
    {
        Disruption real = OnlyCredible(Detect(RealIran()));
        string series = Path.Combine(
            Root(),
            "scenarios",
            "iran-2026-01",
            "series",
            "half-hourly.csv"
        );
        Disruption rebuilt = OnlyCredible(
            Detect(
                IodaCsv
                    .Read(
                        SourceFile.Of("half-hourly.csv", System.IO.File.ReadAllBytes(series)),
                        Iran,
                        Origin.Reconstructed
                    )
                    .Signals
            )
        );
        Assert.True(Apart(real.Start, rebuilt.Start) <= Duration.FromHours(1));
        Assert.True(Apart(real.End!.Latest, rebuilt.End!.Latest) <= Duration.FromDays(1));
        Assert.Equal(VerdictOf(real, Probing).Verdict, VerdictOf(rebuilt, Probing).Verdict);
        Assert.Equal(VerdictOf(real, Bgp).Verdict, VerdictOf(rebuilt, Bgp).Verdict);
        Assert.Equal((Origin.Measured, Origin.Reconstructed), (real.Origin, rebuilt.Origin));
    }

    [Fact]
    public void Iran_in_November_2019_loses_the_great_majority_of_its_areas_within_a_day()
    {
        string path = SharedData.PathOf("data/outages/monash/irn-2019-11-11_gif.csv.gz");
        using var plain = new MemoryStream();
        using (
            var packed = new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress)
        )
        {
            packed.CopyTo(plain);
        }

        SignalsRead read = SignalsFromSeries.Read(
            SourceFile.Of("irn.csv", plain.ToArray()),
            new SeriesFormat
            {
                TimeColumn = "time_e",
                TimeFormat = "unix",
                TimeZone = "Asia/Tehran",
                ValueColumns = ["connectivity"],
                PlaceColumns = ["name_1", "name_2"],
                Place = Iran,
                Family = SignalFamily.Probing,
                Unit = "percent",
            }
        );
        int areas = read.Signals.Select(signal => signal.Place.Key).Distinct().Count();
        DateTimeZone tehran = DateTimeZoneProviders.Tzdb["Asia/Tehran"];
        int lost = Detect(read.Signals)
            .Disruptions.Where(disruption => disruption.Confidence.Probability > 0.5)
            .Where(disruption =>
                disruption.Start.InZone(tehran).Date is { Year: 2019, Month: 11, Day: 16 or 17 }
            )
            .Select(disruption => disruption.Place.Key)
            .Distinct()
            .Count();
        Assert.Equal(73, areas);
        Assert.True(lost * 10 >= areas * 9, $"{lost} of {areas} areas");
    }

    private static Duration Apart(Instant one, Instant other) =>
        one > other ? one - other : other - one;

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Breakwater.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
