using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>What every store must do with lists that are for somebody: nothing in them depends on what is hidden.</summary>
public abstract class ReadersListConformance : IAsyncLifetime
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 1, 8, 12, 0);
    private static readonly Marking _ofOne = new(Distribution.Community, Tlp.AmberStrict)
    {
        Organisation = "carrier",
    };
    private static readonly Reader _relief = Reader.Of(
        new Participant(
            "planner-relief",
            "relief",
            StakeholderClass.CivilSociety,
            new HashSet<Role> { Role.Planner }
        ),
        Circle.Community
    );

    private IRecords records = null!;

    protected abstract IRecords Open(FoldingOf foldings);

    public ValueTask InitializeAsync()
    {
        records = Open(Thing.Fold);
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return records.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<Reader> Readers => [Reader.Anonymous, _relief];

    [Fact]
    public async Task What_only_a_hidden_document_holds_gives_the_page_that_nothing_gives()
    {
        for (int i = 0; i < 3; i++)
        {
            await Append(
                $"need/hidden-{i}",
                Thing.Of("need", "sealed-standing", "cholera", _ofOne) with
                {
                    Parent = "response/hidden",
                    Box = new Box(10, 10, 11, 11),
                }
            );
            await Append($"need/shown-{i}", Thing.Of("need"));
        }

        var one = new DocumentQuery("need") { IsDescending = true, Limit = 1 };
        foreach (Reader reader in Readers)
        {
            await Alike(one with { Text = "cholera" }, one with { Text = "plague" });
            await Alike(one with { Standing = "sealed-standing" }, one with { Standing = "none" });
            await Alike(one with { Parent = "response/hidden" }, one with { Parent = "response/" });
            await Alike(one with { Box = new(10, 10, 11, 11) }, one with { Box = new(0, 0, 1, 1) });

            async Task Alike(DocumentQuery hidden, DocumentQuery absent)
            {
                DocumentPage page = await records.Documents(hidden, reader, _noon);
                Assert.Empty(page.Documents);
                Assert.Null(page.Next);
                Assert.Null((await records.Documents(absent, reader, _noon)).Next);
            }
        }
    }

    [Fact]
    public async Task Pages_are_full_while_more_is_to_be_seen_and_the_last_one_says_that_it_is()
    {
        string[] seen = await Fill(120);

        foreach (Reader reader in Readers)
        {
            foreach (int limit in (int[])[1, 7, 40, 200])
            {
                var query = new DocumentQuery("need") { IsDescending = true, Limit = limit };
                List<DocumentPage> pages = await Pages(query, reader);

                Assert.Equal(seen.Reverse(), Subjects(pages));
                Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Documents.Count));
                Assert.NotEmpty(pages[^1].Documents);
                Assert.Equal(
                    seen,
                    Subjects(await Pages(query with { IsDescending = false }, reader))
                );
            }
        }
    }

    [Fact]
    public async Task Where_a_long_ledger_is_cut_into_stretches_says_nothing_of_what_is_hidden_in_them()
    {
        string[] seen = await Fill(120);

        foreach (bool isDescending in (bool[])[true, false])
        {
            var query = new DocumentQuery("need")
            {
                IsDescending = isDescending,
                Limit = 5,
                Stretch = 25,
            };
            Assert.Equal(
                isDescending ? seen.Reverse() : seen,
                Subjects(await Pages(query, _relief))
            );

            List<DocumentPage> hidden = await Pages(query with { Standing = "hidden" }, _relief);
            Assert.Empty(Subjects(hidden));
            Assert.Equal(
                (await Pages(query with { Standing = "absent" }, _relief)).Select(page =>
                    page.Next
                ),
                hidden.Select(page => page.Next)
            );
        }
    }

    [Fact]
    public async Task Each_reader_is_listed_what_the_guard_lets_through()
    {
        Marking[] markings =
        [
            Marking.Public,
            Marking.Public with
            {
                EmbargoUntil = _noon + Duration.FromHours(1),
            },
            Marking.Public with
            {
                Group = "g",
            },
            new(Distribution.Public, Tlp.Green),
            new(Distribution.Community, Tlp.Clear),
            new(Distribution.Group, Tlp.Green) { Group = "g" },
            _ofOne,
            Marking.Sealed,
        ];
        for (int i = 0; i < markings.Length; i++)
        {
            await Append($"need/{i}", Thing.Of("need", marking: markings[i]));
        }

        await Check();
        Assert.Empty((await records.Rebuild(Cancel)).Differences);
        await Check();

        async Task Check()
        {
            Assert.Equal("0", await Listed(Reader.Anonymous, _noon));
            Assert.Equal("0 1", await Listed(Reader.Anonymous, _noon + Duration.FromHours(1)));
            Assert.Equal("0 1 3 4", await Listed(_relief, _noon));
            Assert.Equal(
                "0 1 2 3 4 5",
                await Listed(_relief with { Groups = new HashSet<string> { "g" } }, _noon)
            );
            Assert.Equal(
                "0 1 3 4 6",
                await Listed(_relief with { Organisation = "carrier" }, _noon)
            );
            // Whom a record names sees it, wherever it stands.
            Assert.Equal(
                "0 6",
                await Listed(
                    Reader.Anonymous with
                    {
                        Person = "somebody",
                        NamedIn = new HashSet<string> { "need/6" },
                    },
                    _noon
                )
            );
        }

        async Task<string> Listed(Reader reader, Instant now) =>
            string.Join(
                ' ',
                (await records.Documents(new DocumentQuery("need"), reader, now)).Documents.Select(
                    document => document.Subject["need/".Length..]
                )
            );
    }

    [Fact]
    public async Task A_place_beyond_the_ledger_is_its_end()
    {
        await Append("need/1", Thing.Of("need"));
        var beyond = new DocumentQuery("need") { After = long.MaxValue };

        Assert.Empty((await records.Documents(beyond, _relief, _noon)).Documents);
        Assert.Single(
            (await records.Documents(beyond with { IsDescending = true }, _relief, _noon)).Documents
        );
    }

    /// <summary>Of three documents two are hidden, from the public and from the other organisation alike.</summary>
    private async Task<string[]> Fill(int count)
    {
        for (int i = 0; i < count; i++)
        {
            bool isShown = i % 3 == 1;
            await Append(
                $"need/{i}",
                Thing.Of(
                    "need",
                    isShown ? "open" : "hidden",
                    marking: isShown ? Marking.Public : _ofOne
                )
            );
        }

        return [.. Enumerable.Range(0, count).Where(i => i % 3 == 1).Select(i => $"need/{i}")];
    }

    private async Task<List<DocumentPage>> Pages(DocumentQuery query, Reader reader)
    {
        var pages = new List<DocumentPage>();
        do
        {
            pages.Add(await records.Documents(query, reader, _noon));
            query = query with { After = pages[^1].Next };
        } while (query.After is not null && pages.Count < 1000);

        return pages;
    }

    private static IEnumerable<string> Subjects(IEnumerable<DocumentPage> pages) =>
        pages.SelectMany(page => page.Documents).Select(document => document.Subject);

    private async Task Append(string subject, Thing thing) =>
        Assert.IsType<Appended>(await records.Append([thing.Write(subject)], cancel: Cancel));
}
