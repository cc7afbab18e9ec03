using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Ledger.Sealing;

/// <summary>
/// What one custodian holds. Written for paper, <c>custody-…/2/hex/check</c>: the check is the beginning of a hash over the
/// rest, so that a slip of the pen is told before the shares are joined.
/// </summary>
public sealed class KeyShare
{
    private const int ShareOctets = 32;
    private const int TextMax = 200;
    private readonly byte[] octets;

    internal KeyShare(string custody, byte number, byte[] octets) =>
        (Custody, Number, this.octets) = (custody, number, octets);

    /// <summary>Id of the custody.</summary>
    public string Custody { get; }

    /// <summary>1 for the first holder.</summary>
    public byte Number { get; }

    internal ReadOnlyMemory<byte> Octets => octets;

    /// <summary>The secret text, for its holder's eyes. <see cref="ToString"/> leaves the octets out.</summary>
    public string Export()
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Custody}/{Number}/{Convert.ToHexStringLower(octets)}"
        );
        return $"{text}/{Check(text)}";
    }

    /// <summary>Takes upper case and spaces around, as people write.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyShare? share)
    {
        share = null;
        string written = text.Length <= TextMax ? text.Trim().ToLowerInvariant() : "";
        if (
            written.Split('/')
                is [{ Length: > 0 } custody, var number, { Length: 2 * ShareOctets } hex, _]
            && byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out byte at)
            && at > 0
            && hex.All(char.IsAsciiHexDigit)
        )
        {
            var read = new KeyShare(custody, at, Convert.FromHexString(hex));
            share = read.Export() == written ? read : null;
        }

        return share is not null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"share {Number} of {Custody}");

    private static string Check(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}
