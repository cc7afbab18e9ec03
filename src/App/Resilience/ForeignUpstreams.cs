using Breakwater.Bgp;
using Breakwater.Preparedness.Resilience;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Resilience;

/// <summary>
/// Through which networks abroad the networks of each country are reached, by the paths of a table and by where ASes are registered.
/// From the origin on, the first AS of another country is the upstream; a path on which a registration is unknown before that says
/// nothing. An AS registered in a country may run elsewhere.
/// </summary>
internal sealed class ForeignUpstreams(Registrations registrations)
{
    private readonly Dictionary<Asn, string?> _countries = [];
    private readonly Dictionary<string, HashSet<Asn>> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Country, Asn Upstream), HashSet<Asn>> _byUpstream = [];

    private uint _last;

    public static IEnumerable<IndicatorValue> Of(
        IReadOnlyList<RouteInput> tables,
        Registrations registrations
    )
    {
        var seen = new ForeignUpstreams(registrations);
        foreach (RouteInput table in tables)
        {
            var decoder = new MrtDecoder(table.Faults);
            var visitor = new PathVisitor(seen);
            while (table.Read(out MrtRecord record))
            {
                seen._last = Math.Max(seen._last, record.Seconds);
                decoder.Decode(record, ref visitor);
            }
        }

        return seen.Values(string.Join(", ", tables.Select(table => table.Name)));
    }

    private IEnumerable<IndicatorValue> Values(string source)
    {
        LocalDate date = Instant.FromUnixTimeSeconds(_last).InUtc().Date;
        ILookup<string, int> upstreams = _byUpstream.ToLookup(
            pair => pair.Key.Country,
            pair => pair.Value.Count
        );
        return _networks
            .Where(country => Countries.IsCode(country.Key))
            .OrderBy(country => country.Key, StringComparer.Ordinal)
            .SelectMany(country =>
                CountedValues.FromRoutes(
                    country.Key,
                    [.. upstreams[country.Key]],
                    country.Value.Count,
                    date,
                    $"routes of {source}"
                )
            );
    }

    private void See(in PathAttributes attributes)
    {
        Span<Asn> path = stackalloc Asn[LengthMax];
        int length = 0;
        foreach (AsSegment segment in attributes.AsPath)
        {
            if (segment.Kind != AsSegmentKind.Sequence || length + segment.Count > LengthMax)
            {
                return;
            }

            for (int i = 0; i < segment.Count; i++)
            {
                path[length++] = segment[i];
            }
        }

        if (length == 0 || CountryOf(path[length - 1]) is not { } home)
        {
            return;
        }

        Asn origin = path[length - 1];
        Add(_networks, home, origin);
        for (int i = length - 2; i >= 0; i--)
        {
            if (CountryOf(path[i]) is not { } country)
            {
                return;
            }

            if (country != home)
            {
                Add(_byUpstream, (home, path[i]), origin);
                return;
            }
        }
    }

    /// <summary>Longer paths are prepending or damage, and their end is what counts.</summary>
    private const int LengthMax = 128;

    private string? CountryOf(Asn asn)
    {
        if (!_countries.TryGetValue(asn, out string? country))
        {
            _countries[asn] = country = registrations.CountryOf(asn);
        }

        return country;
    }

    private static void Add<TKey>(Dictionary<TKey, HashSet<Asn>> sets, TKey key, Asn asn)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out HashSet<Asn>? set))
        {
            sets[key] = set = [];
        }

        set.Add(asn);
    }

    private readonly struct PathVisitor(ForeignUpstreams seen) : IRouteVisitor
    {
        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => seen.See(attributes);

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) { }

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) => seen.See(attributes);

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) { }
    }
}
