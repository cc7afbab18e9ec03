using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Lists;

/// <summary>Takes a list of another initiative in.</summary>
internal static class ListsTaken
{
    /// <param name="commit">How it is made durable.</param>
    /// <returns>Null, without a refusal, when somebody took the same list at the same moment.</returns>
    public static async Task<(FileTaken<ImportedList>? Taken, Refusal? Refusal)> Keep(
        IRecords records,
        ImportList asked,
        SourceFile file,
        Participant by,
        Instant now,
        Func<Workspace, Task<AppendOutcome>> commit
    )
    {
        Decided<ImportedListEvent> Decide() => ImportList.Decide(null, asked, by, now);
        return asked.Id is { } id
            ? await FileTaken
                .Of<ImportedList, ImportedListEvent>(records, id, file, Decide, by, now, commit)
                .ConfigureAwait(false)
            : (null, Decide().Refusal);
    }
}
