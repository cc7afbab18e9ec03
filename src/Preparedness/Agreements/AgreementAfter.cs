namespace Breakwater.Preparedness.Agreements;

/// <summary>The state after one more event.</summary>
internal static class AgreementAfter
{
    public static Agreement Of(Agreement? before, AgreementEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is AgreementProposed proposed)
        {
            return Begun(proposed);
        }

        ArgumentNullException.ThrowIfNull(before);
        Agreement after = happened switch
        {
            AgreementSigned signed => Signed(before, signed),
            AgreementDeclined declined => Declined(before, declined),
            AgreementRevised revised => Revised(before, revised),
            AgreementBegan => before with
            {
                State = AgreementState.InForce,
                InForceSince = before.InForceSince ?? happened.At,
                EndedAt = null,
            },
            AgreementExpired expired => before with
            {
                State = AgreementState.Expired,
                EndedAt = expired.Since,
            },
            PartyWithdrew withdrew => Withdrew(before, withdrew),
            AgreementTested tested => before with { Tests = [.. before.Tests, tested.Test] },
            AgreementOfferLinked linked => before with
            {
                Offers = [.. before.Offers, linked.OfferId],
            },
            AgreementOfferUnlinked unlinked => before with
            {
                Offers = [.. before.Offers.Where(offer => offer != unlinked.OfferId)],
            },
            ActivationProposed activation => With(
                before,
                activation.Activation.DisruptionId,
                activation.Activation
            ),
            ActivationRevised revised => With(
                before,
                revised.EarlierDisruptionId,
                revised.Activation
            ),
            ActivationAnswered answered => With(
                before,
                answered.Activation.DisruptionId,
                answered.Activation
            ),
            _ => throw new InvalidOperationException($"an agreement knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    private static Agreement Begun(AgreementProposed proposed) =>
        new()
        {
            Id = proposed.Id,
            Name = proposed.Name,
            Parties = proposed.Parties,
            Terms = proposed.Terms,
            Signatures = Unanswered(proposed.Parties),
            State = AgreementState.Proposed,
            Revision = null,
            RevisionSignatures = [],
            Tests = [],
            Offers = [],
            Activations = [],
            ProposedAt = proposed.At,
            InForceSince = null,
            EndedAt = null,
            ChangedAt = proposed.At,
            Marking = proposed.Marking,
        };

    private static IReadOnlyList<PartySignature> Unanswered(IEnumerable<AgreementParty> parties) =>
        [
            .. parties.Select(party => new PartySignature(
                party.Key(),
                PartyAnswer.NoAnswer,
                null,
                null,
                null,
                null
            )),
        ];

    private static Agreement Signed(Agreement before, AgreementSigned signed)
    {
        var signature = new PartySignature(
            signed.Party,
            PartyAnswer.Accepted,
            signed.At,
            signed.By,
            null,
            signed.Document
        );
        if (before.Revision is { } revision)
        {
            IReadOnlyList<PartySignature> all = Put(before.RevisionSignatures, signature);
            return AreAllIn(all)
                ? before with
                {
                    Terms = revision,
                    Signatures = [.. before.Signatures.Select(old => New(all, old))],
                    Revision = null,
                    RevisionSignatures = [],
                    State = AgreementState.Signed,
                    EndedAt = null,
                }
                : before with
                {
                    RevisionSignatures = all,
                };
        }

        IReadOnlyList<PartySignature> signatures = Put(before.Signatures, signature);
        return before with
        {
            Signatures = signatures,
            State = AreAllIn(signatures) ? AgreementState.Signed : before.State,
        };
    }

    /// <summary>A party that left before stays listed as such.</summary>
    private static PartySignature New(IReadOnlyList<PartySignature> all, PartySignature old) =>
        all.FirstOrDefault(one => one.Party == old.Party) ?? old;

    /// <summary>Who declines other terms keeps those that hold; who declines the first ones ends the matter until they are changed.</summary>
    private static Agreement Declined(Agreement before, AgreementDeclined declined) =>
        before.Revision is not null
            ? before with
            {
                Revision = null,
                RevisionSignatures = [],
            }
            : before with
            {
                Signatures = Put(
                    before.Signatures,
                    new PartySignature(
                        declined.Party,
                        PartyAnswer.Declined,
                        declined.At,
                        declined.By,
                        declined.Reason,
                        null
                    )
                ),
                State = AgreementState.Declined,
            };

    private static Agreement Revised(Agreement before, AgreementRevised revised) =>
        before.State is AgreementState.Proposed or AgreementState.Declined
            ? before with
            {
                Terms = revised.Terms,
                Signatures = Unanswered(before.Parties),
                State = AgreementState.Proposed,
            }
            : before with
            {
                Revision = revised.Terms,
                RevisionSignatures = Unanswered(before.Bound),
            };

    private static Agreement Withdrew(Agreement before, PartyWithdrew withdrew)
    {
        Agreement after = before with
        {
            Signatures = Put(
                before.Signatures,
                new PartySignature(
                    withdrew.Party,
                    PartyAnswer.Withdrew,
                    withdrew.At,
                    withdrew.By,
                    withdrew.Reason,
                    null
                )
            ),
            // Other terms lay before all parties, this one among them.
            Revision = null,
            RevisionSignatures = [],
        };
        return after.Bound.Count() >= 2
            ? after
            : after with
            {
                State = AgreementState.Withdrawn,
                EndedAt = withdrew.At,
            };
    }

    private static Agreement With(
        Agreement before,
        string earlier,
        AgreementActivation activation
    ) =>
        before with
        {
            Activations =
            [
                .. before
                    .Activations.Where(one =>
                        one.DisruptionId != earlier && one.DisruptionId != activation.DisruptionId
                    )
                    .TakeLast(Agreement.ActivationsMax - 1),
                activation,
            ],
        };

    private static IReadOnlyList<PartySignature> Put(
        IReadOnlyList<PartySignature> all,
        PartySignature one
    ) => [.. all.Select(old => old.Party == one.Party ? one : old)];

    private static bool AreAllIn(IReadOnlyList<PartySignature> all) =>
        all.All(one => one.Answer == PartyAnswer.Accepted);
}
