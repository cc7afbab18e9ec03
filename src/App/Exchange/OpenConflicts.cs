using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Records;
using NodaTime;
using Conflict = Breakwater.Decisions.Conflicts.Conflict;

namespace Breakwater.App.Exchange;

/// <summary>Which subjects are in conflict, as far as a reader may know: an import never hides that there is another branch.</summary>
internal static class OpenConflicts
{
    /// <summary>Ids of open conflicts by the subject that they are about.</summary>
    /// <param name="subject">Null for all subjects: then of the newest conflicts, as many as one page has.</param>
    public static async Task<ILookup<string, string>> Of(
        IRecords records,
        SubjectKind kind,
        string? subject,
        Caller caller,
        Instant now
    )
    {
        IReadOnlyList<Document> open = kind.Travels
            ? (
                await records
                    .Documents(
                        new DocumentQuery(Conflict.Kind)
                        {
                            Parent = subject,
                            Standing = Conflict.Open,
                            IsDescending = true,
                            Limit = DocumentQuery.LimitMax,
                        },
                        caller.ReaderOf(Conflict.Kind),
                        now
                    )
                    .ConfigureAwait(false)
            ).Documents
            : [];
        return open.ToLookup(
            document => document.Parent!,
            document => document.Subject[(Conflict.Kind.Length + 1)..],
            StringComparer.Ordinal
        );
    }
}
