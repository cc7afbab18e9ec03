using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Publications.OpenData;

/// <summary>
/// Which features are asked for (OGC API - Features - Part 1, 17-069r4, sections 7.15.2 to 7.15.4): <c>bbox</c>, <c>datetime</c>,
/// <c>limit</c>.
/// </summary>
/// <param name="Boxes">Null for anywhere; two where the box asked for crosses 180 degrees.</param>
/// <param name="From">Null for an open beginning.</param>
/// <param name="Until">Null for an open end.</param>
public sealed record FeatureQuery(
    IReadOnlyList<LatLonBox>? Boxes,
    bool HasTime,
    Instant? From,
    Instant? Until,
    int Limit
)
{
    public const int LimitDefault = 100;

    /// <summary>Whoever asks for more gets so many, and a link to the next.</summary>
    public const int LimitMax = 1_000;

    public static FeatureQuery Everything { get; } = new(null, false, null, null, LimitDefault);

    /// <summary>Reads the parameters; each may be null or empty for not given. Else what is wrong, and what to write.</summary>
    public static (FeatureQuery? Query, string? WhyNot) Read(
        string? bbox,
        string? datetime,
        string? limit
    )
    {
        FeatureQuery query = Everything;
        if (bbox is { Length: > 0 })
        {
            if (Box(bbox) is not { } boxes)
            {
                return (
                    null,
                    "bbox is west,south,east,north in degrees (or with heights: west,south,low,east,north,high); west is greater than east across 180 degrees."
                );
            }

            query = query with { Boxes = boxes };
        }

        if (datetime is { Length: > 0 })
        {
            if (!TryInterval(datetime, out Instant? from, out Instant? until))
            {
                return (
                    null,
                    "datetime is a moment such as 2026-01-08T16:30:00Z, or two with a stroke between; '..' at one side leaves it open."
                );
            }

            query = query with { HasTime = true, From = from, Until = until };
        }

        if (limit is { Length: > 0 })
        {
            if (
                !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int most)
                || most < 1
            )
            {
                return (null, $"limit is a number from 1 to {LimitMax}.");
            }

            query = query with { Limit = Math.Min(most, LimitMax) };
        }

        return (query, null);
    }

    /// <summary>What has no shape meets no box, and what has no time no interval: neither is known to lie there.</summary>
    public bool Takes(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return (
                Boxes is null
                || feature.Shape?.Boxes.Any(box => Boxes.Any(asked => asked.Meets(box))) == true
            )
            && (
                !HasTime
                || (
                    feature.From is { } from
                    && from <= (Until ?? Instant.MaxValue)
                    && (feature.Until ?? Instant.MaxValue) >= (From ?? Instant.MinValue)
                )
            );
    }

    private static LatLonBox[]? Box(string text)
    {
        string[] parts = text.Split(',');
        if (parts.Length is not (4 or 6))
        {
            return null;
        }

        double[] edges = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (
                !double.TryParse(
                    parts[i],
                    NumberStyles.Float & ~NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture,
                    out edges[i]
                ) || !double.IsFinite(edges[i])
            )
            {
                return null;
            }
        }

        int half = edges.Length / 2;
        (double west, double south, double east, double north) = (
            edges[0],
            edges[1],
            edges[half],
            edges[half + 1]
        );
        bool holds =
            Math.Abs(west) <= 180
            && Math.Abs(east) <= 180
            && south >= -90
            && north <= 90
            && south <= north
            && (half == 2 || edges[2] <= edges[5]);
        return !holds ? null
            : west <= east ? [new LatLonBox(west, south, east, north)]
            : [new LatLonBox(west, south, 180, north), new LatLonBox(-180, south, east, north)];
    }

    private static bool TryInterval(string text, out Instant? from, out Instant? until)
    {
        (from, until) = (null, null);
        string[] ends = text.Split('/');
        if (ends.Length == 1)
        {
            from = until = Moment(text);
            return from is not null;
        }

        if (ends.Length != 2)
        {
            return false;
        }

        (bool isOpenBefore, bool isOpenAfter) = (ends[0] is "" or "..", ends[1] is "" or "..");
        from = isOpenBefore ? null : Moment(ends[0]);
        until = isOpenAfter ? null : Moment(ends[1]);
        return !(isOpenBefore && isOpenAfter)
            && (isOpenBefore || from is not null)
            && (isOpenAfter || until is not null)
            && !(from > until);
    }

    /// <summary>RFC 3339 section 5.6, in which T and Z may be small letters.</summary>
    private static Instant? Moment(string text) =>
        text.Length <= 40
        && OffsetDateTimePattern.Rfc3339.Parse(text.ToUpperInvariant()) is { Success: true } parsed
            ? parsed.Value.ToInstant()
            : null;
}
