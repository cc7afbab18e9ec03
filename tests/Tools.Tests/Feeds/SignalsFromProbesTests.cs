using System.Text;
using System.Text.Json;
using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>From rounds to a series: silence of the prober is a gap, and only what was asked counts.</summary>
public sealed class SignalsFromProbesTests
{
    private static readonly Instant start = Instant.FromUtc(2026, 6, 1, 0, 0);
    private static readonly Place place = Place.OfCountry("XX");

    [Fact]
    public void The_share_is_of_targets_that_were_asked_and_a_blind_round_is_missing()
    {
        SignalsRead read = Read(
            Round(
                1,
                ProbeResult.Reached,
                ProbeResult.Reached,
                ProbeResult.TimedOut,
                ProbeResult.Refused
            ),
            Round(
                2,
                ProbeResult.Cannot,
                ProbeResult.NotTried,
                ProbeResult.NameNotResolved,
                ProbeResult.BlockedByPolicy
            ),
            Round(3, ProbeResult.TimedOut, ProbeResult.TimedOut) with
            {
                State = RoundState.Blind,
                Reason = "no control answered",
            },
            Round(4, ProbeResult.TimedOut, ProbeResult.Unreachable, ProbeResult.Broken),
            Round(6, ProbeResult.Reached, ProbeResult.CertificateInvalid)
        );
        Assert.Empty(read.Faults);
        var series = Assert.IsType<SeriesSignal>(Assert.Single(read.Signals));
        Assert.Equal([0.75, null, null, 0, null, 1], series.Samples.Select(sample => sample.Value));
        Assert.Equal(
            (SignalFamily.Probing, place, "reached_share"),
            (series.Family, series.Place, series.Metric)
        );
        Assert.Equal(Duration.FromMinutes(1), series.Step);
        Assert.Equal("1-5", series.Evidence[0].Rows);
        FeedGap gap = Assert.Single(read.Gaps);
        Assert.Equal(
            (start, start + Duration.FromMinutes(3), FeedState.Blind),
            (gap.From, gap.To, gap.State)
        );
        Assert.Contains("no control answered", gap.Reason, StringComparison.Ordinal);
        Assert.Contains(
            read.Notes!,
            note => note.Contains("certificate", StringComparison.Ordinal)
        );
        Assert.Contains(
            read.Notes!,
            note => note.StartsWith("few_targets", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Each_place_and_vantage_has_a_series_of_its_own()
    {
        var inside = new ProbeVantage(VantageSide.Inside, Place.OfArea("XX", "North"));
        SignalsRead read = Read(
            Round(1, ProbeResult.TimedOut) with
            {
                Vantage = inside,
            },
            Round(1, ProbeResult.Reached) with
            {
                Vantage = new ProbeVantage(VantageSide.Outside, null),
                Distribution = Distribution.Public,
            },
            Round(1, ProbeResult.Reached) with
            {
                Place = Place.OfCountry("YY"),
            }
        );
        Assert.Equal(
            [
                "breakwater probe from inside, XX/North",
                "breakwater probe from outside",
                "breakwater probe",
            ],
            read.Signals.Select(signal => signal.Source)
        );
        Assert.Equal(
            [Distribution.Community, Distribution.Public, Distribution.Community],
            read.Signals.Select(signal => signal.Marking.Distribution)
        );
    }

    [Fact]
    public void A_line_on_which_the_prober_is_blind_counts_neither_way()
    {
        ProbeRound round = Round(1, ProbeResult.Reached, ProbeResult.TimedOut) with
        {
            BlindOver = ["IPv6"],
        };
        round = round with
        {
            Probes = [round.Probes[0], round.Probes[1] with { Address = "2001:db8::1" }],
        };
        Assert.Equal(1, Assert.IsType<SeriesSignal>(Read(round).Signals[0]).Samples[0].Value);
    }

    [Fact]
    public void The_order_of_lines_changes_no_value() =>
        Gen.Select(Gen.Int[1, 12], Gen.Enum<ProbeResult>().Array[1, 4])
            .Array[1, 12]
            .Sample(rounds =>
            {
                ProbeRound[] lines = [.. rounds.Select(one => Round(one.Item1, one.Item2))];
                Assert.Equal(Values(Read(lines)), Values(Read([.. lines.Reverse()])));
            });

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{\"format\":\"other\"}", "missing")]
    [InlineData("null", null)]
    [InlineData("[]", "not JSON")]
    [InlineData(
        "{\"format\":\"breakwater-probe-1\",\"round\":1,\"at\":\"2026-06-01T00:00:00Z\",\"every\":\"PT1e300S\",\"state\":\"seeing\",\"probes\":[]}",
        ""
    )]
    [InlineData(
        "{\"format\":\"breakwater-probe-1\",\"round\":1,\"at\":\"9998-06-01T00:00:00Z\",\"state\":\"seeing\",\"probes\":[]}",
        "age"
    )]
    [InlineData(
        "{\"format\":\"breakwater-probe-1\",\"round\":1,\"at\":\"2026-06-01T00:00:00Z\",\"state\":\"seeing\",\"probes\":[null]}",
        "null"
    )]
    [InlineData(
        "{\"format\":\"breakwater-probe-1\",\"round\":1,\"at\":\"2026-06-01T00:00:00Z\",\"state\":\"seeing\",\"probes\":[],\"vantage\":{\"side\":\"inside\",\"place\":{\"prefix\":\"192.0.2.1/32\"}}}",
        "coarse"
    )]
    public void A_bad_line_is_told_and_the_rest_is_read(string line, string? reason)
    {
        string good = JsonSerializer.Serialize(Round(1, ProbeResult.Reached), Json.Compact);
        SignalsRead read = SignalsFromProbes.Read(File($"{line}\n{good}\n"), place);
        Assert.Single(read.Signals);
        Assert.Equal(reason is null ? 0 : 1, read.Faults.Count);
        if (reason is not null)
        {
            Assert.Equal("line 1", read.Faults[0].At);
            Assert.Contains(reason, read.Faults[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_that_a_cut_of_power_left_unfinished_costs_only_itself()
    {
        string path = Path.Combine(
            Directory.CreateTempSubdirectory("probes").FullName,
            "rounds.jsonl"
        );
        System.IO.File.WriteAllText(path, "{\"format\":\"breakwater-pro");
        using (var log = new ProbeLog(path))
        {
            log.Add(Round(1, ProbeResult.Reached));
        }

        using (var log = new ProbeLog(path))
        {
            log.Add(Round(2, ProbeResult.TimedOut));
        }

        SourceFile file = SourceFile.Of("rounds.jsonl", System.IO.File.ReadAllBytes(path));
        SignalsRead read = SignalsFromProbes.Read(file);
        Assert.Equal("line 1", Assert.Single(read.Faults).At);
        Assert.Equal([1d, 0d], Values(read));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void No_octets_make_it_throw() =>
        Gen.Select(Gen.Int[0, 600], Gen.Byte.Array[0, 8])
            .Sample(
                (at, noise) =>
                {
                    byte[] good = JsonSerializer.SerializeToUtf8Bytes(
                        Round(1, ProbeResult.Reached),
                        Json.Compact
                    );
                    noise.CopyTo(good, Math.Min(at, good.Length - noise.Length));
                    SignalsFromProbes.Read(SourceFile.Of("x", good), place);
                    SignalsFromProbes.Read(SourceFile.Of("x", noise), place);
                },
                iter: 5_000
            );

    [Fact]
    public void Without_a_place_a_line_is_told_of_and_left_out()
    {
        string line = JsonSerializer.Serialize(
            Round(1, ProbeResult.Reached) with
            {
                Place = null,
            },
            Json.Compact
        );
        Assert.Contains(
            "--place",
            Assert.Single(SignalsFromProbes.Read(File(line)).Faults).Remedy,
            StringComparison.Ordinal
        );
        Assert.Equal(place, Assert.Single(SignalsFromProbes.Read(File(line), place).Signals).Place);
        Assert.True(SignalsFromProbes.Is(File(line)));
    }

    private static IEnumerable<double?> Values(SignalsRead read) =>
        read
            .Signals.OfType<SeriesSignal>()
            .SelectMany(series => series.Samples.Select(sample => sample.Value));

    private static SignalsRead Read(params ProbeRound[] rounds) =>
        SignalsFromProbes.Read(
            File(
                string.Join(
                    '\n',
                    rounds.Select(round => JsonSerializer.Serialize(round, Json.Compact))
                )
            )
        );

    private static SourceFile File(string text) =>
        SourceFile.Of("rounds.jsonl", Encoding.UTF8.GetBytes(text));

    private static ProbeRound Round(int number, params ProbeResult[] results) =>
        new()
        {
            Format = ProbeRound.FormatName,
            Round = number,
            At = start + Duration.FromMinutes(number - 1),
            Every = Duration.FromMinutes(1),
            Place = place,
            State = RoundState.Seeing,
            Probes =
            [
                .. results.Select(
                    (result, index) =>
                        new Probe(
                            $"tcp://192.0.2.{index}:443",
                            ProbeKind.Tcp,
                            $"192.0.2.{index}",
                            start,
                            result,
                            null,
                            null,
                            null,
                            1
                        )
                ),
            ],
        };
}
