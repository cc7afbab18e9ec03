using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>
/// The state of one subject while its events are gone through again. The store knows what a document looks like and nothing of
/// what events mean, so whoever opens it brings this along.
/// </summary>
public abstract class Folding
{
    /// <summary>Takes the subject's next event. Must not depend on anything else, and runs on any thread.</summary>
    public abstract void Apply(Event entry);

    public abstract DocumentState State();
}

/// <summary>Begins a subject, or resumes it.</summary>
/// <param name="before">Its document after the events that were folded before; null at its first event.</param>
/// <returns>Null for a subject that has no document.</returns>
public delegate Folding? FoldingOf(string subject, DocumentState? before);
