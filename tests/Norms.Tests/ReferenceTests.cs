using System.IO.Compression;
using System.Text.Json;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Tests;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>The engine against outcomes that were computed by other hands from the same catalogue.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<bool, Programme> _programmes = new()
    {
        [false] = Programme.Of(Packs.Core, AsOf.Undated),
        [true] = Programme.Of(Packs.Core, AsOf.Undated, isClosed: true),
    };

    [Fact]
    public void All_222_000_outcomes_of_the_differential_file_are_the_same()
    {
        var evaluations = _programmes.ToDictionary(
            pair => pair.Key,
            pair => new Evaluation(pair.Value)
        );
        using var file = new StreamReader(
            new GZipStream(
                File.OpenRead(SharedData.PathOf("norms/expected/differential.jsonl.gz")),
                CompressionMode.Decompress
            )
        );
        int outcomes = 0;
        var wrong = new List<string>();
        while (file.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            Evaluation evaluation = evaluations[root.GetProperty("closure").GetBoolean()];
            evaluation.Evaluate(Values(root.GetProperty("facts")));
            int profile = evaluation.Programme.ProfileAt(root.GetProperty("profile").GetString()!);
            foreach (JsonProperty expected in root.GetProperty("outcomes").EnumerateObject())
            {
                outcomes++;
                string actual = evaluation
                    .OutcomeOf(evaluation.Programme.RuleIndex[expected.Name], profile)
                    .Word();
                if (actual != expected.Value.GetString())
                {
                    wrong.Add(
                        $"{root.GetProperty("id")} {expected.Name}: {actual}, not {expected.Value}"
                    );
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(222_000, outcomes);
    }

    [Fact]
    public void Both_sides_of_all_4_699_minimal_pairs_come_out_as_expected()
    {
        var evaluations = _programmes.ToDictionary(
            pair => pair.Key,
            pair => new Evaluation(pair.Value)
        );
        int pairs = 0;
        var wrong = new List<string>();
        foreach (
            string line in File.ReadLines(SharedData.PathOf("norms/expected/minimal-pairs.jsonl"))
        )
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            pairs++;
            foreach (string name in (string[])["a", "b"])
            {
                JsonElement side = root.GetProperty(name);
                Evaluation evaluation = evaluations[side.GetProperty("closure").GetBoolean()];
                evaluation.Evaluate(Values(side.GetProperty("facts")));
                string actual = evaluation
                    .OutcomeOf(
                        evaluation.Programme.RuleIndex[root.GetProperty("rule").GetString()!],
                        evaluation.Programme.ProfileAt(root.GetProperty("profile").GetString()!)
                    )
                    .Word();
                if (actual != side.GetProperty("outcome").GetString())
                {
                    wrong.Add($"{root.GetProperty("id")} {name}: {actual}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(4_699, pairs);
    }

    [Fact]
    public void Every_expectation_of_every_decided_case_is_matched_dated_or_not()
    {
        CasesRead read = CasesReader.Read(SharedData.PathOf("norms/norms-cases.yaml"), Packs.Core);
        Assert.Empty(read.Faults);
        Score score = Scoring.Of(Packs.Core, read.Cases);
        Assert.Empty(score.Mismatched);
        Assert.Equal((37, 92, 16), (score.Cases, score.Expectations, score.Dated));
        Assert.Equal(52, score.ByBasis[Basis.Holding].Total);
    }

    private static Dictionary<string, Kleene> Values(JsonElement facts) =>
        facts
            .EnumerateObject()
            .ToDictionary(
                fact => fact.Name,
                fact =>
                    fact.Value.ValueKind switch
                    {
                        JsonValueKind.True => Kleene.True,
                        JsonValueKind.False => Kleene.False,
                        _ => Kleene.Unknown,
                    },
                StringComparer.Ordinal
            );
}
