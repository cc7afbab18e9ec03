using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.Resilience;

/// <summary>What <c>index</c> found.</summary>
/// <param name="Country">The one that was asked for; null for all.</param>
/// <param name="Improvements">Of that country.</param>
internal sealed record IndexTold(
    IndicatorSet Set,
    ResilienceIndex Index,
    string? Country,
    Improvements? Improvements,
    Sensitivity? Sensitivity,
    ResilienceChanges? Changes,
    IReadOnlyList<InputFault> Faults
)
{
    private bool IsAsked(string country) => Country is null || Country == country;

    public IEnumerable<CountryResilience> Countries =>
        Index.Countries.Where(one => IsAsked(one.Country));

    public object Document() =>
        new
        {
            Index.Set,
            Index.Version,
            Index.CompletenessMin,
            Index.AsOf,
            countries = Countries,
            Improvements,
            sensitivity = Sensitivity is null
                ? null
                : Sensitivity with
                {
                    Countries = [.. Sensitivity.Countries.Where(one => IsAsked(one.Country))],
                },
            changes = Changes is null
                ? null
                : Changes with
                {
                    Countries = [.. Changes.Countries.Where(one => IsAsked(one.Country))],
                },
            Index.Notes,
            errors = Faults,
        };
}
