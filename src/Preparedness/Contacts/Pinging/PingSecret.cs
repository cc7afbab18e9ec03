using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Preparedness.Contacts.Pinging;

/// <summary>What is kept of link and code: a salt and slow hashes, base64. As a box it is shown to nobody.</summary>
public sealed record PingSecret(string Salt, string Box)
{
    public const int SaltOctets = 16;

    // Some tens of milliseconds: with 40 bits of code, who has the hash needs about 2^56 rounds in the two weeks that it holds.
    private const int Rounds = 100_000;
    private const int HashOctets = 32;

    /// <param name="link">Null for a code without a link.</param>
    public static PingSecret Of(string? link, string code, ReadOnlySpan<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltOctets);
        return new PingSecret(
            Convert.ToBase64String(salt),
            Convert.ToBase64String([
                .. Slow(PingCode.Plain(code), salt),
                .. link is null ? [] : Fast(link),
            ])
        );
    }

    public bool IsCode(string? text) =>
        text is { Length: <= 100 }
        && CryptographicOperations.FixedTimeEquals(
            Hashes.AsSpan(0, HashOctets),
            Slow(PingCode.Plain(text), Convert.FromBase64String(Salt))
        );

    public bool IsLink(string? text) =>
        text is { Length: <= 100 }
        && Hashes.Length == 2 * HashOctets
        && CryptographicOperations.FixedTimeEquals(Hashes.AsSpan(HashOctets), Fast(text));

    private byte[] Hashes => Convert.FromBase64String(Box);

    private static byte[] Slow(string code, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(code),
            salt,
            Rounds,
            HashAlgorithmName.SHA256,
            HashOctets
        );

    /// <summary>Enough for 128 random bits.</summary>
    private static byte[] Fast(string link) => SHA256.HashData(Encoding.UTF8.GetBytes(link));
}

/// <summary>Letters that are not mistaken for each other when they are read out: Crockford's 32.</summary>
public static class PingCode
{
    /// <summary>Eight letters of five bits.</summary>
    public const int Octets = 5;

    public const int LinkOctets = 16;

    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <param name="random">Exactly <see cref="Octets"/> octets from a source that nobody can foresee.</param>
    public static string Of(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Octets);
        return Grouped(Text(random));
    }

    public static string Link(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, LinkOctets);
        return Convert.ToHexStringLower(random);
    }

    /// <summary>However it is spaced or written, and with the letters that are heard for digits.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(
            text.ToUpperInvariant()
                .Where(char.IsAsciiLetterOrDigit)
                .Select(letter =>
                    letter switch
                    {
                        'O' => '0',
                        'I' or 'L' => '1',
                        _ => letter,
                    }
                )
        );
    }

    /// <summary>True for what may be a code: a short one, or one with letters of no code, is a slip of the hand.</summary>
    public static bool IsForm(string? text) =>
        text is { Length: <= 100 }
        && Plain(text) is { Length: 8 } plain
        && plain.All(letter => Letters.Contains(letter, StringComparison.Ordinal));

    internal static string Text(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        (int bits, int left) = (0, 0);
        foreach (byte octet in octets)
        {
            bits = ((bits << 8) | octet) & 0xFFFF;
            left += 8;
            while (left >= 5)
            {
                left -= 5;
                text.Append(Letters[(bits >> left) & 31]);
            }
        }

        return text.ToString();
    }

    private static string Grouped(string text) => $"{text[..4]}-{text[4..]}";
}

/// <summary>How a ping is named when people talk about it. It follows from its contact and number, and opens nothing.</summary>
public static class PingReference
{
    private const int Octets = 5;

    public static string Of(string contact, int number) =>
        PingCode
            .Text(
                SHA256
                    .HashData(Encoding.UTF8.GetBytes($"contact-ping\n{contact}\n{number}"))
                    .AsSpan(0, Octets)
            )
            .ToLowerInvariant();

    /// <summary>As it was typed.</summary>
    public static string Plain(string text) => PingCode.Plain(text).ToLowerInvariant();
}
