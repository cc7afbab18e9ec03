using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Launching;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Consulting;

/// <summary>What whoever thinks of an act on a consultation should know first: that its time has not come, that it is over, or that there is another way.</summary>
internal static class ActsInTime
{
    /// <summary>When an act becomes possible, as HTML: until then no page offers it. Null for one whose time has come.</summary>
    public static string? NotYet(PageTexts texts, Seen seen, CommandKind command, Instant now)
    {
        (string key, Func<Consultation, Instant?> from)? asked =
            command.Request == typeof(DeclareConsensus)
                ? ("consulting.not-yet.declare", consultation => consultation.DeclarableFrom)
            : command.Request == typeof(LaunchReport)
                ? ("consulting.not-yet.launch", consultation => consultation.LaunchableFrom)
            : null;
        return asked is not (var says, var opens)
            || ConsultationView.Of(seen) is not { IsOver: false } consultation
                ? null
            : opens(consultation) is not { } at
                ? Before(consultation, command) ? texts.Html(says)
                    : null
            : now < at ? texts.Html($"{says}.at", ("at", new Moment(at)))
            : null;
    }

    /// <summary>What is taken late is kept and marked, and whoever takes it is told before.</summary>
    public static string? Late(PageTexts texts, Seen? seen, CommandKind command, Instant now) =>
        command.Request == typeof(TakeConsultationPosition)
        && seen is not null
        && ConsultationView.Of(seen)
            is { Phase: ConsultationPhase.Draft, PositionsUntil: { } until } consultation
        && consultation.IsLateAt(now)
            ? texts.Html("consulting.position-late", ("at", new Moment(until)))
            : null;

    /// <summary>The way of those who have no account, or another one than they sent it with; null where there is none.</summary>
    public static string? OtherWay(Markup page, CommandKind command) =>
        command.Request == typeof(WithdrawInput)
            ? page.Link(FollowPage.Path, page.Texts.Html("consulting.by-receipt"))
            : null;

    private static bool Before(Consultation consultation, CommandKind command) =>
        command.Request == typeof(LaunchReport)
        || consultation.Phase is ConsultationPhase.Call or ConsultationPhase.Synthesis;
}
