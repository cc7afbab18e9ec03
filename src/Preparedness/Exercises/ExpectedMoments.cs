using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>What the plan of an exercise expects of those who play, and by when. They are not told; the report says what became of it.</summary>
public static class ExpectedMoments
{
    /// <summary>A disruption is told, people activate a response, a first commitment works, a return is measured.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    ["detect", "decide", "first-working", "reconnect"];

    /// <summary>Why they cannot be expected of an exercise; null when they can.</summary>
    public static Refusal? WhyNot(
        IReadOnlyDictionary<string, Instant> expected,
        Instant startsAt,
        Instant endsAt
    )
    {
        ArgumentNullException.ThrowIfNull(expected);
        return expected.Keys.FirstOrDefault(key => !Keys.Contains(key)) is { } unknown
                ? Refusal.Invalid($"{unknown} is none of {string.Join(", ", Keys)}")
            : expected.Values.Any(at => at < startsAt || at > endsAt)
                ? Refusal.Invalid("what is expected lies between the beginning and the end")
            : null;
    }
}
