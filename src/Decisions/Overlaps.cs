using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>Only efforts of one sort can be the same work: a response rests on offers, and a crew brings what was promised.</summary>
public enum EffortSort
{
    Response,

    /// <summary>An offer, or a commitment that was made of one.</summary>
    Supply,
    Mission,
}

/// <summary>Something that somebody does or offers to do: a response, an offer, a commitment, a mission.</summary>
/// <param name="Id">The subject of the ledger.</param>
/// <param name="Service">Null when it is not stated.</param>
/// <param name="Networks">The networks that it brings back; null when it serves everybody.</param>
/// <param name="Within">What it is part of: efforts of one whole were matched to each other already.</param>
public sealed record Effort(
    string Id,
    string Who,
    IReadOnlyList<Place> Places,
    Service? Service,
    IReadOnlyList<string>? Networks,
    TimeWindow Window,
    string? Within
)
{
    public EffortSort Sort { get; init; }

    /// <summary>What is supplied, in the words of who supplies it; null where that says nothing.</summary>
    public string? What { get; init; }

    /// <summary>The subject of the offer that a commitment was made of: the two are one effort.</summary>
    public string? From { get; init; }

    public static Effort Of(Response response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new Effort(
            $"response/{response.Id}",
            response.ProposedFor ?? response.ProposedBy,
            [response.Place],
            null,
            null,
            new TimeWindow(response.ProposedAt, response.EndedAt ?? Instant.MaxValue),
            null
        );
    }

    public static Effort Of(StandingOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return new Effort(
            $"offer/{offer.Id}",
            offer.Terms.Stakeholder,
            offer.Terms.Places,
            offer.Terms.Service,
            offer.Terms.Networks,
            new TimeWindow(offer.OfferedAt, offer.EndsAt ?? Instant.MaxValue),
            offer.Parent
        )
        {
            Sort = EffortSort.Supply,
            What = offer.Terms.Asset,
        };
    }

    /// <summary>A trip serves whoever is there, and whom it is for is what it is part of where it names no response.</summary>
    public static Effort Of(Mission mission)
    {
        ArgumentNullException.ThrowIfNull(mission);
        MissionTerms terms = mission.Terms;
        return new Effort(
            $"mission/{mission.Id}",
            terms.Organisations is [var first, ..] ? first : mission.ProposedBy,
            [terms.Area],
            null,
            null,
            // One that ended before it was to begin took no time, and so is no effort beside another.
            new TimeWindow(terms.Since, Instant.Min(mission.EndedAt ?? terms.Until, terms.Until)),
            mission.Parent ?? terms.For
        )
        {
            Sort = EffortSort.Mission,
        };
    }

    public static Effort Of(Commitment commitment)
    {
        ArgumentNullException.ThrowIfNull(commitment);
        return new Effort(
            $"commitment/{commitment.Id}",
            commitment.Stakeholder,
            [commitment.Place],
            commitment.Service,
            commitment.Networks,
            new TimeWindow(commitment.History[0].At, commitment.Until ?? Instant.MaxValue),
            commitment.Parent
        )
        {
            Sort = EffortSort.Supply,
            What = commitment.Asset,
            From = $"offer/{commitment.OfferId}",
        };
    }
}

/// <summary>Two efforts that look like the same work done twice, and what they look alike in. People judge.</summary>
public sealed record Overlap(string First, string Second, IReadOnlyList<string> Reasons);

/// <param name="IsPartial">True when a limit was reached and there may be more.</param>
public sealed record OverlapsFound(IReadOnlyList<Overlap> Overlaps, bool IsPartial);

/// <summary>
/// Finds likely duplicate efforts. It sees what it is given and says so to whoever asked: the caller gives only what the
/// reader may see.
/// </summary>
public static class OverlapsOfEfforts
{
    public const int EffortsMax = 5_000;
    public const int OverlapsMax = 1_000;

    /// <summary>The same efforts in any order give the same overlaps, ordered by their ids.</summary>
    public static OverlapsFound Find(IReadOnlyList<Effort> efforts)
    {
        ArgumentNullException.ThrowIfNull(efforts);
        List<Effort> ordered =
        [
            .. efforts
                .GroupBy(effort => effort.Id, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                    group.MinBy(effort => Convert.ToHexString(CanonicalJson.Of(effort)))!
                ),
        ];
        bool isPartial = ordered.Count > EffortsMax;
        ordered = [.. ordered.Take(EffortsMax)];
        var places = new PlacesOfEfforts(ordered);
        var found = new List<Overlap>();
        for (int i = 0; i < ordered.Count; i++)
        {
            foreach (int j in places.Near(i))
            {
                if (Between(ordered[i], ordered[j]) is not { } overlap)
                {
                    continue;
                }

                if (found.Count == OverlapsMax)
                {
                    return new OverlapsFound(found, true);
                }

                found.Add(overlap);
            }
        }

        return new OverlapsFound(found, isPartial);
    }

