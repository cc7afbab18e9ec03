using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Breakwater.Signals;

/// <content>Octets written as text: hexadecimal, base 64, base 32 and bitmaps of types.</content>
internal sealed partial class ZoneRdata
{
    private bool TryHexadecimal(ZoneEntries entry, int from)
    {
        int high = -1;
        for (int token = from; token < entry.Tokens.Count; token++)
        {
            foreach (byte digit in entry[token])
            {
                int value = Value(digit);
                if (value < 0)
                {
                    return false;
                }

                if (high < 0)
                {
                    high = value;
                    continue;
                }

                octets.Write([(byte)((high << 4) | value)]);
                high = -1;
            }
        }

        return high < 0;
    }

    private static int Value(byte digit) =>
        digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };

    private bool TryBase64(ZoneEntries entry, int from)
    {
        joined.ResetWrittenCount();
        for (int token = from; token < entry.Tokens.Count; token++)
        {
            joined.Write(entry[token]);
        }

        Span<byte> room = octets.GetSpan(
            Base64.GetMaxDecodedFromUtf8Length(joined.WrittenCount) + 1
        );
        bool isDone =
            Base64.DecodeFromUtf8(joined.WrittenSpan, room, out int used, out int written)
                == OperationStatus.Done
            && used == joined.WrittenCount;
        octets.Advance(isDone ? written : 0);
        return isDone;
    }

    private string? Salt(ReadOnlySpan<byte> text)
    {
        int start = octets.WrittenCount;
        octets.Write([(byte)0]);
        if (text is [(byte)'-'])
        {
            return null;
        }

        if (text.Length % 2 != 0 || text.Length > 510)
        {
            return "no salt in hexadecimal";
        }

        for (int at = 0; at < text.Length; at += 2)
        {
            if (Value(text[at]) < 0 || Value(text[at + 1]) < 0)
            {
                return "no salt in hexadecimal";
            }

            octets.Write([(byte)((Value(text[at]) << 4) | Value(text[at + 1]))]);
        }

        Written()[start] = (byte)(text.Length / 2);
        return null;
    }

    /// <summary>Base 32 with the extended alphabet, without padding (RFC 5155 section 3.3).</summary>
    private string? OwnerHash(ReadOnlySpan<byte> text)
    {
        int start = octets.WrittenCount;
        octets.Write([(byte)0]);
        int bits = 0;
        int held = 0;
        foreach (byte digit in text)
        {
            int value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'v' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'V' => digit - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return "no hash in base 32";
            }

            held = ((held << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                octets.Write([(byte)((held >> bits) & 0xFF)]);
            }
        }

        int length = octets.WrittenCount - start - 1;
        if (length is 0 or > byte.MaxValue)
        {
            return "no hash in base 32";
        }

        Written()[start] = (byte)length;
        return null;
    }

    /// <summary>Windows of 256 types each (RFC 4034 section 4.1.2).</summary>
    private string? Bitmap(ZoneEntries entry, int from)
    {
        var types = new SortedSet<ushort>();
        for (int token = from; token < entry.Tokens.Count; token++)
        {
            if (!TryTypeOfBitmap(entry[token], out ushort type))
            {
                return $"'{ZoneText.Shown(entry[token])}' is no type";
            }

            types.Add(type);
        }

        foreach (IGrouping<int, ushort> window in types.GroupBy(type => type >> 8))
        {
            int length = ((window.Max() & 0xFF) >> 3) + 1;
            Span<byte> bits = octets.GetSpan(2 + length)[..(2 + length)];
            bits.Clear();
            bits[0] = (byte)window.Key;
            bits[1] = (byte)length;
            foreach (ushort type in window)
            {
                bits[2 + ((type & 0xFF) >> 3)] |= (byte)(0x80 >> (type & 7));
            }

            octets.Advance(2 + length);
        }

        return null;
    }

    /// <summary>Bitmaps name types whose own text is not read here.</summary>
    private static bool TryTypeOfBitmap(ReadOnlySpan<byte> text, out ushort type)
    {
        if (ZoneType.TryParse(text, out type))
        {
            return true;
        }

        type = Encoding.Latin1.GetString(text).ToUpperInvariant() switch
        {
            "SIG" => 24,
            "KEY" => 25,
            "LOC" => 29,
            "CERT" => 37,
            "APL" => 42,
            "IPSECKEY" => 45,
            "HIP" => 55,
            "SVCB" => 64,
            "HTTPS" => 65,
            "EUI48" => 108,
            "EUI64" => 109,
            _ => 0,
        };
        return type != 0;
    }
}
