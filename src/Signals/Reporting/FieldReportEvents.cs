using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>What happened to a field report. Whoever reported is in none of it.</summary>
public abstract record FieldReportEvent;

/// <param name="Hand">A short-lived keyed mark of the way it came in, the same for all that one sender hands in; never an address.</param>
/// <param name="Input">
/// SHA-256 of the file it was read from; null for a form, and for a file of which something is sealed, because the hash would let
/// it be guessed.
/// </param>
public sealed record ReportReceived(
    string Id,
    ReportChannel Channel,
    Place Place,
    GridCell? Cell,
    string? Network,
    Service? Service,
    ServiceState State,
    Instant ObservedAt,
    ObserverKind Observer,
    SealedWords? Words,
    SealedField? Contact,
    CodeWordHash? CodeWord,
    string? Hand,
    string? Input,
    Origin Origin,
    Marking Marking,
    Instant At
) : FieldReportEvent;

/// <summary>An analyst looks at it, or looks again.</summary>
public sealed record TriageOpened(string By, Instant At) : FieldReportEvent;

public sealed record ReportCorroborated(string With, ReportLinkTarget Target, string By, Instant At)
    : FieldReportEvent;

public sealed record ReportContradicted(
    string With,
    ReportLinkTarget Target,
    string Reason,
    string By,
    Instant At
) : FieldReportEvent;

/// <summary>It says what another report says. It is kept, and counts no second time.</summary>
public sealed record ReportFoundDuplicate(string Of, string By, Instant At) : FieldReportEvent;

/// <summary>Left out of what follows, with a reason; it is never deleted.</summary>
public sealed record ReportSetAside(string Reason, string By, Instant At) : FieldReportEvent;

/// <summary>Whoever reported took it back, by code word.</summary>
public sealed record ReportRetracted(Instant At) : FieldReportEvent;

/// <summary>Nobody has looked at it yet.</summary>
/// <param name="Times">How often that was told, this time among them.</param>
public sealed record ReportStillWaiting(int Times, Instant At) : FieldReportEvent;
