using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Testing;

/// <summary>A party writes down how a try of the agreement went. A failed one counts as what it is, and not as tested.</summary>
/// <param name="Exercise">The exercise that it was part of.</param>
public sealed record RecordAgreementTest(
    Instant On,
    TestOutcome Result,
    string Findings,
    string? Exercise = null
)
{
    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        RecordAgreementTest command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            AgreementRules.Standing(state, now)
            ?? AgreementRules.Acts(state!, by, null, null).No
            ?? Checks.Known(command.Result, "result")
            ?? OpenText.Needed(command.Findings, "what was found")
            ?? (command.Exercise is null ? null : Checks.Id(command.Exercise, "the exercise"))
            ?? (
                command.On > now ? Refusal.Invalid("the day of the test lies in the future")
                : state!.Tests.Count >= Agreement.TestsMax
                    ? Refusal.TooMuch($"an agreement has at most {Agreement.TestsMax} tests")
                : null
            );
        return no is not null
            ? no
            : new AgreementTested(
                now,
                by.Person,
                new AgreementTest(
                    command.On,
                    command.Result,
                    command.Findings,
                    by.Person,
                    command.Exercise
                )
            );
    }
}
