using System.Globalization;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications.Hxl;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Publications.Preparing;

/// <summary>The resilience index as a table of HXL: a row for each indicator of each country, also where nothing is known.</summary>
public static class IndexTable
{
    /// <summary>Unknown is an empty cell, and so is an index that is withheld.</summary>
    public static HxlTable Of(IndicatorSet set, ResilienceIndex index)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        return HxlMapping.Index.Table(
            [
                .. index.Countries.SelectMany(
                    country => country.Indicators,
                    (country, one) => (Country: country, One: one)
                ),
            ],
            (row, column) =>
                column switch
                {
                    "country" => row.Country.Country,
                    "pillar" => row.One.Pillar,
                    "indicator" => row.One.Indicator,
                    "state" => Checks.Word(row.One.State),
                    "value" => Number(row.One.Value?.Value),
                    "low" => Number(row.One.Value?.Low),
                    "high" => Number(row.One.Value?.High),
                    "unit" => Checks.Word(set.Of(row.One.Indicator)!.Unit),
                    "date" => row.One.Value is { } value
                        ? LocalDatePattern.Iso.Format(value.Date)
                        : null,
                    "score" => Number(row.One.Score),
                    "counts" => Number(row.One.Counts),
                    "index" => Number(row.Country.Score),
                    "index_low" => Number(row.Country.Range?.Low),
                    "index_high" => Number(row.Country.Range?.High),
                    "completeness" => Number(row.Country.Completeness),
                    "source" => HxlTable.Cell(row.One.Value?.Source),
                    "licence" => HxlTable.Cell(row.One.Value?.Licence),
                    "origin" => row.One.Value is { } known ? Checks.Word(known.Origin) : null,
                    "set" => HxlTable.Cell($"{index.Set} {index.Version}"),
                    _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
                }
        );
    }

    private static string? Number(double? value) =>
        value?.ToString("0.####", CultureInfo.InvariantCulture);
}
