using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>A subject that is made of a file.</summary>
/// <param name="IsNew">False for one that was on record: the same octets are one subject.</param>
internal sealed record FileTaken<TState>(TState State, bool IsNew)
    where TState : class;

internal static class FileTaken
{
    /// <summary>Takes a file in: its octets first, so that nothing on record names octets that are not here.</summary>
    /// <param name="id">Of the subject; it follows from the octets.</param>
    /// <param name="commit">How it is made durable.</param>
    /// <returns>Null, without a refusal, when somebody took the same file at the same moment.</returns>
    public static async Task<(FileTaken<TState>? Taken, Refusal? Refusal)> Of<TState, TEvent>(
        IRecords records,
        string id,
        SourceFile file,
        Func<Decided<TEvent>> decide,
        Participant by,
        Instant now,
        Func<Workspace, Task<AppendOutcome>> commit
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        var work = new Workspace(records);
        Loaded<TState> at = await work.Load<TState, TEvent>(id).ConfigureAwait(false);
        if (at.State is { } before)
        {
            return (new FileTaken<TState>(before, IsNew: false), null);
        }

        Decided<TEvent> decided = decide();
        if (decided.Refusal is { } no)
        {
            return (null, no);
        }

        await records.Keep(file.Content).ConfigureAwait(false);
        at = work.Stage(at, decided.Events, by.Person);
        await Catalogue.Known.Follow(work, now).ConfigureAwait(false);
        return await commit(work).ConfigureAwait(false) is Appended
            ? (new FileTaken<TState>(at.State!, IsNew: true), null)
            : (null, null);
    }
}
