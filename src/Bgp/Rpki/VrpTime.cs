using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Bgp;

/// <summary>Times as validators write them.</summary>
internal static class VrpTime
{
    /// <summary>
    /// Unix seconds, RFC 3339, or the <c>2021-01-31 10:09:57</c> in UTC of the RIPE NCC archive; null for <c>N/A</c>, an
    /// empty text and anything else.
    /// </summary>
    public static Instant? Read(ReadOnlySpan<byte> text)
    {
        if (PrefixText.TryNumber(text, out uint seconds))
        {
            return Instant.FromUnixTimeSeconds(seconds);
        }

        if (text.Length is < 19 or > 40 || text[4] != '-')
        {
            return null;
        }

        if (text[10] == ' ')
        {
            return text.Length == 19 && TryPlain(text, out Instant plain) ? plain : null;
        }

        return
            OffsetDateTimePattern.ExtendedIso.Parse(Encoding.UTF8.GetString(text))
                is { Success: true } parsed
            ? parsed.Value.ToInstant()
            : null;
    }

    /// <summary>By hand, because half a million rows have two of these each.</summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, out Instant at)
    {
        at = default;
        if (
            !Two(text, 0, out int century)
            || !Two(text, 2, out int year)
            || !Two(text, 5, out int month)
            || !Two(text, 8, out int day)
            || !Two(text, 11, out int hour)
            || !Two(text, 14, out int minute)
            || !Two(text, 17, out int second)
            || text[7] != '-'
            || text[13] != ':'
            || text[16] != ':'
        )
        {
            return false;
        }

        year += century * 100;
        if (
            year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            return false;
        }

        at = Instant.FromUtc(year, month, day, hour, minute, second);
        return true;
    }

    private static bool Two(ReadOnlySpan<byte> text, int at, out int value)
    {
        value = ((text[at] - '0') * 10) + text[at + 1] - '0';
        return text[at] is >= (byte)'0' and <= (byte)'9'
            && text[at + 1] is >= (byte)'0' and <= (byte)'9';
    }
}
