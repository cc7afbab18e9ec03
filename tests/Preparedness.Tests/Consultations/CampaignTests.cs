using Breakwater.Preparedness.Consultations.Grouping;
using CsCheck;
using Xunit;

namespace Breakwater.Preparedness.Tests.Consultations;

public sealed class CampaignTests
{
    private const double Floor = 0.95;

    [Theory]
    [InlineData(1, 800)]
    [InlineData(2, 800)]
    [InlineData(3, 3_000)]
    public void Campaigns_are_found_and_near_misses_stay_apart(int seed, int inputs) =>
        Holds(Campaigns.Make(inputs, seed));

    [Theory]
    [InlineData(1, 800)]
    [InlineData(2, 2_000)]
    public void So_they_are_in_a_language_that_no_list_knows(int seed, int inputs) =>
        Holds(Scrambles.Make(inputs, seed));

    [Fact]
    public void Groups_are_the_same_in_any_order_and_on_any_number_of_threads()
    {
        MadeInputs made = Campaigns.Make(400, 7);
        InputGroups one = GroupsFromInputs.Find(made.Inputs, threads: 1);
        InputGroups many = GroupsFromInputs.Find([.. made.Inputs.Reverse()], threads: 8);
        Assert.Equivalent(one, many, strict: true);
    }

    [Fact]
    public void What_comes_later_never_changes_how_earlier_ones_are_grouped()
    {
        MadeInputs made = Campaigns.Make(400, 8);
        InputGroups early = GroupsFromInputs.Find([.. made.Inputs.Take(200)]);
        InputGroups late = GroupsFromInputs.Find(made.Inputs);
        var after = late
            .Groups.SelectMany(group => group.Copies.Select(copy => (copy.Id, group.First)))
            .ToDictionary();
        Assert.All(
            early.Groups.SelectMany(group => group.Copies.Select(copy => (copy.Id, group.First))),
            copy => Assert.Equal(copy.First, after[copy.Id])
        );
    }

    [Fact]
    public void Added_as_they_come_they_group_as_all_at_once()
    {
        IReadOnlyList<InputText> inputs = GroupsFromInputs.InOrder(Campaigns.Make(400, 10).Inputs);
        InputGroups whole = GroupsFromInputs.Find(inputs);
        Gen.Int[1, 150]
            .Sample(
                size =>
                {
                    var grouping = new InputGrouping();
                    foreach (InputText[] some in inputs.Chunk(size))
                    {
                        grouping.Add(some);
                    }

                    Assert.Equivalent(whole, grouping.Groups(), strict: true);
                },
                iter: 5
            );
    }

    [Fact]
    public void None_is_lost()
    {
        MadeInputs made = Campaigns.Make(400, 9);
        InputGroups groups = GroupsFromInputs.Find(made.Inputs);
        Assert.Equal(made.Inputs.Count, groups.Inputs);
        Assert.Equal(groups.Inputs, groups.Voices + groups.Groups.Sum(group => group.Copies.Count));
    }

    private static void Holds(MadeInputs made)
    {
        InputGroups groups = GroupsFromInputs.Find(made.Inputs);
        (double precision, double recall) = made.Score(groups);
        (double byInput, double recalled) = made.ScoreByInput(groups);
        Assert.True(
            precision > Floor && recall > Floor && byInput > Floor && recalled > Floor,
            $"pairs: precision {precision:f4}, recall {recall:f4}; inputs: precision {byInput:f4}, recall {recalled:f4}; {Worst(made, groups)}"
        );
    }

    /// <summary>Two that were put together and do not belong together, so that whoever breaks it sees how.</summary>
    private static string Worst(MadeInputs made, InputGroups groups)
    {
        var texts = made.Inputs.ToDictionary(input => input.Id, input => input.Text);
        IEnumerable<string> wrong = groups
            .Groups.SelectMany(group => group.Copies.Select(copy => (group.First, copy.Id)))
            .Where(pair => made.VoiceOf[pair.First] != made.VoiceOf[pair.Id])
            .Take(3)
            .Select(pair => $"\nTOGETHER\n{texts[pair.First]}\n--\n{texts[pair.Id]}");
        var first = groups
            .Groups.SelectMany(group => group.Copies.Select(copy => copy.Id))
            .ToHashSet();
        IEnumerable<string> missed = made
            .Inputs.GroupBy(input => made.VoiceOf[input.Id])
            .Where(voice => voice.Count() > 1)
            .SelectMany(voice =>
                voice
                    .Skip(1)
                    .Where(input => !first.Contains(input.Id))
                    .Select(input => (One: voice.First(), input))
            )
            .Take(4)
            .Select(pair => $"\nAPART\n{pair.One.Text}\n--\n{pair.input.Text}");
        return string.Concat(wrong.Concat(missed));
    }
}
