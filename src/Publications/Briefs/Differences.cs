using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// Rules on which the same readings part in the same way over the same terms: one difference of opinion, however many rules hang on it.
/// </summary>
internal sealed record Difference(
    IReadOnlyList<string> TurnsOn,
    IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> Sides,
    IReadOnlyList<Spread> Spreads
)
{
    /// <summary>The wording of criminal law is another, so that it is never told together with the rest.</summary>
    public bool IsCriminal => Spreads[0].Rule.IsCriminal();

    public IEnumerable<Rule> Rules => Spreads.Select(spread => spread.Rule);

    public static IReadOnlyList<Difference> Of(IEnumerable<Spread> spreads) =>
        [
            .. spreads
                .GroupBy(Key, StringComparer.Ordinal)
                .Select(group => new Difference(
                    group.First().TurnsOn,
                    Ordered(group.First()),
                    [.. group]
                )),
        ];

    /// <summary>What is settled comes first.</summary>
    public static IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> Ordered(
        Spread spread
    ) => [.. spread.Outcomes.OrderBy(side => side.Outcome == Outcome.Undetermined)];

    private static string Key(Spread spread) =>
        string.Join(
            '/',
            [
                spread.Rule.IsCriminal() ? "criminal" : "",
                // Each rule has a breach of its own.
                spread.TurnsOn.Contains("breach")
                    ? spread.Rule.Id
                    : "",
                string.Join(',', spread.TurnsOn),
                .. spread.Outcomes.Select(side =>
                    $"{side.Outcome}:{string.Join(',', side.Profiles)}"
                ),
            ]
        );
}

/// <summary>Outcomes in words. None of them is a result of law: each is said of given facts, under a reading.</summary>
internal static class OutcomeWords
{
    public static bool IsCriminal(this Rule rule) => rule.Regime == "ICL";

    public static Said Of(Outcome outcome, bool isCriminal) =>
        new($"outcome.{Key(outcome, isCriminal)}");

    public static Said Of(Outcome outcome, Rule rule) => Of(outcome, rule.IsCriminal());

    public static string Key(Outcome outcome, bool isCriminal) =>
        outcome switch
        {
            Outcome.Violated => isCriminal ? "elements" : "short",
            Outcome.Met => isCriminal ? "no-elements" : "none-short",
            _ => outcome.Word().Replace('_', '-'),
        };
}
