namespace Breakwater.Decisions.Dossiers;

/// <summary>One fact of the rule PROC-EVIDENCE on one item, with what it was read from.</summary>
public sealed record EvidenceFact(string Fact, FactValue Value, string Reason);

/// <summary>Reads the three facts of the rule PROC-EVIDENCE from the record of an item, and from nothing else.</summary>
public static class EvidenceFactsFromItem
{
    public const string Provenance = "ev.provenance";
    public const string Integrity = "ev.integrity";
    public const string ChainOfCustody = "ev.chain_of_custody";

    public static IReadOnlyList<EvidenceFact> Of(DossierItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Withdrawn is { } withdrawn)
        {
            string gone = $"the item is withdrawn: {withdrawn.Reason}";
            return
            [
                new(Provenance, FactValue.Unknown, gone),
                new(Integrity, FactValue.Unknown, gone),
                new(ChainOfCustody, FactValue.Unknown, gone),
            ];
        }

        return [OfProvenance(item), OfIntegrity(item), OfCustody(item)];
    }

    private static EvidenceFact OfProvenance(DossierItem item)
    {
        if (Refuted(item, Analysis.Source, Provenance, "the source") is { } said)
        {
            return said;
        }

        string[] missing =
        [
            .. item.Url is null && item.Contributor is null ? (string[])["its source"] : [],
            .. item.Capture.At is null ? (string[])["when it was taken"] : [],
            .. item.Capture.Method is null ? (string[])["how it was taken"] : [],
            .. item.Capture.Operator is null ? (string[])["who took it"] : [],
        ];
        return missing.Length > 0
            ? new(Provenance, FactValue.Unknown, $"not on record: {string.Join(", ", missing)}")
            : new(
                Provenance,
                FactValue.True,
                "source, time, method and operator of the capture are on record"
            );
    }

    private static EvidenceFact OfIntegrity(DossierItem item) =>
        item.Octets switch
        {
            OctetsState.Elsewhere => new(
                Integrity,
                FactValue.Unknown,
                "its octets are held elsewhere and were not seen here"
            ),
            OctetsState.Lost => new(
                Integrity,
                FactValue.Unknown,
                "its octets were here and are not any more"
            ),
            OctetsState.Differ => new(
                Integrity,
                FactValue.False,
                "the octets that are here do not have both of its hashes"
            ),
            _ => Refuted(item, Analysis.Technical, Integrity, "that it is unaltered")
                ?? new(
                    Integrity,
                    FactValue.True,
                    "SHA-256 and SHA-512 of the octets were computed here and are those on record"
                ),
        };

    private static EvidenceFact OfCustody(DossierItem item) =>
        CustodyChain.BrokenAt(item) is { } at
            ? new(
                ChainOfCustody,
                FactValue.False,
                $"step {at + 1} of custody does not follow from the one before it"
            )
        : item.Octets != OctetsState.Hold
            ? new(
                ChainOfCustody,
                FactValue.Unknown,
                "the steps on record hold, and the octets that they are about are not here"
            )
        : new(
            ChainOfCustody,
            FactValue.True,
            item.Offered is null
                ? $"{item.Custody.Count} steps, each bound to the one before it"
                : $"{item.Custody.Count} steps, each bound to the one before it; custody is offered and stays where it is until it is accepted"
        );

    /// <summary>Null where no assessor refutes it. Assessors who contradict each other leave it unknown, and both stay.</summary>
    private static EvidenceFact? Refuted(
        DossierItem item,
        Analysis analysis,
        string fact,
        string what
    )
    {
        Verification[] all = [.. item.Verifications.Where(one => one.Analysis == analysis)];
        return !all.Any(one => one.Result == VerificationResult.Refutes) ? null
            : all.Any(one => one.Result == VerificationResult.Supports)
                ? new(fact, FactValue.Unknown, $"assessors contradict each other on {what}")
            : new(fact, FactValue.False, $"an assessor refutes {what}, and none supports it");
    }
}
