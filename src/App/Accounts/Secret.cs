using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.App.Accounts;

/// <summary>Secrets that the node makes itself. They are long and random, so a plain SHA-256 of one gives nothing away.</summary>
internal static class Secret
{
    public const string TokenPrefix = "bwt_";

    private const int TokenOctets = 32;
    private const int CodeLetters = 20;

    /// <summary>Crockford's: no letter that is read as a digit.</summary>
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    public static int TokenLength { get; } =
        TokenPrefix.Length + Base64Url.GetEncodedLength(TokenOctets);

    public static string Token() =>
        TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenOctets));

    /// <summary>100 random bits in four groups, to be written down by hand.</summary>
    public static string Code() =>
        string.Join(
            '-',
            RandomNumberGenerator
                .GetString(Letters, CodeLetters)
                .Chunk(5)
                .Select(group => new string(group))
        );

    /// <summary>The code as it was made, whatever a hand made of its case, blanks and look-alikes.</summary>
    public static string ReadCode(string written)
    {
        var code = new StringBuilder();
        foreach (char letter in written.Take(4 * CodeLetters).Select(char.ToLowerInvariant))
        {
            char meant = letter switch
            {
                'o' => '0',
                'i' or 'l' => '1',
                _ => letter,
            };
            if (Letters.Contains(meant, StringComparison.Ordinal))
            {
                code.Append(code.Length % 6 == 5 ? "-" : "").Append(meant);
            }
        }

        return code.ToString();
    }

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
