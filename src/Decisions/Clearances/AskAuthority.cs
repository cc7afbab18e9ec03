using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>Records that the authority was asked: from then on its silence has an age.</summary>
/// <param name="AskedAt">When; not in the future.</param>
/// <param name="Channel">How: letter, portal, meeting.</param>
public sealed record AskAuthority(Instant AskedAt, string Channel)
{
    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        AskAuthority command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ClearanceRules.Open(state)
            ?? Wanting.Past("the time of asking", command.AskedAt, now)
            ?? Wanting.Name("the channel", command.Channel)
            ?? WhyNot(state!);
        return no is not null
            ? no
            : new ClearanceAsked(command.AskedAt, command.Channel, by.Person, now);
    }

    private static Refusal? WhyNot(ClearanceFile state) =>
        state.Answer == ClearanceAnswer.NoAnswer
            ? Refusal.WrongState("it was asked already; remind, or escalate")
        : state.Answer == ClearanceAnswer.Given && state.ExpiredAt is null
            ? Refusal.WrongState(
                "a permit is in force; open another clearance for what follows it, so that this one stays"
            )
        : null;
}
