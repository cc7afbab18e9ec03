using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Breakwater.App.Api;

/// <summary>
/// Where a list goes on: the place in the ledger of the last one that was given. New subjects come in front, so no page shows
/// one twice or leaves one out.
/// </summary>
internal static class Cursor
{
    private const int OctetsMax = 20;

    public static string Of(long firstSequence) =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(firstSequence.ToString(CultureInfo.InvariantCulture))
        );

    public static bool TryRead(string text, out long firstSequence)
    {
        firstSequence = 0;
        Span<byte> octets = stackalloc byte[OctetsMax];
        return text.Length is > 0 and <= 2 * OctetsMax
            && Base64Url.IsValid(text, out int length)
            && length <= OctetsMax
            && Base64Url.TryDecodeFromChars(text, octets, out int written)
            && long.TryParse(
                octets[..written],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out firstSequence
            )
            // Whoever goes on after it counts one more.
            && firstSequence < long.MaxValue;
    }
}
