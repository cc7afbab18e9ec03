using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Breakwater.Ledger.Tiles;

/// <summary>
/// C2SP tlog-proof: a text that proves to anybody who has the ledger's public key, and nothing else, that an entry is in
/// the ledger of a signed checkpoint.
/// </summary>
/// <param name="Index">Place of the entry; the first is 0.</param>
/// <param name="Hashes">RFC 6962 audit path, from the leaf's sibling upwards.</param>
/// <param name="Note">The checkpoint, as it was signed.</param>
/// <param name="Extra">What else the application needs; proves nothing by itself. Null for none.</param>
public sealed record TlogProof(
    long Index,
    IReadOnlyList<byte[]> Hashes,
    string Note,
    ReadOnlyMemory<byte>? Extra = null
)
{
    public const string Extension = ".tlog-proof";

    /// <summary>Longer texts are not read: an envelope, a payload and a path need far less.</summary>
    public const int LengthMax = 16 * 1024 * 1024;

    private const string Version = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";

    /// <summary>A tree of 2^63 leaves has no longer path.</summary>
    private const int HashesMax = 63;

    public override string ToString()
    {
        var text = new StringBuilder(Version).Append('\n');
        if (Extra is { } extra)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{IndexPrefix}{Index}\n");
        foreach (byte[] hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }

    /// <summary>Reads the form and judges nothing.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        int end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || text.Length > LengthMax)
        {
            return false;
        }

        string[] lines = text[..end].Split('\n');
        byte[]? extra = null;
        int at = 1;
        if (lines.Length > at && lines[at].StartsWith(ExtraPrefix, StringComparison.Ordinal))
        {
            extra = Octets(lines[at][ExtraPrefix.Length..]);
            if (extra is null)
            {
                return false;
            }

            at++;
        }

        if (
            lines[0] != Version
            || lines.Length <= at
            || lines.Length - at - 1 > HashesMax
            || !lines[at].StartsWith(IndexPrefix, StringComparison.Ordinal)
            || !TryIndex(lines[at][IndexPrefix.Length..], out long index)
        )
        {
            return false;
        }

        byte[]?[] hashes = [.. lines[(at + 1)..].Select(Octets)];
        if (hashes.Any(hash => hash?.Length != MerkleTree.HashOctets))
        {
            return false;
        }

        proof = new TlogProof(
            index,
            [.. hashes.Select(hash => hash!)],
            text[(end + 2)..],
            // An absent array would become an empty line.
            extra is null
                ? (ReadOnlyMemory<byte>?)null
                : extra
        );
        return true;
    }

    private static bool TryIndex(string text, out long index) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index)
        && index.ToString(CultureInfo.InvariantCulture) == text;

    private static byte[]? Octets(string base64)
    {
        byte[] octets = new byte[base64.Length];
        return
            Convert.TryFromBase64String(base64, octets, out int length)
            && Convert.ToBase64String(octets.AsSpan(0, length)) == base64
            ? octets[..length]
            : null;
    }
}
