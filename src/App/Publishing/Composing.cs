using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.App.Publishing.Forms;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Publications.Releases;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing;

/// <summary>
/// From what is on record to a draft, in each language and for the public: the form composes it, and its octets are kept.
/// </summary>
internal static class Composing
{
    /// <summary>Composes and keeps the octets; nothing is recorded.</summary>
    /// <param name="of">What it is of, as a subject: <c>kind/id</c>.</param>
    /// <param name="replaced">The publication that this one corrects; null for none.</param>
    public static async Task<(Composed? Composed, Refusal? Refusal)> Compose(
        Act act,
        PublicationForm form,
        string of,
        PublicationFile? replaced,
        string? correction
    )
    {
        (ComposedForm? composed, Refusal? refusal) = await AllForms
            .Compose(act, form, of, replaced, correction)
            .ConfigureAwait(false);
        if (composed is null)
        {
            return (null, refusal);
        }

        if (
            composed.Files.FirstOrDefault(file =>
                file.MediaType == CapXml.MediaType && file.Octets.Length > CapXml.OctetsMax
            ) is
            { } large
        )
        {
            return (
                null,
                Refusal.TooMuch(
                    $"the alert has {large.Octets.Length} octets, and networks drop those over {CapXml.OctetsMax}; publish a situation report instead"
                )
            );
        }

        return (await Keep(act, composed).ConfigureAwait(false), null);
    }

    private static async Task<Composed> Keep(Act act, ComposedForm composed)
    {
        IRecords records = act.Work.Records;
        var documents = new List<PublicationDocument>();
        foreach (Publication publication in composed.Publications)
        {
            documents.Add(
                new PublicationDocument(
                    publication.Language,
                    publication.Title,
                    publication.Id,
                    await records
                        .Keep(Encoding.UTF8.GetBytes(publication.Html))
                        .ConfigureAwait(false),
                    await records.Keep(CanonicalJson.Of(publication)).ConfigureAwait(false)
                )
            );
        }

        var attached = new List<PublicationAttachment>();
        foreach (ReleasedFile file in composed.Files)
        {
            attached.Add(
                new PublicationAttachment(
                    file.Name,
                    file.MediaType,
                    await records.Keep(file.Octets).ConfigureAwait(false)
                )
            );
        }

        return new Composed(act.Now, documents, attached);
    }

    /// <summary>What was composed, read again from the octets that are kept; null when they are not what their hashes say.</summary>
    public static async Task<IReadOnlyList<Publication>?> Kept(
        IRecords records,
        PublicationFile draft
    )
    {
        foreach (PublicationAttachment file in draft.Files ?? [])
        {
            if (await Octets(records, file.Sha256).ConfigureAwait(false) is null)
            {
                return null;
            }
        }

        var read = new List<Publication>();
        foreach (PublicationDocument document in draft.Documents)
        {
            if (
                await Octets(records, document.Html).ConfigureAwait(false) is not { } html
                || await Octets(records, document.Record).ConfigureAwait(false) is not { } record
                || JsonSerializer.Deserialize<Publication>(record, Json.Compact)
                    is not { } publication
            )
            {
                return null;
            }

            read.Add(publication with { Html = Encoding.UTF8.GetString(html) });
        }

        return read;
    }

    /// <summary>The octets, when they are what their hash says.</summary>
    public static async Task<byte[]?> Octets(IRecords records, string sha256) =>
        await records.Evidence(sha256).ConfigureAwait(false) is { } octets
        && Convert.ToHexStringLower(SHA256.HashData(octets)) == sha256
            ? octets
            : null;
}
