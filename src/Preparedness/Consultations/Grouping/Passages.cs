using System.Text;

namespace Breakwater.Preparedness.Consultations.Grouping;

internal readonly record struct Passage(string Text, bool IsQuoted);

/// <summary>Takes a text apart into what its author says and what they quote, without greeting and signature.</summary>
internal static class Passages
{
    /// <summary>Words of a line that greets or signs.</summary>
    private const int FrameMax = 6;

    private static readonly Dictionary<char, char> _closing = new()
    {
        ['“'] = '”',
        ['„'] = '“',
        ['«'] = '»',
        ['"'] = '"',
        ['「'] = '」',
        ['《'] = '》',
    };

    public static IEnumerable<Passage> Of(string text)
    {
        string[] lines = Unframed(text.ReplaceLineEndings("\n").Split('\n'));
        foreach (
            string quoted in lines
                .Where(line => line.StartsWith('>'))
                .Select(line => line.TrimStart('>'))
        )
        {
            yield return new Passage(quoted, IsQuoted: true);
        }

        string said = string.Join('\n', lines.Where(line => !line.StartsWith('>')));
        var own = new StringBuilder();
        for (int at = 0; at < said.Length; at++)
        {
            int end = _closing.TryGetValue(said[at], out char closing)
                ? said.IndexOf(closing, at + 1)
                : -1;
            if (end < 0)
            {
                own.Append(said[at]);
                continue;
            }

            yield return new Passage(own.ToString(), IsQuoted: false);
            yield return new Passage(said[(at + 1)..end], IsQuoted: true);
            own.Clear();
            at = end;
        }

        yield return new Passage(own.ToString(), IsQuoted: false);
    }

    /// <summary>
    /// A greeting ends with a comma, a colon or an exclamation mark; a signature is a short last line that is no sentence. A line
    /// that says what somebody wants is neither.
    /// </summary>
    private static string[] Unframed(string[] lines)
    {
        int first = 0;
        int last = lines.Length - 1;
        while (first < last && lines[first].Trim().Length == 0)
        {
            first++;
        }

        if (
            first < last
            && IsFrame(lines[first], line => line[^1] is ',' or ':' or '!' or '،' or '，' or '：')
        )
        {
            first++;
        }

        while (
            last > first
            && (lines[last].Trim().Length == 0 || IsFrame(lines[last], line => !IsSentence(line)))
        )
        {
            last--;
        }

        return lines[first..(last + 1)];
    }

    /// <summary>An initial has a full stop too.</summary>
    private static bool IsSentence(string line) =>
        line[^1] is '!' or '?' or '。' or '؟' or '！' or '？'
        || (
            line[^1] == '.' && !(line.Length > 2 && (line.Length == 3 || !char.IsLetter(line[^3])))
        );

    private static bool IsFrame(string line, Func<string, bool> ends)
    {
        string bare = line.Trim();
        if (bare.Length is 0 or > 100 || bare[0] == '>' || !ends(bare))
        {
            return false;
        }

        var terms = Terms.Of(bare);
        return terms.Count <= FrameMax && !GuardWords.AreIn(terms);
    }
}
