using System.Text.Json.Serialization;
using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>Why an indicator counts, or why it does not.</summary>
public enum IndicatorState
{
    Used,

    /// <summary>Nobody gave a value. It is not replaced by another.</summary>
    Missing,

    /// <summary>The newest value is older than the indicator allows, so it is as unknown as a missing one.</summary>
    TooOld,
}

/// <summary>Between which scores something lies.</summary>
public sealed record ScoreRange(double Low, double High)
{
    public bool Overlaps(ScoreRange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Low <= other.High && other.Low <= High;
    }
}

/// <summary>One indicator of one country.</summary>
/// <param name="Share">Its part of the whole index when everything is known.</param>
/// <param name="Counts">Its part of this country's score; what is unknown leaves its part to the rest of its pillar.</param>
/// <param name="Value">The value used, or the one that is too old; null when there is none.</param>
/// <param name="Score">0 to 100; null when it is not used.</param>
/// <param name="Range">From the range of the value and from contradictions; 0 to 100 when it is unknown.</param>
/// <param name="IsClipped">True when the value lies beyond a threshold.</param>
public sealed record IndicatorScore(
    string Indicator,
    string Pillar,
    IndicatorState State,
    double Share,
    double Counts,
    IndicatorValue? Value,
    int? AgeDays,
    double? Score,
    ScoreRange Range,
    bool IsClipped,
    IReadOnlyList<IndicatorValue> Contradicting,
    IReadOnlyList<IndicatorValue> Older
);

/// <param name="Completeness">Share of its weight that is known.</param>
/// <param name="Score">Null when nothing of it is known.</param>
public sealed record PillarScore(
    string Pillar,
    double Share,
    double Completeness,
    double? Score,
    ScoreRange Range
);

/// <summary>How well a country's Internet is prepared, as far as it is known.</summary>
/// <param name="Score">Mean of what is known, 0 to 100; null when it is withheld.</param>
/// <param name="Range">Where it would lie if all that is unknown were as bad, or as good, as can be; null when it is withheld.</param>
/// <param name="Completeness">Share of the weight that is known.</param>
/// <param name="FromRanges">How much of the width of the range comes from the ranges of values and from contradictions.</param>
/// <param name="FromMissing">How much of it comes from what is missing or too old.</param>
/// <param name="WithoutRange">Values used whose source states no range; the range takes them as exact.</param>
public sealed record CountryResilience(
    string Country,
    double? Score,
    ScoreRange? Range,
    double Completeness,
    double FromRanges,
    double FromMissing,
    int WithoutRange,
    IReadOnlyList<PillarScore> Pillars,
    IReadOnlyList<IndicatorScore> Indicators
)
{
    [JsonIgnore]
    internal IReadOnlyList<Choice> Choices { get; init; } = [];

    public bool IsWithheld => Score is null;

    [JsonIgnore]
    public IEnumerable<IndicatorScore> Unknown =>
        Indicators.Where(one => one.State != IndicatorState.Used);
}

/// <summary>The index of all countries on one day. Countries stand in the order of their codes: it is no ranking.</summary>
/// <param name="Notes">What a reader must know of the set and the values.</param>
public sealed record ResilienceIndex(
    string Set,
    string Version,
    double CompletenessMin,
    LocalDate AsOf,
    IReadOnlyList<CountryResilience> Countries,
    IReadOnlyList<string> Notes
)
{
    public CountryResilience? Of(string country) =>
        Countries.FirstOrDefault(one => one.Country == country);

    /// <summary>
    /// Between which places a country lies: 1 and those surely above it, to all but those surely below it. Countries whose ranges
    /// overlap cannot be told apart. Null when it is withheld.
    /// </summary>
    public (int Best, int Worst, int Of)? PlaceOf(CountryResilience country)
    {
        ArgumentNullException.ThrowIfNull(country);
        if (country.Range is not { } own)
        {
            return null;
        }

        ScoreRange[] others =
        [
            .. Countries
                .Where(other => other.Country != country.Country)
                .Select(other => other.Range)
                .OfType<ScoreRange>(),
        ];
        return (
            1 + others.Count(other => other.Low > own.High),
            1 + others.Length - others.Count(other => other.High < own.Low),
            1 + others.Length
        );
    }
}
