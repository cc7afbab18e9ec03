using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>What somebody says an indicator is in a country, of which day, and how exactly.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Low">The lowest that it may be; null when the source states no range, which does not make it exact.</param>
/// <param name="Date">The day that it is about, not the day of publication.</param>
/// <param name="At">Where it stands: file and line, or the records that it was counted from.</param>
public sealed record IndicatorValue(
    string Country,
    string Indicator,
    double Value,
    double? Low,
    double? High,
    LocalDate Date,
    string Source,
    string Licence,
    Origin Origin,
    string At
)
{
    [JsonIgnore]
    public bool HasRange => Low is not null || High is not null;
}

/// <summary>The value of an indicator in a country that an index uses, and those that it does not use.</summary>
/// <param name="Used">Null when there is none, or none that is new enough.</param>
/// <param name="IsTooOld">True when the newest is older than the indicator allows.</param>
/// <param name="Contradicting">Others of the same day that say something else. Nobody decides between them here.</param>
/// <param name="Older">Replaced by a newer one, newest first.</param>
internal sealed record Choice(
    Indicator Indicator,
    IndicatorValue? Used,
    bool IsTooOld,
    IReadOnlyList<IndicatorValue> Contradicting,
    IReadOnlyList<IndicatorValue> Older
)
{
    /// <param name="values">All of one country and indicator.</param>
    /// <param name="asOf">What is dated later was not known then.</param>
    public static Choice Of(Indicator indicator, IEnumerable<IndicatorValue> values, LocalDate asOf)
    {
        // Of those of one day the least favourable is used, so that a contradiction never raises an index.
        IndicatorValue[] known =
        [
            .. values
                .Where(value => value.Date <= asOf)
                .OrderByDescending(value => value.Date)
                .ThenBy(value => indicator.Score(value.Value))
                .ThenBy(value => value.Source, StringComparer.Ordinal)
                .ThenBy(value => value.At, StringComparer.Ordinal),
        ];
        if (known.Length == 0)
        {
            return new Choice(indicator, null, false, [], []);
        }

        IndicatorValue newest = known[0];
        return new Choice(
            indicator,
            newest,
            Period.DaysBetween(newest.Date, asOf) > indicator.AgeDaysMax,
            [
                .. known[1..]
                    .Where(value => value.Date == newest.Date && value.Value != newest.Value),
            ],
            [.. known[1..].Where(value => value.Date < newest.Date)]
        );
    }

    /// <summary>The same if the value were another; nothing contradicts what is not said.</summary>
    public Choice If(double value) =>
        this with
        {
            Used = Used! with { Value = value, Low = null, High = null, Origin = Origin.Modelled },
            Contradicting = [],
        };
}
