using Breakwater.Disruptions;
using Breakwater.Signals;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Feeds that fall, freeze, stray, rescale and vanish in any mixture.</summary>
public sealed class DisruptionsAnyInputTests
{
    private const int Steps = 30 * StepsPerDay;

    private static readonly double[] _factors = [0, 0.01, 0.2, 0.35, 0.5, 0.75, 0.95, 3, 100];

    private static readonly Gen<SeriesSignal> _feed = Gen.Select(
        Gen.Int[0, 3],
        Gen.Int[0, 9],
        Gen.Bool,
        Gen.Double[0, 0.6],
        Gen.Double[0, 0.4],
        Gen.Select(
            Gen.Int[0, 4],
            Gen.Int[5 * StepsPerDay, Steps],
            Gen.OneOf(Gen.Int[1, 6], Gen.Int[7, 2 * StepsPerDay], Gen.Const(Steps)),
            Gen.Int[0, _factors.Length - 1],
            (kind, from, count, factor) => new Turn(kind, from, count, _factors[factor])
        ).List[0, 4],
        (family, source, isOfFile, swing, noise, turns) =>
        {
            SeriesSignal feed = Series(
                (SignalFamily)family,
                Steps,
                i =>
                    turns.Aggregate(
                        (double?)Rhythm(i, source + 1, swing, noise),
                        (value, turn) =>
                            i < turn.From || i >= turn.From + turn.Count
                                ? value
                                : turn.Kind switch
                                {
                                    0 => null,
                                    1 => 100 * turn.Factor * Noise(source, i),
                                    2 => 100 * turn.Factor,
                                    _ => value * turn.Factor,
                                }
                    ),
                source: $"source {source}"
            );
            return isOfFile
                ? feed
                : feed with
                {
                    Evidence = [feed.Evidence[0] with { Sha256 = "" }],
                };
        }
    );

    /// <summary>What becomes of a feed for some samples: nothing, noise, one value, or another scale.</summary>
    private readonly record struct Turn(int Kind, int From, int Count, double Factor);

    [Fact]
    public void Whatever_feeds_do_each_disruption_has_its_own_id_sound_dates_and_a_source_that_agrees() =>
        _feed
            .List[1, 6]
            .Sample(
                feeds =>
                {
                    SeriesSignal[] given = [.. feeds.DistinctBy(feed => feed.Id)];
                    IReadOnlyList<Disruption> told = Detect(given).Disruptions;
                    Assert.Distinct(told.Select(one => one.Id));
                    Assert.All(
                        told,
                        one =>
                        {
                            Assert.InRange(
                                one.Confidence.Probability,
                                0,
                                DetectorProfile.Default.ConfidenceCap
                            );
                            Assert.Contains(
                                one.Sources,
                                source => source.Verdict == Verdict.Agrees
                            );
                            Assert.True(one.Onset.Earliest <= one.Onset.Latest);
                            Assert.True(
                                one.End is not { } end
                                    || (
                                        one.Onset.Latest <= end.Latest && end.Earliest <= end.Latest
                                    )
                            );
                        }
                    );
                },
                iter: 200
            );
}
