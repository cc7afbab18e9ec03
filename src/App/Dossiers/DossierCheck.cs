using System.Text;
using Breakwater.Decisions.Dossiers;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;

namespace Breakwater.App.Dossiers;

/// <summary>A file of a sealed folder that is not what was sealed.</summary>
internal sealed record SealedFault(string File, string Detail);

/// <summary>What a stranger can tell from a folder and a public key.</summary>
internal sealed record DossierChecked(
    DossierManifest Manifest,
    Verifier Key,
    int Octets,
    IReadOnlyList<SealedFault> Faults
)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>
/// Checks a sealed folder without a store: every hash, that nothing was added or is missing, the node's signatures and proofs, the
/// chain of custody, and that the manifest says exactly what the signed events make.
/// </summary>
internal sealed class DossierCheck
{
    /// <summary>More are counted with the last one: one is enough to reject a folder.</summary>
    private const int FaultsMax = 100;

    private readonly SealedReading _folder;
    private readonly List<SealedFault> _faults = [];

    private DossierCheck(SealedReading folder) => _folder = folder;

    /// <param name="key">Null for the one that came with the folder: then it proves that it is whole, and not whose it is.</param>
    /// <exception cref="Fault">It cannot be read as a sealed folder.</exception>
    public static DossierChecked Of(string folder, Verifier? key)
    {
        var reading = new SealedReading(folder);
        (DossierManifest manifest, byte[] octets) = reading.Manifest();
        return new DossierCheck(reading).Run(manifest, octets, key);
    }

    private DossierChecked Run(DossierManifest manifest, byte[] octets, Verifier? key)
    {
        Forms(manifest);
        if (!Verifier.TryParse(manifest.Node, out Verifier? named))
        {
            throw new Fault(
                ExitCode.Usage,
                $"{SealedNames.Manifest}: it names no public key of a node. Get the folder again from who sealed it"
            );
        }

        Verifier node = key ?? named;
        if (node.ToString() != named.ToString())
        {
            Wrong(SealedNames.Manifest, $"it was sealed by {named.Name} and not by {node.Name}");
        }

        if (!CanonicalJson.Of(manifest).AsSpan().SequenceEqual(octets))
        {
            Wrong(SealedNames.Manifest, "it is not in canonical form, as every manifest is");
        }

        Signed(manifest, octets, node);
        int items = Files(manifest);
        Dossier? made = SealedSteps.Fold(
            manifest,
            node,
            path => _folder.Octets(path, TlogProof.LengthMax),
            Wrong
        );
        Same(manifest, made);
        foreach (DossierItem item in manifest.Items)
        {
            if (CustodyChain.BrokenAt(item) is { } at)
            {
                Wrong(
                    SealedNames.Manifest,
                    $"{item.Id}: step {at + 1} of custody does not follow from the one before it"
                );
            }

            Octets(manifest, item);
        }

        return new DossierChecked(manifest, node, items, _faults);
    }

