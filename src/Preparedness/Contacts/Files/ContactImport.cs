using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Files;

public enum TakenIn
{
    Added,
    Changed,
    Same,
}

/// <param name="Events">What happens to the contact point; empty when it is the same.</param>
public sealed record ImportedContact(
    int Line,
    string Id,
    TakenIn Imported,
    IReadOnlyList<ContactEvent> Events
);

/// <summary>
/// What a file changes in a directory. A file that is imported again changes nothing, and what it does not name stays as it is.
/// </summary>
public static class ContactImport
{
    /// <param name="known">By id.</param>
    public static (IReadOnlyList<ImportedContact> Contacts, IReadOnlyList<InputFault> Faults) Plan(
        string file,
        IReadOnlyList<ContactRow> rows,
        IReadOnlyDictionary<string, Contact> known,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(known);
        var contacts = new List<ImportedContact>(rows.Count);
        var faults = new List<InputFault>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ContactRow row in rows)
        {
            ContactSaid said = row.Said;
            // An id that is known here means that contact, also under another role; any other is that of another directory.
            string? id =
                said.Id is { } stated && known.ContainsKey(stated)
                    ? stated
                    : ContactForm.IdOf(said.Entry.Name, said.Entry.Role);
            if (id is not null && !seen.TryAdd(id, row.Line))
            {
                faults.Add(
                    new InputFault(
                        file,
                        $"line {row.Line}",
                        $"it is the contact point of line {seen[id]} again",
                        "Keep one of the two, or tell them apart by their roles"
                    )
                );
                continue;
            }

            Contact? before = id is null ? null : known.GetValueOrDefault(id);
            Decided<ContactEvent> decided = before is null
                ? AddContact.Decide(
                    null,
                    new AddContact(said.Entry, said.Reach, said.Marking),
                    by,
                    now
                )
                : ChangeContact.Decide(
                    before,
                    new ChangeContact(said.Entry, InOrder(said.Reach, before), said.Marking),
                    by,
                    now
                );
            if (decided.Refusal is { } no)
            {
                faults.Add(ContactCsv.Told(file, row.Line, no));
                continue;
            }

            contacts.Add(
                new ImportedContact(
                    row.Line,
                    id!,
                    before is null ? TakenIn.Added
                        : decided.Events.Count > 0 ? TakenIn.Changed
                        : TakenIn.Same,
                    decided.Events
                )
            );
        }

        return (contacts, faults);
    }

    /// <summary>A file keeps no order between ways in of different kinds; where they are the same, they stay in theirs.</summary>
    private static ContactReach InOrder(ContactReach said, Contact before) =>
        ContactForm.Plain(said).Channels.ToHashSet().SetEquals(before.Reach!.Channels)
            ? said with
            {
                Channels = before.Reach.Channels,
            }
            : said;
}
