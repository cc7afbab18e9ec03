using System.Text.Json;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>A node that a publication was written out for.</summary>
/// <param name="ReachedAt">When its retraction arrived there, by a receipt that came back; null while there is none.</param>
internal sealed record Recipient(string Node, Instant SentAt, Instant? ReachedAt)
{
    public string Standing => ReachedAt is null ? "unconfirmed" : "reached";
}

/// <summary>
/// Whom a publication went to, and what is known of its retraction there. That a bundle was made is no proof that it arrived, so
/// nothing counts as reached without a receipt (INV-14).
/// </summary>
internal static class Recipients
{
    public static async Task<IReadOnlyList<Recipient>> Of(
        IRecords records,
        string publication,
        CancellationToken cancel
    )
    {
        var recipients = new List<Recipient>();
        foreach (
            string node in (
                await Peers.Of(records, cancel, isEver: true).ConfigureAwait(false)
            ).Keys
        )
        {
            if (
                await SentAt(records, node, $"{PublicationFile.Kind}/{publication}", cancel)
                    .ConfigureAwait(false) is
                { } sent
            )
            {
                recipients.Add(
                    new Recipient(
                        node,
                        sent,
                        (await Receipt(records, publication, node).ConfigureAwait(false))?.At
                    )
                );
            }
        }

        return recipients;
    }

    /// <summary>
    /// What goes with every bundle for a peer, whatever else is in it: retractions of what it got and has not confirmed, and receipts
    /// of this node that it has not got.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Owed(
        IRecords records,
        string node,
        CancellationToken cancel
    )
    {
        var owed = new List<string>();
        HashSet<string> sent = await Sent(records, node, cancel).ConfigureAwait(false);
        foreach (
            Document document in await records.AllOf(PublicationFile.Kind).ConfigureAwait(false)
        )
        {
            PublicationFile file = SubjectKind<PublicationFile, PublicationEvent>.Read(
                document.Body
            );
            if (
                file.State == PublicationState.Withdrawn
                && sent.Contains(document.Subject)
                && await Receipt(records, file.Id, node).ConfigureAwait(false) is null
            )
            {
                owed.Add(document.Subject);
            }
        }

        foreach (
            Document document in await records.AllOf(RetractionReceipt.Kind).ConfigureAwait(false)
        )
        {
            if (
                SubjectKind<RetractionReceipt, ReceiptEvent>.Read(document.Body).Node
                    == records.Node.Name
                && !sent.Contains(document.Subject)
            )
            {
                owed.Add(document.Subject);
            }
        }

        return owed;
    }

    /// <summary>A retraction that came from elsewhere is answered; one that began here is not.</summary>
    public static async Task OfRetraction(
        Workspace work,
        PublicationFile file,
        PublicationEvent happened,
        Instant now
    )
    {
        if (
            happened is PublicationWithdrawn
            && work.Carried.Contains($"{PublicationFile.Kind}/{file.Id}")
        )
        {
            string node = work.Records.Node.Name;
            Loaded<RetractionReceipt> at = await work.Load<RetractionReceipt, ReceiptEvent>(
                    RetractionReceipt.IdOf(file.Id, node)
                )
                .ConfigureAwait(false);
            work.Stage(
                at,
                RetractionReceipt.Decide(at.State, file, node, now).Events,
                Workspace.Clock
            );
        }
    }

    private static async Task<RetractionReceipt?> Receipt(
        IRecords records,
        string publication,
        string node
    ) =>
        await records
            .Document($"{RetractionReceipt.Kind}/{RetractionReceipt.IdOf(publication, node)}")
            .ConfigureAwait(false)
            is { } document
            ? SubjectKind<RetractionReceipt, ReceiptEvent>.Read(document.Body)
            : null;

    private static async Task<HashSet<string>> Sent(
        IRecords records,
        string node,
        CancellationToken cancel
    )
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        await foreach ((BundleMade made, _) in Bundles(records, node, cancel).ConfigureAwait(false))
        {
            sent.UnionWith(made.Subjects);
        }

        return sent;
    }

    private static async Task<Instant?> SentAt(
        IRecords records,
        string node,
        string subject,
        CancellationToken cancel
    )
    {
        await foreach (
            (BundleMade made, Instant at) in Bundles(records, node, cancel).ConfigureAwait(false)
        )
        {
            if (made.Subjects.Contains(subject))
            {
                return at;
            }
        }

        return null;
    }

    private static async IAsyncEnumerable<(BundleMade Made, Instant At)> Bundles(
        IRecords records,
        string node,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            Event entry in records.EventsOf($"bundles/{node}", cancel: cancel).ConfigureAwait(false)
        )
        {
            if (
                entry.Envelope.Type == nameof(BundleMade)
                && entry.PayloadJson.Deserialize<BundleMade>(Json.Compact) is { } made
            )
            {
                yield return (
                    made,
                    Instant.FromUnixTimeMilliseconds(entry.Envelope.Clock.Milliseconds)
                );
            }
        }
    }
}