    /// <summary>Before anything is opened by a name that stands in the manifest.</summary>
    private static void Forms(DossierManifest manifest)
    {
        string? trick = manifest
            .Files.Select(file => file.Path)
            .Concat(manifest.Steps.Select(step => step.Proof))
            .FirstOrDefault(path => !SealedNames.Is(path));
        if (trick is not null)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{SealedNames.Manifest}: '{trick[..Math.Min(trick.Length, 80)]}' is no name of a file in a sealed folder, and is not opened. Get the folder again from who sealed it"
            );
        }

        if (manifest.Files.DistinctBy(file => file.Path).Count() != manifest.Files.Count)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{SealedNames.Manifest}: it names a file twice. Get the folder again from who sealed it"
            );
        }
    }

    /// <summary>The node's signature: an event of its ledger that names the hash of the manifest.</summary>
    private void Signed(DossierManifest manifest, byte[] octets, Verifier node)
    {
        if (
            _folder.Octets(SealedNames.ManifestProof, TlogProof.LengthMax) is not { } text
            || !TlogProof.TryParse(Encoding.UTF8.GetString(text), out TlogProof? proof)
        )
        {
            Wrong(
                SealedNames.ManifestProof,
                "it is absent, or no proof of the form c2sp.org/tlog-proof@v1"
            );
            return;
        }

        ProofChecked found = ProofCheck.Of(proof, node, octets);
        foreach (ProofFinding fails in found.Findings.Where(one => one.Finding == Finding.Fails))
        {
            // A proof that holds and names another document is sound: the manifest is what was altered.
            Wrong(
                fails.Link == ProofLink.DocumentNamed
                    ? SealedNames.Manifest
                    : SealedNames.ManifestProof,
                fails.Detail
            );
        }

        if (
            found is { Holds: true }
            && (
                found.Envelope?.Subject != SealedSteps.LedgerOf(manifest.Dossier)
                || found.Envelope.Type != nameof(DossierExported)
            )
        )
        {
            Wrong(SealedNames.ManifestProof, "it is the proof of something else than an export");
        }
    }

    /// <returns>How many files of octets hold.</returns>
    private int Files(DossierManifest manifest)
    {
        int octets = 0;
        foreach (SealedFile sealedFile in manifest.Files)
        {
            if (_folder.Describe(sealedFile.Path) is not { } file)
            {
                Wrong(sealedFile.Path, "it is missing or empty");
            }
            else if (file != sealedFile)
            {
                Wrong(
                    sealedFile.Path,
                    file.Size != sealedFile.Size
                        ? $"it has {file.Size} octets, and was sealed with {sealedFile.Size}"
                        : "its hashes are not those that were sealed"
                );
            }
            else if (file.Path.StartsWith(SealedNames.Octets + "/", StringComparison.Ordinal))
            {
                octets++;
            }
        }

        HashSet<string> known =
        [
            SealedNames.Manifest,
            SealedNames.ManifestProof,
            .. manifest.Files.Select(file => file.Path),
        ];
        foreach (string path in _folder.Paths.Where(path => !known.Contains(path)).Order())
        {
            Wrong(path, "it was added after sealing");
        }

        return octets;
    }

    private void Same(DossierManifest manifest, Dossier? made)
    {
        if (made is null)
        {
            Wrong(SealedNames.Manifest, "its events make no dossier");
            return;
        }

        if (
            made.Id != manifest.Dossier
            || made.Name != manifest.Name
            || made.Purpose != manifest.Purpose
            || made.Organisation != manifest.Organisation
            || made.DisruptionId != manifest.DisruptionId
            || made.Response != manifest.Response
            || made.Marking != manifest.Marking
        )
        {
            Wrong(SealedNames.Manifest, "it says otherwise of the dossier than the signed events");
        }

        Equal(made.Items, manifest.Items, "the items");
        Equal(
            manifest.Items.Select(item => new ItemFacts(item.Id, EvidenceFactsFromItem.Of(item))),
            manifest.Evidence,
            "the facts on the items"
        );
        Equal(
            FactsFromDossiers.FactsSupported([made]),
            manifest.Facts,
            "the facts that the items support"
        );
    }

    private void Equal<T>(IEnumerable<T> made, IEnumerable<T> said, string what)
    {
        if (
            !CanonicalJson
                .Of(made.ToArray())
                .AsSpan()
                .SequenceEqual(CanonicalJson.Of(said.ToArray()))
        )
        {
            Wrong(SealedNames.Manifest, $"{what} are not those that the signed events make");
        }
    }

    /// <summary>Of every hash of an item either the octets are here, or the reason why they are not.</summary>
    private void Octets(DossierManifest manifest, DossierItem item)
    {
        foreach (
            (string sha256, string? sha512) in item
                .Redactions.Select(copy => (copy.Sha256, (string?)copy.Sha512))
                .Prepend((item.Sha256, item.Sha512))
        )
        {
            string path = SealedNames.OctetsOf(sha256);
            SealedFile? file = manifest.Files.FirstOrDefault(one => one.Path == path);
            bool isWithheld = manifest.Withheld.Any(one =>
                one.Item == item.Id && one.Sha256 == sha256
            );
            if (file is null && !isWithheld)
            {
                Wrong(path, $"octets of {item.Id} are missing, and nothing says why");
            }
            else if (file is not null && (file.Sha256 != sha256 || file.Sha512 != sha512))
            {
                Wrong(path, $"they are not those of {item.Id}");
            }
        }
    }

    private void Wrong(string file, string detail)
    {
        if (_faults.Count < FaultsMax)
        {
            _faults.Add(new SealedFault(file, detail));
        }
    }
}
