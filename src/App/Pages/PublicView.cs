using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages;

/// <summary>
/// A store as one reader may see it, the public unless another is named: pages and API read products through here and nowhere
/// else. What is not allowed looks exactly like what is not there. One view serves one request, so that a product is judged once.
/// </summary>
internal sealed class PublicView(IRecords records, Reader? reader = null, Instant? now = null)
{
    private readonly Reader _reader = reader ?? Reader.Anonymous;

    /// <summary>Without a moment every embargo still holds.</summary>
    private readonly Instant _now = now ?? Instant.MinValue;

    /// <summary>Inputs are followed this far; a longer chain is denied, because it could not be judged.</summary>
    private const int DepthMax = 16;

    private readonly Dictionary<string, bool> _isAllowed = new(StringComparer.Ordinal);

    /// <summary>Public products whose body this version cannot read; they are counted, never dropped in silence.</summary>
    public int Unreadable { get; private set; }

    public async Task<Product?> Find(string id) =>
        await records.Product(id).ConfigureAwait(false) is { } product
        && await IsAllowed(product, 0).ConfigureAwait(false)
            ? product
            : null;

    /// <summary>Whether this reader may see a product that was read already.</summary>
    public Task<bool> Allows(Product product) => IsAllowed(product, 0);

    public async Task<Recorded<T>?> Find<T>(string kind, string id)
        where T : class =>
        await Find(id).ConfigureAwait(false) is { } product && product.Kind == kind
            ? Read<T>(product)
            : null;

    /// <summary>All of a kind, in the order in which they were recorded.</summary>
    public async Task<IReadOnlyList<Recorded<T>>> All<T>(string kind)
        where T : class
    {
        var all = new List<Recorded<T>>();
        await foreach (Product product in records.Products(kind).ConfigureAwait(false))
        {
            if (
                await IsAllowed(product, 0).ConfigureAwait(false)
                && Read<T>(product) is { } recorded
            )
            {
                all.Add(recorded);
            }
        }

        return all;
    }

    /// <summary>Feeds of which no signal is public: a disruption must not name them either.</summary>
    public async Task<IReadOnlySet<string>> HiddenFeeds()
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (Product product in records.Products("signal").ConfigureAwait(false))
        {
            if (
                product.Body.TryGetProperty("source", out JsonElement source)
                && source.GetString() is { } name
            )
            {
                (await IsAllowed(product, 0).ConfigureAwait(false) ? seen : hidden).Add(name);
            }
        }

        hidden.ExceptWith(seen);
        return hidden;
    }

    /// <summary>
    /// The stretches in which nobody, or a source of the disruption, could see it; feeds that are not public are left out.
    /// Of what two runs said about one stretch, the later one is kept.
    /// </summary>
    public async Task<IReadOnlyList<Blind>> BlindDuring(Disruption disruption)
    {
        IReadOnlySet<string> hidden = await HiddenFeeds().ConfigureAwait(false);
        var kept = new List<Blind>();
        foreach (
            Blind stretch in (await All<Blind>("blind").ConfigureAwait(false))
                .Select(recorded => recorded.Body)
                .Where(stretch => stretch.Hides(disruption) && !hidden.Contains(stretch.Feed))
                .Reverse()
        )
        {
            if (!kept.Exists(stretch.IsToldAgainBy))
            {
                kept.Add(stretch);
            }
        }

        return
        [
            .. kept.OrderBy(stretch => stretch.From)
                .ThenBy(stretch => stretch.Feed, StringComparer.Ordinal),
        ];
    }

    /// <summary>Which disruptions stand, as far as the public may know.</summary>
    public async Task<Standing> Standing() =>
        new((await All<Revision>("revision").ConfigureAwait(false)).Select(one => one.Body));

    /// <summary>True when nothing at all is recorded; a store may hold records of which none may be shown.</summary>
    public async Task<bool> IsStoreEmpty() => await records.Count().ConfigureAwait(false) == 0;

    /// <summary>How what is known about a disruption changed, in the order in which it did.</summary>
    public async Task<IReadOnlyList<Revision>> RevisionsOf(Disruption disruption) =>
        [
            .. (await All<Revision>("revision").ConfigureAwait(false))
                .Select(recorded => recorded.Body)
                .Where(revision =>
                    revision.Id == disruption.Id || revision.Earlier == disruption.Id
                ),
        ];

    private Recorded<T>? Read<T>(Product product)
        where T : class
    {
        try
        {
            if (product.Body.Deserialize<T>(Json.Compact) is { } body)
            {
                return new Recorded<T>(product, body);
            }
        }
        catch (JsonException)
        {
            // Written by another version. It keeps its place in the ledger; this version counts it and shows the rest.
        }

        Unreadable++;
        return null;
    }

    /// <summary>
    /// Deny by default. The envelope decides, a stricter marking inside the body wins, and what is held back pulls down
    /// what was made from it.
    /// </summary>
    private async Task<bool> IsAllowed(Product product, int depth)
    {
        if (_isAllowed.TryGetValue(product.Id, out bool known))
        {
            return known;
        }

        // Denied until judged: products that name each other in a circle are then denied too.
        _isAllowed[product.Id] = false;
        bool isAllowed =
            depth < DepthMax
            && Guard.May(_reader, product.Marking, _now)
            && BodyAllows(product.Body)
            && await InputsAllow(product, depth).ConfigureAwait(false);
        return _isAllowed[product.Id] = isAllowed;
    }

    private bool BodyAllows(JsonElement body)
    {
        if (
            body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("marking", out JsonElement marking)
        )
        {
            return true;
        }

        try
        {
            return Guard.May(_reader, marking.Deserialize<Marking>(Json.Compact), _now);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<bool> InputsAllow(Product product, int depth)
    {
        // Reports and their sentences were composed from released records only, and count what was withheld by its id.
        if (product.Kind is "publication" or "sentence")
        {
            return true;
        }

        foreach (string input in product.Inputs)
        {
            // A measurement stands without the commitments that it names.
            if (
                await records.Product(input).ConfigureAwait(false) is { } made
                && !(product.Kind == "restoration" && made.Kind == "commitment")
                && !await IsAllowed(made, depth + 1).ConfigureAwait(false)
            )
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A product with its body read.</summary>
internal sealed record Recorded<T>(Product Product, T Body);
