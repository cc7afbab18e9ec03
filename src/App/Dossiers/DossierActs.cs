using System.Security.Cryptography;
using Breakwater.App.Responding;
using Breakwater.Decisions;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Orders;
using Breakwater.Disruptions;
using Breakwater.Records;
using Act = Breakwater.App.Subjects.Act;

namespace Breakwater.App.Dossiers;

/// <summary>What acts on dossiers rest on, read from the store as it stands.</summary>
internal static class DossierActs
{
    public static async Task<OpenDossier> ForOpening(
        Act act,
        Dossier? state,
        OpenDossier command
    ) =>
        command with
        {
            MarkingOfSubject = command switch
            {
                { DisruptionId: { Length: > 0 and <= 200 } id } => (
                    await ResponseFacts
                        .Product<Disruption>(act, "disruption", id)
                        .ConfigureAwait(false)
                )?.Marking,
                { Response: { Length: > 0 and <= 200 } id } => (
                    await act.Work.Load<Response, ResponseEvent>(id).ConfigureAwait(false)
                )
                    .State
                    ?.Marking,
                _ => null,
            },
        };

    public static async Task<CollectItem> ForCollecting(
        Act act,
        Dossier? state,
        CollectItem command
    ) => command with { Kept = await Kept(act.Work.Records, command.Sha256).ConfigureAwait(false) };

    public static async Task<RedactItem> ForRedacting(
        Act act,
        Dossier? state,
        RedactItem command
    ) => command with { Kept = await Kept(act.Work.Records, command.Sha256).ConfigureAwait(false) };

    public static async Task<CheckOctets> ForChecking(
        Act act,
        Dossier? state,
        CheckOctets command
    ) =>
        command with
        {
            Kept = await Kept(act.Work.Records, state?.Item(command.ItemId)?.Sha256)
                .ConfigureAwait(false),
        };

    public static async Task<OfferCustody> ForOffering(
        Act act,
        Dossier? state,
        OfferCustody command
    ) =>
        command with
        {
            Receiver = command.To is { Length: > 0 and <= 200 }
                ? (
                    await act
                        .Work.Load<Organisation, OrganisationEvent>(command.To)
                        .ConfigureAwait(false)
                ).State
                : null,
        };

    public static async Task<LinkOrder> ForLinking(
        Act act,
        ShutdownOrder? state,
        LinkOrder command
    ) =>
        command with
        {
            IsOnRecord =
                command.DisruptionId is { Length: > 0 and <= 200 }
                && await ResponseFacts
                    .Product<Disruption>(act, "disruption", command.DisruptionId)
                    .ConfigureAwait(false)
                    is not null,
        };

    /// <summary>Octets with both hashes, computed now; null when they are not here.</summary>
    private static async Task<KeptOctets?> Kept(IRecords records, string? sha256) =>
        sha256 is { Length: 64 }
        && await records.Evidence(sha256).ConfigureAwait(false) is { } octets
            ? new KeptOctets(
                octets.Length,
                Convert.ToHexStringLower(SHA256.HashData(octets)),
                Convert.ToHexStringLower(SHA512.HashData(octets))
            )
            : null;
}
