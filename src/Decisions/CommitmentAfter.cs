using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>A commitment after one more event.</summary>
internal static class CommitmentAfter
{
    public static Commitment Of(Commitment? before, CommitmentEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is CommitmentPledged pledged)
        {
            return Pledged(pledged);
        }

        ArgumentNullException.ThrowIfNull(before);
        Commitment after = happened switch
        {
            CommitmentCleared cleared => Stepped(before, CommitmentState.Cleared, cleared),
            CommitmentDelivered delivered => Stepped(before, CommitmentState.Delivered, delivered),
            CommitmentConfirmedWorking working => Confirmed(
                Stepped(before, CommitmentState.Working, working),
                working.NextConfirmationBy
            ),
            CommitmentStillWorking working => Confirmed(
                Stepped(before, CommitmentState.StillWorking, working),
                working.NextConfirmationBy
            ),
            CommitmentWithdrawn withdrawn => Confirmed(
                Stepped(before, CommitmentState.Withdrawn, withdrawn),
                null
            ),
            CommitmentLapsed lapsed => Confirmed(Lapsed(before, lapsed), null),
            CommitmentHandedOver handed => before with { HandedOverTo = handed.To },
            CommitmentTakenOver taken => before with { TakenOverAt = taken.At },
            CommitmentPermitLost lost => before with
            {
                LostPermits =
                [
                    .. Without(before.LostPermits, lost.Clearance) ?? [],
                    new LostPermit(lost.Clearance, lost.Permit, lost.Standing, lost.At),
                ],
            },
            CommitmentPermitRegained regained => before with
            {
                LostPermits = Without(before.LostPermits, regained.Clearance),
            },
            CommitmentReminded => before with { RemindedAt = happened.At },
            CommitmentOverdue => before with { IsOverdue = true },
            _ => throw new InvalidOperationException($"a commitment knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    private static Commitment Pledged(CommitmentPledged pledged) =>
        new()
        {
            Id = pledged.Id,
            Parent = pledged.Parent,
            PlanId = pledged.PlanId,
            OfferId = pledged.OfferId,
            Stakeholder = pledged.Stakeholder,
            Asset = pledged.Asset,
            Place = pledged.Place,
            PlaceName = pledged.PlaceName,
            Networks = pledged.Networks,
            Service = pledged.Service,
            Clearances = pledged.Clearances,
            Units = pledged.Units,
            Civilians = pledged.Civilians,
            Responders = pledged.Responders,
            Conditions = pledged.Conditions,
            Earmarks = pledged.Earmarks,
            Until = pledged.Until,
            ExpectedBy = pledged.ExpectedBy,
            ConfirmEvery = pledged.ConfirmEvery,
            State = CommitmentState.Pledged,
            History =
            [
                new CommitmentStep(
                    CommitmentState.Pledged,
                    pledged.At,
                    pledged.Proof,
                    pledged.Origin
                ),
            ],
            ChangedAt = pledged.At,
            Marking = pledged.Marking,
        };

    private static LostPermit[]? Without(IReadOnlyList<LostPermit>? lost, string clearance) =>
        lost?.Where(one => one.Clearance != clearance).ToArray() is { Length: > 0 } left
            ? left
            : null;

    private static Commitment Stepped(
        Commitment before,
        CommitmentState state,
        CommitmentStepped step
    ) =>
        With(
            before,
            new CommitmentStep(state, step.At, step.Proof, step.Origin)
            {
                Person = step.By,
                Organisation = step.Organisation,
                Evidence = step.Evidence.Count == 0 ? null : step.Evidence,
                Clearing = (step as CommitmentCleared)?.Clearing,
            }
        );

    private static Commitment Lapsed(Commitment before, CommitmentLapsed lapsed) =>
        With(
            before,
            new CommitmentStep(CommitmentState.Lapsed, lapsed.Since, lapsed.Proof, lapsed.Origin)
            {
                Person = lapsed.By == Checks.Time ? null : lapsed.By,
                Organisation = lapsed.Organisation,
                Evidence = lapsed.Evidence.Count == 0 ? null : lapsed.Evidence,
            }
        );

    private static Commitment With(Commitment before, CommitmentStep step) =>
        before with
        {
            State = step.State,
            History = [.. before.History, step],
            IsOverdue =
                before.IsOverdue
                && step.State
                    is CommitmentState.Pledged
                        or CommitmentState.Cleared
                        or CommitmentState.Delivered,
        };

    private static Commitment Confirmed(Commitment after, Instant? next) =>
        after with
        {
            NextConfirmationBy = next,
            RemindedAt = null,
        };
}
