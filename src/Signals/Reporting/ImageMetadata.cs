using System.Buffers;
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
