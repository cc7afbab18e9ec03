using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary>What detection found as text for a tired person: what, where, since when, how sure, who disagrees, what nobody could see.</summary>
internal static class DisruptionTables
{
    private const int BlindShown = 12;
    private const int AreasShown = 5;

    /// <summary>Weaker signs than this get one line each when there are others to read.</summary>
    private const double WeakBelow = 0.5;

    /// <summary>So few of them, and nothing else, are told in full.</summary>
    private const int WeakInFull = 3;

    private const int WeakShown = 40;

    /// <summary>
    /// Every disruption, in order of onset. Losses of areas that a wider one tells of are counted there, and weak signs follow
    /// in one line each, so that what matters is read first.
    /// </summary>
    public static void Disruptions(Printing print, IReadOnlyList<Disruption> disruptions)
    {
        List<Disruption> wide = [.. disruptions.Where(disruption => disruption.Areas is not null)];
        List<Disruption> own =
        [
            .. disruptions.Where(disruption => !wide.Exists(disruption.IsPartOf)),
        ];
        List<Disruption> strong =
        [
            .. own.Where(disruption =>
                disruption.Confidence.Probability >= WeakBelow || disruption.Routing is not null
            ),
        ];
        List<Disruption> weak = [.. own.Except(strong)];
        if (strong.Count == 0 && weak.Count <= WeakInFull)
        {
            (strong, weak) = (weak, strong);
        }

        string more = string.Join(
            ", ",
            (
                (string[])
                    [
                        disruptions.Count > own.Count
                            ? $"{disruptions.Count - own.Count} of areas of these"
                            : "",
                        weak.Count > 0 ? $"{weak.Count} weak signs" : "",
                    ]
            ).Where(part => part.Length > 0)
        );
        print.Line(
            disruptions.Count == 0
                ? "DISRUPTIONS  none found; see blind feeds before reading this as normal"
                : $"DISRUPTIONS  {disruptions.Count}{(more.Length == 0 ? "" : $", among them {more}")}"
        );
        foreach (Disruption disruption in strong)
        {
            print.Line();
            Disruption(print, disruption);
            if (disruptions.Count(part => part.IsPartOf(disruption)) is > 0 and var parts)
            {
                print.Line($"    {parts} losses of its areas are told apart (--json lists them)");
            }

            print.Line($"    {disruption.Id}");
        }

        if (weak.Count == 0)
        {
            return;
        }

        print.Line();
        print.Line("WEAK SIGNS  below even odds; --json has what each source says");
        foreach (Disruption sign in weak.Take(WeakShown))
        {
            print.Line(
                $"  {Confidence(sign)} {Word(sign.Kind)} in {Where(sign)}: {sign.Start} to {(sign.End is { } end ? $"{end.Latest}" : "no end seen")}{Deepest(sign)}, {sign.Id}"
            );
        }

        if (weak.Count > WeakShown)
        {
            print.Line($"  and {weak.Count - WeakShown} more (--json lists all)");
        }
    }

    /// <summary>What is lost, where, since when, how sure, who disagrees, and what it depends on.</summary>
    public static void Disruption(Printing print, Disruption disruption)
    {
        print.Line(
            $"  {Word(disruption.Kind)} in {Where(disruption)}, {Word(disruption.State)}, confidence {Confidence(disruption)} [{Word(disruption.Origin)}]"
        );
        if (disruption.Routing is not null)
        {
            RoutingTables.Write(print, disruption);
            return;
        }

        print.Line(
            $"    began between {disruption.Onset.Earliest} and {disruption.Onset.Latest}; {(disruption.End is { } end ? $"ended between {end.Earliest} and {end.Latest}" : $"no end seen{(disruption.SeenUntil is { } until ? $" until {until}, the last that anybody saw" : "")}")}"
        );
        KindTables.Write(print, disruption.Kinds);
        foreach (SourceVerdict source in disruption.Sources)
        {
            print.Line(
                $"    {Word(source.Verdict), -9} {source.Name}{Seen(source)} ({source.Tag})"
            );
        }

        Areas(print, disruption);
        foreach (string note in disruption.Notes)
        {
            print.Line($"    note: {note}");
        }

        foreach (string caveat in disruption.SubjectTo)
        {
            print.Line($"    subject to: {caveat}");
        }

        foreach (Claim claim in disruption.Claims)
        {
            print.Line($"    claim by {claim.Source}: {claim.Wording}");
        }
    }

    /// <summary>The stretches that a disruption could not be seen in, and what was told of it otherwise before.</summary>
    public static void Unseen(
        Printing print,
        Disruption disruption,
        IReadOnlyList<Blind> blind,
        IReadOnlyList<Revision> revisions
    )
    {
        List<string> silent =
        [
            .. disruption
                .Sources.Where(source => source.Verdict == Verdict.Absent)
                .Select(source => source.Name),
        ];
        if (silent.Count > 0)
        {
            print.Line($"    said nothing: {string.Join(", ", silent)}");
        }

        print.Line(
            blind.Count == 0
                ? "    could not see: no feed of this place was blind while it lasted"
                : $"    could not see: {blind.Count} stretches in which a feed of this place was blind"
        );
        foreach (Blind stretch in blind.Take(BlindShown))
        {
            print.Line($"      {stretch.Feed}: {stretch.From} to {stretch.To}, {stretch.Reason}");
        }

        if (blind.Count > BlindShown)
        {
            print.Line($"      and {blind.Count - BlindShown} more");
        }

        foreach (Revision revision in revisions)
        {
            print.Line(
                $"    {Word(revision.Kind)}: {string.Join("; ", revision.Changes)}{(revision.Earlier is null ? "" : $" (earlier told as {revision.Earlier})")}"
            );
        }
    }

