using Breakwater.Signals;
using NodaTime;
using static Breakwater.Disruptions.Kinds.Observation;

namespace Breakwater.Disruptions.Kinds;

/// <summary>How a loss looks in its own sources: routes, onset, return, depth, length.</summary>
internal static class ShapeObservations
{
    public static IEnumerable<Observation> Of(Disruption disruption, KindProfile profile)
    {
        string[] from = [disruption.Id];
        return (
            (IEnumerable<Observation?>)
                [
                    Routes(disruption, from),
                    Onset(disruption, profile, from),
                    Return(disruption, profile, from),
                    Depth(disruption, profile, from),
                    Applications(disruption, from),
                    Length(disruption, from),
                ]
        ).OfType<Observation>();
    }

    public static bool IsAccess(SignalFamily family) =>
        family is SignalFamily.Probing or SignalFamily.Application;

    /// <summary>Greatest loss of access, 0 to 1; null when no family that shows access measured its depth.</summary>
    public static double? AccessDrop(Disruption disruption) =>
        disruption
            .Severity.Where(severity => IsAccess(severity.Family))
            .Select(severity => (double?)severity.DropShare)
            .Max();

    private static Observation? Routes(Disruption disruption, IReadOnlyList<string> from)
    {
        List<SourceVerdict> routing =
        [
            .. disruption.Sources.Where(source =>
                source.Family == SignalFamily.Routing && source.Verdict != Verdict.Absent
            ),
        ];
        SourceVerdict[] access = [.. disruption.Sources.Where(source => IsAccess(source.Family))];
        bool isAccessLost = access.Any(source => source.Verdict == Verdict.Agrees);
        // What one service lost while another sees access as usual says nothing of access.
        bool isDisputed = access.Any(source =>
            source is { Verdict: Verdict.Disagrees, Weight: < 0 }
        );
        if (routing.Count == 0 || !isAccessLost || isDisputed)
        {
            return null;
        }

        double? deepest = routing
            .Where(source => source.Verdict == Verdict.Agrees)
            .Max(source => source.DropShare);
        return !routing.Exists(source => source.Verdict == Verdict.Agrees)
                ? new Observation("routes_stay_up", "Routes stay up while access is lost.", from)
            : deepest >= 0.5 || disruption.Notes.Contains("routes withdrawn")
                ? new Observation(
                    "routes_withdrawn",
                    "Most routes are withdrawn together with access.",
                    from
                )
            : new Observation(
                "routes_fall_too",
                "Routes are lost too, in part or to an unknown depth.",
                from
            );
    }

    private static Observation? Onset(
        Disruption disruption,
        KindProfile profile,
        IReadOnlyList<string> from
    )
    {
        List<SourceVerdict> seen =
        [
            .. disruption.Sources.Where(source =>
                source is { Verdict: Verdict.Agrees, Onset: not null, MayBeScaleChange: false }
                && (IsAccess(source.Family) || source.Family == SignalFamily.Telescope)
            ),
        ];
        if (seen.Count < 2)
        {
            return null;
        }

        // Of an onset that is known to a day only nobody can say that it was at the same time as another; how long at least
        // lies between two can be said of any.
        var staged = Duration.FromHours(profile.StagedHours.Value);
        int dated = seen.Count(source => source.Onset!.Latest - source.Onset.Earliest < staged);
        Duration spread =
            seen.Max(source => source.Onset!.Earliest) - seen.Min(source => source.Onset!.Latest);
        return spread <= Duration.FromMinutes(profile.AtOnceMinutes.Value) && dated >= 2
                ? new Observation(
                    "falls_at_once",
                    Say($"{dated} sources lose it at the same time."),
                    from
                )
            : spread >= staged
                ? new Observation(
                    "falls_in_stages",
                    Say($"Sources lose it one after another, over {spread.TotalHours:0.#} hours."),
                    from
                )
            : null;
    }

