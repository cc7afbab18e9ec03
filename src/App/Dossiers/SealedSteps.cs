using System.Text;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Dossiers;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.App.Dossiers;

/// <summary>The events of a sealed dossier: that each is the node's own, that none is left out, and what they make.</summary>
internal static class SealedSteps
{
    /// <summary>The subject under which the ledger keeps the exports of a dossier.</summary>
    public static string LedgerOf(string dossier) => $"dossier-exports/{dossier}";

    /// <summary>Of the link of custody in a payload; null when there is none.</summary>
    public static string? HashAfter(JsonElement payload) =>
        payload.TryGetProperty("custody"u8, out JsonElement link) ? Hash(link)
        : payload.TryGetProperty("item"u8, out JsonElement item)
        && item.TryGetProperty("custody"u8, out JsonElement links)
        && links.GetArrayLength() > 0
            ? Hash(links[0])
        : null;

    /// <summary>Folds what the audience was shown, as the node itself would.</summary>
    /// <param name="read">The octets of a proof; null when the folder has none.</param>
    /// <param name="wrong">Told of each proof that does not hold.</param>
    /// <returns>Null when there is no dossier in it.</returns>
    public static Dossier? Fold(
        DossierManifest manifest,
        Verifier node,
        Func<string, byte[]?> read,
        Action<string, string> wrong
    )
    {
        SubjectFolding folding = Catalogue.Known.Of(KindName.Of<Dossier, DossierEvent>())!.Begin();
        string subject = $"{KindName.Of<Dossier, DossierEvent>()}/{manifest.Dossier}";
        if (manifest.Steps.Count != manifest.Version)
        {
            wrong(
                SealedNames.Manifest,
                $"it names {manifest.Steps.Count} events of {manifest.Version}"
            );
        }

        foreach ((int index, SignedStep step) in manifest.Steps.Index())
        {
            (Event? entry, string? why) = Proved(step, index + 1, subject, node, read);
            if (entry is null)
            {
                wrong(step.Proof, why!);
                continue;
            }

            if (entry.Payload.Length > 0 && Applied(folding, entry) is { } bad)
            {
                wrong(step.Proof, bad);
            }
        }

        return folding.Present as Dossier;
    }

    private static (Event? Entry, string? Why) Proved(
        SignedStep step,
        int version,
        string subject,
        Verifier node,
        Func<string, byte[]?> read
    )
    {
        if (
            step.Proof != SealedNames.ProofOf(version)
            || step.Version != version
            || read(step.Proof) is not { } octets
        )
        {
            return (null, $"it is not the proof of event {version}, or is absent");
        }

        if (
            !TlogProof.TryParse(Encoding.UTF8.GetString(octets), out TlogProof? proof)
            || proof.Extra is not { } extra
            || !EventProof.TryRead(extra, out EventProof? held)
        )
        {
            return (null, "it is no proof of the form c2sp.org/tlog-proof@v1 that holds an event");
        }

        ProofChecked found = ProofCheck.Of(proof, node, null);
        if (found.Envelope is not { } envelope)
        {
            ProofFinding fails = found.Findings.First(one => one.Finding == Finding.Fails);
            return (null, fails.Detail);
        }

        if (
            envelope.Subject != subject
            || envelope.SubjectVersion != version
            || envelope.Type != step.Type
            || envelope.Clock.Wall != step.RecordedAt
            || held.Signature != step.Signature
            || !Event.TryRead(
                Encoding.UTF8.GetBytes(held.Envelope),
                Encoding.UTF8.GetBytes(held.Payload ?? ""),
                Convert.FromBase64String(held.Signature),
                out Event? entry
            )
        )
        {
            return (null, $"it is not event {version} of {subject} as the manifest has it");
        }

        return Says(entry, step)
            ? (entry, null)
            : (null, $"the manifest does not say of event {version} what it says");
    }

    /// <summary>What the manifest says of a step is what the payload says; of a withheld one it says nothing.</summary>
    private static bool Says(Event entry, SignedStep step)
    {
        if (entry.Payload.Length == 0)
        {
            return step is { Item: null, HashAfter: null };
        }

        JsonElement payload = entry.PayloadJson;
        string? item = payload.TryGetProperty("itemId"u8, out JsonElement id)
            ? id.GetString()
            : null;
        return item == step.Item && HashAfter(payload) == step.HashAfter;
    }

    /// <summary>Why an event cannot be; null when it was applied.</summary>
    private static string? Applied(SubjectFolding folding, Event entry)
    {
        try
        {
            folding.Apply(entry);
            return null;
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return "its event is none that this version of Breakwater knows of a dossier";
        }
    }

    private static string? Hash(JsonElement link) =>
        link.ValueKind == JsonValueKind.Object
        && link.TryGetProperty("hashAfter"u8, out JsonElement hash)
            ? hash.GetString()
            : null;
}
