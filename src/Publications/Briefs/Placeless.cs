using System.Text.RegularExpressions;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// Text from outside without positions: a brief tells nothing finer than an area. Facts hold no place; the words of who supplied them
/// might.
/// </summary>
internal static partial class Placeless
{
    private const string Mark = "[…]";

    public static string Of(string text) =>
        Degrees().Replace(Pair().Replace(Uri().Replace(text, Mark), Mark), Mark);

    /// <summary>RFC 5870, and the form that map links have.</summary>
    [GeneratedRegex(
        @"geo:-?[\d.,;=\-a-z]+|[/@?=]-?\d{1,3}\.\d+,-?\d{1,3}\.\d+[^\s]*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Uri();

    /// <summary>Two decimal degrees, with or without hemispheres.</summary>
    [GeneratedRegex(
        @"-?\b\d{1,3}[.]\d{2,}\s*°?\s*[NS]?\s*[,;/ ]\s*-?\d{1,3}[.]\d{2,}\s*°?\s*[EW]?\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Pair();

    [GeneratedRegex(
        @"\d{1,3}\s*°\s*\d{1,2}\s*['′’]?(\s*[\d.]+\s*[""″”]?)?\s*[NSEW]?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Degrees();
}
