using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>Samples, one JSON object a line, as a monitor hands them to <c>detect --follow</c> or keeps them.</summary>
public static class SignalsFromSamples
{
    private const int FaultLimit = 50;
    private const int HeadOctets = 1_024;

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> head = file
            .Content.Span[..Math.Min(HeadOctets, file.Content.Length)]
            .TrimStart(" \r\n\t\uFEFF"u8);
        int end = head.IndexOf((byte)'\n');
        head = end < 0 ? head : head[..end];
        return head is [(byte)'{', ..]
            && head.IndexOf("\"source\""u8) >= 0
            && head.IndexOf("\"time\""u8) >= 0
            && head.IndexOf("\"value\""u8) >= 0;
    }

    /// <param name="place">For lines that name none.</param>
    public static SignalsRead Read(SourceFile file, Place? place)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        var series = new SortedDictionary<string, Gathered>(StringComparer.Ordinal);
        ReadOnlyMemory<byte> rest = file.Content;
        for (int line = 1; !rest.IsEmpty; line++)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> text = (end < 0 ? rest : rest[..end]).Trim(" \r\t\uFEFF"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            string at = string.Create(CultureInfo.InvariantCulture, $"line {line}");
            if (line > SignalsFromSeries.SampleLimit)
            {
                faults.Add(at, "too many lines", "Split the file; the rest is unread");
                break;
            }

            if (text.IsEmpty)
            {
                continue;
            }

            if (SampleLine.Read(text, place, out (string Reason, string Remedy)? wrong) is { } read)
            {
                wrong = Gather(series, read, line);
            }

            if (wrong is { } fault)
            {
                faults.Add(at, fault.Reason, fault.Remedy);
            }
        }

        return new SignalsRead(
            [
                .. series
                    .Values.Select(one => one.Signal(file, faults))
                    .OfType<SeriesSignal>()
                    .OrderBy(signal => signal.Id, StringComparer.Ordinal),
            ],
            faults.ToList()
        );
    }

    private static (string, string)? Gather(
        SortedDictionary<string, Gathered> series,
        SampleLine read,
        int line
    )
    {
        string key =
            $"{read.Place.Key}\n{read.Network}\n{read.Target}\n{read.Source}\n{read.Metric}";
        if (!series.TryGetValue(key, out Gathered? of))
        {
            if (series.Count >= SampleSeries.SeriesMax)
            {
                return ($"more than {SampleSeries.SeriesMax} series", "Split the file");
            }

            series.Add(key, of = new Gathered(read));
        }

        if (read.Family is not null && of.Family is not null && read.Family != of.Family)
        {
            return (
                $"{read.Source} was of another family before",
                "Give the two sources different names"
            );
        }

        of.Family ??= read.Family;
        of.Step ??= read.Step;
        of.Samples.Add(new Sample(read.At, read.Value, line));
        return null;
    }

    private sealed class Gathered(SampleLine first)
    {
        public SignalFamily? Family { get; set; }

        public Duration? Step { get; set; }

        public List<Sample> Samples { get; } = [];

        public SeriesSignal? Signal(SourceFile file, FaultList faults)
        {
            if (Family is not { } family)
            {
                faults.Add(
                    "",
                    $"nothing says what family {first.Source} is of",
                    "Add \"family\": routing, probing, telescope or application"
                );
                return null;
            }

            (IReadOnlyList<Sample> samples, Duration step) = SampleGrid.Lay(
                Samples,
                Step,
                first.Source,
                faults
            );
            SeriesSignal begun = SampleSeries.Begun(
                first,
                family,
                step,
                new Evidence(file.Sha256, file.Name, SignalsFromSeries.Rows(samples))
            );
            return begun with { Samples = samples };
        }
    }
}
