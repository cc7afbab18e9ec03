using Breakwater.Ledger;
using CsCheck;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>Random sequences of everything a store can be asked, against a store of two dictionaries.</summary>
public sealed class ModelTests
{
    private abstract record Step;

    /// <param name="Stale">How far behind the caller is: 0 is right.</param>
    private sealed record Add(int Subject, int Stale, int[] Products) : Step;

    private sealed record Keep(byte Content) : Step;

    private sealed record Remake : Step;

    private sealed record Reopen : Step;

    private static readonly Gen<Step> step = Gen.Frequency(
        (
            8,
            Gen.Select(
                Gen.Int[0, 2],
                Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[-1, 1])),
                Gen.Int[-1, 4].Array[1, 4],
                (subject, stale, products) => (Step)new Add(subject, stale, products)
            )
        ),
        (2, Gen.Byte.Select(content => (Step)new Keep(content))),
        (1, Gen.Const((Step)new Remake())),
        (1, Gen.Const((Step)new Reopen()))
    );

    [Fact]
    public Task Any_sequence_of_operations_leaves_what_the_model_says() =>
        step.List[1, 25].SampleAsync(Follow, iter: 40);

    private static async Task Follow(List<Step> steps)
    {
        using var scratch = new Scratch();
        SqliteRecords records = SqliteRecords.Open(scratch.Folder);
        var versions = new Dictionary<string, long>();
        var products = new Dictionary<string, (long Sequence, string Input)>();
        var evidence = new HashSet<byte>();
        long count = 0;
        foreach (Step next in steps)
        {
            switch (next)
            {
                case Add add:
                    string subject = $"s-{add.Subject}";
                    long actual = versions.GetValueOrDefault(subject);
                    long expected = actual + add.Stale;
                    Draft[] drafts =
                    [
                        .. add.Products.Select(id =>
                            id < 0 ? Some.Note("n") : Some.Product($"p-{id}", "aa", subject)
                        ),
                    ];
                    AppendOutcome outcome = await records.Append(subject, expected, drafts);
                    if (add.Stale != 0)
                    {
                        Assert.Equal(new Conflict(subject, expected, actual), outcome);
                        break;
                    }

                    versions[subject] = Assert.IsType<Appended>(outcome).Version;
                    Assert.Equal(actual + drafts.Length, versions[subject]);
                    foreach (int id in add.Products)
                    {
                        count++;
                        if (id >= 0)
                        {
                            products[$"p-{id}"] = (count, subject);
                        }
                    }

                    break;
                case Keep keep:
                    await records.Keep(new[] { keep.Content });
                    evidence.Add(keep.Content);
                    break;
                case Remake:
                    Assert.True((await records.Rebuild()).IsIdentical);
                    break;
                case Reopen:
                    await records.DisposeAsync();
                    records = SqliteRecords.Open(scratch.Folder);
                    break;
            }

            Assert.Equal(count, await records.Count());
        }

        foreach ((string id, (long sequence, string input)) in products)
        {
            Product product = Assert.IsType<Product>(await records.Product(id));
            Assert.Equal(sequence, product.Sequence);
            Assert.Equal([input], product.Inputs);
            Assert.Contains(new Link(LinkRelation.Input, input), await records.Links(id));
        }

        foreach ((string subject, long version) in versions)
        {
            Assert.Equal(version, await records.EventsOf(subject).CountAsync());
        }

        Assert.Equal(products.Count, await records.Products("signal").CountAsync());
        Inspection found = await records.Verify();
        Assert.Empty(found.Damages);
        Assert.Equal((count, evidence.Count), (found.Events, found.Evidence));
        await records.DisposeAsync();
    }
}
