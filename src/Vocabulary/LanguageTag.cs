using System.Text.RegularExpressions;

namespace Breakwater.Vocabulary;

/// <summary>A language as BCP 47 writes it (RFC 5646, section 2.1): <c>en</c>, <c>pt-BR</c>, <c>zh-Hant</c>.</summary>
public static partial class LanguageTag
{
    /// <summary>What RFC 5646, section 4.4.1, asks everybody to have room for.</summary>
    public const int LengthMax = 35;

    /// <summary>The tag with its language in small letters, since none differ by case alone; null for what is no tag.</summary>
    public static string? Read(string? text) =>
        text?.Trim() is { Length: > 0 and <= LengthMax } tag && Form().IsMatch(tag)
            ? Of(tag, tag.IndexOf('-', StringComparison.Ordinal))
            : null;

    private static string Of(string tag, int end) =>
        end < 0 ? Small(tag) : Small(tag[..end]) + tag[end..];

    private static string Small(string language) =>
        string.Create(
            language.Length,
            language,
            (letters, from) => from.AsSpan().ToLowerInvariant(letters)
        );

    [GeneratedRegex("^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
