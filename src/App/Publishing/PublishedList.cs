using Breakwater.App.Pages;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>One publication as everybody may read it: its documents by language, and its files.</summary>
/// <param name="Id">Of its subject, or of its first document for one that a walk gave.</param>
/// <param name="At">When it became public; when it was composed, for one that a walk gave.</param>
/// <param name="By">What took its place; null while nothing did.</param>
internal sealed record PublishedItem(
    string Id,
    string Form,
    Instant At,
    IReadOnlyList<Recorded<ReportBody>> Documents,
    IReadOnlyList<PublishedFile> Files,
    Replaced? By
)
{
    /// <summary>In a language, else in the first.</summary>
    public Recorded<ReportBody> In(string language) =>
        Documents.FirstOrDefault(document => document.Body.Language == language) ?? Documents[0];
}

/// <summary>A publication that was taken back, by language: what is told in its place.</summary>
/// <param name="Cancellations">Alerts that say so themselves.</param>
internal sealed record PublishedGone(
    string Id,
    IReadOnlyList<Withdrawn> Told,
    IReadOnlyList<PublishedFile> Cancellations
)
{
    public Withdrawn In(string language) =>
        Told.FirstOrDefault(told => told.Language == language) ?? Told[0];
}

/// <summary>All that is out, newest first. An embargo hides here what it hides everywhere, because the view does.</summary>
internal sealed record PublishedList(
    IReadOnlyList<PublishedItem> Items,
    IReadOnlyList<PublishedGone> Gone
)
{
    public static async Task<PublishedList> Of(PublicView view)
    {
        ILookup<string, PublishedFile> files = (
            await view.All<PublishedFile>(PublishedFile.Kind).ConfigureAwait(false)
        )
            .Select(each => each.Body with { At = Out(each.Product, each.Body.At) })
            .ToLookup(file => file.Of, StringComparer.Ordinal);
        Dictionary<string, Replaced> replaced = (
            await view.All<Replaced>(Replaced.Kind).ConfigureAwait(false)
        ).ToDictionary(each => each.Body.Publication, each => each.Body, StringComparer.Ordinal);
        PublishedItem[] items =
        [
            .. (await view.All<ReportBody>("publication").ConfigureAwait(false))
                .GroupBy(
                    report =>
                        report.Body.Of
                        ?? $"{report.Body.Scenario()} {report.Body.Form} {report.Body.AsOf}",
                    StringComparer.Ordinal
                )
                .Select(group => Item([.. group], files, replaced))
                .OrderByDescending(item => item.At)
                .ThenBy(item => item.Id, StringComparer.Ordinal),
        ];
        PublishedGone[] gone =
        [
            .. (await view.All<Withdrawn>(Withdrawn.Kind).ConfigureAwait(false))
                .Select(each => each.Body)
                .GroupBy(each => each.Subject, StringComparer.Ordinal)
                .Select(group => Taken(group.Key, [.. group], files))
                .OrderByDescending(each => each.Told[0].At)
                .ThenBy(each => each.Id, StringComparer.Ordinal),
        ];
        return new PublishedList(items, gone);
    }

    private static PublishedItem Item(
        IReadOnlyList<Recorded<ReportBody>> documents,
        ILookup<string, PublishedFile> files,
        Dictionary<string, Replaced> replaced
    )
    {
        ReportBody first = documents[0].Body;
        return new PublishedItem(
            first.Of ?? documents[0].Product.Id,
            first.Form,
            Out(documents[0].Product, first.At ?? first.AsOf),
            documents,
            first.Of is { } of
                ? [.. files[of].OrderBy(file => file.Name, StringComparer.Ordinal)]
                : [],
            documents
                .Select(document => replaced.GetValueOrDefault(document.Product.Id))
                .FirstOrDefault(by => by is not null)
        );
    }

    /// <summary>What is released under an embargo is out when that ends.</summary>
    private static Instant Out(Product product, Instant released) =>
        product.Marking.EmbargoUntil is { } end ? Instant.Max(end, released) : released;

    private static PublishedGone Taken(
        string subject,
        IReadOnlyList<Withdrawn> told,
        ILookup<string, PublishedFile> files
    )
    {
        string id = subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return new PublishedGone(id, told, [.. files[id].Where(file => file.Publication is null)]);
    }
}
