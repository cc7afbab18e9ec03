using System.Globalization;
using System.Text;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;

namespace Breakwater.Bench.Accuracy.Kinds;

/// <summary>The score as Markdown, counts first.</summary>
internal static class KindScoreTable
{
    private static readonly DisruptionKind?[] _columns =
    [
        DisruptionKind.Shutdown,
        DisruptionKind.CableCut,
        DisruptionKind.PowerLoss,
        DisruptionKind.Throttling,
        DisruptionKind.Outage,
        DisruptionKind.Destruction,
        null,
    ];

    public static string Markdown(KindScoreResult score)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Rates from {score.TrainingRows} rows in {score.TrainingEvents} events; scored on {score.HeldOut.Count} rows in {score.HeldOutEvents} other events; named from a probability of {KindScore.NamedFrom} on."
        );
        text.AppendLine();
        text.AppendLine(
            "| held-out events, intervals by Wilson | named right | named wrong | left unknown | likeliest is right |"
        );
        text.AppendLine("|---|---|---|---|---|");
        Line(text, "all", score, _ => true);
        foreach (
            DisruptionKind kind in score.HeldOut.Select(outcome => outcome.Truth).Distinct().Order()
        )
        {
            Line(text, $"{kind}", score, outcome => outcome.Truth == kind);
        }

        Line(
            text,
            "in countries that training has not seen",
            score,
            outcome => !score.TrainingCountries.Contains(outcome.Country)
        );
        text.AppendLine();
        text.AppendLine("Rows (events) by the kind named:");
        text.AppendLine();
        text.Append("| cause in the list | rows (events)");
        foreach (DisruptionKind? column in _columns)
        {
            text.Append(" | ").Append(column?.ToString() ?? "unknown");
        }

        text.AppendLine(" | mean probability of the true kind |");
        text.AppendLine($"|{string.Concat(Enumerable.Repeat("---|", _columns.Length + 3))}");
        foreach (
            IGrouping<string, KindOutcome> cause in score
                .HeldOut.GroupBy(outcome => outcome.Cause)
                .OrderBy(cause => cause.Key, StringComparer.Ordinal)
        )
        {
            text.Append("| ").Append(cause.Key).Append(" | ").Append(RowsAndEvents([.. cause]));
            foreach (DisruptionKind? column in _columns)
            {
                text.Append(" | ")
                    .Append(RowsAndEvents([.. cause.Where(outcome => outcome.Named == column)]));
            }

            text.AppendLine(
                CultureInfo.InvariantCulture,
                $" | {cause.Average(outcome => outcome.TruthProbability):0.00} |"
            );
        }

        return text.ToString();
    }

    /// <summary>The counts as they stand in the profile.</summary>
    public static string Counts(KindScoreResult score)
    {
        var text = new StringBuilder();
        foreach (KindTag tag in score.Counted)
        {
            text.AppendLine(
                $"{tag.Tag}: {string.Join(", ", tag.Counts!.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} [{count.Value[0]}, {count.Value[1]}]")))}"
            );
        }

        return text.ToString();
    }

    private static void Line(
        StringBuilder text,
        string name,
        KindScoreResult score,
        Func<KindOutcome, bool> among
    ) =>
        text.AppendLine(
            $"| {name} | {Text(score.Share(outcome => outcome.Named == outcome.Truth, among))} | {Text(score.Share(outcome => outcome.Named is not null && outcome.Named != outcome.Truth, among))} | {Text(score.Share(outcome => outcome.Named is null, among))} | {Text(score.Share(outcome => outcome.Likeliest == outcome.Truth, among))} |"
        );

    private static string Text(EventShare? share) =>
        share is null
            ? "no event"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{share.Share:0.00} ({share.Low:0.00} to {share.High:0.00}) of {share.Events}"
            );

    private static string RowsAndEvents(IReadOnlyList<KindOutcome> outcomes) =>
        outcomes.Count == 0
            ? "0"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{outcomes.Count} ({outcomes.Select(outcome => outcome.Group).Distinct().Count()})"
            );
}
