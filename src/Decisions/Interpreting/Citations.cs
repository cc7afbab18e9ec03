using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Interpreting;

/// <summary>
/// Names of rules, profiles, gaps and packs, by their form alone. Which of them stand in a law pack is that pack's matter: a text
/// may cite one that this node has not loaded.
/// </summary>
public static class Citations
{
    public const int IdLengthMax = 80;
    private const int HexDigits = 64;
    private const string HashPrefix = "sha256:";

    /// <summary>Such as <c>IHRL-19-NECPROP</c> or <c>N-13c-DD</c>.</summary>
    public static Refusal? Rule(string? id) => Name(id, "rule", "IHRL-19-NECPROP");

    /// <summary>Such as <c>baseline</c> or <c>PK_SC_2020</c>.</summary>
    public static Refusal? Profile(string? id) => Name(id, "profile", "baseline");

    /// <summary>Such as <c>G-09</c>.</summary>
    public static Refusal? Gap(string? id) =>
        id is ['G', '-', .. { Length: >= 1 and <= 3 } number] && number.All(char.IsAsciiDigit)
            ? null
            : Refusal.Invalid($"'{Short(id)}' is not the id of a gap; write one such as G-09");

    /// <summary>Of a pack, of facts, of a version.</summary>
    public static Refusal? Hash(string? hash, string what) =>
        hash is not null
        && hash.StartsWith(HashPrefix, StringComparison.Ordinal)
        && hash.Length == HashPrefix.Length + HexDigits
        && hash.Skip(HashPrefix.Length).All(char.IsAsciiHexDigitLower)
            ? null
            : Refusal.Invalid(
                $"{what} is not a hash; write sha256: and {HexDigits} hexadecimal digits in small letters"
            );

    private static Refusal? Name(string? id, string what, string example) =>
        id is { Length: > 0 and <= IdLengthMax }
        && char.IsAsciiLetter(id[0])
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? null
            : Refusal.Invalid(
                $"'{Short(id)}' is not the id of a {what}; write one such as {example}"
            );

    /// <summary>What was sent, short enough for a sentence.</summary>
    private static string Short(string? text) =>
        text is null ? ""
        : text.Length <= IdLengthMax ? text
        : text[..IdLengthMax] + "…";
}
