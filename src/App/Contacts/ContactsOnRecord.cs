using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Contacts;

/// <summary>
/// The directory as one reader may see it. The guard judges each contact point, and its ways in once more, before anything of
/// it is read.
/// </summary>
internal static class ContactsOnRecord
{
    /// <summary>The kind, as the store knows it.</summary>
    public static string Kind { get; } = KindName.Of<Contact, ContactEvent>();

    /// <summary>As many as an import takes; whoever has more is told that not all were looked at.</summary>
    public const int Most = 100_000;

    /// <summary>As many as one page looks at: anybody may ask for it as often as they like.</summary>
    public const int PageMost = 10_000;

    /// <returns>Ways in are null where they are not for this reader.</returns>
    public static async Task<(IReadOnlyList<Contact> Contacts, bool IsWhole)> Of(
        IRecords records,
        Reader reader,
        Instant now,
        int most = Most
    )
    {
        (IReadOnlyList<Document> documents, bool isWhole) = await records
            .FirstOf(Kind, most)
            .ConfigureAwait(false);
        return (
            [.. documents.Select(document => Seen(document, reader, now)).OfType<Contact>()],
            isWhole
        );
    }

    /// <summary>All of them, whole, for the node itself; by id.</summary>
    public static async Task<Dictionary<string, Contact>> All(IRecords records) =>
        (await records.AllOf(Kind).ConfigureAwait(false))
            .Select(document => SubjectKind<Contact, ContactEvent>.Read(document.Body))
            .ToDictionary(contact => contact.Id, StringComparer.Ordinal);

    private static Contact? Seen(Document document, Reader reader, Instant now) =>
        Representation.Seen(document, reader, now) is { } state
            ? state.Deserialize<Contact>(Json.Compact)
            : null;
}
