using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Signals.Reporting;

/// <summary>What is kept of a code word: a salt and a slow hash, both base64. The word itself is shown once and never kept.</summary>
public sealed record CodeWordHash(string Salt, string Hash);

/// <summary>
/// Six everyday words, 48 bits, by which whoever reported follows the report or takes it back without an account.
/// </summary>
public static class CodeWord
{
    /// <summary>48 bits.</summary>
    public const int Octets = 6;

    public const int SaltOctets = 16;

    private const int LengthMax = 200;

    // Some milliseconds: 48 bits and 2^13.3 rounds cost who has the hash about 2^61 rounds, and a flood of reports little.
    private const int Rounds = 10_000;

    /// <param name="random">Exactly <see cref="Octets"/> octets from a source that nobody can foresee.</param>
    public static string Of(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Octets);
        var words = new string[Octets];
        for (int i = 0; i < Octets; i++)
        {
            words[i] = CodeWordList.Words[random[i]];
        }

        return string.Join(' ', words);
    }

    /// <param name="salt">Exactly <see cref="SaltOctets"/> random octets.</param>
    public static CodeWordHash Hash(string codeWord, ReadOnlySpan<byte> salt)
    {
        ArgumentNullException.ThrowIfNull(codeWord);
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltOctets);
        return new CodeWordHash(
            Convert.ToBase64String(salt),
            Convert.ToBase64String(Slow(codeWord, salt))
        );
    }

    /// <summary>True when the text is the code word, however it is spaced, hyphenated or written large. Takes equally long for any wrong one.</summary>
    public static bool Is(string? text, CodeWordHash? kept)
    {
        if (text is null || kept is null || text.Length > LengthMax)
        {
            return false;
        }

        var salt = new byte[SaltOctets];
        var hash = new byte[SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(kept.Salt ?? "", salt, out int salted)
            && salted == salt.Length
            && Convert.TryFromBase64String(kept.Hash ?? "", hash, out int hashed)
            && hashed == hash.Length
            && CryptographicOperations.FixedTimeEquals(hash, Slow(text, salt));
    }

    private static byte[] Slow(string text, ReadOnlySpan<byte> salt) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(Plain(text)),
            salt,
            Rounds,
            HashAlgorithmName.SHA256,
            SHA256.HashSizeInBytes
        );

    private static string Plain(string text) =>
        string.Join(
            ' ',
            text.ToLowerInvariant()
                .Split(
                    [' ', '-', ',', '.', '\t', '\n', '\r'],
                    StringSplitOptions.RemoveEmptyEntries
                )
        );
}
