using System.Text;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger;
using Breakwater.Publications.Alerts;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing;

/// <summary>Puts the files of a publication on record as the public gets them: an alert with the node's signature on it.</summary>
internal static class Filing
{
    public static async Task<IReadOnlyList<Draft>> Released(
        Act act,
        PublicationFile file,
        Marking marking
    )
    {
        IRecords records = act.Work.Records;
        var drafts = new List<Draft>();
        foreach (PublicationAttachment each in file.Files ?? [])
        {
            byte[] octets = (await Composing.Octets(records, each.Sha256).ConfigureAwait(false))!;
            bool isAlert = each.MediaType == CapXml.MediaType;
            if (isAlert)
            {
                drafts.AddRange(await Key(records).ConfigureAwait(false));
                octets = AlertSignature.Sign(records, octets);
            }

            drafts.Add(
                Recording.Of(
                    new PublishedFile(
                        file.Documents[0].Publication,
                        file.Id,
                        Checks.Word(file.Form),
                        each.Name,
                        each.MediaType,
                        isAlert ? await records.Keep(octets).ConfigureAwait(false) : each.Sha256,
                        act.Now,
                        Titles(file)
                    ),
                    marking
                )
            );
        }

        return drafts;
    }

    /// <summary>Who got an alert is told by another one that it no longer holds; that one stays.</summary>
    public static async Task<IReadOnlyList<Draft>> Withdrawn(
        Act act,
        PublicationFile file,
        string reason
    )
    {
        IRecords records = act.Work.Records;
        if (
            await Alerting.Cancel(records, file, reason, act.Now).ConfigureAwait(false)
            is not { } cancel
        )
        {
            return [];
        }

        return
        [
            Recording.Of(
                new PublishedFile(
                    null,
                    file.Id,
                    Checks.Word(file.Form),
                    Alerting.CancelFile,
                    CapXml.MediaType,
                    await records.Keep(AlertSignature.Sign(records, cancel)).ConfigureAwait(false),
                    act.Now,
                    Titles(file)
                ),
                Marking.Public
            ),
        ];
    }

    private static Dictionary<string, string> Titles(PublicationFile file) =>
        file.Documents.ToDictionary(
            document => document.Language,
            document => document.Title,
            StringComparer.Ordinal
        );

    /// <summary>Once for each key: whoever trusts the node's key finds here that this one is its own too.</summary>
    private static async Task<IReadOnlyList<Draft>> Key(IRecords records)
    {
        string pem = AlertSignature.PublicKey(records);
        string name = AlertSignature.NameOf(pem);
        return await records.Product(AlertKey.IdOf(name)).ConfigureAwait(false) is not null
            ? []
            :
            [
                Recording.Of(
                    new AlertKey(records.Node.Name, "ECDSA P-256, SHA-256", name, pem),
                    await records.Keep(Encoding.ASCII.GetBytes(pem)).ConfigureAwait(false)
                ),
            ];
    }
}
