using NodaTime;

namespace Breakwater.Decisions.Contesting;

/// <summary>How contests end, and how long they wait. What has not happened yet is in no rate and no time, and is counted apart.</summary>
/// <param name="Sustained">Wholly.</param>
/// <param name="SustainedRate">Of those that were decided, 0 to 1; null while none is.</param>
/// <param name="MedianToAnswer">From when it was received; null while none is answered.</param>
/// <param name="Unanswered">Neither refused nor answered yet.</param>
public sealed record ContestRates(
    int Received,
    int Inadmissible,
    int Sustained,
    int PartlySustained,
    int Rejected,
    double? SustainedRate,
    Duration? MedianToAnswer,
    int Unanswered
)
{
    public static ContestRates Of(IReadOnlyList<Contest> contests)
    {
        ArgumentNullException.ThrowIfNull(contests);
        int sustained = contests.Count(one => one.Outcome == ContestOutcome.Sustained);
        int partly = contests.Count(one => one.Outcome == ContestOutcome.PartlySustained);
        int rejected = contests.Count(one => one.Outcome == ContestOutcome.Rejected);
        int decided = sustained + partly + rejected;
        return new ContestRates(
            contests.Count,
            contests.Count(one => one.State == ContestState.Inadmissible),
            sustained,
            partly,
            rejected,
            decided == 0 ? null : (double)sustained / decided,
            Median([
                .. contests
                    .Where(one => one.Answer is not null)
                    .Select(one => one.Answer!.At - one.ReceivedAt)
                    .Order(),
            ]),
            contests.Count(one => one.Answer is null && one.State != ContestState.Inadmissible)
        );
    }

    private static Duration? Median(Duration[] sorted) =>
        sorted.Length == 0 ? null
        : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
