namespace Breakwater.Signals;

/// <summary>Small parts of the text of zone files (RFC 1035 section 5.1).</summary>
internal static class ZoneText
{
    /// <summary>One octet of a text with escapes: itself, <c>\X</c> or <c>\DDD</c>.</summary>
    public static bool TryOctet(ReadOnlySpan<byte> text, ref int at, out byte octet)
    {
        octet = text[at++];
        if (octet != (byte)'\\')
        {
            return true;
        }

        if (at == text.Length)
        {
            return false;
        }

        octet = text[at++];
        if (!IsDigit(octet))
        {
            return true;
        }

        if (at + 2 > text.Length || !IsDigit(text[at]) || !IsDigit(text[at + 1]))
        {
            return false;
        }

        int value =
            ((octet - '0') * 100) + ((text[at] - '0') * 10) + (text[at + 1] - '0');
        at += 2;
        octet = unchecked((byte)value);
        return value <= byte.MaxValue;
    }

    /// <summary>Decimal digits alone, up to a largest value.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, uint max, out uint number)
    {
        ulong value = 0;
        number = 0;
        if (text.Length is 0 or > 10)
        {
            return false;
        }

        foreach (byte digit in text)
        {
            if (!IsDigit(digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        number = (uint)Math.Min(value, uint.MaxValue);
        return value <= max;
    }

    /// <summary>Seconds, also with units as servers write them: <c>86400</c>, <c>1D</c>, <c>1h30m</c> (RFC 2308 section 4 and practice).</summary>
    public static bool TryPeriod(ReadOnlySpan<byte> text, out uint seconds)
    {
        // RFC 2181 section 8: a TTL is at most 2^31 - 1.
        const uint max = int.MaxValue;
        if (TryNumber(text, max, out seconds))
        {
            return true;
        }

        ulong sum = 0;
        ulong value = 0;
        bool hasDigits = false;
        foreach (byte octet in text)
        {
            if (IsDigit(octet))
            {
                value = (value * 10) + octet - '0';
                hasDigits = true;
            }
            else
            {
                ulong unit = (octet | 0x20) switch
                {
                    's' => 1,
                    'm' => 60,
                    'h' => 3_600,
                    'd' => 86_400,
                    'w' => 604_800,
                    _ => 0UL,
                };
                if (unit == 0 || !hasDigits)
                {
                    return false;
                }

                sum += value * unit;
                (value, hasDigits) = (0, false);
            }

            if (value > max || sum > max)
            {
                return false;
            }
        }

        seconds = (uint)Math.Min(sum, max);
        return !text.IsEmpty && !hasDigits;
    }

    public static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';

    /// <summary>Text of a token for a fault: short, and nothing that steers a terminal.</summary>
    public static string Shown(ReadOnlySpan<byte> text)
    {
        const int shownMax = 32;
        Span<char> shown = stackalloc char[shownMax];
        int count = Math.Min(text.Length, shownMax);
        for (int at = 0; at < count; at++)
        {
            shown[at] = text[at] is >= 0x20 and < 0x7F ? (char)text[at] : '?';
        }

        return text.Length > shownMax ? $"{shown[..count]}…" : $"{shown[..count]}";
    }
}
