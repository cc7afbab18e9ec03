using Breakwater.App.Subjects;
using Breakwater.Preparedness.Resilience;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Resilience;

/// <summary>Takes a file of values of indicators in.</summary>
internal static class ValuesTaken
{
    /// <param name="commit">How it is made durable.</param>
    /// <returns>Null, without a refusal, when somebody took the same file at the same moment.</returns>
    public static Task<(FileTaken<IndicatorFile>? Taken, Refusal? Refusal)> Keep(
        IRecords records,
        SourceFile file,
        ValuesRead read,
        Marking marking,
        Participant by,
        Instant now,
        Func<Workspace, Task<AppendOutcome>> commit
    )
    {
        var asked = new TakeIndicatorFile(
            IndicatorFile.IdOf(file.Sha256, marking),
            file.Sha256,
            file.Name,
            marking
        )
        {
            Read = read,
        };
        return FileTaken.Of<IndicatorFile, IndicatorFileEvent>(
            records,
            asked.Id,
            file,
            () => TakeIndicatorFile.Decide(null, asked, by, now),
            by,
            now,
            commit
        );
    }
}
