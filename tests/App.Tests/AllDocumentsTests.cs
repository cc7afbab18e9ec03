using Breakwater.App.Subjects;
using Breakwater.Records;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>All of a kind are all of them, or it says that they are not.</summary>
public sealed class AllDocumentsTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_is_cut_says_so_and_what_is_whole_has_all()
    {
        IReadOnlyList<Document> all = await _site.Records.AllOf("organisation");
        Assert.Equal(5, all.Count);
        (IReadOnlyList<Document> some, bool isWhole) = await _site.Records.FirstOf(
            "organisation",
            4
        );
        Assert.Equal((4, false), (some.Count, isWhole));
        Assert.True((await _site.Records.FirstOf("organisation", 5)).IsWhole);
        Assert.Contains(
            "more than 4 of organisation",
            new TooManyDocuments("organisation", 4).Message,
            StringComparison.Ordinal
        );
    }
}
