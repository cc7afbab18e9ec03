using Breakwater.App;
using Breakwater.Disruptions.Law;
using Breakwater.Publications;
using Breakwater.Records;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>A recorded walk: every sentence leads back to raw rows, and the store proves itself.</summary>
public sealed class WalkRecordedTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("breakwater-walk-").FullName;
    private SqliteRecords records = null!;

    public ValueTask InitializeAsync()
    {
        records = SqliteRecords.Open(folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await records.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("afrinic-2025")]
    [InlineData("gaza-2023-10")]
    [InlineData("iran-2026-01")]
    [InlineData("sudan-2024-02")]
    [InlineData("telegram-india-2026-06")]
    [InlineData("tonga-2022-01")]
    public async Task INV_10_Every_part_of_the_English_report_is_explained_back_to_raw_rows_or_a_stated_input(
        string id
    )
    {
        WalkResult walk = WalkOf.Once(id);
        await Recording.Keep(records, walk, TestContext.Current.CancellationToken);
        Publication english = walk.Publications.Single(p => p.Language == "en");
        string[] parts = [.. english.Traced().Select(part => part.Id).Distinct()];
        Assert.True(parts.Length > 30, $"{parts.Length} parts");
        var unexplained = new List<string>();
        foreach (string part in parts)
        {
            ExplanationNode? chain = await Explanation.Of(records, part);
            if (chain is null || !EndsAtEvidence(chain))
            {
                unexplained.Add($"{part}: {chain?.Summary ?? "not recorded"}");
            }
        }

        Assert.Empty(unexplained);

        Inspection inspection = await records.Verify(TestContext.Current.CancellationToken);
        Assert.Equal(0, inspection.DamageCount);
        Rebuilt rebuilt = await records.Rebuild(TestContext.Current.CancellationToken);
        Assert.True(rebuilt.IsIdentical);
        Assert.True(rebuilt.Events > parts.Length);
    }

    [Fact]
    public async Task A_finding_is_explained_by_the_facts_proposed_and_the_disruption_behind_them()
    {
        WalkResult walk = WalkOf.Sudan;
        await Recording.Keep(records, walk, TestContext.Current.CancellationToken);
        DisruptionFindings finding = walk.Walked.Norms!.Found.Findings.First(one =>
            one.Proposed.Count > 0
        );
        ExplanationNode chain = (await Explanation.Of(records, finding.Id))!;
        Assert.Contains(finding.Pack.Hash, chain.Summary, StringComparison.Ordinal);
        ExplanationNode facts = Assert.Single(chain.Inputs, node => node.Id == finding.Facts);
        Assert.Contains(facts.Inputs, node => node.Id == finding.Disruption);
        Assert.True(EndsAtEvidence(facts));
    }

    [Fact]
    public async Task A_walk_recorded_twice_keeps_the_chain_of_each_product()
    {
        WalkResult walk = WalkOf.Iran;
        await Recording.Keep(records, walk, TestContext.Current.CancellationToken);
        long once = await records.Count();
        await Recording.Keep(records, walk, TestContext.Current.CancellationToken);
        Assert.True(await records.Count() > once);
        Inspection inspection = await records.Verify(TestContext.Current.CancellationToken);
        Assert.Equal(0, inspection.DamageCount);
        ExplanationNode? chain = await Explanation.Of(
            records,
            walk.Walked.Detection.Disruptions[^1].Id
        );
        Assert.True(EndsAtEvidence(Assert.IsType<ExplanationNode>(chain)));
    }

    /// <summary>A raw row that this node holds, or an input that says why it is none: withheld, or made by a stated rule.</summary>
    private static bool EndsAtEvidence(ExplanationNode node) =>
        node.Evidence.Any(raw => raw.Raw.Count > 0 || raw.State == "the whole input")
        || node.Id.StartsWith("withheld:", StringComparison.Ordinal)
        || node.Inputs.Any(EndsAtEvidence);
}
