using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications.OpenData;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Ogc;

/// <param name="Kind">Of the products that it shows.</param>
/// <param name="IsAlways">Listed for everybody, also while nothing is in it; another is there only for whom something is in it.</param>
internal sealed record FeatureCollection(
    string Id,
    string Kind,
    string Title,
    string Description,
    bool IsAlways,
    Func<PublicView, Task<IReadOnlyList<Feature>>> Read
);

/// <summary>Features of one collection as one reader may see them.</summary>
/// <param name="Until">When an embargo ends, so that there is more; null when none does.</param>
internal sealed record FeaturesSeen(long Sequence, Instant? Until, IReadOnlyList<Feature> All);

/// <summary>
/// The collections that are offered as open data, and what a reader may see of each. Of records that were told again the last
/// telling counts, as on the pages.
/// </summary>
internal sealed class Collections(IRecords records, IClock clock) : IDisposable
{
    public static IReadOnlyList<FeatureCollection> All { get; } =
    [
        new(
            "disruptions",
            "disruption",
            "Disruptions",
            "Losses of connectivity or of core-resource function, each with its kind, its period as ranges, and how sure that is. The shape is the boxes of the country; what lies on no map has none.",
            IsAlways: true,
            Disruptions
        ),
        new(
            "restorations",
            "restoration",
            "Restorations",
            "Measured returns of one service in one area, seen by somebody other than who delivered it.",
            IsAlways: true,
            Restorations
        ),
        new(
            "needs",
            "need",
            "Needs",
            "Who lacks which service, where and since when. Civilians and responders are counted apart.",
            IsAlways: false,
            async view =>
                [
                    .. Need.Latest(
                            (await view.All<Need>("need").ConfigureAwait(false)).Select(each =>
                                each.Body
                            )
                        )
                        .Select(Feature.Of),
                ]
        ),
        new(
            "plans",
            "plan",
            "Plans",
            "Offers matched to needs: proposals, about which people decide.",
            IsAlways: false,
            async view =>
                [
                    .. (await view.All<Plan>("plan").ConfigureAwait(false)).Select(each =>
                        Feature.Of(each.Body)
                    ),
                ]
        ),
    ];

    /// <summary>What the public sees, read once for each state of the products, because everybody sees it alike.</summary>
    private readonly Dictionary<string, FeaturesSeen> _public = new(StringComparer.Ordinal);

    /// <summary>Reading judges every product of a kind, so readers take turns at it.</summary>
    private readonly SemaphoreSlim turn = new(1);

    public async Task<FeaturesSeen> Of(
        FeatureCollection collection,
        Reader reader,
        CancellationToken cancel
    )
    {
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            Instant now = clock.GetCurrentInstant();
            long sequence = records.ProductsAsOf;
            if (
                reader == Reader.Anonymous
                && _public.TryGetValue(collection.Id, out FeaturesSeen? kept)
                && kept.Sequence >= sequence
                && !(kept.Until <= now)
            )
            {
                return kept;
            }

            var view = new PublicView(records, reader, now);
            IReadOnlyList<Feature> all = await collection.Read(view).ConfigureAwait(false);
            var seen = new FeaturesSeen(
                sequence,
                view.Until,
                [.. all.DistinctBy(feature => feature.Id)]
            );
            if (reader == Reader.Anonymous && sequence > 0)
            {
                _public[collection.Id] = seen;
            }

            return seen;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private static async Task<IReadOnlyList<Feature>> Disruptions(PublicView view)
    {
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        return
        [
            .. (await view.All<Disruption>("disruption").ConfigureAwait(false))
                .Where(each => standing.Stands(each.Body.Id))
                .Select(each => Feature.Of(each.Body)),
        ];
    }

    private static async Task<IReadOnlyList<Feature>> Restorations(PublicView view) =>
        [
            .. Restoration
                .Latest(
                    (await view.All<Restoration>("restoration").ConfigureAwait(false)).Select(
                        each => each.Body
                    )
                )
                .Select(Feature.Of),
        ];
}
