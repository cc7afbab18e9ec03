using System.Globalization;
using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>Products as text for a tired person: one line each, the reason under it, nothing unknown shown as zero.</summary>
internal static class Tables
{
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
            string lost = restoration.End is { } end
                ? $", lost again between {end.Earliest} and {end.Latest}"
                : "";
            print.Line(
                $"  {Word(restoration.State), -13} {(restoration.Network is null ? "" : restoration.Network + " in ")}{restoration.Place}: {restoration.ServiceSeen}{share}{since}{lost} ({restoration.MeasuredBy})"
            );
            foreach (string note in restoration.Notes)
            {
                print.Line($"                {note}");
            }
        }
    }

    private static string Range(CountRange? count) =>
        count is null ? "unknown"
        : count.Low == count.High ? count.High.ToString("N0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{count.Low:N0} to {count.High:N0}");

    /// <summary>The word of a value, as JSON and the glossary write it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
