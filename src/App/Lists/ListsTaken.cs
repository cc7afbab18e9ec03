using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Lists;

/// <param name="IsNew">False for a list that was on record with these octets.</param>
internal sealed record ListTaken(ImportedList List, bool IsNew);

/// <summary>Takes a list in: its octets first, so that nothing on record names octets that are not here.</summary>
internal static class ListsTaken
{
    /// <param name="commit">How it is made durable.</param>
    /// <returns>Null, without a refusal, when somebody took the same list at the same moment.</returns>
    public static async Task<(ListTaken? Taken, Refusal? Refusal)> Keep(
        IRecords records,
        ImportList asked,
        SourceFile file,
        Participant by,
        Instant now,
        Func<Workspace, Task<AppendOutcome>> commit
    )
    {
        var work = new Workspace(records);
        if (asked.Id is not { } id)
        {
            return (null, ImportList.Decide(null, asked, by, now).Refusal);
        }

        Loaded<ImportedList> at = await work.Load<ImportedList, ImportedListEvent>(id)
            .ConfigureAwait(false);
        if (at.State is { } before)
        {
            return (new ListTaken(before, IsNew: false), null);
        }

        Decided<ImportedListEvent> decided = ImportList.Decide(null, asked, by, now);
        if (decided.Refusal is { } no)
        {
            return (null, no);
        }

        await records.Keep(file.Content).ConfigureAwait(false);
        at = work.Stage(at, decided.Events, by.Person);
        await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
        return await commit(work).ConfigureAwait(false) is Appended
            ? (new ListTaken(at.State!, IsNew: true), null)
            : (null, null);
    }
}
