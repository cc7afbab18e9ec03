using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Agreements;

/// <summary>All states of a kind as one reader may see them.</summary>
internal static class StatesSeen
{
    /// <summary>More are not looked at; whoever shows them says so.</summary>
    public const int Most = 20_000;

    /// <returns>What was found, and whether that is all.</returns>
    public static async Task<(IReadOnlyList<T> States, bool IsWhole)> Of<T>(
        IRecords records,
        string kind,
        Reader reader,
        Instant now
    )
        where T : class
    {
        var all = new List<T>();
        long? after = null;
        do
        {
            DocumentPage page = await records
                .Documents(
                    new DocumentQuery(kind) { After = after, Limit = DocumentQuery.LimitMax },
                    reader,
                    now
                )
                .ConfigureAwait(false);
            all.AddRange(
                page.Documents.Select(document => Representation.Seen(document, reader, now))
                    .OfType<JsonElement>()
                    .Select(state => state.Deserialize<T>(Json.Compact))
                    .OfType<T>()
            );
            after = page.Next;
        } while (after is not null && all.Count < Most);

        return (all, after is null);
    }
}
