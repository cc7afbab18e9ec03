using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>Binds the offers of an adopted plan: each line becomes a pledge, and nothing more than a pledge.</summary>
public static class Commit
{
    public static (IReadOnlyList<Commitment> Commitments, CommitmentRefused? Refusal) To(
        Decision decision,
        Plan plan,
        IReadOnlyList<Offer> offers,
        Instant now
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
            return ([], new CommitmentRefused("only an adopted plan can be committed to"));
        }

        var byId = offers.ToDictionary(offer => offer.Id);
        return (
            [
                .. plan.Lines.Select(line => new Commitment
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
                    Networks = byId[line.OfferId].Networks,
                    Service = line.Service,
                    Units = line.Units,
                    Civilians = line.Civilians,
                    Responders = line.Responders,
                    Until = byId[line.OfferId].UntilOffered,
                    State = CommitmentState.Pledged,
                    History =
                    [
                        new CommitmentStep(
                            CommitmentState.Pledged,
                            now,
                            $"decision {decision.Id}",
                            decision.Origin
                        ),
                    ],
                    Marking = plan.Marking,
                }),
            ],
            null
        );
    }
}
