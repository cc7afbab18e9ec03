using Breakwater.Bgp;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class HijackGripTests
{
    public static TheoryData<string> Files =>
        new(
            SharedData
                .FilesIn("data/routing/hijacks-grip")
                .Where(file => file.EndsWith(".json", StringComparison.Ordinal))
                .DefaultIfEmpty("data/routing/hijacks-grip")
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void A_newcomer_of_GRIP_is_another_origin_of_the_prefix_or_of_a_part_of_it(string file)
    {
        GripCase grip = GripCase.Read(SharedData.PathOf(file));
        var expectations = new Expectations([
            new Expectation { Prefix = grip.Known, Origins = grip.Victims },
        ]);
        Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
        Assert.NotEmpty(grip.Paths);
        foreach (uint[] path in grip.Paths)
        {
            int count = CleanPath.Read(path, hops);
            Classified classified = HijackClassification.Classify(
                grip.Announced,
                hops[..count],
                hasOrigin: true,
                expectations
            );
            Assert.Equal(grip.ExpectedType, classified.Type.ToString());
            Assert.Equal(
                grip.ExpectedType != "-|-|-|-",
                classified.Suspect is { } suspect && grip.Attackers.Contains(suspect)
            );
        }

        foreach (
            uint[] path in grip.KnownPaths.Where(path => grip.Victims.Contains(new Asn(path[^1])))
        )
        {
            int count = CleanPath.Read(path, hops);
            Assert.False(
                HijackClassification
                    .Classify(grip.Known, hops[..count], hasOrigin: true, expectations)
                    .Type.IsDeparture
            );
        }
    }

    [Fact]
    public void Same_prefix_events_are_exact_and_most_others_are_parts_of_a_known_prefix()
    {
        SharedData.PathOf("data/routing/hijacks-grip");
        List<GripCase> all =
        [
            .. SharedData
                .FilesIn("data/routing/hijacks-grip")
                .Where(file => file.EndsWith(".json", StringComparison.Ordinal))
                .Select(file => GripCase.Read(SharedData.PathOf(file))),
        ];
        Assert.Equal(34, all.Count(grip => grip.EventType == "moas"));
        Assert.All(
            all.Where(grip => grip.EventType == "moas"),
            grip => Assert.Equal("E|0|-|-", grip.ExpectedType)
        );
        Assert.Equal(
            23,
            all.Count(grip => grip.EventType == "submoas" && grip.ExpectedType == "S|0|-|-")
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Replayed_behind_a_table_the_newcomer_departs_with_the_state_that_GRIP_recorded(
        string file
    )
    {
        GripCase grip = GripCase.Read(SharedData.PathOf(file));
        if (grip.ExpectedType == "-|-|-|-")
        {
            Assert.Null(grip.Judge());
            return;
        }

        (OriginDeparture departure, HijackJudgement judgement) = Assert.NotNull(grip.Judge());
        Assert.Equal(grip.ExpectedType, departure.Type.ToString());
        Assert.Equal(ExpectationBasis.Baseline, departure.Basis);
        string recorded = grip.Rpki[departure.Origin];
        Assert.Contains(
            judgement.Tags,
            tag =>
                tag.Tag
                == recorded switch
                {
                    "VALID" => "rpki_valid",
                    "INVALID_AS" => "rpki_invalid_as",
                    "INVALID_LENGTH" => "rpki_invalid_length",
                    _ => tag.Tag is "rpki_not_found" or "rpki_unknown" ? tag.Tag : "rpki_not_found",
                }
        );
        Assert.Equal(
            grip.Tags.Contains("rpki-some-newcomer-invalid-roa"),
            grip.Attackers.Any(attacker =>
                grip.Rpki[attacker].StartsWith("INVALID", StringComparison.Ordinal)
            )
        );
    }
}
