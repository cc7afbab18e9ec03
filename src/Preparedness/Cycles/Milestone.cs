using System.Globalization;

namespace Breakwater.Preparedness.Cycles;

/// <summary>Something that a cycle comes to.</summary>
/// <param name="When">As exact as it is known: a day, a month or a year; null when it is not known.</param>
/// <param name="Source">Where it is said; null for what the secretariat says itself.</param>
public sealed record Milestone(string What, string? When, string? Source)
{
    private static readonly string[] _forms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(
            text,
            _forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        );

    /// <summary>By date; a month comes before its days, and what has no date comes last.</summary>
    public static IReadOnlyList<Milestone> Ordered(IEnumerable<Milestone> milestones) =>
        [
            .. milestones
                .OrderBy(each => each.When is null)
                .ThenBy(each => each.When, StringComparer.Ordinal)
                .ThenBy(each => each.What, StringComparer.Ordinal),
        ];
}
