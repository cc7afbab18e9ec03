namespace Breakwater.Decisions;

/// <summary>What was decided to be done more, after one more event.</summary>
internal static class ScaleUpsAfter
{
    public static IReadOnlyList<ScaleUp> Of(
        IReadOnlyList<ScaleUp> before,
        ResponseEvent happened
    ) =>
        happened switch
        {
            ScaleUpAdopted adopted =>
            [
                .. before.Where(one => one.DecisionId != adopted.DecisionId),
                new ScaleUp(
                    adopted.DecisionId,
                    adopted.Question,
                    adopted.Text,
                    adopted.Since,
                    null,
                    null
                ),
            ],
            ScaleUpReopened reopened => Changed(
                before,
                reopened.DecisionId,
                one => one with { ReopenedAt = reopened.At }
            ),
            ScaleUpUpheld upheld => Changed(
                before,
                upheld.DecisionId,
                one => one with { ReopenedAt = null }
            ),
            ScaleUpFell fell => Changed(
                before,
                fell.DecisionId,
                one => one with { ReopenedAt = null, Fall = fell.Reason }
            ),
            _ => throw new InvalidOperationException($"no scale-up knows {happened.GetType()}"),
        };

    private static IReadOnlyList<ScaleUp> Changed(
        IReadOnlyList<ScaleUp> before,
        string decision,
        Func<ScaleUp, ScaleUp> change
    ) => [.. before.Select(one => one.DecisionId == decision ? change(one) : one)];
}
