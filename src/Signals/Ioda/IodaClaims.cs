using System.Globalization;
using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Ioda;

/// <summary>
/// What IODA itself concluded: alerts, of which the next <c>normal</c> one of the same source and entity is the end, and events with a
/// duration. They are claims of IODA, not measurements.
/// </summary>
internal sealed class IodaClaims(SourceFile file, JsonInput input, Place? given, FaultList faults)
{
    private readonly List<Alert> _alerts = [];

    private sealed record Alert(
        JsonElement Item,
        string Path,
        Place Place,
        string? Network,
        string Datasource,
        Instant At,
        bool IsNormal
    );

    public void AddAlert(JsonElement item, string path)
    {
        if (Entity(item, path) is not { } entity)
        {
            return;
        }

        if (item.UnixTime("time") is not { } at || item.Text("level", 32) is not { } level)
        {
            Fault(item, path, "an alert without a time or a level");
            return;
        }

        _alerts.Add(
            new Alert(
                item,
                path,
                entity.Place,
                entity.Network,
                item.Text("datasource", 64) ?? "a source not named",
                at,
                level.Equals("normal", StringComparison.OrdinalIgnoreCase)
            )
        );
    }

    public Signal? Event(JsonElement item, string path)
    {
        if (Entity(item, path) is not { } entity)
        {
            return null;
        }

        Instant? start = item.UnixTime("start") ?? item.UnixTime("from");
        if (start is not { } from)
        {
            Fault(item, path, "an event without a start");
            return null;
        }

        double? seconds = item.Number("duration");
        Instant? until =
            item.UnixTime("until") ?? (seconds > 0 ? After(from, seconds.Value) : null);
        Duration uncertain = Duration.FromSeconds(
            Math.Clamp(item.Number("uncertainty") ?? 0, 0, 86_400)
        );
        string datasource = item.Text("datasource", 64) ?? "a source not named";
        string score = item.Number("score") is { } number
            ? $", score {number.ToString("R", CultureInfo.InvariantCulture)}"
            : "";
        return Claim(
            entity,
            datasource,
            $"IODA event: {datasource}, method {item.Text("method", 40) ?? "not named"}{score}",
            new InstantRange(from - uncertain, from + uncertain),
            until is { } end && end > from
                ? new InstantRange(end - uncertain, end + uncertain)
                : null,
            [input.EvidenceOf(item, path)],
            path
        );
    }

    /// <summary>One claim for each stretch from a first alert to the next normal one, whatever order they came in.</summary>
    public IEnumerable<Signal> OfAlerts()
    {
        foreach (
            IGrouping<(string, string?, string), Alert> group in _alerts
                .GroupBy(alert => (alert.Place.Key, alert.Network, alert.Datasource))
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Network, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Datasource, StringComparer.Ordinal)
        )
        {
            List<Alert> open = [];
            foreach (
                Alert alert in group
                    .OrderBy(alert => alert.At)
                    .ThenBy(alert => alert.IsNormal)
                    .ThenBy(alert => input.Line(alert.Item))
            )
            {
                if (!alert.IsNormal)
                {
                    open.Add(alert);
                }
                else if (open.Count > 0)
                {
                    yield return OfStretch(open, alert);
                    open = [];
                }
            }

            if (open.Count > 0)
            {
                yield return OfStretch(open, null);
            }
        }
    }

    private ClaimSignal OfStretch(List<Alert> alerts, Alert? end)
    {
        Alert first = alerts[0];
        return Claim(
            (first.Place, first.Network),
            first.Datasource,
            $"IODA alert: {first.Datasource} {first.Item.Text("level", 32)}, value {first.Item.Text("value", 40) ?? "not given"} against {first.Item.Text("historyValue", 40) ?? "a history not given"}, condition {first.Item.Text("condition", 60) ?? "not given"}; {alerts.Count} alerts",
            new InstantRange(first.At, first.At),
            end is null ? null : new InstantRange(alerts[^1].At, end.At),
            [
                .. alerts
                    .Append(end)
                    .OfType<Alert>()
                    .Take(EvidenceMax)
                    .Select(alert => input.EvidenceOf(alert.Item, alert.Path)),
            ],
            first.Path
        );
    }

    /// <summary>Alerts of a stretch whose place in the file is kept; a long one has hundreds.</summary>
    private const int EvidenceMax = 20;

    private ClaimSignal Claim(
        (Place Place, string? Network) entity,
        string datasource,
        string wording,
        InstantRange start,
        InstantRange? end,
        IReadOnlyList<Evidence> evidence,
        string path
    ) =>
        new()
        {
            Id = ContentId.Of("signal", new { file.Sha256, path }),
            Source = $"IODA: {datasource}",
            Family = SignalFamily.Context,
            Place = entity.Place,
            Network = entity.Network,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = evidence,
            Claim = new Claim(
                "outage",
                null,
                Actor.Unknown,
                "IODA, Georgia Institute of Technology",
                wording,
                start,
                end,
                Origin.Reported
            ),
        };

    private (Place Place, string? Network)? Entity(JsonElement item, string path)
    {
        if (IodaPlaces.Of(item, given) is { } entity)
        {
            return entity;
        }

        faults.Add(
            input.At(item, path),
            "no place known here",
            "For a region state its country with --place; it is left out"
        );
        return null;
    }

    private static Instant? After(Instant from, double seconds) =>
        seconds < 1e9 && from + Duration.FromSeconds(seconds) is var end && Times.IsSane(end)
            ? end
            : null;

    private void Fault(JsonElement item, string path, string reason) =>
        faults.Add(input.At(item, path), reason, "It is left out");
}
