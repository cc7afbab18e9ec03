using System.Text;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Files;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Contacts;

/// <summary>A list of contact points into the directory: read, and made durable some at a time.</summary>
internal static class ContactsTaken
{
    /// <summary>Contact points of one commit; what a large import has done before it is ended stays done.</summary>
    private const int AtOnce = 500;

    /// <param name="usual">Class of stakeholder of vCards that say none; null: each must say it.</param>
    public static ContactsRead Read(SourceFile file, StakeholderClass? usual) =>
        IsVCard(file)
            ? VCardReading.Read(
                file,
                usual is { } said
                    ? new Dictionary<string, string> { ["class"] = Checks.Word(said) }
                    : null
            )
            : ContactCsv.Read(file);

    /// <returns>How many were made durable, and whether that is all: somebody else may have changed one at the same moment.</returns>
    public static async Task<(int Kept, bool AreAll)> Keep(
        IRecords records,
        IReadOnlyList<ImportedContact> contacts,
        string author,
        Instant now,
        Func<Workspace, Task<AppendOutcome>> commit,
        Action<int>? progress = null
    )
    {
        int kept = 0;
        foreach (
            ImportedContact[] some in contacts.Where(one => one.Events.Count > 0).Chunk(AtOnce)
        )
        {
            var work = new Workspace(records);
            foreach (ImportedContact one in some)
            {
                work.Stage(
                    await work.Load<Contact, ContactEvent>(one.Id).ConfigureAwait(false),
                    one.Events,
                    author
                );
            }

            await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
            if (await commit(work).ConfigureAwait(false) is not Appended)
            {
                return (kept, false);
            }

            kept += some.Length;
            progress?.Invoke(kept);
        }

        return (kept, true);
    }

    private static bool IsVCard(SourceFile file) =>
        Encoding
            .UTF8.GetString(file.Content.Span[..Math.Min(file.Content.Length, 1_000)])
            .TrimStart('\uFEFF', ' ', '\r', '\n')
            .StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);
}
