using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>The same signals give the same bytes; the future changes nothing about the past.</summary>
public sealed class DisruptionsOrderTests
{
    private const int Day = StepsPerDay;
    private static readonly Place Tehran = Place.OfArea("IR", "Tehran");

    private static readonly Signal[] Mixed =
    [
        Cut(SignalFamily.Probing, 12 * Day, 400, 480, 0.05),
        Cut(SignalFamily.Routing, 12 * Day, 405, 430, 0.9),
        Cut(SignalFamily.Application, 12 * Day, 400, 470, 0.02, source: "search"),
        Cut(SignalFamily.Application, 12 * Day, 401, 490, 0.1, source: "browser"),
        Cut(SignalFamily.Probing, 12 * Day, 300, int.MaxValue, 0.2, Tehran),
        Cut(SignalFamily.Application, 12 * Day, 350, 500, 0.1, null, "One"),
        Cut(SignalFamily.Application, 12 * Day, 360, 500, 0.1, null, "Two"),
        Report(402, ServiceState.Down, "resident"),
        Report(402, ServiceState.Working, "operator"),
        Report(300, ServiceState.Down, "resident", place: Tehran),
        Claim("shutdown", 401, "a coalition", Actor.State),
        Claim("power-loss", 401, "a ministry", Actor.None),
        Claim("shutdown", 20, "an early list"),
    ];

    [Fact]
    public void The_order_of_signals_changes_nothing()
    {
        string expected = Bytes(Detect(Mixed));
        Gen.Shuffle(Mixed).Sample(shuffled => Bytes(Detect(shuffled)) == expected, iter: 30);
    }

    [Fact]
    public void Many_threads_and_repeats_give_identical_bytes()
    {
        string[] bytes = new string[16];
        Parallel.For(0, bytes.Length, i => bytes[i] = Bytes(Detect(Mixed)));
        Assert.Single(bytes.Distinct());
    }

    [Fact]
    public void A_knowledge_date_hides_everything_after_it() =>
        Gen.Int[60, 12 * Day]
            .Sample(
                step =>
                {
                    Detection asOf = DisruptionsFromSignals.Detect(
                        Mixed,
                        DetectorProfile.Default,
                        asOf: At(step)
                    );
                    IReadOnlyList<Signal> erased =
                    [
                        .. Mixed
                            .Where(signal =>
                                signal switch
                                {
                                    ReportSignal report => report.ReceivedAt < At(step),
                                    ClaimSignal claim => claim.Claim.Start!.Earliest < At(step),
                                    _ => true,
                                }
                            )
                            .Select(signal =>
                                signal is SeriesSignal series
                                    ? series with
                                    {
                                        Samples =
                                        [
                                            .. series.Samples.Where(sample => sample.At < At(step)),
                                        ],
                                    }
                                    : signal
                            ),
                    ];
                    return Bytes(asOf) == Bytes(Detect(erased));
                },
                iter: 30
            );

    [Fact]
    public void A_report_received_after_the_knowledge_date_is_not_known_however_early_it_was_observed()
    {
        Signal[] reports =
        [
            Report(10, ServiceState.Down, "resident"),
            Report(11, ServiceState.Down, "operator", delay: NodaTime.Duration.FromDays(2)),
        ];
        Assert.Single(Detect(reports).Disruptions);
        Assert.Empty(
            DisruptionsFromSignals
                .Detect(reports, DetectorProfile.Default, asOf: At(60))
                .Disruptions
        );
    }

    [Fact]
    public void A_disruption_keeps_its_id_while_more_becomes_known_about_it()
    {
        Signal[] measured = [.. Mixed.OfType<SeriesSignal>().Where(s => s.Place.Equals(Tehran))];
        string[] ids =
        [
            .. Enumerable
                .Range(0, 8)
                .SelectMany(k =>
                    DisruptionsFromSignals
                        .Detect(
                            k % 2 == 0 ? measured : Mixed,
                            DetectorProfile.Default,
                            asOf: At(310 + (30 * k))
                        )
                        .Disruptions.Where(disruption => disruption.Place.Equals(Tehran))
                )
                .Select(disruption => disruption.Id),
        ];
        Assert.Equal(8, ids.Length);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public void Another_profile_gives_another_id()
    {
        Signal[] signals = [Cut(SignalFamily.Probing, 12 * Day, 400, 480, 0.05)];
        string IdUnder(DetectorProfile profile) =>
            DisruptionsFromSignals.Detect(signals, profile).Disruptions.Single().Id;
        Assert.NotEqual(
            IdUnder(DetectorProfile.Default),
            IdUnder(DetectorProfile.Default with { Version = 99 })
        );
    }
}
