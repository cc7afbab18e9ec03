using System.Globalization;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>Products as text for a tired person: one line each, the reason under it, nothing unknown shown as zero.</summary>
internal static class Tables
{
    private const int BlindShown = 12;
    private const int AreasShown = 5;

    public static void Disruptions(Printing print, IReadOnlyList<Disruption> disruptions)
    {
        print.Line(
            disruptions.Count == 0
                ? "DISRUPTIONS  none found; see blind feeds before reading this as normal"
                : $"DISRUPTIONS  {disruptions.Count}"
        );
        foreach (Disruption disruption in disruptions)
        {
            print.Line();
            print.Line(
                $"  {Word(disruption.Kind)} in {Where(disruption)}, {Word(disruption.State)}, confidence {disruption.Confidence.Probability.ToString("0.00", CultureInfo.InvariantCulture)} [{Word(disruption.Origin)}]"
            );
            if (disruption.Routing is not null)
            {
                RoutingTables.Write(print, disruption);
                continue;
            }

            print.Line(
                $"    began between {disruption.Onset.Earliest} and {disruption.Onset.Latest}; {(disruption.End is { } end ? $"ended between {end.Earliest} and {end.Latest}" : "no end seen")}"
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

            print.Line($"    {disruption.Id}");
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
        foreach (Blind stretch in blind.Take(BlindShown))
        {
            string where = stretch.Place is { Area: null } place ? $" of {place}" : "";
            print.Line(
                $"  {stretch.Feed}{where}: {stretch.From} to {stretch.To}, {stretch.Reason}"
            );
        }

        if (blind.Count > BlindShown)
        {
            print.Line($"  and {blind.Count - BlindShown} more (--json lists all)");
        }
    }

    public static void Needs(Printing print, Assessment assessment, int most)
    {
        print.Line(
            $"NEEDS  {assessment.Needs.Count} as of {assessment.AsOf}; people without service, low bandwidth first"
        );
        foreach (Need need in assessment.Needs.Take(most))
        {
            print.Line(
                $"  {need.Priority, 3}. {need.PlaceName, -18} {Word(need.Group), -10} {Word(need.Service), -9} {Range(need.WithoutService), -26} [{Word(need.Origin)}] {need.Id}"
            );
        }

        if (assessment.Needs.Count > most)
        {
            print.Line($"       and {assessment.Needs.Count - most} more (needs --json lists all)");
        }

        if (assessment.TimeToDark.Count > 0)
        {
            print.Line();
            print.Line("TIME TO DARK  in this order if nothing is delivered");
            foreach (TimeToDark site in assessment.TimeToDark)
            {
                string when = site.DarkAt is { } at
                    ? $"{site.Order, 3}. dark at {at}"
                    : "     when is unknown    ";
                print.Line(
                    $"  {when}  {site.Place}{(site.Network is null ? "" : $" {site.Network}")}: {site.Sum} [{Word(site.Origin)}]"
                );
            }
        }
    }

    public static void Plans(Printing print, IReadOnlyList<Plan> plans, PlanRefused? refusal)
    {
        if (refusal is not null)
        {
            print.Line($"PLANS  none: {refusal.Reason}");
            foreach (string detail in refusal.Details)
            {
                print.Line($"  {detail}");
            }

            return;
        }

        print.Line($"PLANS  {plans.Count} options");
        foreach (Plan plan in plans)
        {
            print.Line();
            print.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {plan.Option}: {plan.Civilians} civilians and {plan.Responders} responders connected, {plan.Informed} people informed one way, {plan.CostUsd:0} of {plan.BudgetUsd:0} USD; no plan under these inputs is more than {Math.Max(0.01, Math.Ceiling(plan.Gap * 10000) / 100):0.##} % better; {(plan.IsVerified ? "verified" : "NOT VERIFIED")}"
                )
            );
            foreach (PlanLine line in plan.Lines)
            {
                print.Line(
                    $"    {line.Units} × {line.Asset} at {line.PlaceName}: {line.Civilians + line.Responders} people, {Word(line.Service)}, from {line.ServiceAt}, {line.CostUsd:0} USD"
                );
            }

            print.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"    worst served: {plan.WorstServed}, {plan.WorstServedShare * 100:0.#} % of its need; exposure up to {plan.Exposure}"
                )
            );
            foreach (string reason in plan.Reasons)
            {
                print.Line($"    {reason}");
            }

            print.Line($"    {plan.HarmNote}");
            print.Line($"    {plan.Id}");
        }
    }

    public static void Decisions(
        Printing print,
        IReadOnlyList<Decision> decisions,
        IReadOnlyList<Commitment> commitments
    )
    {
        print.Line($"DECISIONS  {decisions.Count}");
        foreach (Decision decision in decisions)
        {
            print.Line();
            print.Line(
                $"  {decision.Question} {Word(decision.Outcome).ToUpperInvariant()}: {decision.OutcomeReason}"
            );
            foreach (Position position in decision.Positions)
            {
                print.Line(
                    $"    {Word(position.Stand), -12} {Word(position.Class)}: {position.Reason}"
                );
            }

            foreach (ConsentRecord consent in decision.Consents)
            {
                print.Line($"    consent of {consent.Party}: {Word(consent.Consent)}");
            }
        }

        print.Line();
        print.Line(
            $"COMMITMENTS  {commitments.Count}; a pledge is not a delivery, a delivery is not service"
        );
        foreach (Commitment commitment in commitments)
        {
            print.Line(
                $"  {Word(commitment.State), -13} {commitment.Units} × {commitment.Asset} at {commitment.PlaceName} {commitment.Id}"
            );
        }
    }

    public static void Restorations(Printing print, IReadOnlyList<Restoration> restorations)
    {
        print.Line(
            $"RESTORATIONS  {restorations.Count}, as measured by somebody other than the supplier"
        );
        foreach (Restoration restoration in restorations)
        {
            string share = restoration.ShareRestored is { } part
                ? string.Create(CultureInfo.InvariantCulture, $", {part * 100:0} % of normal")
                : "";
            string since = restoration.Start is { } start
                ? $", from between {start.Earliest} and {start.Latest}"
                : "";
            print.Line(
                $"  {Word(restoration.State), -13} {(restoration.Network is null ? "" : restoration.Network + " in ")}{restoration.Place}: {restoration.ServiceSeen}{share}{since} ({restoration.MeasuredBy})"
            );
            foreach (string note in restoration.Notes)
            {
                print.Line($"                {note}");
            }
        }
    }

    private static string Where(Disruption disruption) =>
        $"{disruption.Place.Key}{(disruption.Network is null ? "" : $", network {disruption.Network}")}{(disruption.Target is null ? "" : $", service {disruption.Target}")}";

    private static string Range(CountRange? count) =>
        count is null ? "unknown"
        : count.Low == count.High ? count.High.ToString("N0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{count.Low:N0} to {count.High:N0}");

    /// <summary>The word of a value, as JSON and the glossary write it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