    public static void Revisions(Printing print, IReadOnlyList<Revision> revisions)
    {
        foreach (Revision revision in revisions)
        {
            print.Line(
                $"{Word(revision.Kind).ToUpperInvariant()}  {revision.Place}{(revision.Network is null ? "" : $", network {revision.Network}")}: {string.Join("; ", revision.Changes)}{(revision.Earlier is null ? "" : $" (earlier told as {revision.Earlier})")}"
            );
        }

        if (revisions.Count > 0)
        {
            print.Line();
        }
    }

    public static void Floods(Printing print, IReadOnlyList<Flood> floods)
    {
        foreach (Flood flood in floods)
        {
            print.Line();
            print.Line(
                $"FLOOD  {flood.Reports} reports in {flood.File}{(flood.Place is null ? "" : $" about {flood.Place}")}, {flood.From} to {flood.To}"
            );
            print.Line($"  {flood.Reason}");
        }
    }

    public static void Storms(Printing print, IReadOnlyList<Storm> storms)
    {
        foreach (Storm storm in storms)
        {
            print.Line();
            print.Line(
                $"ROUTING STORM  at {storm.Feed}, began between {storm.Onset.Earliest} and {storm.Onset.Latest}; {(storm.End is { } end ? $"ended between {end.Earliest} and {end.Latest}" : "no end seen")}"
            );
            print.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  routes were unstable, which is no loss by itself: {string.Join(", ", storm.Metrics.Take(3).Select(metric => $"{metric.Metric} {metric.Ratio:0.#} times the usual"))}"
                )
            );
        }
    }

    private static string Confidence(Disruption disruption) =>
        disruption.Confidence.Probability.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Deepest(Disruption disruption) =>
        disruption.Severity.MaxBy(severity => severity.DropShare) is { } deepest
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", lost up to {deepest.DropShare * 100:0} % ({Word(deepest.Family)})"
            )
            : "";

    /// <summary>What a source saw in one breath: how deep, since when, until when.</summary>
    private static string Seen(SourceVerdict source)
    {
        if (source.Onset is not { } onset)
        {
            return "";
        }

        string depth = source.DropShare is { } drop
            ? string.Create(CultureInfo.InvariantCulture, $"lost up to {drop * 100:0} % ")
            : "";
        string until = source.End is { } end ? $" to {end.Latest}" : ", not back";
        return $": {depth}from {onset.Latest}{until}";
    }

    private static void Areas(Printing print, Disruption disruption)
    {
        if (disruption.Areas is not { } areas)
        {
            return;
        }

        string Those(AreaState state, string name) =>
            areas.Count(area => area.State == state) is > 0 and var count ? $"{count} {name}" : "";
        print.Line(
            $"    areas: {string.Join(", ", ((string[])[Those(AreaState.Dark, "dark"), Those(AreaState.Returned, "returned"), Those(AreaState.Up, "stayed up"), Those(AreaState.Blind, "nobody could see")]).Where(part => part.Length > 0))}"
        );
        foreach (
            AreaView area in areas
                .Where(area => area.Onset is not null)
                .OrderBy(area => area.Onset!.Latest)
                .ThenBy(area => area.Place.Key, StringComparer.Ordinal)
                .Take(AreasShown)
        )
        {
            print.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"      {area.Place}: lost {area.DropShare * 100:0} % from {area.Onset!.Latest}{(area.End is { } end ? $", back {end.Latest}" : "")}"
                )
            );
        }

        if (areas.Count > AreasShown)
        {
            print.Line($"      the first {AreasShown} to fall; --json lists all {areas.Count}");
        }
    }

    public static void Blind(Printing print, IReadOnlyList<Blind> blind)
    {
        print.Line();
        print.Line(
            blind.Count == 0
                ? "BLIND  no feed was blind"
                : $"BLIND  {blind.Count} stretches in which a feed could not see"
        );
        // Areas of one feed that are blind alike are one line.
        List<IGrouping<(Instant, Instant, string), Blind>> alike =
        [
            .. blind.GroupBy(stretch => (stretch.From, stretch.To, stretch.Reason)),
        ];
        foreach (
            IGrouping<(Instant From, Instant To, string Reason), Blind> same in alike.Take(
                BlindShown
            )
        )
        {
            Blind first = same.First();
            string where = first.Place is { Area: null } place ? $" of {place}" : "";
            string others = same.Count() > 1 ? $" and {same.Count() - 1} more feeds" : "";
            print.Line(
                $"  {first.Feed}{where}{others}: {same.Key.From} to {same.Key.To}, {same.Key.Reason}"
            );
        }

        if (alike.Count > BlindShown)
        {
            print.Line(
                $"  and {alike.Skip(BlindShown).Sum(same => same.Count())} more (--json lists all)"
            );
        }
    }

    private static string Where(Disruption disruption) =>
        $"{disruption.Place.Key}{(disruption.Network is null ? "" : $", network {disruption.Network}")}{(disruption.Target is null ? "" : $", service {disruption.Target}")}";

    private static string Word<T>(T value)
        where T : struct, Enum => Tables.Word(value);
}
