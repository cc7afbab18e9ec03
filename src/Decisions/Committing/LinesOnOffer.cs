using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>Whether an offer still gives what a plan takes of it.</summary>
public static class LinesOnOffer
{
    /// <param name="offer">As it stands now.</param>
    /// <param name="promised">Units of it that commitments hold.</param>
    /// <param name="plannedAt">When the plan was made: lead times ran from then.</param>
    /// <returns>The first thing that does not fit, in words; null when all of it fits.</returns>
    public static string? WhyNot(Plan plan, StandingOffer offer, int promised, Instant plannedAt)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(offer);
        Offer terms = offer.ToOffer(promised);
        List<PlanLine> lines = [.. plan.Lines.Where(line => line.OfferId == offer.Id)];
        int units = lines.Sum(line => line.Units);
        return units > terms.Quantity ? $"{units} units are planned, and {terms.Quantity} are left"
            : lines.Count > 0 && terms.Exposure > plan.Exposure
                ? "it puts people in more danger than the plan says"
            : lines
                .Select(line => WhyNot(line, terms, plannedAt))
                .FirstOrDefault(reason => reason is not null);
    }

    private static string? WhyNot(PlanLine line, Offer terms, Instant plannedAt) =>
        line.Service != terms.Service ? $"it carries {Checks.Word(terms.Service)} now"
        : !terms.Places.Any(line.Place.IsWithin) ? $"it is not for {line.Place}"
        : (line.Responders > 0 && !terms.Groups.Contains(PopulationGroup.Responders))
        || (line.Civilians > 0 && terms.Groups.All(group => group == PopulationGroup.Responders))
            ? $"it is not for those whom the plan serves in {line.Place}"
        : line.Civilians + line.Responders > line.Units * terms.PeoplePerUnit
            ? $"a unit serves {terms.PeoplePerUnit} people, and the plan has more in {line.Place}"
        : line.Units * terms.UnitCostUsd > line.CostUsd
            ? $"a unit costs {terms.UnitCostUsd} US dollars, and the plan has less for it"
        : line.Until > terms.UntilOffered ? $"it ends at {terms.UntilOffered}, before the plan does"
        : line.ServiceAt < plannedAt + Duration.FromDays(terms.LeadDays)
            ? $"it takes {terms.LeadDays} days, and the plan has fewer"
        : terms.Clearances.Except(line.Clearances).FirstOrDefault() is { } permit
            ? $"it waits for clearance '{permit}', which the plan does not know"
        : null;
}
