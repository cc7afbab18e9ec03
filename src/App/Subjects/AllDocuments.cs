using System.Globalization;
using Breakwater.Records;

namespace Breakwater.App.Subjects;

/// <summary>
/// All documents of a kind, page by page: for kinds that one act must know as a whole. It gives all of them or none: what was cut in
/// silence would be taken for all.
/// </summary>
internal static class AllDocuments
{
    /// <summary>More than this do not fit into the memory of a small node beside what others ask of it.</summary>
    public const int Most = 200_000;

    /// <exception cref="TooManyDocuments">There are more than <see cref="Most"/>.</exception>
    public static async Task<IReadOnlyList<Document>> AllOf(
        this IRecords records,
        string kind,
        string? parent = null
    )
    {
        (IReadOnlyList<Document> all, bool isWhole) = await records
            .FirstOf(kind, Most, parent)
            .ConfigureAwait(false);
        return isWhole ? all : throw new TooManyDocuments(kind, Most);
    }

    /// <summary>The first of them, for looking at what need not be whole as long as it says so.</summary>
    public static async Task<(IReadOnlyList<Document> Documents, bool IsWhole)> FirstOf(
        this IRecords records,
        string kind,
        int most,
        string? parent = null
    )
    {
        var all = new List<Document>();
        long? after = null;
        while (all.Count <= most)
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

        return all.Count <= most ? (all, true) : ([.. all.Take(most)], false);
    }
}

/// <summary>There are more of a kind than can be looked at in one go. Nothing was done.</summary>
#pragma warning disable CA1032 // It has no meaning without the kind.
internal sealed class TooManyDocuments(string kind, int most)
    : InvalidOperationException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"there are more than {most} of {kind} here, and this has to look at all of them; nothing was done. Tell the operator of this node"
        )
    );
#pragma warning restore CA1032
