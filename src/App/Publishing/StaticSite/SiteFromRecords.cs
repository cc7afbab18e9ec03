using System.Text;
using Breakwater.App.Ogc;
using Breakwater.App.Pages;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications.OpenData;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Publishing.StaticSite;

/// <summary>What was written, and what could not be.</summary>
/// <param name="Missing">Documents whose octets this node does not hold.</param>
internal sealed record SiteWritten(
    int Publications,
    int Withdrawn,
    int Files,
    IReadOnlyList<string> Missing
);

/// <summary>
/// From the records of a node to a site of files: what the public may read and nothing else, each with its proof. The same records
/// give the same octets.
/// </summary>
internal static class SiteFromRecords
{
    /// <param name="base">Address under which it will be served, for feeds that are read elsewhere; empty for relative links.</param>
    public static async Task<SiteWritten> Write(
        IRecords records,
        SiteFolder folder,
        string @base,
        Instant now,
        CancellationToken cancel
    )
    {
        var view = new PublicView(records, now: now);
        PublishedList list = await PublishedList.Of(view).ConfigureAwait(false);
        var missing = new List<string>();
        // Before the proofs, so that one checkpoint covers them all.
        folder.Write(SitePaths.Checkpoint, await records.Checkpoint(cancel).ConfigureAwait(false));
        folder.Write(SitePaths.Key, records.Node + "\n");
        folder.Write(SitePaths.Style, Layout.Style);
        foreach (PublishedItem item in list.Items)
        {
            foreach (Recorded<ReportBody> document in item.Documents)
            {
                await Put(
                        records,
                        folder,
                        SitePaths.Document(item.Id, document.Body.Language),
                        document.Product.Id,
                        document.Body.Html,
                        missing,
                        cancel
                    )
                    .ConfigureAwait(false);
            }
        }

        foreach (
            PublishedFile file in list
                .Items.SelectMany(item => item.Files)
                .Concat(list.Gone.SelectMany(gone => gone.Cancellations))
        )
        {
            await Put(
                    records,
                    folder,
                    SitePaths.File(file),
                    PublishedFile.IdOf(file.Of, file.Name),
                    file.Sha256,
                    missing,
                    cancel
                )
                .ConfigureAwait(false);
        }

        foreach (PublishedGone gone in list.Gone)
        {
            foreach (Withdrawn told in gone.Told)
            {
                folder.Write(
                    SitePaths.Document(gone.Id, told.Language),
                    SitePages.Stub(PageTexts.For(told.Language), told)
                );
            }
        }

        bool hasKey = await Key(records, folder, view, cancel).ConfigureAwait(false);
        await Data(records, folder, now, cancel).ConfigureAwait(false);
        var feeds = new NewsFeeds(list, records.Node.Name, @base);
        var english = PageTexts.For("en");
        folder.Write(
            SitePaths.News,
            feeds.Publications(
                english,
                item => SitePaths.Document(item.Id, item.In("en").Body.Language),
                gone => SitePaths.Document(gone.Id, gone.In("en").Language)
            )
        );
        folder.Write(SitePaths.Alerts, feeds.Alerts(english, SitePaths.File));
        var pages = new SitePages(
            list,
            records.Node.Name,
            await records.Count().ConfigureAwait(false),
            hasKey
        );
        foreach (PageTexts texts in PageTexts.Languages.Select(PageTexts.For))
        {
            folder.Write(SitePaths.Page("index", texts.Language), pages.Index(texts));
            folder.Write(SitePaths.Page("verify", texts.Language), pages.Verify(texts));
        }

        folder.Finish();
        return new SiteWritten(list.Items.Count, list.Gone.Count, folder.Files.Count, missing);
    }

    private static async Task Put(
        IRecords records,
        SiteFolder folder,
        string path,
        string product,
        string sha256,
        List<string> missing,
        CancellationToken cancel
    )
    {
        if (
            await Composing.Octets(records, sha256).ConfigureAwait(false) is not { } octets
            || await ProofFiles.Of(records, product, sha256, cancel).ConfigureAwait(false)
                is not { } proof
        )
        {
            missing.Add(path);
            folder.Write(path, "");
            folder.Write(path + TlogProof.Extension, "");
            return;
        }

        folder.Write(path, octets);
        folder.Write(path + TlogProof.Extension, Encoding.UTF8.GetBytes(proof.ToString()));
    }

    /// <returns>True once an alert was released, and so a key bound.</returns>
    private static async Task<bool> Key(
        IRecords records,
        SiteFolder folder,
        PublicView view,
        CancellationToken cancel
    )
    {
        if (await view.All<AlertKey>(AlertKey.Kind).ConfigureAwait(false) is not [.., var key])
        {
            return false;
        }

        folder.Write(AlertKey.File, key.Body.Pem);
        if (
            key.Product.Evidence is [var evidence]
            && await ProofFiles
                .Of(records, key.Product.Id, evidence.Sha256, cancel)
                .ConfigureAwait(false)
                is { } proof
        )
        {
            folder.Write(AlertKey.File + TlogProof.Extension, proof.ToString());
        }

        return true;
    }

    private static async Task Data(
        IRecords records,
        SiteFolder folder,
        Instant now,
        CancellationToken cancel
    )
    {
        using var collections = new Collections(records, new ClockAt(now));
        foreach (FeatureCollection collection in Collections.All.Where(each => each.IsAlways))
        {
            FeaturesSeen seen = await collections
                .Of(collection, Reader.Anonymous, cancel)
                .ConfigureAwait(false);
            folder.Write($"data/{collection.Id}.geojson", GeoJson.Write(seen.All));
        }
    }

    private sealed class ClockAt(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
