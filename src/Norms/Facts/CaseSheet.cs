using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Facts;

/// <summary>How the outcome that a case file expects is known.</summary>
public enum Basis
{
    /// <summary>What the forum decided.</summary>
    Holding,

    /// <summary>Standard of ICC article 58 or of a commission of inquiry.</summary>
    ReasonableGrounds,

    /// <summary>A prosecutor's office or an expert body.</summary>
    Opinion,

    /// <summary>The facts projected onto a rule that the forum did not decide.</summary>
    Inferred,

    /// <summary>Made up to try a rule; no forum decided it.</summary>
    Constructed,
}

/// <param name="AsOf">The day as of which readings are known; null: no date counts.</param>
public sealed record Expectation(
    string Rule,
    string Profile,
    Outcome Outcome,
    Basis Basis,
    PartialDate? AsOf,
    string? Note,
    PackLine At
);

/// <summary>A decided case, or a made-up one, with what the pack is expected to say of it.</summary>
public sealed record CaseSheet(
    FactSheet Facts,
    IReadOnlyList<Expectation> Expected,
    IReadOnlyList<Expectation> Dated,
    PackLine At
);
