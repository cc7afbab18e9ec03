using System.Text.Json;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Preparing;

/// <summary>The resilience index as JSON. What is unknown, or withheld, is null.</summary>
public static class IndexJson
{
    public const string Form = "resilience-index-1";

    /// <param name="country">Null for all.</param>
    public static byte[] Write(
        IndicatorSet set,
        ResilienceIndex index,
        CountryResilience? country,
        Citation cite
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(cite);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Form,
                cite.Node,
                cite.Licence,
                index.Set,
                index.Version,
                index.CompletenessMin,
                index.AsOf,
                Countries = country is null ? index.Countries : [country],
                Improvements = country is null ? null : Improvements.Of(set, country, index.AsOf),
                index.Notes,
            },
            Json.Indented
        );
    }
}
