using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>
/// Records what the authority answered. A later answer replaces an earlier one: a denial revokes a permit. Silence is no
/// answer and cannot be entered as one, and an answer older than the last word on record replaces nothing.
/// </summary>
/// <param name="Answer">Given, denied or not required.</param>
/// <param name="EffectiveAt">From when a permit holds; needed when given.</param>
/// <param name="Until">Its end; null when none is stated.</param>
/// <param name="Reason">Why it was denied, or is not required; else may be empty.</param>
/// <param name="Proof">What shows it, such as the number of a letter; needed unless the authority itself answers here.</param>
public sealed record AnswerClearance(
    ClearanceAnswer Answer,
    Instant AnsweredAt,
    Instant? EffectiveAt,
    Instant? Until,
    IReadOnlyList<string> Conditions,
    string Reason,
    string Proof,
    Origin Origin
)
{
    /// <summary>Forms give times to the minute.</summary>
    private static readonly Duration _exactness = Duration.FromMinutes(1);

    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        AnswerClearance command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (ClearanceRules.Open(state) is { } gone)
        {
            return gone;
        }

        bool isOwnWord =
            by.Organisation is not null && by.Organisation == state!.AuthorityOrganisation;
        Refusal? no =
            WhyNot(command, now)
            ?? WhyNotThen(state!, command)
            ?? (isOwnWord ? null : Wanting.Text("what shows the answer", command.Proof));
        return no is not null
            ? no
            : new ClearanceAnswered(
                command.Answer,
                isOwnWord,
                command.AnsweredAt,
                command.EffectiveAt,
                command.Until,
                command.Conditions,
                command.Reason,
                command.Proof,
                command.Origin,
                by.Person,
                now
            );
    }

    private static Refusal? WhyNotThen(ClearanceFile state, AnswerClearance command) =>
        (state.AnsweredAt ?? state.AskedAt) is { } last && command.AnsweredAt + _exactness <= last
            ? Refusal.WrongState(
                $"the last word on record is of {last}, and this answer is older; record what the authority says now, with its own date"
            )
            : null;

    private static Refusal? WhyNot(AnswerClearance command, Instant now) =>
        Wanting.Known("the answer", command.Answer)
        ?? Wanting.Past("the time of the answer", command.AnsweredAt, now)
        ?? Wanting.Names("the conditions", command.Conditions)
        ?? Wanting.Optional("the reason", command.Reason)
        ?? Wanting.Optional("the proof", command.Proof)
        ?? Wanting.Known("the origin", command.Origin)
        ?? command.Answer switch
        {
            ClearanceAnswer.Given => Permit(command, now),
            ClearanceAnswer.Denied or ClearanceAnswer.NotRequired => command.EffectiveAt is null
            && command.Until is null
                ? Wanting.Text("the reason", command.Reason)
                : Refusal.Invalid("only a permit that is given has dates"),
            _ => Refusal.Invalid("silence is no answer; it is counted by itself"),
        };

    private static Refusal? Permit(AnswerClearance command, Instant now) =>
        command.EffectiveAt is not { } effective
            ? Refusal.Invalid("say from when the permit holds")
            : Wanting.Date("the beginning of the permit", effective, now)
                ?? (
                    command.Until is { } until
                        ? Wanting.Date("the end of the permit", until, now)
                            ?? (
                                until > effective
                                    ? null
                                    : Refusal.Invalid("the permit ends before it begins")
                            )
                        : null
                );
}
