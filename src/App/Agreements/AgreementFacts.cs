using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Activating;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Preparedness.Agreements.Revising;
using Breakwater.Preparedness.Agreements.Supplying;
using NodaTime;

namespace Breakwater.App.Agreements;

/// <summary>What acts on agreements must know of others, read from the store as it stands.</summary>
internal static class AgreementFacts
{
    public static async Task<ProposeAgreement> ForProposal(
        Act act,
        Agreement? state,
        ProposeAgreement command
    ) => command with { Known = await Known(act).ConfigureAwait(false) };

    public static async Task<ReviseAgreement> ForRevision(
        Act act,
        Agreement? state,
        ReviseAgreement command
    ) => command with { Known = await Known(act).ConfigureAwait(false) };

    public static async Task<LinkOffer> ForLink(Act act, Agreement? state, LinkOffer command) =>
        command with
        {
            OfferedBy = command.OfferId is { Length: > 0 and <= 200 } id
                ? (await act.Work.Load<StandingOffer, OfferEvent>(id).ConfigureAwait(false))
                    .State
                    ?.Terms
                    .Stakeholder
                : null,
        };

    public static async Task<AnswerActivation> ForAnswer(
        Act act,
        Agreement? state,
        AnswerActivation command
    )
    {
        if (
            state is null
            || await ResponseFacts
                .Product<Disruption>(act, "disruption", command.DisruptionId)
                .ConfigureAwait(false)
                is not { } disruption
        )
        {
            return command;
        }

        DisruptionsAtHand all = await DisruptionsAtHand.All(act.Work.Records).ConfigureAwait(false);
        IReadOnlyList<Disruption> group =
            all.Groups.FirstOrDefault(tellings =>
                tellings.Any(one => one.Id == all.Told.Latest(disruption.Id))
            ) ?? [disruption];
        (_, TriggerFound found) = all.Evaluate(
            state,
            group,
            (await act.Work.All<Agreement, AgreementEvent>().ConfigureAwait(false)).ToDictionary(
                at => at.State!.Id,
                at => at.State!,
                StringComparer.Ordinal
            ),
            act.Now
        );
        return command with { Disruption = TriggerWatch.Of(disruption, found) };
    }

    /// <summary>What readers of the disruption are told: a product, so that its page and the reports show it and a proof reaches it.</summary>
    public static async Task Tell(
        Workspace work,
        Agreement agreement,
        AgreementEvent happened,
        Instant now
    )
    {
        AgreementActivation? activation = happened switch
        {
            ActivationProposed proposed => proposed.Activation,
            ActivationRevised revised => revised.Activation,
            ActivationAnswered answered => answered.Activation,
            _ => null,
        };
        if (activation is null)
        {
            return;
        }

        string subject = $"activation/{agreement.Id}";
        work.Record(
            subject,
            await work.Records.Version(subject).ConfigureAwait(false),
            [Recording.Of(ActivationTold.Of(agreement, activation))]
        );
    }

    private static async Task<AgreementsOnRecord> Known(Act act) =>
        new(
            DisruptionsAtHand.Kinds,
            (await act.Work.All<Agreement, AgreementEvent>().ConfigureAwait(false)).ToDictionary(
                at => at.State!.Id,
                at =>
                    (IReadOnlyList<string>)
                        [
                            .. Trigger
                                .WaitsFor(at.State!.Terms.Trigger)
                                .Union(Trigger.WaitsFor(at.State.Revision?.Trigger ?? [])),
                        ],
                StringComparer.Ordinal
            )
        );
}
