using System.Text;
using Breakwater.App.Pages;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class PageCacheTests : IAsyncLifetime
{
    private readonly string _folder = DataFolder.Fresh();
    private SqlRecords _records = null!;
    private readonly TestClock _clock = new();
    private int _made;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _records = DataFolder.Open(_folder);
        await Record(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task However_many_ask_a_page_is_made_once_until_a_product_is_recorded()
    {
        var pages = new PageCache(_records, _clock);

        KeptPage?[] crowd = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => pages.Get("en /", Make), Cancel))
        );
        await _records.Append("talk", 0, [Talk()], Cancel);
        KeptPage? later = await pages.Get("en /", Make);
        await Record(1);
        KeptPage? fresh = await pages.Get("en /", Make);

        Assert.All(
            crowd,
            page => Assert.Equal("page 1", Encoding.UTF8.GetString(page!.Octets.Plain))
        );
        Assert.Same(crowd[0], later);
        Assert.Equal("page 2", Encoding.UTF8.GetString(fresh!.Octets.Plain));
    }

    [Fact]
    public async Task Each_language_has_its_own_page_and_what_is_not_there_is_asked_for_anew()
    {
        var pages = new PageCache(_records, _clock);

        await pages.Get("en /", Make);
        await pages.Get("ar /", Make);
        Assert.Null(await pages.Get("en /plans/none", Nothing));
        Assert.Null(await pages.Get("en /plans/none", Nothing));

        Assert.Equal(4, _made);
    }

    [Fact]
    public async Task A_page_that_could_not_be_made_is_tried_again()
    {
        var pages = new PageCache(_records, _clock);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            pages.Get("en /", () => throw new InvalidOperationException())
        );

        Assert.NotNull(await pages.Get("en /", Make));
    }

    [Fact]
    public async Task A_page_is_made_anew_when_an_embargo_ends()
    {
        var pages = new PageCache(_records, _clock);
        Instant end = _clock.Now + Duration.FromHours(1);
        KeptPage? before = await pages.Get("en /", Held);
        _clock.Now = end - Duration.FromSeconds(1);
        Assert.Same(before, await pages.Get("en /", Held));
        _clock.Now = end;
        KeptPage? after = await pages.Get("en /", Make);

        Assert.Equal("page 2", Encoding.UTF8.GetString(after!.Octets.Plain));
        Assert.Same(after, await pages.Get("en /", Make));

        Task<WrittenPage?> Held() =>
            Task.FromResult<WrittenPage?>(new WrittenPage($"page {++_made}", end));
    }

    private Task<WrittenPage?> Make() =>
        Task.FromResult<WrittenPage?>(new WrittenPage($"page {++_made}"));

    private Task<WrittenPage?> Nothing()
    {
        _made++;
        return Task.FromResult<WrittenPage?>(null);
    }

    private Task<AppendOutcome> Record(long version) =>
        _records.Append(
            "walk",
            version,
            [
                ProductRecorded
                    .Of("signal-1", "signal", new { Version = version }, [])
                    .ToDraft(Marking.Public, "detector", []),
            ],
            Cancel
        );

    private static Draft Talk() =>
        Draft.Of("SomethingElse", new { Text = "talk" }, Marking.Public, "somebody");
}
