using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Breakwater.Signals;

/// <summary>Reads the time column: a format and a zone, both stated by the caller.</summary>
internal sealed class SeriesTime
{
    private static readonly string[] _isoPatterns =
    [
        "uuuu-MM-dd HH:mm:ss",
        "uuuu-MM-dd'T'HH:mm:ss",
        "uuuu-MM-dd HH:mm",
        "uuuu-MM-dd'T'HH:mm",
        "uuuu-MM-dd",
    ];

    private readonly DateTimeZone _zone;
    private readonly bool _isUnix;
    private readonly IReadOnlyList<LocalDateTimePattern> _patterns;

    private SeriesTime(DateTimeZone zone, bool isUnix, IReadOnlyList<LocalDateTimePattern> patterns)
    {
        _zone = zone;
        _isUnix = isUnix;
        _patterns = patterns;
    }

    public static SeriesTime? For(SeriesFormat format, FaultList faults)
    {
        DateTimeZone? zone = format.TimeZone is null
            ? DateTimeZone.Utc
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(format.TimeZone);
        if (zone is null)
        {
            faults.Add(
                "options",
                $"'{format.TimeZone}' is no time zone",
                "Use a name such as Asia/Tehran"
            );
            return null;
        }

        try
        {
            IEnumerable<string> patterns = format.TimeFormat switch
            {
                "unix" => [],
                "iso" => _isoPatterns,
                // NodaTime writes the year of era as yyyy too, so .NET patterns read the same.
                _ => [format.TimeFormat],
            };
            return new SeriesTime(
                zone,
                format.TimeFormat == "unix",
                [.. patterns.Select(LocalDateTimePattern.CreateWithInvariantCulture)]
            );
        }
        catch (InvalidPatternException fault)
        {
            faults.Add(
                "options",
                $"'{format.TimeFormat}' is no time format: {fault.Message}",
                "Use unix, iso or a pattern such as dd-MMM-yyyy HH:mm"
            );
            return null;
        }
    }

    /// <summary>The instant that a cell names, or null. A local time that a clock change skips or repeats is read leniently, the earlier one.</summary>
    public Instant? Parse(string cell)
    {
        string text = cell.Trim();
        if (_isUnix)
        {
            return
                double.TryParse(
                    text,
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out double seconds
                )
                && Math.Abs(seconds) < 1e11
                && Times.OfUnix((long)seconds) is not null
                ? ToInstant(
                    NodaConstants.UnixEpoch.InUtc().LocalDateTime.PlusSeconds((long)seconds)
                )
                : null;
        }

        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } utc)
        {
            return Times.IsSane(utc.Value) ? utc.Value : null;
        }

        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset)
        {
            return LocalDays.IsSane(offset.Value.Date) ? offset.Value.ToInstant() : null;
        }

        foreach (LocalDateTimePattern pattern in _patterns)
        {
            if (pattern.Parse(text) is { Success: true } local)
            {
                return LocalDays.IsSane(local.Value.Date) ? ToInstant(local.Value) : null;
            }
        }

        return null;
    }

    private Instant ToInstant(LocalDateTime local) =>
        _zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();
}
