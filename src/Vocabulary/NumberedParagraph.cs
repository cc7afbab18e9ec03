using System.Globalization;
using System.Text.Json.Serialization;

namespace Breakwater.Vocabulary;

/// <summary>A paragraph in one wording. Its number is its place in a version; its id stays when it moves.</summary>
/// <param name="Since">The version that first had it in this wording.</param>
public abstract record NumberedParagraph(string Id, int Since, string Text)
{
    /// <summary>What it rests on, in words or ids.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Cited { get; }
}

/// <summary>How paragraphs keep their ids from version to version.</summary>
public static class NumberedParagraphs
{
    /// <summary>Gives each its id: the one that is named, else that of the same words in the latest version, else a new one.</summary>
    /// <param name="drafts">Each with the id that whoever hands it in names, and as it would stand if it were new.</param>
    /// <param name="latest">Paragraphs of the latest version.</param>
    /// <param name="says">True for the same words on the same grounds.</param>
    /// <param name="lastNumber">Of all ids that were ever given.</param>
    public static (IReadOnlyList<T>? Placed, Refusal? Refusal) Place<T>(
        IReadOnlyList<(string? Id, T Fresh)> drafts,
        IReadOnlyList<T> latest,
        Func<T, T, bool> says,
        int lastNumber
    )
        where T : NumberedParagraph
    {
        T[] placed = [.. drafts.Select(draft => draft.Fresh)];
        var free = latest.ToList();
        for (int at = 0; at < drafts.Count; at++)
        {
            if (drafts[at].Id is not { } id)
            {
                continue;
            }

            if (free.Find(paragraph => paragraph.Id == id) is not { } known)
            {
                return (
                    null,
                    Refusal.Invalid(
                        latest.Any(paragraph => paragraph.Id == id)
                            ? $"paragraph {id} stands twice; a new paragraph has no id"
                            : $"paragraph {at + 1} names an id that the latest version does not have; a new paragraph has no id"
                    )
                );
            }

            free.Remove(known);
            placed[at] = says(known, placed[at]) ? known : placed[at] with { Id = id };
        }

        for (int at = 0; at < drafts.Count; at++)
        {
            if (drafts[at].Id is not null)
            {
                continue;
            }

            T? same = free.Find(paragraph => says(paragraph, placed[at]));
            if (same is not null)
            {
                free.Remove(same);
            }

            placed[at] = same ?? placed[at] with { Id = $"p-{++lastNumber}" };
        }

        return (placed, null);
    }

    public static int NumberOf(string id) =>
        int.TryParse(id.AsSpan(2), CultureInfo.InvariantCulture, out int number) ? number : 0;
}
