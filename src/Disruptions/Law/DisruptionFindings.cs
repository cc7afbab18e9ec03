using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Law;

/// <summary>
/// What each body of a law pack would say of one disruption, prima facie, on the facts that are proposed for it: never a verdict, and
/// never Breakwater's own reading. Rules that come to nothing under every reading are left out; those that lack facts are named.
/// </summary>
public sealed record DisruptionFindings
{
    /// <summary>The standard of every outcome here.</summary>
    public const string StandardOfProof =
        "prima facie, on the facts supplied; not legal advice and not a verdict";

    public required string Id { get; init; }

    /// <summary>Id of the disruption.</summary>
    public required string Disruption { get; init; }

    public required Place Place { get; init; }

    public required DisruptionKind Kind { get; init; }

    /// <summary>Who worked it out, and by what.</summary>
    public required string Author { get; init; }

    /// <summary>Where to contest a fact, a rule, a source, a reading or the interplay.</summary>
    public required string Contest { get; init; }

    public required string Standard { get; init; }

    public required UsedPack Pack { get; init; }

    public required LawDays AsOf { get; init; }

    /// <summary>Id of the <see cref="ProposedFacts"/> that it follows from.</summary>
    public required string Facts { get; init; }

    public required string FactsHash { get; init; }

    public required IReadOnlyList<ProposedFact> Proposed { get; init; }

    /// <summary>In the order of the pack.</summary>
    public required IReadOnlyList<RuleReadings> Rules { get; init; }

    /// <summary>Rules of which no body can say anything for want of facts.</summary>
    public required IReadOnlyList<string> Undetermined { get; init; }

    public required IReadOnlyList<GapMet> Gaps { get; init; }

    /// <summary>The few facts that would tell most, and that may be asked safely.</summary>
    public required IReadOnlyList<AskNext> NextQuestions { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>What is contested, and on what it turns.</summary>
    public IEnumerable<RuleReadings> Contested() =>
        Rules.Where(rule => rule.Standing == Standing.Contested);

    /// <summary>True while some reading may still come to an answer other than that the rule does not apply.</summary>
    public bool MayApply(string rule) =>
        Undetermined.Contains(rule) || Rules.Any(one => one.Rule == rule && one.MayApply);
}

/// <param name="Hash"><c>sha256:</c> over the files of the pack.</param>
public sealed record UsedPack(string Id, string Version, string Hash, PackStatus Status);

/// <param name="Valid">The day as of which law and readings are known.</param>
/// <param name="Conduct">First and last day of the conduct.</param>
public sealed record LawDays(string Valid, string Conduct);

/// <summary>How one rule is read: which bodies come to what, and what they turn on.</summary>
/// <param name="RestsOn">Proposed facts that the readings use.</param>
/// <param name="TurnsOn">Terms that bodies define otherwise.</param>
/// <param name="Atoms">Facts that one reading asks for and another does not.</param>
/// <param name="Missing">Unknown facts that can still change an outcome.</param>
/// <param name="OpenDefences">Defences that nobody pleaded: outcomes are subject to them.</param>
public sealed record RuleReadings(
    string Rule,
    string Title,
    string Regime,
    string Force,
    Standing Standing,
    IReadOnlyList<BodiesSay> Outcomes,
    IReadOnlyList<string> RestsOn,
    IReadOnlyList<string> TurnsOn,
    IReadOnlyList<string> Atoms,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> OpenDefences,
    IReadOnlyList<string> Sources
)
{
    internal bool MayApply => Outcomes.Any(one => one.Outcome != "not_applicable");
}

/// <param name="Outcome">As the engine words it: <c>met</c>, <c>violated</c>, <c>undetermined</c>, …; prima facie.</param>
/// <param name="Profiles">Ids of the bodies and lines of authority that read it so.</param>
public sealed record BodiesSay(string Outcome, IReadOnlyList<string> Profiles);

/// <summary>A gap of the law that the facts meet with.</summary>
public sealed record GapMet(
    string Gap,
    GapEntryKind Kind,
    string Text,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Regimes,
    IReadOnlyList<BodiesSay> Outcomes
);

/// <param name="Value">Expected change of outcomes by the cost of an answer.</param>
/// <param name="Settles">Rules that one answer or the other would change.</param>
/// <param name="Reach">Rules that still hang on it.</param>
public sealed record AskNext(
    string Fact,
    string Question,
    Safety Safety,
    Respondent AskOf,
    double Value,
    IReadOnlyList<string> Settles,
    int Reach
);
