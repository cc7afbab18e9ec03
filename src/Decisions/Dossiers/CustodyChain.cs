using System.Security.Cryptography;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>What was done to an item, as the Berkeley Protocol has it recorded.</summary>
public enum CustodyAction
{
    Collected,
    Transferred,
    Verified,
    Copied,
    Redacted,
    Sealed,
    Withdrawn,
}

/// <summary>Who has an item in custody: a role of an organisation, never a person.</summary>
public sealed record Holder(string Organisation, Role Role);

/// <summary>
/// One link of the chain of custody. Its signature is that of the ledger's event which carries it: the node signs the envelope, and
/// the envelope binds these octets.
/// </summary>
/// <param name="By">Pseudonym; <c>time</c> and <c>operator</c> are no persons.</param>
/// <param name="Sha256">Of the item's octets that the link is about: of a redaction, of the redacted copy.</param>
/// <param name="From">Who gave it up; null for everything but a transfer.</param>
/// <param name="HashBefore">What <see cref="HashAfter"/> of the link before was; of the first, <see cref="CustodyChain.Start"/>.</param>
/// <param name="HashAfter">SHA-256 of the canonical JSON of this link without this member.</param>
public sealed record CustodyEvent(
    Instant At,
    string By,
    string? Organisation,
    CustodyAction Action,
    string Reason,
    string Sha256,
    Holder? From,
    Holder? To,
    string HashBefore,
    string HashAfter
);

/// <summary>Links of custody, each bound to all before it and the first to the item as it was taken in.</summary>
public static class CustodyChain
{
    /// <summary>
    /// Binds where the item comes from and what it is: altered provenance breaks the chain at its first link. Size and SHA-512 are
    /// left out, because of octets held elsewhere they become known later; SHA-256 binds the octets.
    /// </summary>
    public static string Start(DossierItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Hash(
            new
            {
                item.Id,
                item.Name,
                item.MediaType,
                item.Sha256,
                item.Url,
                item.Contributor,
                item.Capture,
                item.C2paSha256,
            }
        );
    }

    /// <summary>The next link.</summary>
    public static CustodyEvent Next(
        DossierItem item,
        Instant at,
        Participant by,
        CustodyAction action,
        string reason,
        string? sha256 = null,
        Holder? from = null,
        Holder? to = null
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        return Next(item, at, by.Person, by.Organisation, action, reason, sha256, from, to);
    }

    /// <param name="organisation">Null for what the node's operator does.</param>
    public static CustodyEvent Next(
        DossierItem item,
        Instant at,
        string by,
        string? organisation,
        CustodyAction action,
        string reason,
        string? sha256 = null,
        Holder? from = null,
        Holder? to = null
    )
    {
        ArgumentNullException.ThrowIfNull(item);
        var link = new CustodyEvent(
            at,
            by,
            organisation,
            action,
            reason,
            sha256 ?? item.Sha256,
            from,
            to,
            item.Custody.Count == 0 ? Start(item) : item.Custody[^1].HashAfter,
            ""
        );
        return link with { HashAfter = HashAfter(link) };
    }

    /// <summary>The first link, counted from 0, that does not follow from the one before it; null when the chain holds.</summary>
    public static int? BrokenAt(DossierItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        string before = Start(item);
        for (int at = 0; at < item.Custody.Count; at++)
        {
            CustodyEvent link = item.Custody[at];
            if (
                link.HashBefore != before
                || link.HashAfter != HashAfter(link)
                || (link.Action == CustodyAction.Collected) != (at == 0)
                || (at > 0 && link.At < item.Custody[at - 1].At)
            )
            {
                return at;
            }

            before = link.HashAfter;
        }

        return item.Custody.Count == 0 ? 0 : null;
    }

    private static string HashAfter(CustodyEvent link) =>
        Hash(
            new
            {
                link.At,
                link.By,
                link.Organisation,
                link.Action,
                link.Reason,
                link.Sha256,
                link.From,
                link.To,
                link.HashBefore,
            }
        );

    private static string Hash(object what) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(what)));
}
