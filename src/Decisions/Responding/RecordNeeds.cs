using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Says for which needs the response is.</summary>
/// <param name="Needs">Ids of needs; they are added to those on record.</param>
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

        string[] added = [.. command.Needs.Except(state.Needs).Order(StringComparer.Ordinal)];
        return added.Length == 0 ? Decided<ResponseEvent>.Nothing
            : state.Needs.Count + added.Length > Checks.ListMax
                ? Refusal.TooMuch($"more than {Checks.ListMax} needs in one response")
            : new NeedsRecorded(now, by.Person, added);
    }
}
