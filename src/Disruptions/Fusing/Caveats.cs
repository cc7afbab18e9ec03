using System.Globalization;

namespace Breakwater.Disruptions;

/// <summary>What a judgement is subject to: what was not seen, who disagrees, what may still change it.</summary>
internal static class Caveats
{
    private const double MostlyLive = 0.8;

    public static IReadOnlyList<string> Of(
        List<SourceView> views,
        int healthyFamilies,
        Candidate candidate,
        ScaleDoubts doubts,
        IReadOnlyList<Flood> floods
    )
    {
        var caveats = new List<string>();
        if (views.Count == 0)
        {
            caveats.Add("no measurement: people's reports alone");
        }
        else if (healthyFamilies <= 1)
        {
            caveats.Add("one family of signals: a fault of it would look the same");
        }

        List<string> blind = [.. Names(views, view => view.Verdict == Verdict.Absent)];
        if (blind.Count > 0)
        {
            caveats.Add($"could not see: {string.Join(", ", blind)}");
        }

        List<string> partly =
        [
            .. Names(views, view => view.Verdict != Verdict.Absent && view.LiveShare < MostlyLive),
        ];
        if (partly.Count > 0)
        {
            caveats.Add($"saw only part of the time: {string.Join(", ", partly)}");
        }

        List<string> opposed =
        [
            .. Names(views, view => view.Verdict == Verdict.Disagrees && !view.AtPeak.IsApart),
        ];
        if (opposed.Count > 0)
        {
            caveats.Add($"sees no loss of that depth: {string.Join(", ", opposed)}");
        }

        List<string> apart = [.. Names(views, view => view.AtPeak.IsApart)];
        if (apart.Count > 0)
        {
            caveats.Add(
                $"is lower too, but since days before or after: {string.Join(", ", apart)}"
            );
        }

        foreach (
            SourceView view in views.Where(view =>
                view.AtPeak is { Freshness: > 0 and < 1, IsLost: true }
            )
        )
        {
            caveats.Add($"the last word of {view.Name} is old");
        }

        caveats.AddRange(Scale(views, doubts));
        if (candidate.Onset.Latest - candidate.Onset.Earliest is var open && open.TotalHours > 6)
        {
            caveats.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the onset is known to {open.TotalHours:0} hours only"
                )
            );
        }

        caveats.AddRange(floods.Select(flood => $"flood of reports: {flood.Reason}"));
        return caveats;
    }

    /// <summary>Falls that a feed shows when its scale changes. A loss that hits all networks alike looks the same in one file.</summary>
    private static IEnumerable<string> Scale(List<SourceView> views, ScaleDoubts doubts) =>
        views
            .FindAll(view => doubts.MayBeScale(view.AtPeak))
            .Select(view =>
                $"could be a change of scale of the feed: {view.Name} {Fall(view.AtPeak.Loss!.Scale)}"
            )
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static string Fall(ScaleStep? step)
    {
        if (step is not { } told)
        {
            return "fell, as other columns of its file do about that time";
        }

        string level = (told.Share * 100).ToString(
            told.Share < 0.1 ? "0.#" : "0",
            CultureInfo.InvariantCulture
        );
        return $"fell from one sample to the next and goes on at {level} % of its level with its pattern unchanged";
    }

    private static IEnumerable<string> Names(List<SourceView> views, Predicate<SourceView> which) =>
        views.FindAll(which).Select(view => view.Name).Distinct().Order(StringComparer.Ordinal);
}
