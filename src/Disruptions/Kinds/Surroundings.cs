using NodaTime;

namespace Breakwater.Disruptions.Kinds;

/// <summary>Every measured loss by place and time, so that what else fell can be asked quickly.</summary>
internal sealed class Surroundings
{
    /// <summary>More losses than this at one time and country are not all looked at: a flood must not cost a square.</summary>
    private const int LooksMax = 512;

    private readonly Disruption[] _placed;
    private readonly Dictionary<string, Disruption[]> _byCountry;
    private readonly Dictionary<(string Place, string? Network), Disruption[]> _byEntity;

    public Surroundings(IReadOnlyList<Disruption> disruptions)
    {
        List<Disruption> measured =
        [
            .. disruptions
                .Where(disruption => IsMeasured(disruption) && !IsOfPeopleAlone(disruption))
                .OrderBy(disruption => disruption.Start)
                .ThenBy(disruption => disruption.Id, StringComparer.Ordinal),
        ];
        _placed = [.. measured.Where(disruption => disruption.Place.Country is not null)];
        _byCountry = _placed
            .GroupBy(disruption => disruption.Place.Country!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _byEntity = measured
            .GroupBy(disruption => (disruption.Place.Key, disruption.Network))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>Seen by a source that measures or by people, and not only claimed; hijacks and leaks are no losses.</summary>
    public static bool IsMeasured(Disruption disruption) =>
        disruption.Kind is not (DisruptionKind.Hijack or DisruptionKind.Leak)
        && disruption.Sources.Any(source =>
            source.Verdict == Verdict.Agrees && source.Family != Signals.SignalFamily.Context
        );

    /// <summary>Reports about many places are easily made up: what people alone say is no surrounding of another loss.</summary>
    private static bool IsOfPeopleAlone(Disruption disruption) =>
        disruption.Sources.All(source =>
            source.Verdict != Verdict.Agrees
            || source.Family is Signals.SignalFamily.HumanReport or Signals.SignalFamily.Context
        );

    public bool IsWatched(string country) => _byCountry.ContainsKey(country);

    /// <summary>Losses of a country that began within the reach of a moment, in order of time.</summary>
    public ReadOnlySpan<Disruption> In(string? country, Instant at, Duration reach) =>
        country is not null && _byCountry.TryGetValue(country, out Disruption[]? sorted)
            ? Within(sorted, at - reach, at + reach)
            : [];

    /// <summary>Losses of the same place and network within the reach of a moment, in order of time.</summary>
    public ReadOnlySpan<Disruption> Of(Disruption disruption, Duration reach) =>
        _byEntity.TryGetValue((disruption.Place.Key, disruption.Network), out Disruption[]? sorted)
            ? Within(sorted, disruption.Start - reach, disruption.Start + reach)
            : [];

    /// <summary>The loss of a country that began nearest after the start of the window; null when none did in it.</summary>
    public Disruption? FirstIn(string country, Instant at, Duration reach)
    {
        ReadOnlySpan<Disruption> found = In(country, at, reach);
        return found.IsEmpty ? null : found[0];
    }

    /// <summary>For each other country in which a loss began within the reach, the first of them; in order of country.</summary>
    public IReadOnlyList<Disruption> FirstElsewhere(string country, Instant at, Duration reach)
    {
        int first = FirstFrom(_placed, at - reach);
        int last = FirstFrom(_placed, at + reach + Duration.Epsilon);
        // Few losses: look at each. A flood: ask country by country, which costs the same however many they are.
        IEnumerable<Disruption> found =
            last - first <= LooksMax
                ? _placed
                    .Skip(first)
                    .Take(last - first)
                    .DistinctBy(disruption => disruption.Place.Country)
                : _byCountry.Keys.Select(other => FirstIn(other, at, reach)).OfType<Disruption>();
        return
        [
            .. found
                .Where(disruption => disruption.Place.Country != country)
                .OrderBy(disruption => disruption.Place.Country, StringComparer.Ordinal),
        ];
    }

    private static ReadOnlySpan<Disruption> Within(Disruption[] sorted, Instant from, Instant to)
    {
        int first = FirstFrom(sorted, from);
        int last = first;
        while (last < sorted.Length && last - first < LooksMax && sorted[last].Start <= to)
        {
            last++;
        }

        return sorted.AsSpan(first, last - first);
    }

    private static int FirstFrom(Disruption[] sorted, Instant from)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (sorted[middle].Start < from)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
