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
        Link(),
        DecimalDegrees(),
        NamedDegrees(),
        DegreeSign(),
        SpacedDegrees(),
        GridReference(),
        UtmReference(),
        PlusCode(),
        ThreeWords(),
    ];

    private static readonly Regex[] _struck = [.. _forms, ShortDegrees()];

    /// <summary>True when a text reads as if it told a position.</summary>
    public static bool Is(string text) => _forms.Any(form => form.IsMatch(text));

    /// <summary>The text with a mark in place of everything that may be a position.</summary>
    public static string Struck(string text) =>
        _struck.Aggregate(text, (left, form) => form.Replace(left, Mark));

    /// <summary>RFC 5870, and the form that map links have, also with an encoded comma.</summary>
    [GeneratedRegex(
        @"geo:-?\d[\d.,;=\-a-z]*|[/@?=]-?\d{1,3}\.\d+(,|%2C)-?\d{1,3}\.\d+[^\s]*|#map=\d+/-?\d+\.\d+/-?\d+\.\d+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Link();

    // A comma before three digits parts thousands; before four it is a decimal comma. A lone dot between numbers is an address.
    [GeneratedRegex(
        @"-?\d{1,3}([.٫]\d{3,}|,\d{4,})[^\p{L}\d.]{1,5}\d{1,3}([.٫]\d{3,}|,\d{4,})|-?\d{1,3}[.,٫]\d{4,}\D{1,12}\d{1,3}[.,٫]\d{4,}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex DecimalDegrees();

    /// <summary>One number with its hemisphere, or with the word for what it is.</summary>
    [GeneratedRegex(
        @"-?\d{1,3}[.,٫]\d{3,}\s?[NSEW]\b|\b(lat|lon|lng)\p{L}{0,6}[^\p{L}\d]{1,3}\d{1,3}[.,٫]\d{2,}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex NamedDegrees();

    /// <summary>Two decimals are a kilometre. They are also prices, so that a text is not refused for them.</summary>
    [GeneratedRegex(
        @"(?<![\d.])-?\d{1,3}[.,٫]\d{2,}[ \t]{0,2}[NS]?[ \t]{0,2}[,،;/ ][ \t]{0,2}-?\d{1,3}[.,٫]\d{2,}(\s?[EW]\b)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex ShortDegrees();

    /// <summary>No temperature, and no ordinal such as an article of a law.</summary>
    [GeneratedRegex(
        @"-?(\d{1,3}[.,٫])?\d{1,9}\s?(°(?!\s?[CF]\b)|º(?=\s?[\dNSEW]))([ \t]{0,3}\d{1,2}([.,٫]\d{1,9})?[ \t]{0,3}['′’]?)?([ \t]{0,3}[\d.,٫]{1,12}[ \t]{0,3}[""″”]?)?[ \t]{0,3}([NSEW]\b)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex DegreeSign();

    /// <summary>Degrees and minutes without their signs, with a hemisphere before or behind.</summary>
    [GeneratedRegex(
        @"\b\d{1,3}[ :]\d{1,2}([ :.]\d{1,5}){0,2}\s?[NSEW]\b|\b[NSEW]\s?\d{1,3}[ :]\d{1,2}[ :.]\d{1,5}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SpacedDegrees();

    [GeneratedRegex(
        @"\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex GridReference();

    [GeneratedRegex(
        @"\b\d{1,2}\s?[C-HJ-NP-X]\s+\d{6}(\.\d{1,4})?\s?(mE|E)?[,\s]+\d{6,7}(\.\d{1,4})?\s?(mN|N)?\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex UtmReference();

    [GeneratedRegex(
        @"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex PlusCode();

    [GeneratedRegex(
        @"((?<![:\w])///|what3words\W{0,3}|w3w\.co/)[\p{L}\p{M}]+\.[\p{L}\p{M}]+\.[\p{L}\p{M}]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex ThreeWords();
}