    private static Observation? Return(
        Disruption disruption,
        KindProfile profile,
        IReadOnlyList<string> from
    )
    {
        List<SourceVerdict> back =
        [
            .. disruption.Sources.Where(source =>
                source is { Verdict: Verdict.Agrees, End: not null, MayBeScaleChange: false }
                && source.Family is not (SignalFamily.Context or SignalFamily.HumanReport)
            ),
        ];
        if (disruption.End is null || back.Count < 2)
        {
            return null;
        }

        var slow = Duration.FromHours(profile.SlowReturnHours.Value);
        int dated = back.Count(source => source.End!.Latest - source.End.Earliest < slow);
        Duration spread =
            back.Max(source => source.End!.Earliest) - back.Min(source => source.End!.Latest);
        return spread <= Duration.FromMinutes(profile.AtOnceMinutes.Value) && dated >= 2
                ? new Observation(
                    "returns_at_once",
                    Say($"It returns at the same time in {dated} sources."),
                    from
                )
            : spread >= Duration.FromHours(profile.StaysDarkHours.Value)
                ? new Observation(
                    "returns_over_days",
                    Say($"It returns source by source, over {spread.TotalDays:0.#} days."),
                    from
                )
            : spread >= slow
                ? new Observation(
                    "returns_slowly",
                    Say($"It returns bit by bit, over {spread.TotalHours:0.#} hours."),
                    from
                )
            : null;
    }

    private static Observation? Depth(
        Disruption disruption,
        KindProfile profile,
        IReadOnlyList<string> from
    )
    {
        if (AccessDrop(disruption) is not { } drop)
        {
            return null;
        }

        List<Severity> access =
        [
            .. disruption
                .Severity.Where(severity => IsAccess(severity.Family))
                .OrderByDescending(severity => severity.DropShare)
                .ThenBy(severity => severity.Family),
        ];
        // One family may return before the others; the longest darkness counts.
        Severity? lasting = access
            .Where(severity =>
                severity.DropShare >= profile.DarkDrop.Value && IsLevel(severity, profile)
            )
            .MaxBy(severity => severity.Minutes);
        if (lasting?.Minutes >= profile.StaysDarkHours.Value * 60)
        {
            return new Observation(
                "stays_dark",
                Say(
                    $"{Percent(lasting.DropShare)} of access is lost, and about as much still after {lasting.Minutes / 60} hours."
                ),
                from
            );
        }

        if (drop >= profile.DarkDrop.Value)
        {
            return new Observation("dark", $"{Percent(drop)} of access is lost.", from);
        }

        return
            drop >= profile.PartialDropLow.Value
            && drop <= profile.PartialDropHigh.Value
            && IsLevel(access[0], profile)
            && access[0].Minutes >= profile.LevelHours.Value * 60
            ? new Observation(
                "partial_and_level",
                $"A part of access is lost, {Percent(drop)} at most, and stays at that level.",
                from
            )
            : null;
    }

    private static bool IsLevel(Severity severity, KindProfile profile) =>
        severity.LatestDropShare >= profile.LevelShare.Value * severity.DropShare;

    private static Observation? Applications(Disruption disruption, IReadOnlyList<string> from) =>
        disruption.Sources.Any(source =>
            source.Family == SignalFamily.Application && source.Verdict == Verdict.Agrees
        )
        && disruption.Sources.Any(source => source.Family == SignalFamily.Probing)
        && disruption
            .Sources.Where(source => source.Family == SignalFamily.Probing)
            .All(source => source.Verdict == Verdict.Disagrees)
            ? new Observation(
                "applications_only",
                "Applications lose traffic while the network answers probes.",
                from
            )
            : null;

    private static Observation? Length(Disruption disruption, IReadOnlyList<string> from) =>
        disruption.End is not { } end
            ? null
            : (end.Latest - disruption.Start).TotalHours switch
            {
                < 0 => null,
                < 2 => new("under_2_hours", "It lasts less than 2 hours.", from),
                < 10 => new("2_to_10_hours", "It lasts between 2 and 10 hours.", from),
                < 36 => new("10_to_36_hours", "It lasts between 10 and 36 hours.", from),
                _ => new("over_36_hours", "It lasts longer than 36 hours.", from),
            };
}
