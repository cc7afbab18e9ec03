using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Matching;

/// <summary>How places relate that two sources name in their own ways.</summary>
internal static class ScopeRelations
{
    // Latin letters with marks, by the letter that transliterations without marks use.
    private static readonly (char Plain, string Marked)[] _marks =
    [
        ('a', "àáâãäåāăą"),
        ('c', "çćčĉċ"),
        ('d', "ďđ"),
        ('e', "èéêëēĕėęě"),
        ('g', "ğĝġģ"),
        ('h', "ħĥḩḥ"),
        ('i', "ìíîïĩīĭįı"),
        ('l', "ĺļľł"),
        ('n', "ñńņň"),
        ('o', "òóôõöøōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűų"),
        ('y', "ýÿ"),
        ('z', "źżž"),
    ];

    private static readonly Dictionary<char, char> _plain = _marks
        .SelectMany(mark => mark.Marked.Select(marked => (marked, mark.Plain)))
        .ToDictionary(pair => pair.marked, pair => pair.Plain);

    private static readonly HashSet<string> _levels =
    [
        "province",
        "region",
        "state",
        "governorate",
        "oblast",
        "district",
        "county",
        "division",
        "department",
        "prefecture",
        "wilayah",
        "of",
    ];

    /// <summary>What two events must share to relate at all, so that only those are held against each other.</summary>
    public static string RootOf(Place place) =>
        place.Tld is not null ? "." + place.Tld
        : place.Prefix is not null ? "prefix"
        : place.Asn is { } asn ? asn.ToString()
        : place.Country ?? "unknown";

    public static IEnumerable<string> RootsOf(ListedEvent item) =>
        item.Places.Select(RootOf).Distinct();

    /// <summary>A hijack or a leak is no outage, however well time and place agree.</summary>
    public static bool IsOfRoutes(ListedEvent item) =>
        item.Kind is DisruptionKind.Hijack or DisruptionKind.Leak;

    /// <summary>Null when the two have nothing in common.</summary>
    public static ScopeRelation? Between(ListedEvent ours, ListedEvent theirs) =>
        IsOfRoutes(ours) != IsOfRoutes(theirs)
            ? null
            : (Places(ours, theirs), Networks(ours.Network, theirs.Network)) switch
            {
                (null, _) or (_, null) => null,
                ({ } place, ScopeRelation.Same) => place,
                (ScopeRelation.Same, { } network) => network,
                ({ } place, { } network) => place == network ? place : ScopeRelation.Overlapping,
            };

    /// <summary>Of events with several places, the relation of the wholes.</summary>
    private static ScopeRelation? Places(ListedEvent ours, ListedEvent theirs)
    {
        Place[] mine = [.. ours.Places];
        Place[] other = [.. theirs.Places];
        if (mine.Length == 1 && other.Length == 1)
        {
            return Places(mine[0], other[0]);
        }

        if (!mine.Any(one => other.Any(place => Places(one, place) is not null)))
        {
            return null;
        }

        bool areTheirsCovered = other.All(place =>
            mine.Any(one => Places(one, place) is ScopeRelation.Same or ScopeRelation.OursWider)
        );
        bool areOursCovered = mine.All(one =>
            other.Any(place =>
                Places(one, place) is ScopeRelation.Same or ScopeRelation.OursNarrower
            )
        );
        return (areOursCovered, areTheirsCovered) switch
        {
            (true, true) => ScopeRelation.Same,
            (false, true) => ScopeRelation.OursWider,
            (true, false) => ScopeRelation.OursNarrower,
            _ => ScopeRelation.Overlapping,
        };
    }

    public static ScopeRelation? Places(Place ours, Place theirs)
    {
        if (ours.Equals(theirs))
        {
            return ScopeRelation.Same;
        }

        if (ours.Prefix is { } prefix && theirs.Prefix is { } other)
        {
            return prefix.Contains(other) ? ScopeRelation.OursWider
                : other.Contains(prefix) ? ScopeRelation.OursNarrower
                : null;
        }

        return ours.Country is not null && ours.Country == theirs.Country
            ? Areas(ours.Area ?? [], theirs.Area ?? [])
            : null;
    }

    /// <summary>
    /// Wide to narrow, as far as both go. A name that a source gives without its wider area is looked for at any level.
    /// </summary>
    private static ScopeRelation? Areas(IReadOnlyList<string> ours, IReadOnlyList<string> theirs)
    {
        string[] mine = [.. ours.Select(Fold)];
        string[] other = [.. theirs.Select(Fold)];
        int both = Math.Min(mine.Length, other.Length);
        if (mine.AsSpan(0, both).SequenceEqual(other.AsSpan(0, both)))
        {
            return mine.Length == other.Length ? ScopeRelation.Same
                : mine.Length < other.Length ? ScopeRelation.OursWider
                : ScopeRelation.OursNarrower;
        }

        return mine[^1] == other[^1] ? ScopeRelation.Same
            : mine.Length == 1 && other.Contains(mine[0]) ? ScopeRelation.OursWider
            : other.Length == 1 && mine.Contains(other[0]) ? ScopeRelation.OursNarrower
            : null;
    }

    private static ScopeRelation? Networks(string? ours, string? theirs) =>
        (ours, theirs) switch
        {
            (null, null) => ScopeRelation.Same,
            (null, _) => ScopeRelation.OursWider,
            (_, null) => ScopeRelation.OursNarrower,
            _ => Fold(ours) == Fold(theirs) ? ScopeRelation.Same : null,
        };

    /// <summary>A name without marks, case, punctuation and the word for its level.</summary>
    public static string Fold(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (char letter in name.Append(' '))
        {
            char lower = char.ToLowerInvariant(letter);
            if (char.IsLetterOrDigit(lower))
            {
                word.Append(_plain.GetValueOrDefault(lower, lower));
            }
            else if (letter is ' ' or '-' or '_' or ',' or '(' or ')' && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        List<string> telling = [.. words.Where(known => !_levels.Contains(known))];
        return string.Concat(telling.Count > 0 ? telling : words);
    }
}
