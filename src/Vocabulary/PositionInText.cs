using System.Text.RegularExpressions;

namespace Breakwater.Vocabulary;

/// <summary>
/// Positions that people write into free text: decimal degrees, degrees with their sign, grid references (MGRS and UTM), plus codes,
/// three-word addresses and map links, in any digits. Where it errs, it errs on the side of finding one: an area can always be named in
/// words.
/// </summary>
public static partial class PositionInText
{
    private const string Mark = "[…]";

    private static readonly Regex[] _forms =
    [
        DecimalDegrees(),
        DegreeSign(),
        GridReference(),
        UtmReference(),
        PlusCode(),
        ThreeWords(),
    ];

    private static readonly Regex[] _struck = [Link(), .. _forms, ShortDegrees()];

    /// <summary>True when a text reads as if it told a position.</summary>
    public static bool Is(string text) => _forms.Any(form => form.IsMatch(text));

    /// <summary>The text with a mark in place of everything that may be a position.</summary>
    public static string Struck(string text) =>
        _struck.Aggregate(text, (left, form) => form.Replace(left, Mark));

    /// <summary>RFC 5870, and the form that map links have.</summary>
    [GeneratedRegex(
        @"geo:-?[\d.,;=\-a-z]+|[/@?=]-?\d{1,3}\.\d+,-?\d{1,3}\.\d+[^\s]*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Link();

    // A comma before three digits parts thousands; before four it is a decimal comma.
    [GeneratedRegex(
        @"-?\d{1,3}([.٫]\d{3,}|,\d{4,})[^\p{L}\d]{1,5}\d{1,3}([.٫]\d{3,}|,\d{4,})|-?\d{1,3}[.,٫]\d{4,}\D{1,12}\d{1,3}[.,٫]\d{4,}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex DecimalDegrees();

    /// <summary>Two decimals are a kilometre. They are also prices, so that a text is not refused for them.</summary>
    [GeneratedRegex(
        @"-?\b\d{1,3}[.,٫]\d{2,}\s*[NS]?\s*[,،;/ ]\s*-?\d{1,3}[.,٫]\d{2,}(\s*[EW]\b)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex ShortDegrees();

    [GeneratedRegex(
        @"-?(\d{1,3}[.,٫])?\d{1,9}\s?[°º](\s*\d{1,2}([.,٫]\d{1,9})?\s*['′’]?)?(\s*[\d.,٫]{1,12}\s*[""″”]?)?\s*([NSEW]\b)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex DegreeSign();

    [GeneratedRegex(
        @"\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex GridReference();

    [GeneratedRegex(
        @"\b\d{1,2}\s?[C-HJ-NP-X]\s+\d{6}\s?(mE|E)?[,\s]+\d{6,7}\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex UtmReference();

    [GeneratedRegex(
        @"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex PlusCode();

    [GeneratedRegex(@"///\p{L}+\.\p{L}+\.\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex ThreeWords();
}
