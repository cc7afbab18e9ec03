using Breakwater.Feeds;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.App.Verbs.Verifying;

/// <summary>Follows the chain from a document to a public key, without a store and without a network.</summary>
internal static class ProofOutput
{
    public static int Check(
        Printing print,
        string proofFile,
        string? documentFile,
        Verifier key,
        bool isJson
    )
    {
        if (
            !TlogProof.TryParse(
                PublicKey.Text(proofFile, TlogProof.LengthMax),
                out TlogProof? proof
            )
        )
        {
            throw new Fault(
                ExitCode.Usage,
                $"{Path.GetFileName(proofFile)}: not a proof of the form c2sp.org/tlog-proof@v1. Name a .tlog-proof file"
            );
        }

        byte[]? document = documentFile is null
            ? null
            : PublicKey.Octets(documentFile, Files.MaxBytes);
        ProofChecked found = ProofCheck.Of(
            proof,
            key,
            document is null ? (ReadOnlyMemory<byte>?)null : document
        );
        if (isJson)
        {
            print.Json(
                new
                {
                    holds = found.Holds,
                    key = key.ToString(),
                    findings = found.Findings,
                    proved = found.Envelope is { } envelope
                        ? new
                        {
                            envelope.Subject,
                            envelope.Type,
                            envelope.Sequence,
                            recordedAt = envelope.Clock.Wall,
                        }
                        : null,
                }
            );
        }
        else
        {
            foreach (ProofFinding finding in found.Findings)
            {
                print.Line(
                    $"{Words(finding.Finding), -8} {Sentence(finding.Link)}: {finding.Detail}"
                );
            }

            print.Line(found.Holds ? $"the proof holds for {key.Name}" : "the proof does not hold");
        }

        return found.Holds ? ExitCode.Done : ExitCode.DoesNotHold;
    }

    private static string Words(Finding finding) =>
        finding switch
        {
            Finding.Holds => "holds",
            Finding.Fails => "FAILS",
            _ => "not seen",
        };

    private static string Sentence(ProofLink link) =>
        link switch
        {
            ProofLink.CheckpointSigned => "the checkpoint is signed by the key",
            ProofLink.EntryIncluded => "the entry is in the ledger",
            ProofLink.EventSigned => "the node signed the event",
            ProofLink.PayloadBound => "the payload is the event's",
            ProofLink.DocumentNamed => "the document is named by the event",
            _ => $"{link}",
        };
}
