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

/// <summary>What the end or a change of an offer means for commitments and plans that were made upon it.</summary>
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

        if (happened is OfferWithdrawn or OfferExpired or OfferChanged { MayLack: true })
        {
            await Note(work, offer, happened, now).ConfigureAwait(false);
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

    private static async Task Note(
        Workspace work,
        StandingOffer offer,
        OfferEvent happened,
        Instant now
    )
    {
        Instant since = happened is OfferExpired expired ? expired.Since : happened.At;
        // Most offers are in no plan, and then nobody need know what was promised of it.
        IReadOnlyList<Commitment>? promised = null;
        foreach (Document document in await work.Records.AllOf("response").ConfigureAwait(false))
        {
            Response response = SubjectKind<Response, ResponseEvent>.Read(document.Body);
            Loaded<Response> at = new(document.Subject, document.Version, response);
            // Of a change each option has its own reason, so that each is an event of its own.
            foreach (
                IGrouping<string?, string> lost in (
                    await Losing(work, response, offer, happened, Promised).ConfigureAwait(false)
                ).ToLookup(one => one.Reason, one => one.PlanId)
            )
            {
                at = work.Stage(
                    at,
                    NoteLostOffer
                        .Decide(
                            at.State,
                            new NoteLostOffer(offer.Id, since)
                            {
                                PlanIds = [.. lost],
                                Reason = lost.Key,
                            },
                            Consequences.Clock,
                            now
                        )
                        .Events,
                    Workspace.Clock
                );
            }
        }

        async Task<IReadOnlyList<Commitment>> Promised() =>
            promised ??= [
                .. (await Promises.Kept(work.Records).ConfigureAwait(false)).Where(commitment =>
                    commitment.OfferId == offer.Id
                ),
            ];
    }

    /// <summary>Options that rest on it and lose it, with what no longer fits; no reason when it is over.</summary>
    private static async Task<List<(string PlanId, string? Reason)>> Losing(
        Workspace work,
        Response response,
        StandingOffer offer,
        OfferEvent happened,
        Func<Task<IReadOnlyList<Commitment>>> promised
    )
    {
        var losing = new List<(string, string?)>();
        foreach (PlanProposal proposal in response.IsOpen ? response.Plans.TakeLast(PlansMax) : [])
        {
            if (
                await work.Records.Product(proposal.PlanId).ConfigureAwait(false)
                    is not { Kind: "plan" } product
                || product.Body.Deserialize<Plan>(Json.Compact) is not { } plan
                || plan.Lines.All(line => line.OfferId != offer.Id)
            )
            {
                continue;
            }

            string? reason =
                happened is OfferChanged
                    ? LinesOnOffer.WhyNot(
                        plan,
                        offer,
                        (await promised().ConfigureAwait(false))
                            .Where(one => one.PlanId != plan.Id)
                            .Sum(one => one.Units),
                        proposal.At
                    )
                    : null;
            if (happened is not OfferChanged || reason is not null)
            {
                losing.Add((plan.Id, reason));
            }
        }

        return losing;
    }
}
