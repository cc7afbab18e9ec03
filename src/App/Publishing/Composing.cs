using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Publishing;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Publications.Releases;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing;

/// <summary>
/// From what is on record about a response to its situation report, in each language and for the public: the same composition,
/// and the same release check, as for a walk.
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
        (IReadOnlyList<Publication>? publications, IReadOnlyList<ReleasedFile> files, Refusal? no) =
            ResponseForms.IsOfResponse(form)
                ? await OfResponse(act, form, of, replaced, correction).ConfigureAwait(false)
                : await OtherForms.Compose(act, form, of).ConfigureAwait(false);
        if (publications is null)
        {
            return (null, no);
        }

        if (
            files.FirstOrDefault(file =>
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

        return (await Keep(act, publications, files).ConfigureAwait(false), null);
    }

    private static async Task<(
        IReadOnlyList<Publication>? Publications,
        IReadOnlyList<ReleasedFile> Files,
        Refusal? Refusal
    )> OfResponse(
        Act act,
        PublicationForm form,
        string of,
        PublicationFile? replaced,
        string? correction
    )
    {
        string id = of[(of.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (
            (await act.Work.Load<Response, ResponseEvent>(id).ConfigureAwait(false)).State
            is not { } response
        )
        {
            return (null, [], Refusal.Invalid("there is no such response"));
        }

        (Walked? walked, Refusal? refusal) = await WalkOnRecord
            .Read(act, response)
            .ConfigureAwait(false);
        if (walked is null)
        {
            return (null, [], refusal);
        }

        IRecords records = act.Work.Records;
        var asked = new AlertAsked(records.Node.Name);
        if (form == PublicationForm.Alert)
        {
            (asked, walked, refusal) = await Alerting
                .Asked(records, response, walked, replaced)
                .ConfigureAwait(false);
            if (refusal is not null)
            {
                return (null, [], refusal);
            }
        }

        walked = walked with { Cite = new Citation(records.Node.Name, act.Licence) };
        return (
            [
                .. Texts
                    .Languages()
                    .Select(language =>
                        PublicationsFromWalk.Compose(
                            walked with
                            {
                                Corrects = Corrects(replaced, correction, language),
                            },
                            Audience.Public,
                            language,
                            form
                        )
                    ),
            ],
            ResponseForms.Files(
                walked with
                {
                    Corrects = Corrects(replaced, correction, "en"),
                },
                Audience.Public,
                form,
                asked
            ),
            null
        );
    }

    private static Corrected? Corrects(
        PublicationFile? replaced,
        string? correction,
        string language
    ) =>
        replaced
            ?.Documents.Where(document => document.Language == language)
            .Select(document => new Corrected(
                document.Publication,
                replaced.AsOf,
                correction ?? ""
            ))
            .FirstOrDefault();

    private static async Task<Composed> Keep(
        Act act,
        IReadOnlyList<Publication> publications,
        IReadOnlyList<ReleasedFile> files
    )
    {
        IRecords records = act.Work.Records;
        var documents = new List<PublicationDocument>();
        foreach (Publication publication in publications)
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
        foreach (ReleasedFile file in files)
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
