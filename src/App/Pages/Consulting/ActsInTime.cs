using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Launching;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Consulting;

/// <param name="Html">When it can be done.</param>
/// <param name="IsAhead">True when people wait for it; false for what belongs to another stage.</param>
internal sealed record Awaited(string Html, bool IsAhead);

/// <summary>What whoever thinks of an act on a consultation should know first: that its time has not come, that it is over, or that there is another way.</summary>
internal static class ActsInTime
{
    /// <summary>Why no page offers an act now, and when it does. Null for one whose time it is.</summary>
    public static Awaited? NotYet(PageTexts texts, Seen seen, CommandKind command, Instant now)
    {
        if (
            ActStages.Of(command.Request) is not { Count: > 0 } stages
            || ConsultationView.Of(seen) is not { } consultation
        )
        {
            return null;
        }

        (string says, Instant? from) =
            command.Request == typeof(DeclareConsensus)
                ? ("consulting.not-yet.declare", consultation.DeclarableFrom)
            : command.Request == typeof(LaunchReport)
                ? ("consulting.not-yet.launch", consultation.LaunchableFrom)
            : ("", null);
        return from is { } at
            ? now < at
                ? new Awaited(texts.Html($"{says}.at", ("at", new Moment(at))), true)
                : null
            : stages.Contains(consultation.Phase)
                ? null
                : says.Length > 0 && consultation.Phase < stages[0]
                    ? new Awaited(texts.Html(says), true)
                    : new Awaited(
                        $"{texts.Html("consulting.at-stage")} {string.Join(texts.Html("response.and"), stages.Select(stage => Labels.Standing(texts, Checks.Word(stage))))}",
                        false
                    );
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
}
