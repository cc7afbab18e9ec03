using System.Buffers.Binary;
using System.Text;

namespace Breakwater.Ledger;

/// <summary>C2SP signed-note: a text that ends in a line feed, an empty line, and one line for each signature.</summary>
public static class SignedNote
{
    private const string Dash = "\u2014 ";

    public static string Sign(string text, Signer signer)
    {
        if (!text.EndsWith('\n'))
        {
            throw new ArgumentException("the text of a note ends in a line feed", nameof(text));
        }

        byte[] signature = new byte[4 + 64];
        BinaryPrimitives.WriteUInt32BigEndian(signature, signer.Verifier.KeyId);
        signer.Sign(Encoding.UTF8.GetBytes(text)).CopyTo(signature, 4);
        return $"{text}\n{Dash}{signer.Name} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>The text, when <paramref name="verifier"/> signed it; null otherwise. Signatures of others are passed over.</summary>
    public static string? Open(string note, Verifier verifier)
    {
        int end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n'))
        {
            return null;
        }

        string text = note[..(end + 1)];
        byte[] octets = Encoding.UTF8.GetBytes(text);
        string prefix = $"{Dash}{verifier.Name} ";
        return note[(end + 2)..]
            .Split('\n')
            .Any(line =>
                line.StartsWith(prefix, StringComparison.Ordinal)
                && IsBy(verifier, octets, line[prefix.Length..])
            )
            ? text
            : null;
    }

    private static bool IsBy(Verifier verifier, byte[] text, string base64)
    {
        Span<byte> signature = stackalloc byte[4 + 64];
        return Convert.TryFromBase64String(base64, signature, out int length)
            && length == signature.Length
            && BinaryPrimitives.ReadUInt32BigEndian(signature) == verifier.KeyId
            && verifier.Verifies(text, signature[4..]);
    }
}
