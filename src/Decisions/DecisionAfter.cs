using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>A decision after one more event.</summary>
internal static class DecisionAfter
{
    public static Decision Of(Decision? before, DecisionEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is DecisionOpened opened)
        {
            return Opened(opened);
        }

        ArgumentNullException.ThrowIfNull(before);
        Decision after = happened switch
        {
            PositionTaken taken => Taken(before, taken),
            RecusalDeclared recused => Recused(before, recused),
            ObjectionAnswered answered => Answered(before, answered),
            ConsentAsked asked => With(
                before,
                asked.Party,
                record =>
                    record.Consent == Consent.NotAsked
                        ? record with
                        {
                            Consent = Consent.NoAnswer,
                            AskedAt = asked.AskedAt,
                            Origin = asked.Origin,
                        }
                        : record
            ),
            ConsentRecorded recorded => With(
                before,
                recorded.Party,
                record =>
                    record with
                    {
                        Consent = recorded.Consent,
                        AnsweredAt = recorded.AnsweredAt,
                        Reason = recorded.Reason,
                        Origin = recorded.Origin,
                    }
            ),
            StreamAcknowledged said => before with
            {
                Acknowledgements =
                [
                    .. before.Acknowledgements.Where(earlier => earlier.Stream != said.Stream),
                    new Acknowledgement(said.Stream, said.Answer, said.Text, said.By, said.At),
                ],
            },
            DecisionReminded => Reminded(before, happened.At),
            DecisionEscalated => Escalated(before, happened.At),
            DecisionClosed closed => Closed(before, closed),
            AppealLodged lodged => before with
            {
                Appeals =
                [
                    .. before.Appeals,
                    new Appeal(
                        lodged.By,
                        lodged.Organisation,
                        lodged.Reason,
                        lodged.At,
                        AppealState.Open,
                        "",
                        "",
                        null
                    )
                    {
                        IsVoice = lodged.IsVoice,
                    },
                ],
            },
            AppealHeard heard => Heard(before, heard),
            _ => throw new InvalidOperationException($"a decision knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    private static Decision Opened(DecisionOpened opened) =>
        new()
        {
            Id = opened.Id,
            Kind = opened.Kind,
            Question = opened.Question,
            Text = opened.Text,
            Subject = opened.Subject,
            Parent = opened.Parent,
            OpenedBy = opened.By,
            OpenedFor = opened.Organisation,
            Stream = opened.Stream,
            AffectedStreams = opened.AffectedStreams,
            QuorumClasses = opened.QuorumClasses,
            OpenedAt = opened.At,
            Deadline = opened.Deadline,
            AppealWindow = opened.AppealWindow,
            Positions = [],
            Consents =
            [
                .. opened.ConsentParties.Select(party => new ConsentRecord(
                    party,
                    Consent.NotAsked,
                    null,
                    "",
                    Origin.Modelled
                )),
            ],
            Outcome = DecisionOutcome.Open,
            OutcomeReason = "nobody has decided yet",
            DecidedAt = null,
            FirstServiceDue = opened.FirstServiceDue,
            ExtendedServiceDue = opened.ExtendedServiceDue,
            AppealUntil = opened.Deadline + opened.AppealWindow,
            ChangedAt = opened.At,
            Origin = opened.Origin,
            Marking = opened.Marking,
        };

    private static Decision Taken(Decision before, PositionTaken taken) =>
        before with
        {
            Positions =
            [
                .. before.Positions.Where(earlier =>
                    !IsOf(earlier, taken.Stakeholder, taken.IsVoice)
                    && !(earlier.IsVoice && earlier.Person == taken.By)
                ),
                new Position(
                    taken.Stakeholder,
                    taken.Class,
                    taken.Stand,
                    taken.Reason,
                    taken.At,
                    taken.Origin
                )
                {
                    Person = taken.By,
                    IsVoice = taken.IsVoice,
                    Conflict = taken.Conflict,
                },
            ],
        };

    /// <summary>Whatever the person said before falls away; the organisation's word too when it takes no part as a whole.</summary>
    private static Decision Recused(Decision before, RecusalDeclared recused)
    {
        bool isVoice = recused.Organisation is null;
        IEnumerable<Position> others = before.Positions.Where(earlier =>
            earlier.Person != recused.By
            && !(recused.Organisation is { } organisation && IsOf(earlier, organisation, false))
        );
        IEnumerable<Position> own = recused.Stakeholder is { } stakeholder
            ?
            [
                new Position(
                    stakeholder,
                    recused.Class,
                    Stand.Recuse,
                    recused.Reason,
                    recused.At,
                    recused.Origin
                )
                {
                    Person = recused.By,
                    IsVoice = isVoice,
                },
            ]
            : [];
        return before with
        {
            Positions = [.. others, .. own],
            Recusals =
            [
                .. before.Recusals,
                new Recusal(recused.By, recused.Organisation, recused.Reason, recused.At),
            ],
        };
    }

    private static Decision Answered(Decision before, ObjectionAnswered answered) =>
        before with
        {
            Positions =
            [
                .. before.Positions.Select(position =>
                    position.Stakeholder == answered.Stakeholder && position.Stand == Stand.Object
                        ? position with
                        {
                            Answer = new Answer(
                                answered.Text,
                                answered.Organisation,
                                answered.By,
                                answered.At
                            ),
                        }
                        : position
                ),
            ],
        };

    private static Decision With(
        Decision before,
        string party,
        Func<ConsentRecord, ConsentRecord> change
    ) =>
        before with
        {
            Consents =
            [
                .. before.Consents.Select(record =>
                    record.Party == party ? change(record) : record
                ),
            ],
        };

    private static Decision Reminded(Decision before, Instant at) =>
        before.Outcome == DecisionOutcome.Open
            ? before with
            {
                RemindedAt = at,
            }
            : before with
            {
                Appeals =
                [
                    .. before.Appeals.Select(appeal =>
                        appeal.State == AppealState.Open ? appeal with { RemindedAt = at } : appeal
                    ),
                ],
            };

    /// <summary>Everybody is told of an appeal that waits, those concerned too.</summary>
    private static Decision Escalated(Decision before, Instant at) =>
        (before.Outcome == DecisionOutcome.Open ? before : Reminded(before, at)) with
        {
            EscalatedAt = at,
        };

    private static Decision Closed(Decision before, DecisionClosed closed)
    {
        bool isActivated =
            before.Kind == DecisionKind.Activation && closed.Outcome == DecisionOutcome.Adopted;
        return before with
        {
            Outcome = closed.Outcome,
            OutcomeReason = closed.Reason,
            Dissent = closed.Dissent,
            DecidedAt = closed.At,
            ClosedBy = closed.By,
            AppealUntil = closed.At + before.AppealWindow,
            FirstServiceDue =
                before.FirstServiceDue ?? (isActivated ? closed.At + Decision.FirstService : null),
            ExtendedServiceDue =
                before.ExtendedServiceDue
                ?? (isActivated ? closed.At + Decision.ExtendedService : null),
        };
    }

    private static Decision Heard(Decision before, AppealHeard heard)
    {
        Decision after = before with
        {
            Appeals =
            [
                .. before.Appeals.Select(appeal =>
                    appeal.State == AppealState.Open
                        ? appeal with
                        {
                            State = heard.Outcome,
                            HeardBy = heard.By,
                            HeardReason = heard.Reason,
                        }
                        : appeal
                ),
            ],
        };
        return heard.Deadline is { } deadline
            ? after with
            {
                Outcome = DecisionOutcome.Open,
                OutcomeReason = $"reopened on appeal: {heard.Reason}",
                DecidedAt = null,
                ReopenedAt = heard.At,
                Deadline = deadline,
                AppealUntil = deadline + before.AppealWindow,
                RemindedAt = null,
                EscalatedAt = null,
            }
            : after;
    }

    private static bool IsOf(Position position, string stakeholder, bool isVoice) =>
        position.Stakeholder == stakeholder && position.IsVoice == isVoice;
}
