using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>What kind of observer. A closed list, so that no name slips in.</summary>
public enum ObserverKind
{
    Unknown,
    Resident,
    Operator,
    Measurer,
    Responder,
    Journalist,
    Authority,
}

/// <summary>By which way a report came in.</summary>
public enum ReportChannel
{
    Form,
    TextFile,
    Cap,
    Api,
}

/// <summary>
/// A report as it was read and before it is received: the one form in which words and contact are open. It is never stored;
/// whoever reads it seals them.
/// </summary>
/// <param name="Place">Already coarse: a country and at most two areas in it, or a core resource.</param>
/// <param name="Cell">Where a position was given: the cell of the grid around it; the position itself is gone.</param>
/// <param name="Language">Of the words, as BCP 47; null is unknown.</param>
public sealed record ReportDraft(
    Place Place,
    GridCell? Cell,
    string? Network,
    Service? Service,
    ServiceState State,
    Instant ObservedAt,
    ObserverKind Observer,
    string? Words,
    string? Language,
    string? Contact,
    Marking Marking
);

/// <summary>What an input gave, and what in it could not be used.</summary>
/// <param name="Notes">What was left out on purpose, such as attachments.</param>
public sealed record DraftsRead(
    IReadOnlyList<ReportDraft> Drafts,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string> Notes
);
