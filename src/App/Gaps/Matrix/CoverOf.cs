using Breakwater.App.Pages;
using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Gaps;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Gaps.Matrix;

/// <summary>What each record covers.</summary>
/// <param name="classes">Of organisations by id; one that is not there is of no known class.</param>
/// <param name="denied">Ids of permits that were denied.</param>
internal sealed class CoverOf(
    IReadOnlyDictionary<string, StakeholderClass> classes,
    IReadOnlySet<string> denied,
    IReadOnlyList<Commitment> commitments,
    Instant now
)
{
    private readonly Dictionary<string, int> _promised = commitments
        .Where(one => !one.IsEnded)
        .GroupBy(one => one.OfferId, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group =>
                group.Aggregate(
                    0,
                    (sum, one) => (int)Math.Min(int.MaxValue, (long)sum + one.Units)
                ),
            StringComparer.Ordinal
        );

    public Cover Offer(StandingOffer standing)
    {
        Offer left = standing.ToOffer(_promised.GetValueOrDefault(standing.Id));
        return Of(
            $"offer/{standing.Id}",
            left,
            standing.State != OfferState.Open || standing.EndsAt <= now,
            standing.Parent is null
        );
    }

    public Cover WalkedOffer(Offer offer) => Of(offer.Id, offer, offer.UntilOffered <= now, true);

    public Cover Commitment(Commitment commitment) =>
        new(
            $"commitment/{commitment.Id}",
            CoverKind.Commitment,
            commitment.IsEnded || commitment.Until <= now ? CoverStanding.Ended
                : commitment.LostPermits?.Any(lost => lost.Standing == "denied") == true
                    ? CoverStanding.Denied
                : CoverStanding.Counts,
            PhasesOf.Commitment(commitment.Service, commitment.Networks is not null),
            ClassOf(
                commitment is { IsTakenOver: true, HandedOverTo: { } by }
                    ? by
                    : commitment.Stakeholder
            ),
            GroupsOf(commitment),
            [commitment.Place],
            CountRange.Exactly(commitment.Civilians),
            CountRange.Exactly(commitment.Responders),
            commitment.State is CommitmentState.Working or CommitmentState.StillWorking
        );

    /// <summary>It counts while it is in force: a promise that not every party signed is none.</summary>
    public Cover Agreement(Agreement agreement) =>
        new(
            $"agreement/{agreement.Id}",
            CoverKind.Agreement,
            agreement.IsInForceAt(now) ? CoverStanding.Counts
                : agreement.Terms.Until <= now ? CoverStanding.Ended
                : agreement.State switch
                {
                    AgreementState.Proposed => CoverStanding.NotAccepted,
                    AgreementState.Signed or AgreementState.InForce => CoverStanding.NotBegun,
                    _ => CoverStanding.Ended,
                },
            PhasesOf.Agreement(agreement.Terms.Kind),
            [.. agreement.Parties.Select(party => party.Class).Distinct()],
            agreement.Terms.Groups is [] ? null : agreement.Terms.Groups,
            agreement.Terms.Places,
            // It promises an act; how many people that serves is not stated.
            null,
            null
        );

    /// <summary>The last assessment of each; what was withdrawn asks for nothing any more.</summary>
    public static IEnumerable<Cover> Needs(
        IReadOnlyList<Recorded<Need>> needs,
        StandingTellings standing
    ) =>
        Need.Latest(needs.Select(need => need.Body))
            .Where(need => need.WithoutService is not { High: 0 })
            .Select(need =>
            {
                bool isResponders = need.Group == PopulationGroup.Responders;
                return new Cover(
                    need.Id,
                    CoverKind.Need,
                    need.Disruptions.Count > 0
                    && need.Disruptions.All(id => standing.IsWithdrawn(standing.Latest(id)))
                        ? CoverStanding.Ended
                        : CoverStanding.Counts,
                    PhasesOf.Need(need.Service, need.ByNetwork.Count > 0),
                    null,
                    [need.Group],
                    [need.Place],
                    isResponders ? null : need.WithoutService,
                    isResponders ? need.WithoutService : null
                );
            });

    private Cover Of(string id, Offer offer, bool isEnded, bool isStanding)
    {
        CountRange? people = Serves(offer);
        bool isMixed =
            offer.Groups.Contains(PopulationGroup.Responders)
            && offer.Groups.Any(group => group != PopulationGroup.Responders);
        CountRange? each = isMixed && people is not null ? people with { Low = 0 } : people;
        return new Cover(
            id,
            CoverKind.Offer,
            isEnded ? CoverStanding.Ended
                : offer.Clearances.Any(denied.Contains) ? CoverStanding.Denied
                : offer.Quantity == 0 || offer.Places.Count == 0 || offer.UsableShare == 0
                    ? CoverStanding.NothingLeft
                : CoverStanding.Counts,
            PhasesOf.Offer(offer, isStanding),
            ClassOf(offer.Stakeholder),
            offer.Groups.Count == 0 ? null : offer.Groups,
            offer.Places,
            offer.Groups.Any(group => group != PopulationGroup.Responders) ? each : null,
            offer.Groups.Contains(PopulationGroup.Responders) ? each : null
        );
    }

    /// <summary>Null where nobody said how many a unit serves.</summary>
    private static CountRange? Serves(Offer offer) =>
        offer.PeoplePerUnit == 0
            ? null
            : CountRange.Exactly(
                (long)
                    Math.Min(1e15, offer.Quantity * (double)offer.PeoplePerUnit * offer.UsableShare)
            );

    /// <summary>An earmark says for whom alone; without one, whom it counts.</summary>
    private static PopulationGroup[]? GroupsOf(Commitment commitment)
    {
        PopulationGroup[] alone =
        [
            .. commitment
                .Earmarks.Select(earmark => earmark.Group)
                .OfType<PopulationGroup>()
                .Distinct(),
        ];
        return alone.Length > 0
            ? alone
            : (commitment.Civilians, commitment.Responders) switch
            {
                (0, 0) => null,
                (0, _) => [PopulationGroup.Responders],
                (_, 0) =>
                [
                    PopulationGroup.Residents,
                    PopulationGroup.Displaced,
                    PopulationGroup.Refugees,
                ],
                _ => Enum.GetValues<PopulationGroup>(),
            };
    }

    private StakeholderClass[]? ClassOf(string stakeholder) =>
        classes.TryGetValue(stakeholder, out StakeholderClass known) ? [known] : null;
}
