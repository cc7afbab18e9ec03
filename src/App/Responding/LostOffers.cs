using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>What the end of an offer means for commitments and plans that were made upon it.</summary>
internal static class LostOffers
{
    /// <summary>Options of one response that are looked at, newest first: older ones are past being adopted.</summary>
    private const int PlansMax = 200;

    public static async Task OfOffer(
        Workspace work,
        StandingOffer offer,
        OfferEvent happened,
        Instant now
    )
    {
        if (happened is OfferWithdrawn)
        {
            await Withdraw(work, offer, happened.By, now).ConfigureAwait(false);
        }

        if (happened is OfferWithdrawn or OfferExpired)
        {
            Instant since = happened is OfferExpired expired ? expired.Since : happened.At;
            await Note(work, offer.Id, since, now).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What is pledged or cleared on it is withdrawn by the same word: a promise whose maker took the offer back is in no
    /// pipeline. What is delivered is there, and others see whether it works.
    /// </summary>
    private static async Task Withdraw(
        Workspace work,
        StandingOffer offer,
        string person,
        Instant now
    )
    {
        var supplier = new Participant(
            person,
            offer.Terms.Stakeholder,
            StakeholderClass.PrivateSector,
            new HashSet<Role>()
        );
        foreach (Document document in await work.Records.AllOf("commitment").ConfigureAwait(false))
        {
            Commitment commitment = SubjectKind<Commitment, CommitmentEvent>.Read(document.Body);
            if (
                commitment.OfferId == offer.Id
                && commitment.State is CommitmentState.Pledged or CommitmentState.Cleared
            )
            {
                Decided<CommitmentEvent> withdrawn = Advance.Decide(
                    commitment,
                    new Advance(CommitmentState.Withdrawn, $"the offer {offer.Id} was withdrawn"),
                    supplier,
                    now
                );
                work.Stage(
                    new Loaded<Commitment>(document.Subject, document.Version, commitment),
                    withdrawn.Events,
                    person
                );
            }
        }
    }

    private static async Task Note(Workspace work, string offer, Instant since, Instant now)
    {
        foreach (Document document in await work.Records.AllOf("response").ConfigureAwait(false))
        {
            Response response = SubjectKind<Response, ResponseEvent>.Read(document.Body);
            var plans = new List<string>();
            foreach (
                PlanProposal proposal in response.IsOpen ? response.Plans.TakeLast(PlansMax) : []
            )
            {
                if (
                    await work.Records.Product(proposal.PlanId).ConfigureAwait(false)
                        is { Kind: "plan" } product
                    && product.Body.Deserialize<Plan>(Json.Compact) is { } plan
                    && plan.Lines.Any(line => line.OfferId == offer)
                )
                {
                    plans.Add(plan.Id);
                }
            }

            work.Stage(
                new Loaded<Response>(document.Subject, document.Version, response),
                NoteLostOffer
                    .Decide(
                        response,
                        new NoteLostOffer(offer, since) { PlanIds = plans },
                        Consequences.Clock,
                        now
                    )
                    .Events,
                Workspace.Clock
            );
        }
    }
}
