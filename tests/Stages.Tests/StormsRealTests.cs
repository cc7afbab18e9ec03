using Breakwater.Bench.Accuracy;
using Breakwater.Disruptions;
using Breakwater.Tests;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>The worms of 2001 in the SFU sets; a test skips with its reason where they are absent.</summary>
public sealed class StormsRealTests
{
    private static SfuSet Set(string name)
    {
        _ = SharedData.PathOf(StormSets.Folder);
        string shared = SharedData.PathOf("");
        SfuSet set = name switch
        {
            "Code_Red_I" => StormSets.CodeRed(shared),
            "Nimda" => StormSets.Nimda(shared),
            "RIPE_regular" => StormSets.RipeRegular(shared),
            _ => StormSets.BcnetRegular(shared),
        };
        Assert.Empty(set.Faults);
        return set;
    }

    [Theory]
    [InlineData("Code_Red_I", 600)]
    [InlineData("Nimda", 1301)]
    public void Each_worm_is_one_storm_whose_minutes_are_those_labelled(string worm, int labelled)
    {
        SfuSet set = Set(worm);
        StormFlags flags = StormFlags.Of(set, StormProfile.Default);
        Assert.Equal(labelled, set.IsLabelled.Count(label => label));
        Assert.Single(flags.Storms);
        MinuteScore score = MinuteScore.Of(
            flags.Said(isHindsight: true),
            set.IsLabelled,
            flags.JudgedMinutes
        );
        Assert.True(score.F1 >= 0.9, $"F1 {score.F1:F3}");
    }

    [Theory]
    [InlineData("RIPE_regular")]
    [InlineData("BCNET_regular")]
    public void Regular_days_have_no_storm(string quiet)
    {
        StormFlags flags = StormFlags.Of(Set(quiet), StormProfile.Default);
        Assert.NotEmpty(flags.JudgedMinutes);
        Assert.Empty(flags.Storms);
    }
}
