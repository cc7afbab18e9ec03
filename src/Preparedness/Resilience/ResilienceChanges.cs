using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>What became of an indicator between two days.</summary>
public enum IndicatorChange
{
    Better,
    Worse,

    /// <summary>It was unknown before. That is no improvement.</summary>
    BecameKnown,

    /// <summary>It is missing now, or too old. That is no decline.</summary>
    BecameUnknown,
}

public sealed record IndicatorChanged(
    string Indicator,
    IndicatorChange Change,
    double? Before,
    double? After
);

/// <param name="IsDistinguishable">True when the ranges of the two days do not overlap: only then the change is more than what is not known.</param>
public sealed record CountryChanged(
    string Country,
    double? Before,
    double? After,
    bool IsDistinguishable,
    IReadOnlyList<IndicatorChanged> Indicators
);

/// <summary>How an index changed between two days, by one set of indicators.</summary>
public sealed record ResilienceChanges(
    LocalDate From,
    LocalDate To,
    IReadOnlyList<CountryChanged> Countries
)
{
    /// <summary>Countries of which nothing changed are left out.</summary>
    /// <exception cref="ArgumentException">The two were computed by different sets: their difference says nothing.</exception>
    public static ResilienceChanges Between(ResilienceIndex before, ResilienceIndex after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if ((before.Set, before.Version) != (after.Set, after.Version))
        {
            throw new ArgumentException("one set of indicators for both", nameof(after));
        }

        var old = before.Countries.ToDictionary(one => one.Country, StringComparer.Ordinal);
        var now = after.Countries.ToDictionary(one => one.Country, StringComparer.Ordinal);
        return new ResilienceChanges(
            before.AsOf,
            after.AsOf,
            [
                .. old
                    .Keys.Union(now.Keys)
                    .Order(StringComparer.Ordinal)
                    .Select(country =>
                        Of(country, old.GetValueOrDefault(country), now.GetValueOrDefault(country))
                    )
                    .Where(one => one.Indicators.Count > 0),
            ]
        );
    }

    private static CountryChanged Of(
        string country,
        CountryResilience? before,
        CountryResilience? after
    )
    {
        var old = (before?.Indicators ?? []).ToDictionary(one => one.Indicator);
        var now = (after?.Indicators ?? []).ToDictionary(one => one.Indicator);
        return new CountryChanged(
            country,
            before?.Score,
            after?.Score,
            before?.Range is { } from && after?.Range is { } to && !from.Overlaps(to),
            [
                .. (after ?? before)!
                    .Indicators.Select(one =>
                        Of(
                            one.Indicator,
                            old.GetValueOrDefault(one.Indicator),
                            now.GetValueOrDefault(one.Indicator)
                        )
                    )
                    .OfType<IndicatorChanged>(),
            ]
        );
    }

    private static IndicatorChanged? Of(string id, IndicatorScore? before, IndicatorScore? after)
    {
        bool wasKnown = before?.State == IndicatorState.Used;
        bool isKnown = after?.State == IndicatorState.Used;
        double? from = wasKnown ? before!.Value!.Value : null;
        double? to = isKnown ? after!.Value!.Value : null;
        return (wasKnown, isKnown) switch
        {
            (false, true) => new IndicatorChanged(id, IndicatorChange.BecameKnown, from, to),
            (true, false) => new IndicatorChanged(id, IndicatorChange.BecameUnknown, from, to),
            (true, true) when after!.Score != before!.Score => new IndicatorChanged(
                id,
                after.Score > before.Score ? IndicatorChange.Better : IndicatorChange.Worse,
                from,
                to
            ),
            _ => null,
        };
    }
}
