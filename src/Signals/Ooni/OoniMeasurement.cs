using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Ooni;

/// <summary>
/// One measurement: as OONI's list interface sums it up (<c>anomaly</c>, <c>confirmed</c>, <c>failure</c>) or as a probe submitted it
/// (<c>test_keys</c>; https://github.com/ooni/spec, data format 0.2.0). What a member does not say, the report id does:
/// <c>20260623T062401Z_telegram_IN_55836_n4_…</c>.
/// </summary>
internal sealed record OoniMeasurement(
    string? Country,
    Asn? Asn,
    string? Test,
    string? Target,
    Instant At,
    OoniCounts Counts
)
{
    /// <summary>Null when it has no time.</summary>
    public static OoniMeasurement? Of(JsonElement item, Asn? listedUnder)
    {
        string[] report = item.Text("report_id", 200)?.Split('_') ?? [];
        Instant? at =
            item.Time("measurement_start_time") ?? item.Time("test_start_time") ?? StartOf(report);
        if (at is not { } start)
        {
            return null;
        }

        Asn? asn =
            item.Member("probe_asn")?.AsNumber()
            ?? listedUnder
            ?? (
                report.Length > 3 && Vocabulary.Asn.TryParse(report[3], out Asn reported)
                    ? reported
                    : null
            );
        return new OoniMeasurement(
            (
                item.Text("probe_cc", 8) ?? (report.Length > 2 ? report[2] : null)
            )?.ToUpperInvariant(),
            asn,
            TestOf(item.Text("test_name", 64) ?? (report.Length > 1 ? report[1] : null)),
            TargetOf(item.Text("domain", 200) ?? item.Text("input", 500)),
            start,
            CountsOf(item)
        );
    }

    /// <summary>The host of a URL, in lower case; other inputs as they are.</summary>
    public static string? TargetOf(string? input) =>
        input is null ? null
        : Uri.TryCreate(input, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
            ? uri.Host.ToLowerInvariant()
        : Wording.Shorten(input, 120).ToLowerInvariant();

    /// <summary>Report ids leave the underscore out: webconnectivity is web_connectivity.</summary>
    public static string? TestOf(string? name) =>
        name?.ToLowerInvariant() switch
        {
            "webconnectivity" => "web_connectivity",
            "facebookmessenger" => "facebook_messenger",
            var test => test,
        };

    private static OoniCounts CountsOf(JsonElement item)
    {
        if (item.Flag("failure") is true)
        {
            return new OoniCounts(0, 0, null, 1);
        }

        if (item.Flag("anomaly") is { } isAnomalous)
        {
            bool isConfirmed = item.Flag("confirmed") is true;
            return isConfirmed
                ? new OoniCounts(0, 0, 1, 0)
                : new OoniCounts(isAnomalous ? 0 : 1, isAnomalous ? 1 : 0, 0, 0);
        }

        return IsBlocked(item.Member("test_keys")) switch
        {
            true => new OoniCounts(0, 1, null, 0),
            false => new OoniCounts(1, 0, null, 0),
            null => new OoniCounts(0, 0, null, 1),
        };
    }

    /// <summary>
    /// What the tests of OONI write: <c>blocking</c> and members that end in <c>_blocking</c> are false or say how, members that end in
    /// <c>_status</c> are ok or blocked. Null when none of them says anything.
    /// </summary>
    private static bool? IsBlocked(JsonElement? keys)
    {
        bool? verdict = null;
        foreach ((string name, JsonElement value) in keys?.Members() ?? [])
        {
            bool? said =
                name == "blocking" || name.EndsWith("_blocking", StringComparison.Ordinal)
                    ? value.ValueKind switch
                    {
                        JsonValueKind.True or JsonValueKind.String => true,
                        JsonValueKind.False => false,
                        _ => null,
                    }
                : name.EndsWith("_status", StringComparison.Ordinal)
                    ? value.Text(32) switch
                    {
                        "blocked" => true,
                        "ok" => false,
                        _ => null,
                    }
                : null;
            if (said is true)
            {
                return true;
            }

            verdict ??= said;
        }

        return verdict;
    }

    private static Instant? StartOf(string[] report) =>
        report is [{ Length: 16 } stamp, ..] && stamp[8] == 'T' && stamp[15] == 'Z'
            ? Times.OfText(
                $"{stamp[..4]}-{stamp[4..6]}-{stamp[6..8]}T{stamp[9..11]}:{stamp[11..13]}:{stamp[13..15]}Z"
            )
            : null;
}
