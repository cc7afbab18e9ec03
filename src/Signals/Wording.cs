namespace Breakwater.Signals;

/// <summary>Text of others, made fit to be kept and printed.</summary>
internal static class Wording
{
    /// <summary>The text on one line, without control characters, cut to the length.</summary>
    public static string Shorten(string text, int length)
    {
        string printable = string.Create(
            text.Length,
            text,
            static (shown, text) =>
            {
                for (int at = 0; at < shown.Length; at++)
                {
                    shown[at] = char.IsControl(text[at]) ? ' ' : text[at];
                }
            }
        );
        string line = string.Join(
            ' ',
            printable.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        if (line.Length <= length)
        {
            return line;
        }

        // Half of a surrogate pair is no text.
        int end = char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1;
        return line[..end] + "…";
    }
}
