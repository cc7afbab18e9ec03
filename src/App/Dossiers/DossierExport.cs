using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Orders;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Dossiers;

/// <summary>What the ledger keeps of an export, and by which a stranger finds the manifest signed.</summary>
/// <param name="Sha256">Of the manifest.</param>
internal sealed record DossierExported(
    string Dossier,
    string Audience,
    string Sha256,
    int Items,
    int Octets,
    int Withheld,
    string Reason
);

/// <summary>What was asked for.</summary>
/// <param name="Reader">Who stands behind the audience, for the guard.</param>
internal sealed record ExportAsked(
    string Dossier,
    Reader Reader,
    string Audience,
    string Reason,
    bool RedactedOnly
);

/// <summary>
/// Seals a dossier into a folder that anybody can check without this node. The copy is a step of custody, recorded before anything is
/// written out; the node's signature on the manifest is the ledger's event that names its hash.
/// </summary>
internal sealed class DossierExport(IRecords records, ExportAsked asked, Instant now)
{
    private const string Author = "operator";
    private static readonly Marking _marking = new(Distribution.Community, Tlp.Green);

    /// <exception cref="Fault">It may not leave, or the store does not hold what it says.</exception>
    public async Task<DossierManifest> Into(SealedFolder folder, CancellationToken cancel)
    {
        (Dossier dossier, long version, Selection selection) = await Copied(cancel)
            .ConfigureAwait(false);
        foreach ((_, string sha256, string? sha512) in selection.Going)
        {
            byte[] kept =
                await SealedOctets.Read(records, sha256, sha512).ConfigureAwait(false)
                ?? throw new Fault(
                    ExitCode.DoesNotHold,
                    $"the octets {sha256} are not here as their item says. Run 'breakwater verify', then check the octets of the item"
                );
            await folder.Add(SealedNames.OctetsOf(sha256), kept, cancel).ConfigureAwait(false);
        }

        SignedStep[] steps = await Steps(dossier, version, selection, folder, cancel)
            .ConfigureAwait(false);
        await folder.AddText(SealedNames.Key, $"{records.Node}\n", cancel).ConfigureAwait(false);
        await folder
            .AddText(
                SealedNames.Readme,
                SealedReadme.Of(dossier, records.Node, asked.Audience),
                cancel
            )
            .ConfigureAwait(false);
        await folder.AddSums(cancel).ConfigureAwait(false);
        var seen = dossier with { Items = selection.Items };
        var manifest = new DossierManifest(
            DossierManifest.FormatName,
            records.Node.ToString(),
            now,
            asked.Audience,
            dossier.Id,
            dossier.Name,
            dossier.Purpose,
            dossier.Organisation,
            dossier.DisruptionId,
            dossier.Response,
            dossier.Marking,
            version,
            selection.Items,
            selection.Withheld,
            [
                .. selection.Items.Select(item => new ItemFacts(
                    item.Id,
                    EvidenceFactsFromItem.Of(item)
                )),
            ],
            FactsFromDossiers.FactsSupported([seen]),
            await Orders(dossier).ConfigureAwait(false),
            steps,
            folder.Files
        );
        byte[] octets = CanonicalJson.Of(manifest);
        if (octets.Length > SealedNames.ManifestMax || folder.Files.Count > SealedNames.FilesMax)
        {
            throw new Fault(
                ExitCode.Refused,
                "the dossier is larger than one folder may be. Put its items into several dossiers"
            );
        }

        string proof = await Proof(manifest, octets, selection, cancel).ConfigureAwait(false);
        await folder.Add(SealedNames.Manifest, octets, cancel).ConfigureAwait(false);
        await folder.AddText(SealedNames.ManifestProof, proof, cancel).ConfigureAwait(false);
        return manifest;
    }

    /// <summary>The dossier with the copies on record, and the version that they brought it to.</summary>
    private async Task<(Dossier, long, Selection)> Copied(CancellationToken cancel)
    {
        var work = new Workspace(records);
        Loaded<Dossier> at = await work.Load<Dossier, DossierEvent>(asked.Dossier)
            .ConfigureAwait(false);
        if (at.State is not { } before)
        {
            throw new Fault(
                ExitCode.Usage,
                $"there is no dossier {asked.Dossier} here. Check the id: its page and GET /api/v1/dossiers name it"
            );
        }

        if (!Guard.May(asked.Reader, before.Marking, now))
        {
            throw new Fault(
                ExitCode.Refused,
                $"not exported: the dossier is marked for others than {asked.Audience}. Its marking decides, and is not widened; --for names an organisation that may see it"
            );
        }

        Selection going = Selection.Of(before, asked.Reader, now, asked.RedactedOnly);
        Decided<DossierEvent> decided = CopyItems.Decide(
            before,
            new CopyItems([.. going.Going.Select(one => one.Item).Distinct()], asked.Reason),
            Author,
            now
        );
        if (decided.Refusal is { } refusal)
        {
            throw new Fault(ExitCode.Refused, $"not exported: {refusal.Reason}");
        }

        Loaded<Dossier> after = work.Stage(at, decided.Events, Author);
        if (!work.IsEmpty && await work.Commit(null, cancel).ConfigureAwait(false) is not Appended)
        {
            throw new Fault(
                ExitCode.Conflict,
                "the dossier changed at this moment. Export it again"
            );
        }

        return (
            after.State!,
            at.Version + decided.Events.Count,
            Selection.Of(after.State!, asked.Reader, now, asked.RedactedOnly)
        );
    }

