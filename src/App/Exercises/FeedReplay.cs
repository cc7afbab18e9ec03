using System.Buffers.Binary;
using System.Buffers.Text;
using Breakwater.Feeds;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>What the feeds of a scenario had shown by a moment: its files, as far as they reached then and without what is blind.</summary>
internal sealed class FeedReplay(Scenario scenario)
{
    private const int MrtHeader = 12;

    /// <summary>By feed, the moment of each line of its file; null for lines that belong to no sample.</summary>
    private readonly Dictionary<string, Instant?[]> _lines = new(StringComparer.Ordinal);

    /// <param name="blind">What was shown before a feed went blind stays shown.</param>
    /// <returns>Null when the feed had shown nothing.</returns>
    public byte[]? Until(
        ScenarioSeries series,
        Instant until,
        IReadOnlyList<(Instant Since, Instant Until)> blind
    )
    {
        bool Shows(Instant at) =>
            at <= until && !blind.Any(gap => at > gap.Since && at < gap.Until);
        return series.Format == "mrt" ? Records(series, Shows) : Lines(series, Shows);
    }

    private byte[]? Lines(ScenarioSeries series, Func<Instant, bool> shows)
    {
        ReadOnlyMemory<byte> octets = Plain(series);
        Instant?[] moments = MomentsOf(series);
        using var kept = new MemoryStream();
        bool isEmpty = true;
        int line = 0;
        for (int at = 0; at < octets.Length; line++)
        {
            int length = octets.Span[at..].IndexOf((byte)'\n') is >= 0 and int end
                ? end + 1
                : octets.Length - at;
            bool isHeader = line == 0 && series.Routes is null;
            bool isShown = line < moments.Length && moments[line] is { } moment && shows(moment);
            if (isHeader || isShown)
            {
                kept.Write(octets.Span.Slice(at, length));
                isEmpty &= isHeader;
            }

            at += length;
        }

        return isEmpty ? null : kept.ToArray();
    }

    /// <summary>Read once: which line says what, and when.</summary>
    private Instant?[] MomentsOf(ScenarioSeries series)
    {
        if (_lines.TryGetValue(series.File.Name, out Instant?[]? known))
        {
            return known;
        }

        if (series.Routes is not null)
        {
            return _lines[series.File.Name] = MomentsOfRoutes(Plain(series).Span);
        }

        SeriesSignal[] signals =
        [
            .. SignalsOfScenario.ReadSeries(series).Signals.OfType<SeriesSignal>(),
        ];
        var moments = new Instant?[
            signals
                .SelectMany(signal => signal.Samples)
                .Select(sample => sample.Row)
                .DefaultIfEmpty()
                .Max()
        ];
        foreach (Sample sample in signals.SelectMany(signal => signal.Samples))
        {
            if (sample.Row > 0)
            {
                moments[sample.Row - 1] = sample.At;
            }
        }

        return _lines[series.File.Name] = moments;
    }

    /// <summary><c>bgpdump -m</c> writes a record a line, whose second field is its time in seconds, with or without a fraction.</summary>
    private static Instant?[] MomentsOfRoutes(ReadOnlySpan<byte> text)
    {
        var moments = new List<Instant?>();
        foreach (Range one in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[one];
            int first = line.IndexOf((byte)'|') + 1;
            moments.Add(
                first > 0
                && Utf8Parser.TryParse(line[first..], out long seconds, out int used)
                && line.Length > first + used
                && line[first + used] is (byte)'|' or (byte)'.'
                && seconds is >= 0 and <= uint.MaxValue
                    ? Instant.FromUnixTimeSeconds(seconds)
                    : null
            );
        }

        return [.. moments];
    }

    /// <summary>RFC 6396, section 2: each record begins with its time in seconds and states its length.</summary>
    private static byte[]? Records(ScenarioSeries series, Func<Instant, bool> shows)
    {
        ReadOnlySpan<byte> octets = Plain(series).Span;
        using var kept = new MemoryStream();
        while (octets.Length >= MrtHeader)
        {
            var at = Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(octets));
            long length = MrtHeader + (long)BinaryPrimitives.ReadUInt32BigEndian(octets[8..]);
            if (length > octets.Length)
            {
                break;
            }

            if (shows(at))
            {
                kept.Write(octets[..(int)length]);
            }

            octets = octets[(int)length..];
        }

        return kept.Length == 0 ? null : kept.ToArray();
    }

    private static ReadOnlyMemory<byte> Plain(ScenarioSeries series)
    {
        using Compression input = Compression.Open(series.File);
        using var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            content.Write(chunk.Span);
        }

        return content.ToArray();
    }

    /// <summary>Who hands feeds in.</summary>
    public IReadOnlyList<ScenarioSeries> Feeds { get; } = scenario.Series;
}
