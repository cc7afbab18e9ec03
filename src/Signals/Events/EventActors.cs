using System.Text.RegularExpressions;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Events;

/// <summary>
/// Who is said to have acted, as the list puts it. "Non-government" in a list means not the government of that country: it may
/// be the forces of another one. What the words do not tell stays unknown.
/// </summary>
internal static partial class EventActors
{
    public static Actor Of(EventRow row, string? country)
    {
        string? by = row[EventField.OrderedBy];
        string? maker = row[EventField.DecisionMaker];
        if (by is null)
        {
            return row[EventField.Cause] is { } cause && Ordered().IsMatch(cause)
                ? Actor.State
                : Actor.Unknown;
        }

        if (by.Equals("Non-government", StringComparison.OrdinalIgnoreCase))
        {
            return NotTheGovernment(maker, country);
        }

        if (by.Equals("Military", StringComparison.OrdinalIgnoreCase))
        {
            // Lists put armed groups under this word too.
            return maker is null || OfState().IsMatch(maker) ? Actor.State : Actor.Unknown;
        }

        return Government().IsMatch(by) ? Actor.State
            : by.Contains("compan", StringComparison.OrdinalIgnoreCase) ? Actor.Company
            : Actor.Unknown;
    }

    private static Actor NotTheGovernment(string? maker, string? country)
    {
        if (maker is null || maker.StartsWith("Unknown", StringComparison.OrdinalIgnoreCase))
        {
            return Actor.Unknown;
        }

        IReadOnlyList<string> named = Countries.NamedIn(maker);
        bool isOfState = OfState().IsMatch(maker);
        bool namesAnother = named.Any(name => name != country);
        return namesAnother && (isOfState || Countries.OfName(maker) is not null)
                ? Actor.ForeignState
            : isOfState ? Actor.Unknown
            : Actor.NonStateGroup;
    }

    [GeneratedRegex(
        @"government|judiciary|court|law enforcement|police|ministry|regulator|parliament",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Government();

    [GeneratedRegex(
        @"\b(government|ministry|minister|military|junta|armed forces|national army|special forces|authorit(y|ies)|commission|council|president|police)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OfState();

    [GeneratedRegex(@"^government.?ordered", RegexOptions.IgnoreCase)]
    private static partial Regex Ordered();
}
