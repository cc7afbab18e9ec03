using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Agreements;

/// <summary>Why a text that many will read cannot stand as it is; null when it can.</summary>
internal static class OpenText
{
    private const int NameLengthMax = 200;

    public static Refusal? Needed(string? text, string what) =>
        Checks.Needed(text, what) ?? Fit(text!, what);

    /// <summary>May be left out.</summary>
    public static Refusal? Optional(string? text, string what) =>
        text is null ? null : Checks.Text(text, what) ?? Fit(text, what);

    public static Refusal? Name(string? text, string what) =>
        Needed(text, what)
        ?? (
            text!.Length > NameLengthMax
                ? Refusal.Invalid($"{what} is longer than {NameLengthMax} characters")
                : null
        );

    public static Refusal? List(IReadOnlyList<string>? texts, string what) =>
        Checks.Texts(texts, what)
        ?? texts!.Select(text => Fit(text, what)).FirstOrDefault(no => no is not null);

    public static Refusal? Marked(Marking? marking) =>
        marking is null
            ? Refusal.Invalid("the marking is missing")
            : Checks.Known(marking.Distribution, "distribution")
                ?? Checks.Known(marking.Tlp, "TLP")
                ?? (marking.Group is null ? null : Checks.Id(marking.Group, "the sharing group"))
                ?? (
                    marking.Organisation is null
                        ? null
                        : Checks.Id(marking.Organisation, "the organisation of the marking")
                );

    /// <summary>No half of a surrogate pair and no control character, which stores refuse, and no exact position.</summary>
    private static Refusal? Fit(string text, string what)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                at++;
            }
            else if (
                char.IsSurrogate(text[at])
                || (char.IsControl(text[at]) && text[at] is not ('\t' or '\n' or '\r'))
            )
            {
                return Refusal.Invalid($"{what} holds characters that no text holds");
            }
        }

        return PositionInText.Is(text)
            ? Refusal.Invalid($"{what} reads like an exact position; name the area")
            : null;
    }
}