    /// <summary>Each event with its proof. What the audience may not see of an event keeps its payload here; the envelope proves that there was one.</summary>
    private async Task<SignedStep[]> Steps(
        Dossier dossier,
        long version,
        Selection selection,
        SealedFolder folder,
        CancellationToken cancel
    )
    {
        if (version > SealedNames.StepsMax)
        {
            throw new Fault(
                ExitCode.Refused,
                $"the dossier has more than {SealedNames.StepsMax} events. Put its items into several dossiers"
            );
        }

        await records.Checkpoint(cancel).ConfigureAwait(false);
        var steps = new List<SignedStep>();
        var shown = selection.Items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        await foreach (
            Event entry in records
                .EventsOf($"{KindName.Of<Dossier, DossierEvent>()}/{dossier.Id}", 0, cancel)
                .ConfigureAwait(false)
        )
        {
            Envelope envelope = entry.Envelope;
            if (envelope.SubjectVersion > version)
            {
                break;
            }

            JsonElement payload = entry.PayloadJson;
            string? item = payload.TryGetProperty("itemId"u8, out JsonElement id)
                ? id.GetString()
                : null;
            bool isShown =
                (item is null || shown.Contains(item))
                && Shown.May(asked.Reader, envelope.Marking, payload, now);
            TlogProof proof =
                await records
                    .Prove(envelope.Sequence, isShown ? envelope.PayloadSha256 : null, cancel)
                    .ConfigureAwait(false)
                ?? throw new InvalidOperationException($"no proof of {envelope.Sequence}");
            string path = SealedNames.ProofOf(envelope.SubjectVersion);
            await folder.AddText(path, proof.ToString(), cancel).ConfigureAwait(false);
            steps.Add(
                new SignedStep(
                    envelope.SubjectVersion,
                    envelope.Type,
                    envelope.Clock.Wall,
                    isShown ? item : null,
                    isShown ? SealedSteps.HashAfter(payload) : null,
                    Convert.ToBase64String(entry.Signature.Span),
                    path
                )
            );
        }

        return [.. steps];
    }

    /// <summary>Orders on the same disruption, as far as the audience may see them.</summary>
    private async Task<IReadOnlyList<LinkedOrder>> Orders(Dossier dossier)
    {
        string? disruption =
            dossier.DisruptionId
            ?? (
                await new Workspace(records)
                    .Load<Response, ResponseEvent>(dossier.Response!)
                    .ConfigureAwait(false)
            )
                .State
                ?.DisruptionId;
        return
        [
            .. (
                await records
                    .AllOf(KindName.Of<ShutdownOrder, ShutdownOrderEvent>())
                    .ConfigureAwait(false)
            )
                .Where(document => Guard.May(asked.Reader, document.Marking, now))
                .Select(document =>
                    SubjectKind<ShutdownOrder, ShutdownOrderEvent>.Read(document.Body)
                )
                .Where(order => disruption is not null && order.Disruptions.Contains(disruption))
                .OrderBy(order => order.Id, StringComparer.Ordinal)
                .Select(order => new LinkedOrder(order, OrdersToFacts.Propose([order]))),
        ];
    }

    private async Task<string> Proof(
        DossierManifest manifest,
        byte[] octets,
        Selection selection,
        CancellationToken cancel
    )
    {
        var exported = new DossierExported(
            manifest.Dossier,
            manifest.Audience,
            Convert.ToHexStringLower(SHA256.HashData(octets)),
            selection.Items.Count,
            selection.Going.Count,
            selection.Withheld.Count,
            asked.Reason
        );
        string ledger = SealedSteps.LedgerOf(manifest.Dossier);
        while (true)
        {
            AppendOutcome outcome = await records
                .Append(
                    ledger,
                    await records.Version(ledger).ConfigureAwait(false),
                    [Draft.Of(nameof(DossierExported), exported, _marking, Author)],
                    cancel
                )
                .ConfigureAwait(false);
            if (outcome is Appended appended)
            {
                TlogProof proof =
                    await records
                        .Prove(appended.Events[0].Envelope.Sequence, exported.Sha256, cancel)
                        .ConfigureAwait(false)
                    ?? throw new InvalidOperationException("no proof of the export");
                return proof.ToString();
            }
        }
    }
}
