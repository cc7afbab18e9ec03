using System.Globalization;
using Breakwater.Needs;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Plans;

/// <summary>
/// Recomputes a plan from its lines and the raw inputs alone. It shares no type with the optimiser, so a fault there does
/// not hide here. One mismatch and the plan is not offered.
/// </summary>
public sealed record PlanVerification(IReadOnlyList<string> Mismatches)
{
    public static PlanVerification Check(IReadOnlyList<PlanLine> lines, PlanningInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(inputs);
        var offers = inputs.Offers.ToDictionary(offer => offer.Id);
        List<string> mismatches =
        [
            .. lines
                .Where(line => !offers.ContainsKey(line.OfferId))
                .Select(line => $"{line.OfferId}: no such offer"),
        ];
        List<PlanLine> known = [.. lines.Where(line => offers.ContainsKey(line.OfferId))];
        foreach (IGrouping<string, PlanLine> group in known.GroupBy(line => line.OfferId))
        {
            int units = group.Sum(line => line.Units);
            if (units > offers[group.Key].Quantity)
            {
                mismatches.Add(
                    $"{group.Key}: {units} units planned, {offers[group.Key].Quantity} in stock"
                );
            }
        }

        foreach (PlanLine line in known)
        {
            mismatches.AddRange(CheckLine(line, offers[line.OfferId], inputs));
        }

        decimal cost = known.Sum(line => line.Units * offers[line.OfferId].UnitCostUsd);
        if (cost > inputs.BudgetUsd || cost != lines.Sum(line => line.CostUsd))
        {
            mismatches.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the lines cost {cost} USD, they say {lines.Sum(line => line.CostUsd)}, the budget is {inputs.BudgetUsd}"
                )
            );
        }

        mismatches.AddRange(CheckPeople(known, inputs.Assessment));
        mismatches.AddRange(
            known.SelectMany(line =>
                ConditionVerification.Check(line, offers[line.OfferId], inputs)
            )
        );
        mismatches.AddRange(CheckHands(known, inputs));
        return new PlanVerification(mismatches);
    }

    /// <summary>Weighted person-days: people, times days of service, times the weight of the service class.</summary>
    public static double Value(IReadOnlyList<PlanLine> lines) =>
        lines.Sum(line =>
            (line.Civilians + line.Responders)
            * (line.Until - line.ServiceAt).TotalDays
            * line.Service switch
            {
                Service.Broadcast => 0.05,
                Service.Messaging => 1.0,
                Service.Voice => 1.3,
                Service.Web => 1.5,
                _ => 1.6,
            }
        );

    private static IEnumerable<string> CheckLine(PlanLine line, Offer offer, PlanningInputs inputs)
    {
        string name = $"{line.OfferId} at {line.Place}";
        if (line.Units <= 0 || line.Civilians < 0 || line.Responders < 0)
        {
            yield return $"{name}: units and people must be above zero";
        }

        if (line.Civilians + line.Responders > line.Units * offer.PeoplePerUnit)
        {
            yield return $"{name}: {line.Civilians + line.Responders} people on {line.Units} units of {offer.PeoplePerUnit}";
        }

        double lacking = inputs
            .Assessment.Needs.Where(need =>
                need.Service == Service.Messaging && need.Place.Equals(line.Place)
            )
            .Sum(need => (double)(need.WithoutService?.High ?? 0));
        if (line.Civilians + line.Responders > Math.Ceiling(lacking * offer.UsableShare))
        {
            yield return $"{name}: more people than can use it";
        }

        if (line.Service != offer.Service)
        {
            yield return $"{name}: the offer carries {offer.Service}, the line says {line.Service}";
        }

        if (
            offer.Networks is { } networks
            && line.Civilians + line.Responders
                > inputs
                    .Assessment.Needs.Where(need =>
                        need.Service == Service.Messaging && need.Place.Equals(line.Place)
                    )
                    .SelectMany(need => need.ByNetwork)
                    .Where(part => networks.Contains(part.Network))
                    .Sum(part => part.WithoutService.High)
        )
        {
            yield return $"{name}: more people than its networks left without service";
        }

        if (!offer.Places.Any(line.Place.IsWithin))
        {
            yield return $"{name}: the offer is not for this place";
        }

        if (
            (line.Responders > 0 && !offer.Groups.Contains(PopulationGroup.Responders))
            || (
                line.Civilians > 0 && offer.Groups.All(group => group == PopulationGroup.Responders)
            )
        )
        {
            yield return $"{name}: the offer is not for this group";
        }

        if (
            line.ServiceAt < inputs.DecisionAt + Duration.FromDays(offer.LeadDays)
            || line.Until > inputs.HorizonEnd
            || line.Until > (offer.UntilOffered ?? Instant.MaxValue)
            || line.ServiceAt >= line.Until
        )
        {
            yield return $"{name}: the dates do not fit lead time, end date or horizon";
        }

        foreach (string id in offer.Clearances)
        {
            if (
                inputs.Clearances.SingleOrDefault(clearance => clearance.Id == id) is not { } permit
            )
            {
                yield return $"{name}: nobody asked for clearance {id}";
                continue;
            }

            bool isMet =
                permit.Answer == ClearanceAnswer.NotRequired
                || (
                    permit.Answer != ClearanceAnswer.Denied
                    && (
                        permit.EffectiveAt is { } effective
                            ? effective <= line.ServiceAt
                            : permit.Answer == ClearanceAnswer.Given
                    )
                );
            if (!isMet)
            {
                yield return $"{name}: starts before clearance {id}";
            }

            Instant lastNeeded = permit.Kind == ClearanceKind.Import ? line.ServiceAt : line.Until;
            if (permit.Until < lastNeeded)
            {
                yield return $"{name}: goes on after clearance {id} ends";
            }
        }
    }

    /// <summary>Nobody is served twice, and nobody is served who does not lack service.</summary>
    private static IEnumerable<string> CheckPeople(List<PlanLine> lines, Assessment assessment)
    {
        List<Need> needs =
        [
            .. assessment.Needs.Where(need =>
                need is { Service: Service.Messaging, WithoutService: not null }
            ),
        ];
        foreach (
            (Place Key, List<PlanLine> Lines) place in lines
                .GroupBy(line => (line.Place, IsOneWay: line.Service == Service.Broadcast))
                .Select(group => (group.Key.Place, group.ToList()))
        )
        {
            List<Need> here = [.. needs.Where(need => need.Place.Equals(place.Key))];
            long Lacking(bool isResponders) =>
                here.Where(need => need.Group == PopulationGroup.Responders == isResponders)
                    .Sum(need => need.WithoutService!.High);
            if (
                place.Lines.Sum(line => line.Civilians) > Lacking(false)
                || place.Lines.Sum(line => line.Responders) > Lacking(true)
            )
            {
                yield return $"{place.Key}: more people are served than lack service";
            }
        }
    }

    private static IEnumerable<string> CheckHands(List<PlanLine> lines, PlanningInputs inputs)
    {
        foreach (
            FixedPlacement forbid in inputs.Forbids.Where(forbid =>
                lines.Exists(line =>
                    line.OfferId == forbid.Offer && line.Place.Equals(forbid.Place)
                )
            )
        )
        {
            yield return $"{forbid.Offer} at {forbid.Place} is forbidden";
        }

        foreach (FixedPlacement locked in inputs.Locks)
        {
            int units = lines
                .Where(line => line.OfferId == locked.Offer && line.Place.Equals(locked.Place))
                .Sum(line => line.Units);
            if (units != locked.Units)
            {
                yield return $"{locked.Offer} at {locked.Place} is locked to {locked.Units} units, the plan has {units}";
            }
        }
    }
}
