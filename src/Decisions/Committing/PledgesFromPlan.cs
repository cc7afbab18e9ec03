using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>Binds the offers of an adopted plan: each line becomes a pledge, and nothing more than a pledge.</summary>
public static class PledgesFromPlan
{
    /// <summary>How often somebody must see that what was promised still works, unless it is agreed otherwise.</summary>
    public static readonly Duration UsualConfirmation = Duration.FromDays(30);

    /// <param name="offers">The offers that the plan uses, as they stand.</param>
    /// <param name="confirmEvery">Null when no confirmation is agreed.</param>
    public static (IReadOnlyList<Pledge> Pledges, Refusal? Refusal) Of(
        Decision decision,
        Plan plan,
        IReadOnlyList<Offer> offers,
        Duration? confirmEvery,
        string? parent = null,
        IReadOnlyDictionary<string, IReadOnlyList<Earmark>>? earmarks = null
    )
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(offers);
        if (
            decision is not { Kind: DecisionKind.PlanAdoption, Outcome: DecisionOutcome.Adopted }
            || decision.Subject != plan.Id
        )
        {
            return ([], Refusal.WrongState("only an adopted plan can be committed to"));
        }

        var byId = offers.DistinctBy(offer => offer.Id).ToDictionary(offer => offer.Id);
        return plan.Lines.FirstOrDefault(line => !byId.ContainsKey(line.OfferId)) is { } gone
            ? ([], Refusal.WrongState($"the offer {gone.OfferId} is not made any more"))
            : (
                [
                    .. plan.Lines.Select(line =>
                        Of(decision, plan, line, byId[line.OfferId]) with
                        {
                            ConfirmEvery = confirmEvery,
                            Parent = parent,
                            Earmarks = earmarks?.GetValueOrDefault(line.OfferId) ?? [],
                        }
                    ),
                ],
                null
            );
    }

    private static Pledge Of(Decision decision, Plan plan, PlanLine line, Offer offer) =>
        new()
        {
            Id = ContentId.Of(
                "commitment",
                new
                {
                    plan.Id,
                    line.OfferId,
                    line.Place,
                }
            ),
            PlanId = plan.Id,
            OfferId = line.OfferId,
            Stakeholder = line.Stakeholder,
            Asset = line.Asset,
            Place = line.Place,
            PlaceName = line.PlaceName,
            Networks = offer.Networks,
            Service = line.Service,
            Units = line.Units,
            Civilians = line.Civilians,
            Responders = line.Responders,
            Conditions =
            [
                .. offer.Conditions,
                .. line.Conditions.Select(condition => $"{condition.Asks} ({condition.Rule})"),
            ],
            Clearances = [.. line.Clearances.Union(offer.Clearances)],
            Until = offer.UntilOffered,
            ExpectedBy = line.ServiceAt,
            Proof = $"decision {decision.Id}",
            Origin = decision.Origin,
            Marking = plan.Marking,
        };
}
