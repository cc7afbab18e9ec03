namespace Breakwater.Decisions;

/// <summary>A response after one more event.</summary>
internal static class ResponseAfter
{
    public static Response Of(Response? before, ResponseEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is ResponseProposed proposed)
        {
            return Proposed(proposed);
        }

        ArgumentNullException.ThrowIfNull(before);
        Response after = happened switch
        {
            ActivationAsked asked => before with { ActivationDecision = asked.DecisionId },
            ResponseActivated activated => Activated(before, activated),
            ResponseNotActivated refused => before with
            {
                State = ResponseState.NotActivated,
                EndedAt = refused.At,
                EndReason = refused.Reason,
            },
            ActivationReopened when before.State == ResponseState.NotActivated => before with
            {
                State = ResponseState.Proposed,
                EndedAt = null,
                EndReason = "",
            },
            ActivationReopened reopened => before with { ActivationReopenedAt = reopened.At },
            ActivationUpheld => before with { ActivationReopenedAt = null },
            ClockMet met => With(before, met.Which, clock => Met(clock, met)),
            ServiceLostAgain lost => Relapsed(before, lost),
            ClockMissed missed => With(
                before,
                missed.Which,
                clock => clock with { State = ClockState.Missed }
            ),
            ResponseReminded { Which: { } which } => With(
                before,
                which,
                clock => clock with { RemindedAt = happened.At }
            ),
            ResponseReminded => before with { RemindedAt = happened.At },
            ResponseEscalated escalated => With(
                before,
                escalated.Which,
                clock => clock with { EscalatedAt = happened.At }
            ),
            NeedsRecorded recorded => before with { Needs = recorded.Needs },
            PlanProposed
            or PlanAdopted
            or PlanHandSet
            or PlansLostOffer
            or PlanBoundNobody
            or AdoptionReopened
            or AdoptionUpheld
            or AdoptionFell => Planned(before, happened),
            ScaleUpAdopted or ScaleUpReopened or ScaleUpUpheld or ScaleUpFell => before with
            {
                ScaleUps = ScaleUpsAfter.Of(before.ScaleUps ?? [], happened),
            },
            _ => Ended(before, happened),
        };
        return after with { ChangedAt = happened.At };
    }

    private static Response Proposed(ResponseProposed proposed) =>
        new()
        {
            Id = proposed.Id,
            DisruptionId = proposed.DisruptionId,
            Place = proposed.Place,
            Reason = proposed.Reason,
            ProposedBy = proposed.By,
            ProposedFor = proposed.Organisation,
            ProposedAt = proposed.At,
            State = ResponseState.Proposed,
            Clocks =
            [
                .. Enum.GetValues<ServiceClock>()
                    .Select(which => new Clock(
                        which,
                        ClockState.NotStarted,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null
                    )),
            ],
            ChangedAt = proposed.At,
            Marking = proposed.Marking,
        };

    private static Response Activated(Response before, ResponseActivated activated) =>
        before with
        {
            State = ResponseState.Active,
            ActivatedAt = activated.Since,
            ActivatedByClasses = activated.Classes,
            RemindedAt = null,
            Clocks =
            [
                .. before.Clocks.Select(clock =>
                    clock with
                    {
                        State = ClockState.Running,
                        Since = activated.Since,
                        Due =
                            clock.Which == ServiceClock.FirstService
                                ? activated.FirstServiceDue
                                : activated.ExtendedServiceDue,
                    }
                ),
            ],
        };

    private static Clock Met(Clock clock, ClockMet met) =>
        clock with
        {
            State = met.MetAt <= clock.Due ? ClockState.Met : ClockState.MetLate,
            Restoration = met.RestorationId,
            MetAt = met.MetAt,
        };

    private static Response Relapsed(Response before, ServiceLostAgain lost) =>
        before with
        {
            Relapses =
            [
                .. (before.Relapses ?? []).Where(one =>
                    one.DisruptionId != lost.DisruptionId && one.DisruptionId != lost.InsteadOf
                ),
                new Relapse(
                    lost.DisruptionId,
                    lost.At,
                    lost.Services,
                    lost.Lost,
                    lost.Restorations
                ),
            ],
            Clocks =
            [
                .. before.Clocks.Select(clock =>
                    lost.Clocks.Contains(clock.Which)
                        ? clock with
                        {
                            State = ClockState.LostAgain,
                        }
                        : clock
                ),
            ],
        };

    private static Response Planned(Response before, ResponseEvent happened) =>
        happened switch
        {
            PlanProposed proposed => before with
            {
                Plans =
                [
                    .. before.Plans,
                    new PlanProposal(
                        proposed.PlanId,
                        proposed.Option,
                        proposed.By,
                        proposed.At,
                        null
                    ),
                ],
            },
            PlanAdopted adopted => before with
            {
                AdoptedPlan = adopted.PlanId,
                Plans = Changed(
                    before.Plans,
                    adopted.PlanId,
                    plan => plan with { AdoptedBy = adopted.DecisionId, BoundNobody = null }
                ),
            },
            PlanBoundNobody nobody => before with
            {
                Plans = Changed(
                    before.Plans,
                    nobody.PlanId,
                    plan => plan with { BoundNobody = nobody.Reasons }
                ),
            },
            AdoptionReopened reopened => before with
            {
                Plans = Changed(
                    before.Plans,
                    reopened.PlanId,
                    plan => plan with { ReopenedAt = reopened.At }
                ),
            },
            AdoptionUpheld upheld => before with
            {
                Plans = Changed(
                    before.Plans,
                    upheld.PlanId,
                    plan => plan with { ReopenedAt = null }
                ),
            },
            AdoptionFell fell => before with
            {
                AdoptedPlan = before.AdoptedPlan == fell.PlanId ? null : before.AdoptedPlan,
                Plans = Changed(
                    before.Plans,
                    fell.PlanId,
                    plan => plan with { ReopenedAt = null, AdoptedBy = null }
                ),
            },
            PlansLostOffer lost => before with
            {
                Plans = lost.PlanIds.Aggregate(
                    before.Plans,
                    (plans, id) => Changed(plans, id, plan => Without(plan, lost))
                ),
            },
            PlanHandSet set => before with
            {
                Hands =
                [
                    .. before.Hands,
                    new HandOnPlan(
                        set.Locks,
                        set.Forbids,
                        set.BudgetUsd,
                        set.By,
                        set.Organisation,
                        set.Reason,
                        set.At
                    ),
                ],
            },
            _ => throw new InvalidOperationException($"no plan knows {happened.GetType()}"),
        };

    private static IReadOnlyList<PlanProposal> Changed(
        IReadOnlyList<PlanProposal> plans,
        string planId,
        Func<PlanProposal, PlanProposal> change
    ) => [.. plans.Select(plan => plan.PlanId == planId ? change(plan) : plan)];

    private static PlanProposal Without(PlanProposal plan, PlansLostOffer lost) =>
        plan with
        {
            LostOffers =
            [
                .. plan.LostOffers ?? [],
                new LostOffer(lost.OfferId, lost.Since) { Reason = lost.Reason },
            ],
        };

    private static Response Ended(Response before, ResponseEvent happened) =>
        happened switch
        {
            StandDownProposed proposed => before with { StandDownDecision = proposed.DecisionId },
            StandDownDropped => before with { StandDownDecision = null },
            StoodDown stood => before with
            {
                State = ResponseState.StoodDown,
                EndedAt = stood.At,
                EndReason = stood.Reason,
                ActivationReopenedAt = null,
                RemindedAt = null,
                Clocks = Turned(before.Clocks, ClockState.Running, ClockState.Stopped),
                StandDown = new StandDownRecord(
                    stood.DecisionId,
                    stood.Reason,
                    stood.StillOpen,
                    stood.Unmeasured,
                    stood.Dissent
                )
                {
                    GoesOn = stood.GoesOn,
                },
            },
            StandDownReopened or StandDownUpheld or StandDownFell => Appealed(
                before,
                before.StandDown!,
                happened
            ),
            LessonRecorded lesson => before with
            {
                Lessons =
                [
                    .. before.Lessons,
                    new Lesson(
                        lesson.Text,
                        lesson.Stream,
                        lesson.By,
                        lesson.Organisation,
                        lesson.At
                    ),
                ],
            },
            ResponseClosed closed => before with
            {
                State = ResponseState.Closed,
                EndReason = closed.Reason,
            },
            _ => throw new InvalidOperationException($"a response knows no {happened.GetType()}"),
        };

    private static Response Appealed(
        Response before,
        StandDownRecord down,
        ResponseEvent happened
    ) =>
        happened switch
        {
            StandDownReopened => before with { StandDown = down with { ReopenedAt = happened.At } },
            StandDownUpheld => before with
            {
                StandDown = down with { ReopenedAt = null, Fall = null },
            },
            StandDownFell fell => Fallen(
                before with
                {
                    StandDown = down with
                    {
                        ReopenedAt = null,
                        Fall = new FallenStandDown(fell.At, fell.Reason, fell.StaysDownBecause),
                    },
                },
                fell
            ),
            _ => throw new InvalidOperationException($"no stand-down knows {happened.GetType()}"),
        };

    private static Response Fallen(Response after, StandDownFell fell) =>
        fell.StaysDownBecause is not null
            ? after
            : after with
            {
                State = ResponseState.Active,
                Clocks = Turned(after.Clocks, ClockState.Stopped, ClockState.Running),
                StandDownDecision =
                    after.StandDownDecision == fell.DecisionId ? null : after.StandDownDecision,
                EndedAt = null,
                EndReason = "",
                RemindedAt = null,
            };

    private static IReadOnlyList<Clock> Turned(
        IReadOnlyList<Clock> clocks,
        ClockState from,
        ClockState to
    ) => [.. clocks.Select(clock => clock.State == from ? clock with { State = to } : clock)];

    private static Response With(Response before, ServiceClock which, Func<Clock, Clock> change) =>
        before with
        {
            Clocks =
            [
                .. before.Clocks.Select(clock => clock.Which == which ? change(clock) : clock),
            ],
        };
}
