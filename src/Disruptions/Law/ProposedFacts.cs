using System.Text.RegularExpressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Law;

/// <summary>One fact as a measurement or a source gives it. It is proposed, never settled: people and other sources may say otherwise.</summary>
/// <param name="Fact">Id of the law pack's vocabulary.</param>
/// <param name="Source">Who says so: the detector, or the source of a claim by its own name.</param>
/// <param name="Confidence">Of the source; null when it gave none.</param>
/// <param name="Because">What was measured or said, in one sentence.</param>
/// <param name="Evidence">Ids of the disruption and of the signals that it rests on.</param>
public sealed record ProposedFact(
    string Fact,
    bool Value,
    string Source,
    Confidence? Confidence,
    Origin Origin,
    string Because,
    IReadOnlyList<string> Evidence
);

/// <summary>What one disruption says of the facts that norms ask for. What is not in it is unknown, and unknown is not false.</summary>
public sealed partial record ProposedFacts
{
    internal const string IdKind = "facts";

    public required string Id { get; init; }

    public required string Disruption { get; init; }

    /// <summary>First and last day: <c>2024-02-05/..</c> while it lasts.</summary>
    public required string Conduct { get; init; }

    /// <summary>The day by which it was known: <c>2024-02-09</c>.</summary>
    public required string KnownBy { get; init; }

    /// <summary>By fact, then by source; sources that contradict each other are both here.</summary>
    public required IReadOnlyList<ProposedFact> Facts { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>True for an id as these have: evidence that is one says from what an answer was taken over.</summary>
    public static bool IsId(string? id) => id is not null && Form().IsMatch(id);

    [GeneratedRegex(@"^facts-[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    /// <summary>As the engine takes facts, whoever gives them.</summary>
    public FactSheet ToSheet()
    {
        var known = PartialDate.Parse(KnownBy);
        return new FactSheet(
            Disruption,
            Disruption,
            Norms.Facts.Conduct.Parse(Conduct),
            IsClosed: false,
            Profile: null,
            [
                .. Facts.Select(fact => new Assertion(
                    fact.Fact,
                    fact.Value,
                    fact.Source,
                    fact.Confidence?.Probability,
                    fact.Evidence,
                    Assessor: null,
                    known,
                    Period.Always
                )),
            ]
        );
    }
}
