using Breakwater.Feeds;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>Input that means harm, or nothing at all: links out, floods, damaged shapes, random text.</summary>
public sealed class ScenariosHostile : IDisposable
{
    private const string Good = ScenariosFolder.Good;

    private readonly ScenariosFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_link_that_leads_out_of_the_folder_is_not_followed()
    {
        string outside = Path.GetTempFileName();
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder.Path, "link.csv"), outside);
            ScenarioRead read = Read(
                Good.Replace("series.csv", "link.csv", StringComparison.Ordinal)
            );
            Assert.Contains(
                "leads out",
                Assert.Single(read.Faults).Reason,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public void A_file_above_its_limit_is_refused()
    {
        ScenarioRead read = Read(new string('#', (int)ScenarioReader.MaxScenarioBytes + 1));
        Assert.Contains(
            "larger than the limit of 1024 KB",
            Assert.Single(read.Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Deep_nesting_is_refused_at_once()
    {
        ScenarioRead read = Read("id: " + new string('[', 500_000));
        Assert.Contains(
            "nested deeper",
            Assert.Single(read.Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_without_scenario_and_an_unknown_id_each_give_one_line()
    {
        Assert.Contains(
            "no such file",
            Assert.Single(ScenarioReader.Read(folder.Path).Faults).Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Did you mean 'sudan-2024-02'?",
            Assert.Single(BundledScenarios.Read("sudan-2024-2").Faults).Remedy,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{\n\"shapes\": 3}", 2, "is not an outline")]
    [InlineData("{\"shapes\": []}", 1, "is missing")]
    [InlineData("null", 1, "is missing")]
    [InlineData("""{"shapes": [], "points": [null], "attribution": "own"}""", 1, "lacks name")]
    [InlineData(
        """{"shapes": [{"name": "a", "role": "affected", "rings": [[[1, 2], [3], [4, 5], [1, 2]]]}], "points": [], "attribution": "own"}""",
        1,
        "not [longitude, latitude]"
    )]
    [InlineData(
        """{"shapes": [], "points": [{"name": "a", "place": {"country": 7}, "longitude": 1, "latitude": 2}], "attribution": "own"}""",
        1,
        "is not an outline"
    )]
    public void A_broken_outline_is_named_by_its_line(string json, int line, string reason)
    {
        folder.Write("outline.json", json);
        InputFault fault = Assert.Single(Read(Good + "\noutline: outline.json\n").Faults);
        Assert.Equal(("outline.json", $"line {line}"), (fault.File, fault.At));
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- ")]
    [InlineData("- a\n")]
    [InlineData("? ")]
    [InlineData("a: ")]
    [InlineData("a: b\n")]
    [InlineData("[a, ")]
    [InlineData("{a: ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("&a ")]
    [InlineData("# \n")]
    [InlineData("\n ")]
    public void A_hostile_megabyte_is_answered_with_faults(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        ScenarioRead read = Read(text);
        Assert.NotEmpty(read.Faults);
        Assert.True(read.Faults.Count <= 201);
    }

    [Fact]
    public void Random_text_never_throws_and_always_gives_a_scenario_or_faults()
    {
        string[] pieces =
        [
            .. Good.Split('\n').Select(line => line + "\n"),
            "- ",
            "  ",
            "\n",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "'",
            "\"",
            "\\uD800",
            "\"\\x0\"",
            "&a ",
            "*a",
            "|\n",
            ">-\n",
            "? ",
            "!!int ",
            "!<",
            "%YAML 1.2\n",
            "---\n",
            "...\n",
            "\t",
            "# ",
            "\u0000",
            "\uFEFF",
            "é",
            "\U0001F30A",
            "~",
            "null",
            "-0",
            "1e999",
            "9999999999999999999",
            "<<: ",
        ];
        Gen<string> piece = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
        Gen<string> random = Gen.OneOf(
            piece.Array[0, 60].Select(string.Concat),
            Gen.String[0, 200],
            Gen.Select(Gen.Int[0, Good.Length], piece)
                .Select(at => Good.Insert(at.Item1, at.Item2)),
            Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[1, 40])
                .Select(cut => Good.Remove(cut.Item1, Math.Min(cut.Item2, Good.Length - cut.Item1)))
        );
        random.Sample(
            text =>
            {
                ScenarioRead read = Read(text);
                Assert.Equal(read.Scenario is null, read.Faults.Count > 0);
                Assert.All(read.Faults, fault => Assert.NotEmpty(fault.Remedy));
            },
            iter: 3000,
            threads: 1
        );
    }

    private ScenarioRead Read(string yaml) => folder.Read(yaml);
}
