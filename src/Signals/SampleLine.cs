using System.Globalization;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Signals;

/// <summary>One sample of one series, and what it belongs to: a line that a monitor hands in.</summary>
/// <param name="Source">The feed, as the monitor names it.</param>
/// <param name="Family">Null when the line leaves it to a series that is known already.</param>
/// <param name="Metric">Null when the source has one metric only.</param>
/// <param name="Step">Usual distance between two samples; null when the line leaves it to others.</param>
/// <param name="Value">Null when the source gave none: a gap, never zero.</param>
public sealed record SampleLine(
    string Source,
    SignalFamily? Family,
    Place Place,
    string? Network,
    string? Target,
    string? Metric,
    string? Unit,
    Duration? Step,
    Instant At,
    double? Value
)
{
    /// <summary>Longer lines are refused.</summary>
    public const int OctetsMax = 16 * 1024;

    public const string MetricUnnamed = "value";
    public const string UnitUnnamed = "as given";

    /// <summary>Denser series are refused: a day of one would be more samples than a year of another.</summary>
    public static readonly Duration StepMin = Duration.FromSeconds(10);
    public static readonly Duration StepMax = Duration.FromDays(7);

    private const int TextMax = 200;
    private const int DepthMax = 8;
    private const string Example =
        """{"source":"probing","family":"probing","place":"IR","time":"2026-01-08T16:30:00Z","value":53.2}""";

    /// <summary>Nobody measured the Internet before, and no clock is that far ahead.</summary>
    internal static readonly Instant EarliestTime = Instant.FromUtc(1990, 1, 1, 0, 0);
    internal static readonly Instant LatestTime = Instant.FromUtc(2200, 1, 1, 0, 0);

    public Marking Marking { get; init; } = Marking.Public;

    /// <summary>Reads a line, which may be a round of probes as <c>probe --out</c> writes it.</summary>
    /// <param name="place">For lines that name none.</param>
    /// <param name="wrong">Why it cannot be used, and what to do; null when it can.</param>
    /// <returns>Null when it cannot be used.</returns>
    public static SampleLine? Read(
        ReadOnlyMemory<byte> line,
        Place? place,
        out (string Reason, string Remedy)? wrong
    )
    {
        wrong = null;
        if (SignalsFromProbes.IsRound(line.Span))
        {
            return SignalsFromProbes.SampleOf(line.Span, place, out wrong);
        }

        if (line.Length > OctetsMax)
        {
            wrong = ($"longer than {OctetsMax / 1024} KiB", "The line is left out");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(
                line,
                new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false }
            );
            return Of(document.RootElement, place);
        }
        catch (SampleFault fault)
        {
            wrong = (fault.Message, fault.Remedy);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            wrong = ("not JSON, or a member twice", $"Write {Example}");
        }

        return null;
    }

    private static SampleLine Of(JsonElement root, Place? place)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new SampleFault("not an object", $"Write {Example}");
        }

        (string? source, SignalFamily? family, Place? where) = (null, null, place);
        (string? network, string? target, string? metric, string? unit) = (null, null, null, null);
        (Duration? step, Instant? at, double? value, bool hasValue) = (null, null, null, false);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            JsonElement of = member.Value;
            switch (member.Name)
            {
                case "source":
                    source = Text(of, member.Name);
                    break;
                case "family":
                    family = FamilyOf(of);
                    break;
                case "place":
                    where = PlaceOf(of);
                    break;
                case "network":
                    network = Text(of, member.Name);
                    break;
                case "target":
                    target = Text(of, member.Name);
                    break;
                case "metric":
                    metric = Text(of, member.Name);
                    break;
                case "unit":
                    unit = Text(of, member.Name);
                    break;
                case "step":
                    step = StepOf(of);
                    break;
                case "time":
                    at = TimeOf(of);
                    break;
                case "value":
                    (value, hasValue) = (ValueOf(of), true);
                    break;
                default:
                    throw new SampleFault(
                        $"a sample has no member '{Wording.Shorten(member.Name, 40)}'",
                        "Members are source, family, place, network, target, metric, unit, step, time and value"
                    );
            }
        }

        return new SampleLine(
            source ?? throw Missing("source", "the name of the feed"),
            family,
            where
                ?? throw Missing(
                    "place",
                    "such as \"IR\" or {\"country\":\"IR\"}, or state --place"
                ),
            network,
            target,
            metric,
            unit,
            step,
            at ?? throw Missing("time", "in UTC, such as 2026-01-08T16:30:00Z"),
            hasValue ? value : throw Missing("value", "a number, or null where the feed gave none")
        );
    }

    private static string? Text(JsonElement of, string name)
    {
        if (of.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string? text = of.ValueKind == JsonValueKind.String ? of.GetString()!.Trim() : null;
        return text is { Length: > 0 and <= TextMax } && !text.Any(char.IsControl)
            ? text
            : throw new SampleFault(
                $"{name} is no text of 1 to {TextMax} characters on one line",
                "Shorten it"
            );
    }

    private static SignalFamily? FamilyOf(JsonElement of) =>
        of.ValueKind == JsonValueKind.Null ? null
        : of.ValueKind == JsonValueKind.String
        && Enum.TryParse(of.GetString(), ignoreCase: true, out SignalFamily family)
        && !char.IsAsciiDigit(of.GetString()![0])
        && family <= SignalFamily.Application
        && !char.IsAsciiDigit(of.GetString()![0])
            ? family
        : throw new SampleFault(
            "family is not known",
            "Use routing, probing, telescope or application"
        );

    private static Place PlaceOf(JsonElement of)
    {
        Place? place = null;
        if (of.ValueKind == JsonValueKind.String && Place.TryParse(of.GetString()!, out Place read))
        {
            place = read;
        }
        else if (of.ValueKind == JsonValueKind.Object)
        {
            try
            {
                place = of.Deserialize<Place>(Json.Compact);
            }
            catch (Exception fault)
                when (fault is JsonException or InvalidOperationException or FormatException)
            {
                place = null;
            }
        }

        return
            place is { Key: not "unknown" and { Length: <= TextMax } }
            && !place.Key.Any(char.IsControl)
            ? place
            : throw new SampleFault(
                "place is none",
                "Write \"IR\", \"IR/Tehran\", \"AS64500\", \"192.0.2.0/24\" or {\"country\":\"IR\"}"
            );
    }

    private static Duration StepOf(JsonElement of)
    {
        Duration? step = null;
        if (of.ValueKind == JsonValueKind.Number && of.TryGetInt64(out long seconds))
        {
            step = seconds is > 0 and < 1_000_000_000
                ? Duration.FromSeconds(seconds)
                : Duration.Zero;
        }
        else if (of.ValueKind == JsonValueKind.String)
        {
            step =
                PeriodPattern.NormalizingIso.Parse(of.GetString()!) is { Success: true } period
                && period.Value is { Years: 0, Months: 0 }
                    ? period.Value.ToDuration()
                    : null;
        }

        return step is { } known && known >= StepMin && known <= StepMax
            ? known
            : throw new SampleFault(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"step does not lie between {StepMin.TotalSeconds} seconds and {StepMax.TotalDays} days"
                ),
                "Write seconds, such as 1800, or PT1800S"
            );
    }

    private static Instant TimeOf(JsonElement of) =>
        of.ValueKind == JsonValueKind.String
        && InstantPattern.ExtendedIso.Parse(of.GetString()!) is { Success: true } time
        && time.Value >= EarliestTime
        && time.Value <= LatestTime
            ? time.Value
            : throw new SampleFault(
                "time is no UTC time of this age",
                "Write it as 2026-01-08T16:30:00Z"
            );

    private static double? ValueOf(JsonElement of) =>
        of.ValueKind == JsonValueKind.Null ? null
        : of.ValueKind == JsonValueKind.Number
        && of.TryGetDouble(out double value)
        && double.IsFinite(value)
        && value >= 0
            ? value
        : throw new SampleFault(
            "value is no number from zero up",
            "Write a number, or null where the feed gave none"
        );

    private static SampleFault Missing(string member, string what) =>
        new($"{member} is missing", $"Add \"{member}\": {what}");

    /// <summary>Ends the reading of a line.</summary>
    private sealed class SampleFault(string reason, string remedy) : Exception(reason)
    {
        public string Remedy { get; } = remedy;
    }
}
