using Breakwater.Bench.Accuracy.Detectors;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Bench.Accuracy.Sets;

namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>All detectors on one set.</summary>
/// <param name="Scores">By detector, in the order of the cases.</param>
public sealed record SetScores(
    CaseSet Set,
    IReadOnlyList<(Peer Peer, IReadOnlyList<CaseScore> Scores)> Scores
)
{
    private const int MissesShown = 12;
    private static readonly string[] _traits =
    [
        "depth",
        "length",
        "shape",
        "routing",
        "history",
        "damage",
    ];

    /// <summary>Scores every test case with every detector; two at a time, in an order that does not depend on it.</summary>
    public static SetScores Of(CaseSet set, IReadOnlyList<Peer> peers, Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(peers);
        IReadOnlyList<Case> cases = set.Test;
        return new SetScores(
            set,
            [
                .. peers.Select(peer =>
                {
                    var scores = new CaseScore[cases.Count];
                    Parallel.For(
                        0,
                        cases.Count,
                        new ParallelOptions { MaxDegreeOfParallelism = 2 },
                        i => scores[i] = Scoring.Score(cases[i], peer.Detect, protocol)
                    );
                    return (peer, (IReadOnlyList<CaseScore>)scores);
                }),
            ]
        );
    }

    public Section ToSection(ulong seed)
    {
        List<Number> numbers = Numbers(seed);
        var whole = Tally.Sum(Scores[0].Scores.Select(score => score.Whole));
        List<string> lines =
        [
            Set.Note,
            "",
            FormattableString.Invariant(
                $"Labels: **{Set.Origin.ToString().ToLowerInvariant()}**. {whole.Events} events, {whole.QuietDays:0} quiet place-days, {Set.Test.Count} cases{(Set.IsSplit ? $" of the test split ({Set.Training.Count} more are for training)" : "")}. Intervals: {Intervals}."
            ),
            "",
            .. Table(numbers),
        ];
        foreach (string trait in _traits)
        {
            lines.AddRange(Breakdown(trait));
        }

        lines.AddRange(Misses());
        return new Section(Set.Name, lines, numbers);
    }

    private string Intervals =>
        Set.BlockDays is { } days
            ? $"95 %, moving block bootstrap over days, blocks of {days}"
            : "95 %, block bootstrap over events with their series (a group is a block)";

    private List<Number> Numbers(ulong seed) =>
        [
            .. Scores.SelectMany(item =>
            {
                IReadOnlyList<Tally> units = Units(item.Scores);
                return Measure.All.Select(measure => new Number(
                    Set.Name,
                    item.Peer.Name,
                    measure.Name,
                    Bootstrap.Of(units, measure, Set.BlockDays ?? 1, seed)
                ));
            }),
        ];

    private IReadOnlyList<Tally> Units(IReadOnlyList<CaseScore> scores) =>
        Set.BlockDays is null
            ?
            [
                .. scores
                    .GroupBy(score => score.Case.Group)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => Tally.Sum(group.Select(score => score.Whole))),
            ]
            :
            [
                .. scores
                    .SelectMany(score => score.ByDay)
                    .GroupBy(day => day.Key)
                    .OrderBy(day => day.Key)
                    .Select(day => Tally.Sum(day.Select(item => item.Value))),
            ];

    private static IEnumerable<string> Table(List<Number> numbers)
    {
        string[] measures =
        [
            .. numbers
                .Where(number => number.Estimate.Value is not null)
                .Select(number => number.Measure)
                .Distinct(),
        ];
        yield return $"| detector | {string.Join(" | ", measures)} |";
        yield return $"|---|{string.Concat(Enumerable.Repeat("---|", measures.Length))}";
        foreach (IGrouping<string, Number> detector in numbers.GroupBy(number => number.Detector))
        {
            yield return $"| {detector.Key} | {string.Join(" | ", measures.Select(measure => detector.Single(number => number.Measure == measure).Text))} |";
        }
    }

    /// <summary>Events by a trait of what was put in, or false alarms by the damage.</summary>
    private IEnumerable<string> Breakdown(string trait)
    {
        string[] values =
        [
            .. Scores[0]
                .Scores.Select(score => score.Case.Traits.GetValueOrDefault(trait))
                .OfType<string>()
                .Distinct()
                .OrderBy(value => value.Length)
                .ThenBy(value => value, StringComparer.Ordinal),
        ];
        if (values.Length == 0)
        {
            yield break;
        }

        bool isDamage = trait == "damage";
        yield return "";
        yield return isDamage
            ? "False alarms by damage to a feed (alarms / damaged cases):"
            : $"Found within the tolerance, by {trait} (events found / events):";
        yield return "";
        yield return $"| {trait} | {string.Join(" | ", Scores.Select(item => item.Peer.Name))} |";
        yield return $"|---|{string.Concat(Enumerable.Repeat("---|", Scores.Count))}";
        foreach (string value in values)
        {
            yield return $"| {value} | {string.Join(" | ", Scores.Select(item => Cell(item.Scores, trait, value, isDamage)))} |";
        }
    }

    private static string Cell(
        IReadOnlyList<CaseScore> scores,
        string trait,
        string value,
        bool isDamage
    )
    {
        CaseScore[] those =
        [
            .. scores.Where(score => score.Case.Traits.GetValueOrDefault(trait) == value),
        ];
        var sum = Tally.Sum(those.Select(score => score.Whole));
        return isDamage
            ? FormattableString.Invariant($"{sum.FalseAlarms} / {those.Length}")
            : FormattableString.Invariant($"{sum.OnTime} / {sum.Events}");
    }

    /// <summary>What our own detector missed or raised wrongly, by name.</summary>
    private IEnumerable<string> Misses()
    {
        IReadOnlyList<CaseScore> ours = Scores.Single(item => item.Peer.Name == Peers.Ours).Scores;
        Miss[] missed = [.. ours.SelectMany(score => score.Missed)];
        Miss[] wrong = [.. ours.SelectMany(score => score.False)];
        yield return "";
        yield return $"Missed by {Peers.Ours}: {missed.Length}; false alarms: {wrong.Length}{(missed.Length + wrong.Length == 0 ? "." : "; all of them in `misses.csv`.")}";
        if (missed.Length + wrong.Length == 0)
        {
            yield break;
        }

        yield return "";
        foreach (Miss miss in missed.Take(MissesShown))
        {
            yield return $"- missed: {miss.Case}, {miss.What} (onset {miss.At})";
        }

        foreach (Miss miss in wrong.Take(MissesShown))
        {
            yield return $"- false: {miss.Case}, {miss.What} (from {miss.At})";
        }
    }
}
