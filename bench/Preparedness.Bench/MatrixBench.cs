using BenchmarkDotNet.Attributes;
using Breakwater.Preparedness.Gaps;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Preparedness;

/// <summary>10,000 offers, 2,000 agreements, 2,000 commitments and 5,000 needs in 2,000 areas. Target: under 1 s.</summary>
[MemoryDiagnoser]
public class MatrixBench
{
    private static readonly Instant _now = Instant.FromUtc(2026, 11, 1, 0, 0);
    private IReadOnlyList<Cover> _covers = null!;

    [GlobalSetup]
    public void Make()
    {
        uint seed = 1;
        _covers =
        [
            .. Made(CoverKind.Offer, 10_000),
            .. Made(CoverKind.Agreement, 2_000),
            .. Made(CoverKind.Commitment, 2_000),
            .. Made(CoverKind.Need, 5_000),
        ];

        IEnumerable<Cover> Made(CoverKind kind, int count) =>
            Enumerable
                .Range(0, count)
                .Select(i => new Cover(
                    $"{kind}/{i}",
                    kind,
                    Next(10) == 0 ? CoverStanding.Ended : CoverStanding.Counts,
                    kind == CoverKind.Need || Next(2) == 0
                        ? [Phase.Mitigate]
                        : [Phase.Prepare, Phase.Recover],
                    Next(20) == 0 ? null : [(StakeholderClass)Next(7)],
                    Next(3) == 0 ? Enum.GetValues<PopulationGroup>() : [(PopulationGroup)Next(4)],
                    [Place.OfArea("SD", $"area {Next(50)}", $"part {Next(40)}")],
                    CountRange.Exactly(Next(10_000)),
                    CountRange.Exactly(Next(100)),
                    Next(2) == 0
                ));

        int Next(int below)
        {
            seed = unchecked((seed * 1_664_525) + 1_013_904_223);
            return (int)(seed >> 8) % below;
        }
    }

    [Benchmark]
    public int Matrix() => GapMatrixFromCover.Compute(_covers, null, _now, []).Cells.Count;

    [Benchmark]
    public int MatrixOfACountry() =>
        GapMatrixFromCover.Compute(_covers, "SD", _now, []).Cells.Count;
}
