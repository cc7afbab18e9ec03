using System.Text;
using Breakwater.App.Publishing;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger.Exchange;
using Breakwater.Publications;
using Breakwater.Records;

namespace Breakwater.App.Exchange;

/// <summary>
/// The files of released publications, which go with their events so that a peer can show them. They are believed by their hash, which
/// the signed events name, and are gone again when the publication is taken back.
/// </summary>
internal static class CarriedFiles
{
    /// <summary>Hashes of what everybody may read of a publication now; none of a draft, under an embargo, or once it is withdrawn.</summary>
    public static IReadOnlyList<string> Of(PublicationFile file) =>
        file.State == PublicationState.Released
        && ReleaseCheck.Allows(file.Marking, Publications.Audience.Public)
            ? Named(file)
            : [];

    /// <summary>Those that go with a bundle, and how many stay because they are larger than it takes.</summary>
    /// <param name="room">Octets that are left in it.</param>
    public static async Task<(IReadOnlyList<CarriedOctets> Files, int TooLarge)> For(
        IRecords records,
        IEnumerable<string> subjects,
        long room
    )
    {
        var files = new List<CarriedOctets>();
        int tooLarge = 0;
        foreach (string sha256 in await NamedBy(records, subjects).ConfigureAwait(false))
        {
            if (await Composing.Octets(records, sha256).ConfigureAwait(false) is not { } octets)
            {
                continue;
            }

            // Base64, and what stands around it on each line.
            long needs = (octets.Length * 3L / 2) + 1_000;
            if (octets.Length > Bundle.FileOctetsMax || needs > room)
            {
                tooLarge++;
                continue;
            }

            files.Add(new CarriedOctets(sha256, octets));
            room -= needs;
        }

        return (files, tooLarge);
    }

    /// <summary>Keeps those that a publication names which stands here and is for everybody.</summary>
    /// <returns>How many there are, and hashes that nothing names.</returns>
    public static async Task<(int Kept, IReadOnlyList<string> Strange)> Keep(
        IRecords records,
        IReadOnlyList<CarriedOctets> files,
        IEnumerable<string> subjects,
        CancellationToken cancel
    )
    {
        if (files.Count == 0)
        {
            return (0, []);
        }

        IReadOnlySet<string> named = await NamedBy(records, subjects).ConfigureAwait(false);
        var strange = new List<string>();
        int kept = 0;
        foreach (CarriedOctets file in files)
        {
            if (named.Contains(file.Sha256))
            {
                await records.Keep(file.Octets, cancel).ConfigureAwait(false);
                kept++;
            }
            else
            {
                strange.Add(file.Sha256);
            }
        }

        return (kept, strange);
    }

    /// <summary>
    /// Takes the octets of a withdrawn publication out of the store, but for those that something else on record names: what people
    /// here work with is not taken away under them.
    /// </summary>
    public static async Task Remove(
        IRecords records,
        PublicationFile withdrawn,
        CancellationToken cancel
    )
    {
        var gone = new HashSet<string>(Named(withdrawn), StringComparer.Ordinal);
        foreach (SubjectKind kind in Catalogue.Known.Kinds)
        {
            foreach (Document document in await records.AllOf(kind.Kind).ConfigureAwait(false))
            {
                if (
                    gone.Count > 0
                    && (
                        kind.Kind != PublicationFile.Kind
                        || SubjectKind<PublicationFile, PublicationEvent>.Read(document.Body).State
                            != PublicationState.Withdrawn
                    )
                    && document.Subject != $"{PublicationFile.Kind}/{withdrawn.Id}"
                )
                {
                    gone.RemoveWhere(sha256 =>
                        document.Body.Span.IndexOf(Encoding.ASCII.GetBytes(sha256)) >= 0
                    );
                }
            }
        }

        foreach (string sha256 in gone)
        {
            await records.Forget(sha256, cancel).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlySet<string>> NamedBy(
        IRecords records,
        IEnumerable<string> subjects
    )
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            string subject in subjects.Where(one =>
                one.StartsWith(PublicationFile.Kind + "/", StringComparison.Ordinal)
            )
        )
        {
            if (await records.Document(subject).ConfigureAwait(false) is { } document)
            {
                named.UnionWith(
                    Of(SubjectKind<PublicationFile, PublicationEvent>.Read(document.Body))
                );
            }
        }

        return named;
    }

    private static IReadOnlyList<string> Named(PublicationFile file) =>
        [
            .. file
                .Documents.Select(document => document.Html)
                .Concat((file.Files ?? []).Select(each => each.Sha256))
                .Distinct(StringComparer.Ordinal),
        ];
}
