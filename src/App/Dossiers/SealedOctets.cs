using System.Security.Cryptography;
using Breakwater.Decisions.Dossiers;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Dossiers;

/// <summary>Which items an audience sees, which octets go along, and why the others stay.</summary>
/// <param name="Items">Those that the audience may see.</param>
/// <param name="Going">Hashes of the octets that may go, by the id of their item.</param>
internal sealed record Selection(
    IReadOnlyList<DossierItem> Items,
    IReadOnlyList<(string Item, string Sha256, string? Sha512)> Going,
    IReadOnlyList<WithheldOctets> Withheld
)
{
    /// <param name="redactedOnly">Where an item has a redacted copy, that one goes and the item itself stays.</param>
    public static Selection Of(Dossier dossier, Reader audience, Instant now, bool redactedOnly)
    {
        var items = new List<DossierItem>();
        var going = new List<(string, string, string?)>();
        var withheld = new List<WithheldOctets>();
        foreach (DossierItem item in dossier.Items)
        {
            if (!Guard.May(audience, item.Marking, now))
            {
                withheld.Add(new(item.Id, null, null, "marked for others than this audience"));
                continue;
            }

            items.Add(item);
            string? stays = WhyNot(item);
            string? originalStays =
                stays
                ?? (
                    redactedOnly && item.Redactions.Count > 0 ? "a redacted copy goes in its place"
                    : item.Octets != OctetsState.Hold ? "its octets are not on this node"
                    : null
                );
            Sort(item.Id, item.Sha256, item.Sha512, originalStays);
            foreach (Redaction copy in item.Redactions)
            {
                Sort(item.Id, copy.Sha256, copy.Sha512, stays);
            }
        }

        return new Selection(items, going, withheld);

        void Sort(string item, string sha256, string? sha512, string? why)
        {
            if (why is null)
            {
                going.Add((item, sha256, sha512));
            }
            else
            {
                withheld.Add(new(item, sha256, sha512, why));
            }
        }
    }

    /// <summary>Silence is not consent and not assessed is not safe: octets go where somebody has said both, and nowhere else.</summary>
    private static string? WhyNot(DossierItem item) =>
        item.Withdrawn is not null ? "the item is withdrawn"
        : item.Consent == ItemConsent.Refused ? "consent is refused"
        : item.Consent == ItemConsent.Unknown ? "no consent is on record; silence is not consent"
        : item.Risk == SafetyRisk.NotAssessed
            ? "nobody has assessed whom its release could endanger; not assessed is not safe"
        : item.Risk == SafetyRisk.High
            ? "its safety assessment says that its release could endanger people"
        : null;
}

/// <summary>Reads octets that shall leave, and looks at both hashes once more before they do.</summary>
internal static class SealedOctets
{
    /// <summary>Null when the store does not hold what the record says.</summary>
    public static async Task<byte[]?> Read(IRecords records, string sha256, string? sha512) =>
        await records.Evidence(sha256).ConfigureAwait(false) is { } octets
        && Sha256(octets) == sha256
        && Sha512(octets) == sha512
            ? octets
            : null;

    public static SealedFile Describe(string path, ReadOnlySpan<byte> octets) =>
        new(path, octets.Length, Sha256(octets), Sha512(octets));

    private static string Sha256(ReadOnlySpan<byte> octets) =>
        Convert.ToHexStringLower(SHA256.HashData(octets));

    private static string Sha512(ReadOnlySpan<byte> octets) =>
        Convert.ToHexStringLower(SHA512.HashData(octets));
}
