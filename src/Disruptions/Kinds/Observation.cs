using System.Globalization;

namespace Breakwater.Disruptions.Kinds;

/// <summary>One named fact about a disruption, before anything is weighed.</summary>
/// <param name="Text">One sentence for people. It names no actor.</param>
/// <param name="From">Ids of everything it rests on; a reason shows the first few.</param>
/// <param name="Share">How much of the weight of the tag counts, 0 to 1.</param>
internal sealed record Observation(
    string Tag,
    string Text,
    IReadOnlyList<string> From,
    double Share = 1
)
{
    /// <summary>More names or ids than this help nobody; the text gives the number.</summary>
    public const int FromMax = 8;

    public static IReadOnlyList<string> Ids(IEnumerable<Disruption> disruptions) =>
        [
            .. disruptions
                .OrderBy(disruption => disruption.Start)
                .ThenBy(disruption => disruption.Id, StringComparer.Ordinal)
                .Select(disruption => disruption.Id)
                .Distinct(StringComparer.Ordinal),
        ];

    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Percent(double share) =>
        Math.Round(share * 100, MidpointRounding.AwayFromZero)
            .ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A name from outside must neither fill the line nor steer a terminal.</summary>
    public static string Shown(string name) =>
        new([.. name.Take(60).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
