using System.Globalization;
using System.Text;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Publications.Preparing;

/// <summary>The resilience index as a table with HXL 1.1 tags: a row for each indicator of each country, also where nothing is known.</summary>
public static class IndexCsv
{
    private static readonly (string Name, string Tag)[] _columns =
    [
        ("country", "#country+code"),
        ("pillar", "#indicator+pillar+code"),
        ("indicator", "#indicator+code"),
        ("state", "#status"),
        ("value", "#indicator+num"),
        ("low", "#indicator+num+low"),
        ("high", "#indicator+num+high"),
        ("unit", "#indicator+unit"),
        ("date", "#date"),
        ("score", "#value+score"),
        ("counts", "#value+weight"),
        ("index", "#value+index"),
        ("index_low", "#value+index+low"),
        ("index_high", "#value+index+high"),
        ("completeness", "#value+completeness"),
        ("source", "#meta+source"),
        ("licence", "#meta+licence"),
        ("origin", "#meta+origin"),
        ("set", "#meta+set"),
    ];

    /// <summary>Unknown is an empty cell, and so is an index that is withheld.</summary>
    public static string Of(IndicatorSet set, ResilienceIndex index)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        var csv = new StringBuilder();
        TaggedCsv.Head(csv, _columns);
        foreach (CountryResilience country in index.Countries)
        {
            foreach (IndicatorScore one in country.Indicators)
            {
                TaggedCsv.Line(
                    csv,
                    [
                        country.Country,
                        one.Pillar,
                        one.Indicator,
                        Checks.Word(one.State),
                        Number(one.Value?.Value),
                        Number(one.Value?.Low),
                        Number(one.Value?.High),
                        Checks.Word(set.Of(one.Indicator)!.Unit),
                        one.Value is { } value ? LocalDatePattern.Iso.Format(value.Date) : null,
                        Number(one.Score),
                        Number(one.Counts),
                        Number(country.Score),
                        Number(country.Range?.Low),
                        Number(country.Range?.High),
                        Number(country.Completeness),
                        one.Value?.Source,
                        one.Value?.Licence,
                        one.Value is null ? null : Checks.Word(one.Value.Origin),
                        $"{index.Set} {index.Version}",
                    ]
                );
            }
        }

        return csv.ToString();
    }

    private static string? Number(double? value) =>
        value?.ToString("0.####", CultureInfo.InvariantCulture);
}
