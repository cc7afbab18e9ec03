using System.Text.RegularExpressions;

namespace Breakwater.Signals.Cap;

/// <summary>What an alert bears on: a claim of a disruption, a circumstance, or nothing that has to do with connections.</summary>
/// <param name="What">The kind of disruption that the alert claims, or null.</param>
/// <param name="Circumstance">The circumstance that it states, or null.</param>
internal readonly record struct CapMeaning(string? What, Circumstance? Circumstance)
{
    public bool IsNothing => What is null && Circumstance is null;
}

/// <summary>Reads the meaning from the event's words and codes; an event in words that are not known here means nothing and is said.</summary>
internal static partial class CapMeanings
{
    public static CapMeaning Of(CapInfo info)
    {
        string words = $"{info.Event} {info.Headline}";
        bool isStated = info.Certainty is "Observed" or "Likely";
        // TOE: 911 Telephone Outage Emergency (47 CFR 11.31).
        if (Telecom().IsMatch(words) || info.EventCodes.Contains("TOE"))
        {
            return Maintenance().IsMatch(words) ? new(null, Signals.Circumstance.Maintenance)
                : isStated ? new("outage", null)
                : default;
        }

        Circumstance? circumstance =
            Power().IsMatch(words) ? Signals.Circumstance.PowerOutage
            : Cable().IsMatch(words) ? Signals.Circumstance.CableFault
            : Curfew().IsMatch(words) ? Signals.Circumstance.Curfew
            : Hostilities().IsMatch(words) ? Signals.Circumstance.Hostilities
            : Unrest().IsMatch(words) ? Signals.Circumstance.Protest
            : info.Categories.Any(category => category is "Met" or "Geo" or "Fire" or "Env")
            && info.Severity is "Severe" or "Extreme"
            && isStated
                ? Signals.Circumstance.Disaster
            : null;
        return new(null, circumstance);
    }

    [GeneratedRegex(
        @"\b(telecom\w*|telephone|internet|broadband|cell(ular)?|mobile (network|phone|service)s?|network outage|communications? (outage|failure|disruption)|emergency (call|number|line)s?|911|112)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Telecom();

    [GeneratedRegex(
        @"\b(planned|scheduled) (work|works|maintenance)|\bmaintenance\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Maintenance();

    [GeneratedRegex(
        @"\b(power (outage|cut|failure|loss|supply)|blackout|load.?shedding|electric(al|ity)? (outage|failure|supply|grid)|grid (failure|emergency))\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Power();

    [GeneratedRegex(
        @"\b(cable (cut|fault|break|damage)|fib(er|re) (cut|damage))\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Cable();

    [GeneratedRegex(@"\bcurfew\b", RegexOptions.IgnoreCase)]
    private static partial Regex Curfew();

    [GeneratedRegex(
        @"\b(air.?raid|missile|rocket|shelling|hostilit(y|ies)|armed (attack|conflict)|air ?strike|drone attack)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Hostilities();

    [GeneratedRegex(
        @"\b(civil (unrest|disorder)|riot|demonstration|protest)s?\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Unrest();
}
