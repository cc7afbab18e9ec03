using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Cycles;

/// <summary>A work area as a data folder tells of it.</summary>
public sealed record BundledWorkArea(string Title, Workstream Stream, string ConceptNote);

/// <summary>A cycle that was, told by a data folder: facts with their sources, and no people. It is shown, and acted on by nobody.</summary>
/// <param name="Proposal">What was put to the next cycle.</param>
public sealed record BundledCycle(
    string Id,
    string Title,
    string Purpose,
    IReadOnlyList<Milestone> Milestones,
    IReadOnlyList<BundledWorkArea> WorkAreas,
    string Proposal,
    IReadOnlyList<string> Sources
);
