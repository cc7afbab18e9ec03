namespace Breakwater.Vocabulary;

public enum ParagraphChange
{
    Same,
    Reworded,
    Added,
    Removed,
}

/// <summary>One paragraph in two versions.</summary>
/// <param name="Before">Its number in the first; null where it does not stand.</param>
/// <param name="After">Its number in the second; null where it does not stand.</param>
/// <param name="Cited">What it rests on, each once.</param>
public sealed record ParagraphDiff(
    string Id,
    ParagraphChange Change,
    int? Before,
    int? After,
    IReadOnlyList<DiffRun> Text,
    IReadOnlyList<DiffRun> Cited
);

/// <summary>What changed from one version of a text to another.</summary>
public sealed record VersionDiff(int From, int To, IReadOnlyList<ParagraphDiff> Paragraphs)
{
    /// <param name="old">Of the version <paramref name="from"/>; null when it does not exist.</param>
    /// <param name="now">Of the version <paramref name="to"/>; null when it does not exist.</param>
    /// <returns>Null when one of the versions does not exist.</returns>
    public static VersionDiff? Of(
        int from,
        int to,
        IReadOnlyList<NumberedParagraph>? old,
        IReadOnlyList<NumberedParagraph>? now
    )
    {
        if (old is null || now is null)
        {
            return null;
        }

        var paragraphs = now.Select(
                (after, at) =>
                {
                    int before = IndexOf(old, after.Id);
                    return Of(before < 0 ? null : old[before], after, before + 1, at + 1);
                }
            )
            .ToList();
        for (int at = 0; at < old.Count; at++)
        {
            if (IndexOf(now, old[at].Id) < 0)
            {
                // Where it stood: behind what stood before it.
                int behind = at == 0 ? -1 : paragraphs.FindIndex(each => each.Id == old[at - 1].Id);
                paragraphs.Insert(behind + 1, Of(old[at], null, at + 1, 0));
            }
        }

        return new VersionDiff(from, to, paragraphs);
    }

    private static ParagraphDiff Of(
        NumberedParagraph? old,
        NumberedParagraph? now,
        int before,
        int after
    ) =>
        new(
            (now ?? old)!.Id,
            old is null ? ParagraphChange.Added
                : now is null ? ParagraphChange.Removed
                : old.Since == now.Since ? ParagraphChange.Same
                : ParagraphChange.Reworded,
            old is null ? null : before,
            now is null ? null : after,
            WordDiff.Of(old?.Text ?? "", now?.Text ?? ""),
            Cited(Citing(old), Citing(now))
        );

    private static IReadOnlyList<DiffRun> Cited(
        IReadOnlyList<string> old,
        IReadOnlyList<string> now
    ) =>
        [
            .. old.Select(each => new DiffRun(
                now.Contains(each) ? DiffKind.Same : DiffKind.Removed,
                each
            )),
            .. now.Where(each => !old.Contains(each))
                .Select(each => new DiffRun(DiffKind.Added, each)),
        ];

    private static IReadOnlyList<string> Citing(NumberedParagraph? paragraph) =>
        paragraph?.Cited ?? [];

    private static int IndexOf(IReadOnlyList<NumberedParagraph> paragraphs, string id) =>
        paragraphs.Select(each => each.Id).ToList().IndexOf(id);
}
