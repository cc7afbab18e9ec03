using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Clearances;

/// <summary>The state of a clearance after each of its events.</summary>
internal static class ClearanceFold
{
    public static ClearanceFile Opened(ClearanceOpened opened) =>
        new()
        {
            Id = opened.Id,
            Parent = opened.Parent,
            Permit = opened.Permit,
            Authority = opened.Authority,
            AuthorityOrganisation = opened.AuthorityOrganisation,
            About = opened.About,
            Place = opened.Place,
            For = opened.For,
            Waiting = opened.Waiting,
            RemindAfterDays = opened.RemindAfterDays,
            EscalateAfterDays = opened.EscalateAfterDays,
            EscalateTo = opened.EscalateTo,
            Answer = ClearanceAnswer.NotAsked,
            Origin = opened.Origin,
            Marking = opened.Marking,
        };

    public static ClearanceFile Next(ClearanceFile before, ClearanceEvent happened) =>
        happened switch
        {
            ClearanceAsked asked => Asked(before, asked),
            AuthorityReminded reminded => before with { RemindedAt = reminded.At },
            ClearanceReminderDue due => before with { Reminders = due.Number, RemindedAt = due.At },
            ClearanceEscalated escalated => before with { EscalatedAt = escalated.At },
            ClearanceAnswered answered => Answered(before, answered),
            ClearanceExpired expired => before with { ExpiredAt = expired.At },
            ClearanceAwaited awaited => before with
            {
                Waiting = [.. before.Waiting, awaited.Subject],
            },
            ClearanceWithdrawn withdrawn => before with
            {
                WithdrawnAt = withdrawn.At,
                Reason = withdrawn.Reason,
            },
            _ => throw new InvalidOperationException(
                $"a clearance knows no {happened.GetType().Name}"
            ),
        };

    /// <summary>Asking again starts a new silence: the answer before it no longer speaks.</summary>
    private static ClearanceFile Asked(ClearanceFile before, ClearanceAsked asked) =>
        before with
        {
            Answer = ClearanceAnswer.NoAnswer,
            AskedAt = asked.AskedAt,
            RemindedAt = asked.AskedAt,
            Reminders = 0,
            EscalatedAt = null,
            AnsweredAt = null,
            EffectiveAt = null,
            Until = null,
            ExpiredAt = null,
            Conditions = [],
            Reason = "",
            Proof = "",
            IsOwnWord = false,
        };

    private static ClearanceFile Answered(ClearanceFile before, ClearanceAnswered answered) =>
        before with
        {
            Answer = answered.Answer,
            IsOwnWord = answered.IsOwnWord,
            AnsweredAt = answered.AnsweredAt,
            EffectiveAt = answered.EffectiveAt,
            Until = answered.Until,
            ExpiredAt = null,
            Conditions = answered.Conditions,
            Reason = answered.Reason,
            Proof = answered.Proof,
            Origin = answered.Origin,
        };
}
