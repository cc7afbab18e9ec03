using System.Globalization;
using System.Net;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Signals;

/// <summary>What came of asking a server.</summary>
public enum ProbeOutcome
{
    /// <summary>Nothing that says whether the server answers: an unknown word, a fault of the prober.</summary>
    Unknown,

    /// <summary>It answered.</summary>
    Reached,

    /// <summary>No answer came, or somebody on the way said that there is none.</summary>
    Silent,

    /// <summary>It answered that it does not serve: for who asks for names that is as good as no answer.</summary>
    Refused,
}

/// <summary>One question to one server.</summary>
/// <param name="From">Where it was asked from; null when the file does not say: then all are of one place.</param>
/// <param name="Row">Line in the file, the first is 1.</param>
public readonly record struct ServerProbe(
    IpPrefix Address,
    Instant At,
    ProbeOutcome Outcome,
    string? From,
    int Row
);

/// <summary>Results of probes as JSON lines: <c>{"target": "dns://192.0.2.53/xx", "address": "192.0.2.53", "at": "…", "result": "reached"}</c>.</summary>
public sealed record ServerProbes(
    string Name,
    string Sha256,
    IReadOnlyList<ServerProbe> Probes,
    IReadOnlyList<InputFault> Faults
)
{
    public const int RowsMax = 5_000_000;

    private const int FaultsMax = 50;

    private const string Remedy = "Correct the line; it is left out, and the server counts as not asked";

    public static ServerProbes Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultsMax);
        var probes = new List<ServerProbe>();
        int row = 0;
        foreach (Range range in file.Content.Span.Split((byte)'\n'))
        {
            row++;
            ReadOnlyMemory<byte> line = file.Content[range];
            if (line.Span.Trim(" \r\t"u8).IsEmpty)
            {
                continue;
            }

            if (probes.Count == RowsMax)
            {
                faults.Add(At(row), $"more than {RowsMax} probes", "Split the file");
                break;
            }

            if (ReadLine(line, row, out ServerProbe probe) is { } reason)
            {
                faults.Add(At(row), reason, Remedy);
            }
            else
            {
                probes.Add(probe);
            }
        }

        return new ServerProbes(file.Name, file.Sha256, probes, faults.ToList());
    }

    private static string? ReadLine(ReadOnlyMemory<byte> line, int row, out ServerProbe probe)
    {
        probe = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return "is not a JSON object";
            }

            if (
                Text(root, "address") is not { } text
                || !IPAddress.TryParse(text, out IPAddress? address)
            )
            {
                return "has no address";
            }

            if (
                Text(root, "at") is not { } time
                || InstantPattern.ExtendedIso.Parse(time) is not { Success: true } at
            )
            {
                return "has no time 'at' such as 2026-01-08T16:30:00Z";
            }

            byte[] octets = address.GetAddressBytes();
            probe = new ServerProbe(
                IpPrefix.From(octets, octets.Length * 8),
                at.Value,
                OutcomeOf(Text(root, "result")),
                Short(Text(root, "from") ?? Text(root, "vantage")),
                row
            );
            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "is not JSON";
        }
    }

    private static ProbeOutcome OutcomeOf(string? result) =>
        result switch
        {
            "reached" => ProbeOutcome.Reached,
            "timed-out" or "unreachable" => ProbeOutcome.Silent,
            "refused" => ProbeOutcome.Refused,
            _ => ProbeOutcome.Unknown,
        };

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    /// <summary>A name of a vantage point is shown to people: no more than a line, and nothing that steers a terminal.</summary>
    private static string? Short(string? name)
    {
        const int lengthMax = 60;
        return name is null
            ? null
            : string.Concat(name.Take(lengthMax).Select(letter => char.IsControl(letter) ? '?' : letter));
    }

    private static string At(int row) => string.Create(CultureInfo.InvariantCulture, $"line {row}");
}
