using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Signals.Answers;

/// <summary>Where, when and for whom, as people state them in JSON.</summary>
internal static class StatedFields
{
    /// <summary>Public unless it says otherwise: exam dates, orders and claims are published. Null for a word that is none.</summary>
    public static Distribution? StatedDistribution(this JsonElement item) =>
        item.Text("distribution", 40) is not { } name
            ? item.Member("distribution") is null
                ? Distribution.Public
                : null
            : Enum.TryParse(name, ignoreCase: true, out Distribution distribution)
            && Enum.IsDefined(distribution)
            && !char.IsAsciiDigit(name[0])
                ? distribution
                : null;

    /// <summary>Written as a key, or as an object; null for neither.</summary>
    public static Place? StatedPlace(this JsonElement? element)
    {
        if (element is not { } given)
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.String)
        {
            return given.Text(200) is { } text && Place.TryParse(text, out Place named)
                ? named
                : null;
        }

        try
        {
            Place? place = given.Deserialize<Place>(Json.Compact);
            return place is null || place.Key == "unknown" ? null : place;
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A time, a day of the country, or earliest and latest of either; null for none of them.</summary>
    public static InstantRange? StatedRange(this JsonElement? element, string? country)
    {
        if (element is not { } given)
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.String)
        {
            return RangeOf(given.Text(64), country);
        }

        return
            given.Members().All(member => member.Name is "earliest" or "latest")
            && RangeOf(given.Text("earliest", 64), country) is { } earliest
            && RangeOf(given.Text("latest", 64), country) is { } latest
            && earliest.Earliest <= latest.Latest
            ? new InstantRange(earliest.Earliest, latest.Latest)
            : null;
    }

    /// <summary>A date is the whole day on the clocks of the country; a time is a moment.</summary>
    private static InstantRange? RangeOf(string? text, string? country) =>
        text is null ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day
            ? LocalDays.IsSane(day.Value) ? LocalDays.Of(country, day.Value, day.Value)
                : null
        : Times.OfText(text) is { } at ? new InstantRange(at, at)
        : null;
}
