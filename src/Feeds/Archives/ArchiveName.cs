using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Feeds.Archives;

/// <summary>What the path of an MRT file says about it.</summary>
/// <param name="Collector">Null when the path does not say.</param>
/// <param name="Content">Null when the path does not say.</param>
internal sealed partial record ArchiveName(string? Collector, ArchiveContent? Content, Instant From)
{
    // RFC 6396 section 2: time, type, subtype, length.
    private const int HeaderLength = 12;

    private static readonly LocalDateTimePattern clock =
        LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMdd'.'HHmm");

    /// <summary>Null when there is no time in the name.</summary>
    /// <param name="path">Below the folder, with slashes.</param>
    public static ArchiveName? Of(string path)
    {
        Match named = Named().Match(path);
        Instant? from =
            !named.Success ? null
            : named.Groups["unix"].Success
                ? Instant.FromUnixTimeSeconds(
                    long.Parse(named.Groups["unix"].Value, CultureInfo.InvariantCulture)
                )
            : clock.Parse(named.Groups["clock"].Value) is { Success: true } parsed
                ? parsed.Value.InUtc().ToInstant()
            : null;
        return from is { } at
            ? new ArchiveName(
                CollectorOf(path, named),
                ContentOf(named.Groups["content"].Value),
                at
            )
            : null;
    }

    /// <summary>The time of the first record of a file, or why there is none.</summary>
    public static (Instant? From, InputFault? Fault) OfContent(string path, string name)
    {
        try
        {
            using Compression input = Compression.Open(File.OpenRead(path), name, threads: 1);
            byte[] first = FirstOf(input);
            return first switch
            {
                // RFC 6396 section 2 and 4: a time, then one of the types in use, below 64.
                [_, _, _, _, 0, < 64 and > 0, _, _, _, _, _, _, ..] => (
                    Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(first)),
                    null
                ),
                _ => (null, input.Faults.Count > 0 ? input.Faults[0] : NotMrt(name)),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (
                null,
                new InputFault(
                    name,
                    "",
                    $"cannot be read: {fault.Message.TrimEnd('.')}",
                    "Check the permissions"
                )
            );
        }
    }

    private static byte[] FirstOf(Compression input)
    {
        var first = new List<byte>();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            first.AddRange(chunk.Span[..Math.Min(chunk.Length, HeaderLength)]);
            if (first.Count >= HeaderLength)
            {
                break;
            }
        }

        return [.. first];
    }

    private static InputFault NotMrt(string name) =>
        new(name, "offset 0", "does not start with an MRT record", "Take it out of the folder");

    private static ArchiveContent? ContentOf(string word) =>
        word switch
        {
            "rib" or "ribs" or "bview" => ArchiveContent.Rib,
            "updates" => ArchiveContent.Updates,
            _ => null,
        };

    private static string? CollectorOf(string path, Match named)
    {
        if (named.Groups["collector"].Success)
        {
            return named.Groups["collector"].Value;
        }

        string[] folders = path.Split('/')[..^1];
        int month = Array.FindLastIndex(folders, folder => Month().IsMatch(folder));
        return month switch
        {
            > 1 when folders[month - 1] == "bgpdata" => folders[month - 2],
            1 when folders[0] == "bgpdata" => "route-views2",
            > 0 => folders[month - 1],
            _ => null,
        };
    }

    // No \d, which takes the digits of every script. The names of both archives, and those that libbgpstream gives: project.collector.content.seconds.
    [GeneratedRegex(
        @"(^|/)((ris|routeviews)\.(?<collector>[A-Za-z0-9._-]+)\.)?(?<content>rib|ribs|bview|updates)\.((?<clock>[0-9]{8}\.[0-9]{4})|(?<unix>[0-9]{9,10}))(\.[a-z0-9]+)?$"
    )]
    private static partial Regex Named();

    [GeneratedRegex(@"^\d{4}\.\d{2}$")]
    private static partial Regex Month();
}
