using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Reporting;

/// <summary>A picture without what its camera and its editor wrote into it.</summary>
/// <param name="Format"><c>jpeg</c> or <c>png</c>.</param>
/// <param name="Removed">What was left out, by the names of parts; never what they held.</param>
public sealed record CleanImage(
    string Format,
    ReadOnlyMemory<byte> Octets,
    IReadOnlyList<string> Removed
);

/// <summary>
/// Takes position, device, time, names, thumbnails and whatever trails behind the end out of JPEG and PNG. What it does not
/// know it refuses rather than lets through. The turn of a picture is metadata too: it may lie on its side afterwards.
/// What people see in the picture stays in it.
/// </summary>
public static class ImageMetadata
{
    public const int OctetsMax = 20 * 1024 * 1024;

    /// <summary>True for what begins as a picture of a known kind does, whether or not it can be cleaned.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> octets) =>
        octets is [0xFF, 0xD8, 0xFF, ..] or [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..]
        || octets.StartsWith("GIF87a"u8)
        || octets.StartsWith("GIF89a"u8)
        || (octets.StartsWith("RIFF"u8) && octets.Length > 12 && octets[8..].StartsWith("WEBP"u8))
        || IsTiff(octets)
        || IsOfIsoMedia(octets)
        || octets.StartsWith("\0\0\0\u000CJXL "u8)
        || octets is [0xFF, 0x0A, ..];

    /// <summary>Its first directory begins at an even place behind the header (TIFF 6.0, section 2).</summary>
    private static bool IsTiff(ReadOnlySpan<byte> octets) =>
        octets switch
        {
            [0x49, 0x49, 0x2A, 0, ..] when octets.Length >= 8 => IsDirectory(
                BinaryPrimitives.ReadUInt32LittleEndian(octets[4..]),
                octets.Length
            ),
            [0x4D, 0x4D, 0, 0x2A, ..] when octets.Length >= 8 => IsDirectory(
                BinaryPrimitives.ReadUInt32BigEndian(octets[4..]),
                octets.Length
            ),
            _ => false,
        };

    private static bool IsDirectory(uint at, int length) => at >= 8 && at % 2 == 0 && at < length;

    /// <summary>HEIC, AVIF and the other pictures and films in ISO base media files (ISO/IEC 14496-12): they say where they were made.</summary>
    private static bool IsOfIsoMedia(ReadOnlySpan<byte> octets) =>
        octets.Length >= 12 && octets[4..].StartsWith("ftyp"u8);

    /// <summary>The picture, or why it is refused; never an exception.</summary>
    public static (CleanImage? Image, Refusal? Refusal) Strip(ReadOnlyMemory<byte> octets)
    {
        if (octets.Length > OctetsMax)
        {
            return (null, Refusal.TooMuch($"a picture has at most {OctetsMax / 1024 / 1024} MiB"));
        }

        var kept = new KeptParts(Math.Max(1, octets.Length));
        string? reason = octets.Span switch
        {
            [0xFF, 0xD8, ..] => JpegParts.Keep(octets.Span, kept),
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngParts.Keep(
                octets.Span,
                kept
            ),
            _ => "only JPEG and PNG are taken",
        };
        return reason is null
            ? (kept.Image(octets.Span[0] == 0xFF ? "jpeg" : "png"), null)
            : (null, Refusal.Invalid(reason));
    }
}

/// <summary>What of a picture is kept, and the names of what is not.</summary>
internal sealed class KeptParts(int capacity)
{
    private const int RemovedMax = 100;

    private readonly ArrayBufferWriter<byte> octets = new(capacity);
    private readonly List<string> removed = [];

    public void Keep(ReadOnlySpan<byte> part) => octets.Write(part);

    public void Remove(string part)
    {
        if (removed.Count < RemovedMax && !removed.Contains(part))
        {
            removed.Add(part);
        }
    }

    public void RemoveTrailing(int count)
    {
        if (count > 0)
        {
            Remove(string.Create(CultureInfo.InvariantCulture, $"{count} octets after the end"));
        }
    }

    public CleanImage Image(string format) => new(format, octets.WrittenMemory, removed);
}
