using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Radar;

/// <summary>
/// What Cloudflare concluded: outage annotations, traffic anomalies, hijack and leak events. Causes and kinds in them are claims of
/// Cloudflare. Members that are not known here are counted and said.
/// </summary>
internal sealed class RadarClaims(SourceFile file, JsonInput input, FaultList faults)
{
    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "id",
        "uuid",
        "asns",
        "asnsDetails",
        "asnDetails",
        "dataSource",
        "description",
        "endDate",
        "eventType",
        "linkedUrl",
        "locations",
        "locationsDetails",
        "locationDetails",
        "outage",
        "scope",
        "startDate",
        "origins",
        "originsDetails",
        "originDetails",
        "status",
        "type",
        "visibleInDataSources",
        "magnitude",
        "confidence_score",
        "duration",
        "event_type",
        "hijack_msgs_count",
        "hijacker_asn",
        "hijacker_country",
        "is_stale",
        "max_hijack_ts",
        "max_msg_ts",
        "min_hijack_ts",
        "on_going_count",
        "peer_asns",
        "peer_ip_count",
        "prefixes",
        "tags",
        "victim_asns",
        "victim_countries",
        "countries",
        "detected_ts",
        "finished",
        "leak_asn",
        "leak_count",
        "leak_seg",
        "leak_type",
        "max_ts",
        "min_ts",
        "origin_count",
        "peer_count",
        "prefix_count",
    };

    private readonly SortedDictionary<string, int> _unknown = new(StringComparer.Ordinal);

    public List<Signal> Signals { get; } = [];

    public IReadOnlyList<string> Notes =>
        _unknown.Count == 0
            ? []
            :
            [
                $"Radar: members not known here and not used: {string.Join(", ", _unknown.Take(20).Select(pair => $"{pair.Key} ({pair.Value})"))}",
            ];

    /// <summary>Reads the lists of a result; true when there is one that is known.</summary>
    public bool Add(JsonElement result)
    {
        bool isKnown = false;
        foreach (
            (string name, Action<JsonElement, string> read) in new (
                string,
                Action<JsonElement, string>
            )[]
            {
                ("annotations", Annotation),
                ("trafficAnomalies", Annotation),
                ("events", RouteEvent),
            }
        )
        {
            if (result.Member(name) is not { ValueKind: JsonValueKind.Array } list)
            {
                continue;
            }

            isKnown = true;
            int index = 0;
            foreach (JsonElement item in list.EnumerateArray())
            {
                Count(item);
                read(item, $"result.{name}[{index++}]");
            }
        }

        return isKnown;
    }

    private void Annotation(JsonElement item, string path)
    {
        (IReadOnlyList<Place> places, string? doubt) = RadarPlaces.Of(item);
        if (item.Time("startDate") is not { } start || places.Count == 0)
        {
            Fault(
                item,
                path,
                places.Count == 0 ? doubt ?? "no location and no AS" : "no startDate"
            );
            return;
        }

        if (doubt is not null)
        {
            faults.Add(input.At(item, path), doubt, "The rest of the annotation is kept");
        }

        InstantRange? end = End(item, path, "endDate", start);
        JsonElement? outage = item.Member("outage");
        string? cause = outage.Text("outageCause");
        (string what, Actor actor) = RadarPlaces.KindOf(cause);
        string?[] words =
        [
            $"Cloudflare Radar: {item.Text("eventType", 40) ?? item.Text("type", 40) ?? "annotation"}",
            outage.Text("outageType") is { } kind ? $"type {kind}" : null,
            cause is null ? null : $"cause {cause}",
            item.Text("status", 40) is { } status ? $"status {status}" : null,
            item.Text("scope", 120),
            item.Text("description", 500),
            item.Text("linkedUrl", 200),
        ];
        Signals.Add(
            Claim(
                item,
                path,
                places,
                new Claim(
                    what,
                    cause,
                    actor,
                    item.Text("linkedUrl", 200) is { } link
                        ? $"Cloudflare Radar, {link}"
                        : "Cloudflare Radar",
                    string.Join("; ", words.OfType<string>()),
                    new InstantRange(start, start),
                    end,
                    Origin.Reported
                )
            )
        );
    }

    private void RouteEvent(JsonElement item, string path)
    {
        bool isLeak = item.Member("leak_asn") is not null;
        string startName = isLeak ? "min_ts" : "min_hijack_ts";
        IReadOnlyList<Place> places = isLeak
            ? RadarPlaces.OfLeak(item)
            : RadarPlaces.OfHijack(item);
        if (item.Time(startName) is not { } start || places.Count == 0)
        {
            Fault(item, path, places.Count == 0 ? "no AS and no prefix" : $"no {startName}");
            return;
        }

        bool isOver = isLeak ? item.Flag("finished") is true : item.Whole("on_going_count") is 0;
        Signals.Add(
            Claim(
                item,
                path,
                places,
                new Claim(
                    isLeak ? "leak" : "hijack",
                    null,
                    Actor.Unknown,
                    "Cloudflare Radar",
                    isLeak ? LeakWords(item) : HijackWords(item),
                    new InstantRange(start, start),
                    isOver ? End(item, path, isLeak ? "max_ts" : "max_hijack_ts", start) : null,
                    Origin.Reported
                )
                {
                    IsOngoing = isLeak
                        ? item.Flag("finished") is false
                        : item.Whole("on_going_count") > 0,
                }
            )
        );
    }

    private static string HijackWords(JsonElement item) =>
        Wording.Shorten(
            $"Cloudflare Radar: potential hijack by AS{item.Text("hijacker_asn", 20)} of {List(item, "prefixes")} of AS {List(item, "victim_asns")}, confidence score {item.Text("confidence_score", 20) ?? "not given"}, seen by {item.Text("peer_ip_count", 20) ?? "an unknown number of"} peers; tags {string.Join(", ", item.Items("tags").Select(tag => tag.Text("name", 60)).OfType<string>().Take(20))}",
            900
        );

    private static string LeakWords(JsonElement item) =>
        Wording.Shorten(
            $"Cloudflare Radar: leak by AS{item.Text("leak_asn", 20)}, segment {List(item, "leak_seg")}, {item.Text("prefix_count", 20) ?? "unknown"} prefixes of {item.Text("origin_count", 20) ?? "unknown"} origins, seen by {item.Text("peer_count", 20) ?? "an unknown number of"} peers",
            900
        );

    private static string List(JsonElement item, string name) =>
        string.Join(' ', item.Items(name).Select(one => one.Text(60)).OfType<string>().Take(20));

    private InstantRange? End(JsonElement item, string path, string name, Instant start)
    {
        if (item.Time(name) is not { } end)
        {
            return null;
        }

        if (end >= start)
        {
            return new InstantRange(end, end);
        }

        faults.Add(
            input.At(item, path),
            $"{name} is before the start",
            "The end counts as unknown"
        );
        return null;
    }

    private ClaimSignal Claim(
        JsonElement item,
        string path,
        IReadOnlyList<Place> places,
        Claim claim
    ) =>
        new()
        {
            Id = ContentId.Of("signal", new { file.Sha256, path }),
            Source = "Cloudflare Radar",
            Family = SignalFamily.Context,
            Place = places[0],
            FurtherPlaces = places.Count > 1 ? [.. places.Skip(1)] : null,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [input.EvidenceOf(item, path)],
            Claim = claim,
        };

    private void Count(JsonElement item)
    {
        foreach ((string name, _) in item.Members())
        {
            if (!_known.Contains(name) && _unknown.Count < 100)
            {
                string shown = Wording.Shorten(name, 40);
                _unknown[shown] = _unknown.GetValueOrDefault(shown) + 1;
            }
        }
    }

    private void Fault(JsonElement item, string path, string reason) =>
        faults.Add(input.At(item, path), reason, "It is left out");
}
