using NodaTime;

namespace Breakwater.Feeds;

/// <summary>When a live feed begins a new file, and when its files must be on the disk.</summary>
/// <param name="Folder">Where the files go; made when it is not there.</param>
public sealed record SegmentSettings(string Folder)
{
    /// <summary>Of event time; the files of RIPE RIS span as much.</summary>
    public Duration Span { get; init; } = Duration.FromMinutes(5);

    /// <summary>A file that reaches this is closed early.</summary>
    public long OctetsMax { get; init; } = 64L << 20;

    /// <summary>True asks the disk to keep each flush; false only a closed file, so that a power cut can cost seconds.</summary>
    public bool SyncsEachFlush { get; init; }
}

/// <summary>One closed file of live messages, in MRT.</summary>
/// <param name="File">Its name; the hash stands beside it in a file of the same name with <c>.sha256</c>.</param>
/// <param name="From">The earliest event in it.</param>
/// <param name="To">The latest event in it.</param>
public sealed record Segment(
    string Feed,
    string File,
    Instant From,
    Instant To,
    long Octets,
    long Records,
    string Sha256
);

/// <summary>Where something was appended.</summary>
/// <param name="Path">Null when it could not be kept.</param>
/// <param name="Offset">Octets before it in the file.</param>
/// <param name="Index">Records before it in the file.</param>
public readonly record struct SegmentPlace(string? Path, long Offset, long Index);
