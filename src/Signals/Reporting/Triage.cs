using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>An analyst takes a report up, or takes one up again that was set aside or found a duplicate.</summary>
public sealed record OpenTriage
{
    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        OpenTriage command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return TriageWhyNot.By(report, by) is { } refusal
            ? refusal
            : new TriageOpened(by.Person, now);
    }
}

/// <summary>Another source says the same.</summary>
/// <param name="With">Id of the other report or signal.</param>
/// <param name="OtherHand">By which the other report came in; null for a signal, and when it is not known.</param>
public sealed record Corroborate(string With, ReportLinkTarget Target, string? OtherHand = null)
{
    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        Corroborate command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            TriageWhyNot.InTriage(report, by)
            ?? TriageWhyNot.Link(report!, command.With, command.Target)
            ?? (
                report!.Hand is not null && report.Hand == command.OtherHand
                    ? Refusal.NotAllowed("both came in by one hand: that is one source, not two")
                    : null
            );
        return refusal is not null
            ? refusal
            : new ReportCorroborated(command.With, command.Target, by.Person, now);
    }
}

/// <summary>Another source says otherwise. Both stay; nobody is dropped.</summary>
public sealed record Contradict(string With, ReportLinkTarget Target, string Reason)
{
    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        Contradict command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            TriageWhyNot.InTriage(report, by)
            ?? TriageWhyNot.Link(report!, command.With, command.Target)
            ?? TriageWhyNot.Reason(command.Reason);
        return refusal is not null
            ? refusal
            : new ReportContradicted(command.With, command.Target, command.Reason, by.Person, now);
    }
}

/// <summary>The report says what another one says, and counts no second time.</summary>
public sealed record MarkDuplicate(string Of)
{
    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        MarkDuplicate command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            TriageWhyNot.InTriage(report, by)
            ?? TriageWhyNot.Link(report!, command.Of, ReportLinkTarget.Report);
        return refusal is not null ? refusal : new ReportFoundDuplicate(command.Of, by.Person, now);
    }
}

/// <summary>The report is left out of what follows, with a reason that stays readable.</summary>
public sealed record PutAside(string Reason)
{
    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        PutAside command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = TriageWhyNot.InTriage(report, by) ?? TriageWhyNot.Reason(command.Reason);
        return refusal is not null ? refusal : new ReportSetAside(command.Reason, by.Person, now);
    }
}

/// <summary>Whoever reported takes it back, by code word and without an account.</summary>
public sealed record RetractReport(string CodeWord)
{
    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        RetractReport command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        // One answer for a wrong word and for no report, so that nobody learns which reports there are.
        return !Reporting.CodeWord.Is(command.CodeWord, report?.CodeWord)
                ? Refusal.NotAllowed("there is no report with that code word")
            : report!.RetractedAt is not null ? Decided<FieldReportEvent>.Nothing
            : new ReportRetracted(now);
    }
}

internal static class TriageWhyNot
{
    private const int LinksMax = 1_000;

    private const int ReasonMax = 4_000;

    public static Refusal? By(FieldReport? report, Participant by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return report is null ? Refusal.WrongState("there is no such report")
            : !by.Is(Role.Analyst) ? Refusal.NotAllowed("only an analyst triages reports")
            : report.RetractedAt is not null
                ? Refusal.WrongState("whoever reported took the report back")
            : null;
    }

    public static Refusal? InTriage(FieldReport? report, Participant by) =>
        By(report, by)
        ?? (
            report!.TriagedBy is null ? Refusal.WrongState("open its triage first")
            : report.SetAside is not null || report.DuplicateOf is not null
                ? Refusal.WrongState("it is set aside or a duplicate; open its triage again first")
            : null
        );

    public static Refusal? Link(FieldReport report, string? with, ReportLinkTarget target) =>
        string.IsNullOrWhiteSpace(with) || with.Length > 200
            ? Refusal.Invalid("name the other report or signal")
        : !Enum.IsDefined(target) ? Refusal.Invalid("the other is a report or a signal")
        : with == report.Id ? Refusal.Invalid("a report neither supports nor repeats itself")
        : report.Links.Any(link => link.With == with && link.Target == target)
            ? Refusal.WrongState("the two are linked already")
        : report.Links.Count >= LinksMax ? Refusal.TooMuch($"a report has at most {LinksMax} links")
        : null;

    public static Refusal? Reason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonMax
            ? Refusal.Invalid($"give a reason of at most {ReasonMax} characters")
            : null;
}
