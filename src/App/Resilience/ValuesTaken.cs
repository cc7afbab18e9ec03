using Breakwater.App.Subjects;
using Breakwater.Preparedness.Resilience;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Resilience;

/// <param name="IsNew">False for a file that was on record with these octets and this marking.</param>
internal sealed record IndicatorFileKept(IndicatorFile File, bool IsNew);

/// <summary>Takes a file of values in: its octets first, so that nothing on record names octets that are not here.</summary>
internal static class ValuesTaken
{
    /// <param name="commit">How it is made durable.</param>
    /// <returns>Null, without a refusal, when somebody took the same file at the same moment.</returns>
    public static async Task<(IndicatorFileKept? Kept, Refusal? Refusal)> Keep(
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
        var work = new Workspace(records);
        Loaded<IndicatorFile> at = await work.Load<IndicatorFile, IndicatorFileEvent>(asked.Id)
            .ConfigureAwait(false);
        if (at.State is { } before)
        {
            return (new IndicatorFileKept(before, IsNew: false), null);
        }

        Decided<IndicatorFileEvent> decided = TakeIndicatorFile.Decide(null, asked, by, now);
        if (decided.Refusal is { } no)
        {
            return (null, no);
        }

        await records.Keep(file.Content).ConfigureAwait(false);
        at = work.Stage(at, decided.Events, by.Person);
        await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
        return await commit(work).ConfigureAwait(false) is Appended
            ? (new IndicatorFileKept(at.State!, IsNew: true), null)
            : (null, null);
    }
}
