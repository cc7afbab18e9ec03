using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// Field reports: <c>{"reports": [{"observedAt", "receivedAt", "place", "network", "service", "state", "observer", "text", "distribution"}]}</c>.
/// No member names a person, and an unknown member is a fault, so that no identity slips in.
/// </summary>
public static partial class SignalsFromReports
{
    /// <summary>More reports than this in one file are refused: a flood must not fill the memory.</summary>
    public const int ReportLimit = 100_000;

    private const int TextLimit = 2_000;

    public static SignalsRead Read(SourceFile file, Origin origin = Origin.Reported)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, 50);
        JsonArray? reports = null;
        try
        {
            reports = JsonNode.Parse(file.Content.Span)?["reports"] as JsonArray;
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            string line = fault is JsonException { LineNumber: { } number }
                ? $"line {number + 1}"
                : "line 1";
            faults.Add(line, "not JSON", "Correct the file");
            return new SignalsRead([], faults.ToList());
        }

        if (reports is null)
        {
            faults.Add(
                "line 1",
                "member 'reports' is missing",
                "A report file is {\"reports\": [...]}"
            );
            return new SignalsRead([], faults.ToList());
        }

        var signals = new List<Signal>();
        for (int index = 0; index < Math.Min(reports.Count, ReportLimit); index++)
        {
            if (ReadOne(file, reports[index], index, origin, faults) is { } signal)
            {
                signals.Add(signal);
            }
        }

        if (reports.Count > ReportLimit)
        {
            faults.Add(
                $"report {ReportLimit + 1}",
                $"more than {ReportLimit} reports",
                "Split the file"
            );
        }

        return new SignalsRead(signals, faults.ToList());
    }

    private static ReportSignal? ReadOne(
        SourceFile file,
        JsonNode? node,
        int index,
        Origin origin,
        FaultList faults
    )
    {
        try
        {
            Report report =
                node.Deserialize<Report>(Json.Compact)
                ?? throw new JsonException("the report is null");
            if (ReportRules.WhyNot(report.Place, report.Observer) is { } missing)
            {
                throw new JsonException(missing);
            }

            if (ReportRules.WhyNot(report.ObservedAt, report.ReceivedAt) is { } wrong)
            {
                faults.Add(
                    $"report {index + 1}",
                    wrong,
                    "Correct the times; the report is left out"
                );
                return null;
            }

            return ReportRules.Signal(
                ContentId.Of(
                    "signal",
                    new
                    {
                        file.Sha256,
                        index,
                        report,
                    }
                ),
                report.Place,
                report.Network,
                report.Service,
                report.State,
                report.Observer,
                report.ObservedAt,
                report.ReceivedAt,
                origin,
                report.Distribution == Distribution.Public
                    ? Marking.Public
                    : new Marking(report.Distribution, Tlp.Amber),
                new Evidence(file.Sha256, file.Name, $"report {index + 1}")
            ) with
            {
                Text = report.Text is { Length: > TextLimit }
                    ? report.Text[..TextLimit]
                    : report.Text,
            };
        }
        catch (JsonException fault)
        {
            faults.Add($"report {index + 1}", Sentence(fault.Message), "The report is left out");
            return null;
        }
        catch (Exception fault)
            when (fault is InvalidOperationException or ArgumentException or FormatException)
        {
            // Half of a surrogate pair, a member twice, a number that is no AS number: messages that help nobody.
            faults.Add(
                $"report {index + 1}",
                "a member twice, or a text or number that is none",
                "The report is left out"
            );
            return null;
        }
    }

    /// <summary>The serializer's message without its path suffix and without the names of types, which help nobody.</summary>
    private static string Sentence(string message)
    {
        int path = message.IndexOf(" Path:", StringComparison.Ordinal);
        return TypeName().Replace(path < 0 ? message : message[..path], "").TrimEnd('.');
    }

    [GeneratedRegex(
        @"( to any \.NET member contained in type| for type| to)? '?(System|Breakwater)\.[\w.+`\[\]]+'?"
    )]
    private static partial Regex TypeName();

    private sealed record Report
    {
        public required Instant ObservedAt { get; init; }
        public required Instant ReceivedAt { get; init; }
        public required Place Place { get; init; }
        public string? Network { get; init; }
        public Service? Service { get; init; }
        public required ServiceState State { get; init; }
        public required string Observer { get; init; }
        public string? Text { get; init; }

        /// <summary>A report stays inside unless whoever took it down marks it public.</summary>
        public Distribution Distribution { get; init; } = Distribution.Community;
    }
}
