using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Says for which needs the response is.</summary>
/// <param name="Needs">Ids of needs as they were assessed now; they take the place of those on record.</param>
public sealed record RecordNeeds(IReadOnlyList<string> Needs)
{
    public static Decided<ResponseEvent> Decide(
        Response? state,
        RecordNeeds command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("response");
        }

        Refusal? no =
            Checks.Texts(command.Needs, "needs")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state);
        if (no is not null)
        {
            return no;
        }

        string[] needs = [.. command.Needs.Distinct().Order(StringComparer.Ordinal)];
        return needs.SequenceEqual(state.Needs)
            ? Decided<ResponseEvent>.Nothing
            : new NeedsRecorded(now, by.Person, needs);
    }
}
