using Breakwater.Disruptions.Law;
using Breakwater.Norms.Findings;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Gaps;

/// <summary>In how many disruptions a gap of the law was met with, and in which way.</summary>
public sealed record GapMetAs(GapEntryKind Kind, int Disruptions);

/// <summary>One disruption that met with a gap.</summary>
/// <param name="Finding">Id of the finding that says so; it leads back to the facts and to who said them.</param>
public sealed record GapIncident(
    string Disruption,
    Place Place,
    IReadOnlyList<GapEntryKind> Kinds,
    string Finding,
    string FactsHash
);

/// <summary>Whom it harms, as far as needs count them: residents who lack messaging. Responders are not among them.</summary>
/// <param name="Residents">Summed over places that do not lie within each other; null when no place has a count.</param>
/// <param name="Unknown">Disruptions of which nobody counted the people. Unknown is not zero.</param>
public sealed record GapHarm(CountRange? Residents, int Unknown);

/// <summary>A gap of the law with every disruption on record that met with it. None on record does not say that there is none.</summary>
/// <param name="Spread">What bodies come to on its rules; each of them once for each outcome.</param>
/// <param name="Incidents">The newest first, <see cref="GapLedger.IncidentsMax"/> at most.</param>
public sealed record GapCount(
    string Gap,
    string Text,
    int Disruptions,
    IReadOnlyList<GapMetAs> Kinds,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Regimes,
    IReadOnlyList<BodiesSay> Spread,
    GapHarm Harm,
    IReadOnlyList<GapIncident> Incidents
);

/// <summary>What the findings on record say of gaps, for one reader.</summary>
/// <param name="Disruptions">Those that still stand and have findings; a disruption counts once, however often it was told.</param>
public sealed record GapLedger(string Standard, int Disruptions, IReadOnlyList<GapCount> Gaps)
{
    public const int IncidentsMax = 100;
}
