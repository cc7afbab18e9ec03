namespace Breakwater.Vocabulary;

public enum DiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>Words that stand in both texts, or in one of them only.</summary>
public sealed record DiffRun(DiffKind Kind, string Text);

/// <summary>
/// Two texts, word by word, by their longest common subsequence. Runs that are not added make the first text again, and runs that are
/// not removed the second.
/// </summary>
public static class WordDiff
{
    /// <summary>Pairs of words that are compared; texts beyond it, after what they begin and end with alike, are shown as replaced.</summary>
    public const int PairsMax = 1_000_000;

    public static IReadOnlyList<DiffRun> Of(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        string[] old = Words(before);
        string[] now = Words(after);
        int start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
        {
            start++;
        }

        int end = 0;
        while (
            end < old.Length - start
            && end < now.Length - start
            && old[^(end + 1)] == now[^(end + 1)]
        )
        {
            end++;
        }

        var runs = new Runs();
        runs.Add(DiffKind.Same, old.AsSpan(0, start));
        Middle(runs, old.AsSpan(start..^end), now.AsSpan(start..^end));
        runs.Add(DiffKind.Same, old.AsSpan(old.Length - end));
        return runs.Joined();
    }

    private static void Middle(Runs runs, ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        if ((long)old.Length * now.Length > PairsMax)
        {
            runs.Add(DiffKind.Removed, old);
            runs.Add(DiffKind.Added, now);
            return;
        }

        int[,] common = Common(old, now);
        int i = 0;
        int j = 0;
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                runs.Add(DiffKind.Same, old.Slice(i++, 1));
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                runs.Add(DiffKind.Removed, old.Slice(i++, 1));
            }
            else
            {
                runs.Add(DiffKind.Added, now.Slice(j++, 1));
            }
        }
    }

    /// <summary>How many words the rests of both texts have in common, from each pair of places on.</summary>
    private static int[,] Common(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        int[,] common = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    old[i] == now[j]
                        ? common[i + 1, j + 1] + 1
                        : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    /// <summary>Each word with the white space behind it, so that nothing is lost between words.</summary>
    private static string[] Words(string text)
    {
        var words = new List<string>();
        int start = 0;
        for (int at = 1; at <= text.Length; at++)
        {
            if (
                at == text.Length
                || (char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at]))
            )
            {
                words.Add(text[start..at]);
                start = at;
            }
        }

        return [.. words];
    }

    private sealed class Runs
    {
        private readonly List<(DiffKind Kind, List<string> Words)> _runs = [];

        public void Add(DiffKind kind, ReadOnlySpan<string> words)
        {
            if (words.Length == 0)
            {
                return;
            }

            if (_runs is not [.., var last] || last.Kind != kind)
            {
                _runs.Add(last = (kind, []));
            }

            last.Words.AddRange(words);
        }

        public IReadOnlyList<DiffRun> Joined() =>
            [.. _runs.Select(run => new DiffRun(run.Kind, string.Concat(run.Words)))];
    }
}
