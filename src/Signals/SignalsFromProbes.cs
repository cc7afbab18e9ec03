using System.Globalization;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// Rounds of probes, one JSON document a line, as <c>probe --out</c> keeps them: the share of targets that answered, for
/// each place and vantage. A round in which the prober was blind is missing and never zero.
/// </summary>
public static class SignalsFromProbes
{
    public const string Metric = "reached_share";
    public const string Unit = "share of targets asked";

    /// <summary>Longer lines are refused: a round holds at most some thousand probes of some hundred octets.</summary>
    public const int LineOctetsMax = 4 << 20;

    public const int ProbesMax = 10_000;

    private const int FaultLimit = 50;

    private static readonly Instant _earliest = Instant.FromUtc(1990, 1, 1, 0, 0);
    private static readonly Instant _latest = Instant.FromUtc(2200, 1, 1, 0, 0);
    private static readonly Duration _everyMax = Duration.FromDays(366);

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return IsRound(file.Content.Span);
    }

    internal static bool IsRound(ReadOnlySpan<byte> line) =>
        line[..Math.Min(64, line.Length)].IndexOf("\"format\":\"breakwater-probe"u8) >= 0;

    /// <summary>One round as a sample: the share of its targets that answered, null when the prober could not see.</summary>
    internal static SampleLine? SampleOf(
        ReadOnlySpan<byte> text,
        Place? place,
        out (string Reason, string Remedy)? wrong
    )
    {
        wrong = null;
        var faults = new FaultList("", 1);
        if (ReadLine(text, 1, place, faults) is not { } round)
        {
            InputFault fault = faults.ToList()[0];
            wrong = (fault.Reason, fault.Remedy);
            return null;
        }

        var one = new ProbeSeries(round.Place ?? place!, round.Vantage);
        one.Add(round, 1);
        SeriesSignal signal = one.Signals(
            SourceFile.Of("", default),
            Origin.Measured,
            faults
        ).Signal;
        return new SampleLine(
            signal.Source,
            signal.Family,
            signal.Place,
            signal.Network,
            signal.Target,
            signal.Metric,
            signal.Unit,
            round.Every,
            round.At,
            signal.Samples[0].Value
        )
        {
            Marking = signal.Marking,
        };
    }

    /// <param name="place">For rounds that do not say what place their targets stand for.</param>
    public static SignalsRead Read(
        SourceFile file,
        Place? place = null,
        Origin origin = Origin.Measured
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        var series = new SortedDictionary<string, ProbeSeries>(StringComparer.Ordinal);
        int line = 0;
        ReadOnlySpan<byte> rest = file.Content.Span;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = (end < 0 ? rest : rest[..end]).Trim(" \r\t"u8);
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (++line > SignalsFromSeries.SampleLimit)
            {
                faults.Add($"line {line}", "too many lines", "Split the file; the rest is unread");
                break;
            }

            if (text.IsEmpty || ReadLine(text, line, place, faults) is not { } round)
            {
                continue;
            }

            var of = new ProbeSeries(round.Place ?? place!, round.Vantage);
            if (!series.TryGetValue(of.Key, out ProbeSeries? known))
            {
                series.Add(of.Key, known = of);
            }

            known.Add(round, line);
        }

        List<SignalsOfSeries> read =
        [
            .. series.Values.Select(one => one.Signals(file, origin, faults)),
        ];
        return new SignalsRead(
            [.. read.Select(one => one.Signal)],
            faults.ToList(),
            [.. read.SelectMany(one => one.Notes)]
        )
        {
            Gaps = [.. read.SelectMany(one => one.Gaps)],
        };
    }

    private static ProbeRound? ReadLine(
        ReadOnlySpan<byte> text,
        int line,
        Place? place,
        FaultList faults
    )
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"line {line}");
        if (text.Length > LineOctetsMax)
        {
            faults.Add(at, $"longer than {LineOctetsMax >> 20} MiB", "The line is left out");
            return null;
        }

        ProbeRound? round;
        try
        {
            round = JsonSerializer.Deserialize<ProbeRound>(text, Json.Compact);
        }
        catch (Exception fault)
            when (fault
                    is JsonException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or OverflowException
            )
        {
            faults.Add(
                at,
                $"no round of probes: {Sentence(fault)}",
                "Give lines as probe --out writes them; this one is left out"
            );
            return null;
        }

        if (round is null || Wrong(round) is { } wrong && Refuse(wrong))
        {
            return null;
        }

        if (round.Place is null && place is null)
        {
            faults.Add(
                at,
                "nothing says what place the targets stand for",
                "State --place; the line is left out"
            );
            return null;
        }

        return round;

        bool Refuse(string reason)
        {
            faults.Add(at, reason, "The line is left out");
            return true;
        }
    }

    /// <summary>What a round cannot be; null when it can.</summary>
    private static string? Wrong(ProbeRound round) =>
        round.Format != ProbeRound.FormatName ? $"not of the form {ProbeRound.FormatName}"
        : round.Probes is null || round.Controls is null || round.BlindOver is null
            ? "probes or controls are null"
        : round.Probes.Any(probe => probe is null) ? "a probe is null"
        : round.Probes.Count > ProbesMax ? $"more than {ProbesMax} probes"
        : round.At < _earliest || round.At > _latest ? "the time is not of this age"
        : round.Every is { } every && (every <= Duration.Zero || every > _everyMax)
            ? "the distance of rounds is not between nothing and a year"
        : round.Vantage is { } vantage && !IsCoarse(vantage) ? "the vantage is not a coarse place"
        : round.Place is { } stated && stated.Key == "unknown" ? "the place is empty"
        : null;

    /// <summary>A vantage narrower than an area of a country would lead to a person.</summary>
    public static bool IsCoarse(ProbeVantage vantage)
    {
        ArgumentNullException.ThrowIfNull(vantage);
        return Enum.IsDefined(vantage.Side)
            && vantage.Place
                is null
                    or { Country: not null, Area: null or { Count: <= 1 }, Prefix: null, Tld: null }
                    or { Asn: not null, Prefix: null, Tld: null, Area: null };
    }

    /// <summary>Which member, without the names of types in the serializer's message.</summary>
    private static string Sentence(Exception fault)
    {
        const string missing = "required properties including: ";
        int names = fault.Message.IndexOf(missing, StringComparison.Ordinal);
        return names >= 0 ? $"missing are {fault.Message[(names + missing.Length)..].TrimEnd('.')}"
            : fault is JsonException { Path: { Length: > 2 and < 80 } path }
                ? $"member '{path[2..]}' is missing or wrong"
            : "not JSON of its members";
    }
}
