using System.Text.Json;
using Breakwater.Decisions.Scoping;
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

    /// <summary>Kinds of subjects that reports name by their bare ids.</summary>
    private static readonly string[] _named = ["decision", "commitment", "clearance"];

    /// <summary>Inputs are followed this far; a longer chain is denied, because it could not be judged.</summary>
    private const int DepthMax = 16;

    /// <summary>What was read of products and their inputs; null for an input that is not in this store.</summary>
    private readonly Dictionary<string, Judged?> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isAllowed = new(StringComparer.Ordinal);

    /// <summary>When the next embargo ends of those that were met: until then, and while no product is recorded, this view holds. Null for ever.</summary>
    public Instant? Until { get; private set; }

    /// <summary>Public products whose body this version cannot read; they are counted, never dropped in silence.</summary>
    public int Unreadable { get; private set; }

    public async Task<Product?> Find(string id) =>
        await records.Product(id).ConfigureAwait(false) is { } product
        && await Allowed([product]).ConfigureAwait(false) is [_]
            ? product
            : null;

    /// <summary>A subject that a published part names as its input, by its name or by its bare id; null when this reader may not see it.</summary>
    public async Task<Document?> Subject(string id)
    {
        foreach (
            string subject in id.Contains('/', StringComparison.Ordinal)
                ? [id]
                : _named.Select(kind => $"{kind}/{id}")
        )
        {
            if (await records.Document(subject).ConfigureAwait(false) is { } document)
            {
                return May(document.Marking) ? document : null;
            }
        }

        return null;
    }

    /// <summary>
    /// Those of some products that this reader may see, in their order. What they were made from is asked for together, one
    /// question for each step back.
    /// </summary>
    public async Task<IReadOnlyList<Product>> Allowed(IReadOnlyList<Product> products)
    {
        await ReadInputs(products).ConfigureAwait(false);
        return [.. products.Where(product => IsAllowed(product.Id, 0))];
    }

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
        await foreach (Recorded<T> one in Each<T>(kind).ConfigureAwait(false))
        {
            all.Add(one);
        }

        return all;
    }

    /// <summary>The same one after another, for whoever keeps little of each.</summary>
    public async IAsyncEnumerable<Recorded<T>> Each<T>(string kind)
        where T : class
    {
        await foreach (IReadOnlyList<Product> page in Pages(kind).ConfigureAwait(false))
        {
            foreach (Product product in await Allowed(page).ConfigureAwait(false))
            {
                if (Read<T>(product) is { } read)
                {
                    yield return read;
                }
            }
        }
    }

    /// <summary>Feeds of which no signal is public: a disruption must not name them either.</summary>
    public async Task<IReadOnlySet<string>> HiddenFeeds()
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (IReadOnlyList<Product> page in Pages("signal").ConfigureAwait(false))
        {
            var allowed = (await Allowed(page).ConfigureAwait(false))
                .Select(product => product.Id)
                .ToHashSet(StringComparer.Ordinal);
            foreach (Product product in page)
            {
                (allowed.Contains(product.Id) ? seen : hidden).UnionWith(NamesOfFeed(product.Body));
            }
        }

        hidden.ExceptWith(seen);
        return hidden;
    }

    /// <summary>A feed is named by its source, and with its area where it is said to be blind.</summary>
    private static IEnumerable<string> NamesOfFeed(JsonElement signal)
    {
        if (
            !signal.TryGetProperty("source", out JsonElement source)
            || source.GetString() is not { } name
        )
        {
            yield break;
        }

        yield return name;
        if (
            signal.TryGetProperty("place", out JsonElement at)
            && at.Deserialize<Place>(Json.Compact) is { Area: not null } place
        )
        {
            yield return Blind.NameOf(name, place);
        }
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
    public async Task<StandingTellings> Standing() =>
        new((await All<Revision>("revision").ConfigureAwait(false)).Select(one => one.Body));

    /// <summary>
    /// What was said last of the scope of a disruption, under whatever id it was told then; null for nothing. Where it was judged
    /// under several, the judgement for which nobody responds to it comes before others.
    /// </summary>
    public async Task<ScopeJudgement?> Scope(string disruption, StandingTellings standing)
    {
        ScopeJudgement[] last =
        [
            .. (await All<ScopeJudgement>("scope").ConfigureAwait(false))
                .Select(recorded => recorded.Body)
                .Where(judgement =>
                    standing.Latest(judgement.DisruptionId) == standing.Latest(disruption)
                )
                .GroupBy(judgement => judgement.Id, StringComparer.Ordinal)
                .Select(judgements => judgements.Last())
                .OrderBy(judgement => judgement.ChangedAt),
        ];
        return Array.FindLast(last, judgement => judgement.WhyNot() is not null)
            ?? last.LastOrDefault();
    }

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

    private async IAsyncEnumerable<IReadOnlyList<Product>> Pages(string kind)
    {
        IReadOnlyList<Product> page = [];
        do
        {
            page = await records
                .Products(kind, page.Count == 0 ? 0 : page[^1].Sequence, Product.AtOnceMax)
                .ConfigureAwait(false);
            yield return page;
        } while (page.Count == Product.AtOnceMax);
    }

    private async Task ReadInputs(IReadOnlyList<Product> products)
    {
        IEnumerable<string> step = products.Select(Read);
        for (int depth = 0; depth < DepthMax; depth++)
        {
            string[] unread =
            [
                .. step.SelectMany(id => _read[id]?.Asked ?? [])
                    .Where(input => !_read.ContainsKey(input))
                    .Distinct(StringComparer.Ordinal),
            ];
            if (unread.Length == 0)
            {
                return;
            }

            foreach (string[] ids in unread.Chunk(Product.AtOnceMax))
            {
                foreach (string id in ids)
                {
                    _read[id] = null;
                }

                foreach (Product made in await records.Products(ids).ConfigureAwait(false))
                {
                    _ = Read(made);
                }
            }

            step = unread;
        }
    }

    /// <summary>What of a product decides; nothing else of it is kept. Inputs of what is denied already do not matter.</summary>
    private string Read(Product product)
    {
        if (_read.GetValueOrDefault(product.Id) is null)
        {
            bool isOpen = May(product.Marking) && BodyAllows(product.Body);
            _read[product.Id] = new Judged(
                product.Kind,
                isOpen,
                isOpen ? TakenBackBy(product) : null,
                // Reports and their sentences were composed from released records only, and count what was withheld by its id.
                isOpen && product.Kind is not ("publication" or "sentence")
                    ? product.Inputs
                    : []
            );
        }

        return product.Id;
    }

    /// <summary>What is on record once a report was taken back: its sentences go with it.</summary>
    private static string? TakenBackBy(Product product) =>
        product.Kind switch
        {
            "publication" => Withdrawn.IdOf(product.Id),
            "sentence"
            or Publishing.PublishedFile.Kind
                when product.Body.TryGetProperty("publication", out JsonElement publication)
                    && publication.GetString() is { } id => Withdrawn.IdOf(id),
            _ => null,
        };

    private bool May(Marking? marking)
    {
        if (marking?.EmbargoUntil is { } until && until > _now && !(Until <= until))
        {
            Until = until;
        }

        return Guard.May(_reader, marking, _now);
    }

    /// <summary>
    /// Deny by default. The envelope decides, a stricter marking inside the body wins, and what is held back pulls down
    /// what was made from it.
    /// </summary>
    private bool IsAllowed(string id, int depth)
    {
        if (_isAllowed.TryGetValue(id, out bool known))
        {
            return known;
        }

        // Denied until judged: products that name each other in a circle are then denied too.
        _isAllowed[id] = false;
        return _isAllowed[id] =
            depth < DepthMax
            && _read[id] is { IsOpen: true } product
            && (
                product.TakenBackBy is not { } back
                || (_read.TryGetValue(back, out Judged? taken) && taken is null)
            )
            && product.Inputs.All(input => InputAllows(product, input, depth + 1));
    }

    private bool InputAllows(Judged product, string input, int depth) =>
        // What was not read lies too far back.
        _read.TryGetValue(input, out Judged? made)
        && (
            made is null
            // A measurement stands without the commitments that it names.
            || (product.Kind == "restoration" && made.Kind == "commitment")
            || IsAllowed(input, depth)
        );

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
            return May(marking.Deserialize<Marking>(Json.Compact));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <param name="IsOpen">Whether its own markings let it through.</param>
    /// <param name="TakenBackBy">What would be on record if it had been taken back; null for what cannot be.</param>
    private sealed record Judged(
        string Kind,
        bool IsOpen,
        string? TakenBackBy,
        IReadOnlyList<string> Inputs
    )
    {
        public IEnumerable<string> Asked =>
            TakenBackBy is null ? Inputs : Inputs.Append(TakenBackBy);
    }
}

/// <summary>A product with its body read.</summary>
internal sealed record Recorded<T>(Product Product, T Body);
