using Breakwater.Feeds.Law;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>Every rule has cases that lawyers can write: where it holds, and near misses where it does not.</summary>
public sealed class TwinsTests
{
    [Fact]
    public void Every_twin_comes_out_as_its_author_says()
    {
        CasesRead read = CasesReader.Twins(
            Path.Combine(LawPackReader.Folder, LawPackReader.Default),
            Packs.Core
        );
        Assert.Empty(read.Faults);
        Score score = Scoring.Of(Packs.Core, read.Cases);
        Assert.Empty(
            score.Mismatched.Select(one => $"{one.Case.At.File}: {one.Expected.Rule} {one.Actual}")
        );
        Assert.True(score.Expectations >= 600);
        Assert.All(score.ByBasis.Keys, basis => Assert.Equal(Basis.Constructed, basis));
    }

    [Fact]
    public void Every_rule_has_a_twin_on_either_side() =>
        Assert.All(
            Packs.Core.Rules,
            rule =>
                Assert.All(
                    ["holds", "fails"],
                    side =>
                        Assert.True(
                            Directory.Exists(
                                Path.Combine(
                                    LawPackReader.Folder,
                                    LawPackReader.Default,
                                    "cases",
                                    rule.Id,
                                    side
                                )
                            ),
                            $"{rule.Id} has no twin under {side}"
                        )
                )
        );
}
