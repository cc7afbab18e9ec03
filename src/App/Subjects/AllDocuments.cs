using Breakwater.Records;

namespace Breakwater.App.Subjects;

/// <summary>All documents of a kind, page by page: for kinds of which a node has some hundreds, such as organisations.</summary>
internal static class AllDocuments
{
    /// <summary>A node with more of one kind than this needs another way to look at them.</summary>
    public const int Most = 20_000;

    public static async Task<IReadOnlyList<Document>> AllOf(
        this IRecords records,
        string kind,
        string? parent = null
    )
    {
        var all = new List<Document>();
        long? after = null;
        while (all.Count < Most)
        {
            IReadOnlyList<Document> page = await records
                .Documents(
                    new DocumentQuery(kind)
                    {
                        Parent = parent,
                        After = after,
                        Limit = DocumentQuery.LimitMax,
                    }
                )
                .ConfigureAwait(false);
            all.AddRange(page);
            if (page.Count < DocumentQuery.LimitMax)
            {
                break;
            }

            after = page[^1].FirstSequence;
        }

        return all;
    }
}