    private static Overlap? Between(Effort first, Effort second)
    {
        bool isOneWhole =
            (first.Within is { } whole && whole == second.Within)
            || first.Within == second.Id
            || second.Within == first.Id;
        bool isOneSupply = (first.From ?? first.Id) == (second.From ?? second.Id);
        // Who supplies two different things did not enter one of them twice.
        bool isTwoThings =
            first.Who == second.Who
            && first.What is { } what
            && second.What is { } other
            && !what.Equals(other, StringComparison.OrdinalIgnoreCase);
        if (
            first.Sort != second.Sort
            || isOneWhole
            || isOneSupply
            || isTwoThings
            || !first.Window.Overlaps(second.Window)
            || ServiceReason(first.Service, second.Service) is not { } service
            || NetworksReason(first.Networks, second.Networks) is not { } networks
        )
        {
            return null;
        }

        return new Overlap(
            first.Id,
            second.Id,
            [
                PlaceReason(first.Places, second.Places),
                service,
                .. networks.Length == 0 ? (string[])[] : [networks],
                first.Who == second.Who
                    ? $"{first.Who} is in both: entered twice?"
                    : $"{first.Who} and {second.Who}",
            ]
        );
    }

    private static string PlaceReason(IReadOnlyList<Place> first, IReadOnlyList<Place> second)
    {
        string[] inside =
        [
            .. first
                .Where(place => second.Any(place.IsWithin))
                .Concat(second.Where(place => first.Any(place.IsWithin)))
                .Select(place => place.Key)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Take(3),
        ];
        return $"both in {string.Join(", ", inside)}";
    }

    /// <summary>Null when they do different things: a broadcast and a function of core resources are no class of connection.</summary>
    private static string? ServiceReason(Service? first, Service? second) =>
        first is not { } one || second is not { } other ? "the service of one is not stated"
        : one == other ? $"both {Checks.Word(one)}"
        : IsConnection(one) && IsConnection(other)
            ? $"{Checks.Word(one > other ? one : other)} includes {Checks.Word(one > other ? other : one)}"
        : null;

    private static bool IsConnection(Service service) =>
        service is not (Service.Broadcast or Service.CoreFunction);

    /// <summary>Null when they repair different networks; empty when there is nothing to say.</summary>
    private static string? NetworksReason(
        IReadOnlyList<string>? first,
        IReadOnlyList<string>? second
    )
    {
        if (first is null || second is null)
        {
            return "";
        }

        string[] shared = [.. first.Intersect(second).Order(StringComparer.Ordinal)];
        return shared.Length == 0 ? null : $"both for {string.Join(", ", shared)}";
    }
}

/// <summary>Which efforts touch one place, without comparing each with each.</summary>
internal sealed class PlacesOfEfforts
{
    private readonly List<string>[] _keys;
    private readonly Dictionary<string, List<int>> _at = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _in = new(StringComparer.Ordinal);

    public PlacesOfEfforts(List<Effort> efforts)
    {
        _keys =
        [
            .. efforts.Select(effort =>
                effort.Places.Select(place => place.Key).Where(IsKnown).Distinct().ToList()
            ),
        ];
        for (int i = 0; i < _keys.Length; i++)
        {
            foreach (string key in _keys[i])
            {
                Add(_at, key, i);
                Add(_in, key, i);
                foreach (string around in Around(key))
                {
                    Add(_in, around, i);
                }
            }
        }
    }

    /// <summary>Later efforts at the same place, inside it or around it, in order.</summary>
    public IEnumerable<int> Near(int effort)
    {
        var near = new SortedSet<int>();
        foreach (string key in _keys[effort])
        {
            near.UnionWith(_in[key].Where(other => other > effort));
            foreach (string around in Around(key))
            {
                near.UnionWith(_at.GetValueOrDefault(around, []).Where(other => other > effort));
            }
        }

        return near;
    }

    private static void Add(Dictionary<string, List<int>> index, string key, int effort)
    {
        if (!index.TryGetValue(key, out List<int>? efforts))
        {
            index[key] = efforts = [];
        }

        efforts.Add(effort);
    }

    private static IEnumerable<string> Around(string key)
    {
        for (
            int stroke = key.LastIndexOf('/');
            stroke > 0;
            stroke = key.LastIndexOf('/', stroke - 1)
        )
        {
            yield return key[..stroke];
        }
    }

    /// <summary>Two unknown places are not the same place.</summary>
    private static bool IsKnown(string key) => key != "unknown";
}
