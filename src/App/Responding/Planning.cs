using Breakwater.App.Agreements;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Responding;
using Breakwater.Disruptions.Law;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Asks for plans from the needs, offers and clearances as they stand, under the hands that people laid on them.</summary>
/// <param name="BudgetUsd">US dollars that may be spent; a hand on the plan that names one goes first.</param>
internal sealed record MakePlans(decimal BudgetUsd);

/// <summary>From needs and offers to options that people can choose among. Nothing is chosen here.</summary>
internal static class Planning
{
    private const decimal BudgetMax = 1_000_000_000_000m;

    /// <summary>Reasons that a refusal names: as many as a person reads.</summary>
    private const int ReasonsMax = 20;

    public static CommandKind Command { get; } =
        new(
            KindOf<Response, ResponseEvent>.NameOf<MakePlans>(),
            typeof(MakePlans),
            IsStart: false,
            Admission.Roles,
            [Role.Planner],
            Do
        );

    private static async Task<Refusal?> Do(Act act)
    {
        if (await act.Subject<Response, ResponseEvent>().ConfigureAwait(false) is not { } at)
        {
            return null;
        }

        Response response = at.State!;
        if (
            await ScopeFacts
                .WhyNot(act.Work.Records, response.DisruptionId)
                .ConfigureAwait(false) is
            { } outOfScope
        )
        {
            return outOfScope;
        }

        decimal budget =
            response.Hands.LastOrDefault(hand => hand.BudgetUsd is not null)?.BudgetUsd
            ?? ((MakePlans)act.Request).BudgetUsd;
        if (budget is < 0 or > BudgetMax)
        {
            return Refusal.Invalid($"a budget is from 0 to {BudgetMax} US dollars");
        }

        (Assessment? assessment, Refusal? refusal) = await Assessing
            .Now(act, response)
            .ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        FindingsOnDisruptions found = await FindingsOnRecord
            .WorkOut(act, response)
            .ConfigureAwait(false);
        PlanningInputs inputs = (
            await Inputs(act, response, assessment!, budget).ConfigureAwait(false)
        ) with
        {
            Findings = found.Findings,
            Agreements = await Agreements(act).ConfigureAwait(false),
        };
        // The solver works for seconds; it must not hold up a thread that answers others.
        (IReadOnlyList<Plan> plans, PlanRefused? none) = await Task.Run(() =>
                PlansFromNeeds.Optimise(inputs)
            )
            .ConfigureAwait(false);
        return none is not null
            ? Refusal.WrongState(
                $"there is no plan: {string.Join("; ", none.Details.Take(ReasonsMax).Prepend(none.Reason))}"
            )
            : await Stage(act, at, plans, found).ConfigureAwait(false);
    }

    /// <summary>A plan is read by more people than its planner, so it names only agreements that anybody may know of.</summary>
    private static async Task<IReadOnlyList<OfferUnderAgreement>?> Agreements(Act act)
    {
        (IReadOnlyList<Agreement> agreements, _) = await StatesSeen
            .Of<Agreement>(act.Work.Records, "agreement", Reader.Anonymous, act.Now)
            .ConfigureAwait(false);
        OfferUnderAgreement[] under =
        [
            .. agreements
                .Where(agreement => agreement.IsInForceAt(act.Now))
                .SelectMany(
                    agreement => agreement.Offers,
                    (agreement, offer) => new OfferUnderAgreement(offer, agreement.Id)
                )
                .OrderBy(one => one.Offer, StringComparer.Ordinal)
                .ThenBy(one => one.Agreement, StringComparer.Ordinal),
        ];
        return under.Length > 0 ? under : null;
    }

    private static async Task<PlanningInputs> Inputs(
        Act act,
        Response response,
        Assessment assessment,
        decimal budget
    )
    {
        HandOnPlan? hand = response.Hands is [.., var last] ? last : null;
        ILookup<string, Commitment> promised = (
            await Promises.Kept(act.Work.Records).ConfigureAwait(false)
        ).ToLookup(commitment => commitment.OfferId);
        var offers = (
            await act
                .Work.Records.AllOf(KindName.Of<StandingOffer, OfferEvent>())
                .ConfigureAwait(false)
        )
            .Select(document => SubjectKind<StandingOffer, OfferEvent>.Read(document.Body))
            .Where(offer =>
                offer.State == OfferState.Open
                && !(offer.EndsAt is { } end && end <= act.Now)
                && (offer.Parent is null || offer.Parent == $"response/{act.Id}")
            );
        var clearances = (
            await act
                .Work.Records.AllOf(KindName.Of<ClearanceFile, ClearanceEvent>())
                .ConfigureAwait(false)
        ).Select(document => SubjectKind<ClearanceFile, ClearanceEvent>.Read(document.Body));
        return new PlanningInputs(
            assessment,
            [
                .. offers.Select(offer =>
                    offer.ToOffer(promised[offer.Id].Sum(commitment => commitment.Units))
                ),
            ],
            [.. clearances.Select(clearance => clearance.ToClearance())],
            budget,
            act.Now,
            act.Now + Duration.FromDays(Walk.HorizonDays),
            Walk.ExposureCap,
            hand?.Locks ?? [],
            hand?.Forbids ?? []
        );
    }

    private static async Task<Refusal?> Stage(
        Act act,
        Loaded<Response> at,
        IReadOnlyList<Plan> plans,
        FindingsOnDisruptions found
    )
    {
        foreach (Plan plan in plans)
        {
            Decided<ResponseEvent> decided = ProposePlan.Decide(
                at.State,
                new ProposePlan(plan.Id, plan.Option),
                act.By,
                act.Now
            );
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            at = act.Work.Stage(at, decided.Events, act.By.Person);
        }

        string subject = $"planning/{act.Id}";
        act.Work.Record(
            subject,
            await act.Work.Records.Version(subject).ConfigureAwait(false),
            [.. Recording.Of(found), .. plans.Select(Recording.Of)]
        );
        return null;
    }
}
