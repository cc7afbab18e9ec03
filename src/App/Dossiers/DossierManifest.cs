using System.Text.RegularExpressions;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Orders;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Dossiers;

/// <summary>A file of a sealed folder. Its path is one of a few forms, so that none can lead out of the folder.</summary>
/// <param name="Path">With strokes: <c>octets/0af3…</c>.</param>
internal sealed record SealedFile(string Path, long Size, string Sha256, string Sha512);

/// <summary>Octets that are not in the folder, and why.</summary>
/// <param name="Sha256">
/// Null where the item itself is marked for others: then nothing but its id is said of it, since a hash tells whoever has the octets
/// that they are in this dossier.
/// </param>
internal sealed record WithheldOctets(string Item, string? Sha256, string? Sha512, string Reason);

/// <summary>One event of the dossier, as the node signed it.</summary>
/// <param name="Version">Its place among the events of the dossier; the first is 1.</param>
/// <param name="Item">Null for what is about the dossier itself, and where the item is withheld.</param>
/// <param name="HashAfter">Of the link of custody that it carries; null for none.</param>
/// <param name="Signature">Ed25519 of the node over the envelope, base64; the envelope is in the proof.</param>
internal sealed record SignedStep(
    long Version,
    string Type,
    Instant RecordedAt,
    string? Item,
    string? HashAfter,
    string Signature,
    string Proof
);

/// <summary>The facts of the rule PROC-EVIDENCE on one item.</summary>
internal sealed record ItemFacts(string Item, IReadOnlyList<EvidenceFact> Facts);

/// <summary>An order on record on the same disruption, with the facts that it proposes.</summary>
internal sealed record LinkedOrder(ShutdownOrder Order, IReadOnlyList<ProposedFact> Proposes);

/// <summary>What a sealed folder says of itself. Every file but this one and its proof is in it, and its proof names this one.</summary>
/// <param name="Node">Public key of the node that sealed it.</param>
/// <param name="Audience">An organisation's id, or <see cref="Public"/>.</param>
/// <param name="Version">Events of the dossier up to and with the copy that this export is.</param>
/// <param name="Items">As the audience may see them.</param>
internal sealed record DossierManifest(
    string Format,
    string Node,
    Instant ExportedAt,
    string Audience,
    string Dossier,
    string Name,
    string Purpose,
    string Organisation,
    string? DisruptionId,
    string? Response,
    Marking Marking,
    long Version,
    IReadOnlyList<DossierItem> Items,
    IReadOnlyList<WithheldOctets> Withheld,
    IReadOnlyList<ItemFacts> Evidence,
    IReadOnlyList<SupportedFact> Facts,
    IReadOnlyList<LinkedOrder> Orders,
    IReadOnlyList<SignedStep> Steps,
    IReadOnlyList<SealedFile> Files
)
{
    public const string FormatName = "breakwater.dossier/1";
    public const string Public = "public";
}

/// <summary>The names in a sealed folder.</summary>
internal static partial class SealedNames
{
    public const string Manifest = "manifest.json";
    public const string ManifestProof = "manifest.json.tlog-proof";
    public const string Readme = "README.txt";
    public const string Key = "node-key.txt";
    public const string Sha256Sums = "SHA256SUMS";
    public const string Sha512Sums = "SHA512SUMS";
    public const string Octets = "octets";
    public const string Proofs = "proofs";

    /// <summary>Items, redacted copies and events of the largest dossier; nothing sealed here has more.</summary>
    public const int FilesMax = 40_000;

    public const int StepsMax = 20_000;
    public const int ManifestMax = 64 << 20;

    public static string OctetsOf(string sha256) => $"{Octets}/{sha256}";

    public static string ProofOf(long version) => $"{Proofs}/{version:000000}.tlog-proof";

    public static bool Is(string path) => Known().IsMatch(path);

    [GeneratedRegex(
        @"^(README\.txt|node-key\.txt|SHA256SUMS|SHA512SUMS|octets/[0-9a-f]{64}|proofs/[0-9]{6}\.tlog-proof)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Known();
}
