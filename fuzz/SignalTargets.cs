using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Fuzz;

/// <summary>Series, lists, answers of interfaces and alerts, as outsiders give them.</summary>
internal static class SignalTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("series-csv", SeriesSeeds, input => Outcome(ReadSeries(input))),
            .. SignalFormats.Names.Select(name => new FuzzTarget(
                name,
                () => Seeds(name),
                input => Outcome(ReadFormat(name, input))
            )),
            new FuzzTarget(
                "report-json",
                () => Seeds("report-json"),
                input => Outcome(ReadFormat("report-json", input))
            ),
            .. SignalFormats
                .Names.Append("report-json")
                .Where(name => name.EndsWith("-json", StringComparison.Ordinal))
                .Select(name => new FuzzTarget(
                    $"{name}-values",
                    () =>
                        [
                            [0],
                            [1, 0, 3, 5],
                            [2, 0, 9, 1, 0, 12, 8],
                        ],
                    input => Outcome(ReadFormat(name, ValueDamage.Of(Seeds(name), input)))
                )),
        ];

    private static SignalsRead ReadSeries(byte[] input)
    {
        var file = SourceFile.Of("input", input);
        return IodaCsv.IsIoda(file)
            ? IodaCsv.Read(file, Place.OfCountry("IR"))
            : SignalsFromSeries.Read(
                file,
                new SeriesFormat
                {
                    TimeColumn = "time",
                    TimeZone = "Asia/Tehran",
                    ValueColumns = ["up"],
                    PlaceColumns = ["area"],
                    Place = Place.OfCountry("IR"),
                    Family = SignalFamily.Probing,
                    Unit = "percent",
                }
            );
    }

    private static SignalsRead ReadFormat(string name, byte[] input)
    {
        var file = SourceFile.Of("input", input);
        _ = SignalFormats.Guess(file);
        if (name == "report-json")
        {
            return SignalsFromReports.Read(file);
        }

        SignalsRead read = SignalFormats.Read(name, file, null)!;
        SignalsRead placed = SignalFormats.Read(name, file, Place.OfCountry("IR"))!;
        return placed.Signals.Count < read.Signals.Count
            ? throw new InvalidOperationException("to know the place gives fewer signals")
            : placed;
    }

    /// <summary>What every reader promises: ranges in order, samples in order, evidence with the hash, no value below zero, ids that differ.</summary>
    private static ulong Outcome(SignalsRead read)
    {
        var outcome = new Outcome();
        HashSet<string> ids = [];
        foreach (Signal signal in read.Signals)
        {
            Check(ids.Add(signal.Id), "two signals with one id");
            Check(signal.Evidence.All(evidence => evidence.Sha256.Length == 64), "no hash");
            Check(signal.Place.Key != "unknown", "no place");
            // Each signal must be one that can be recorded.
            _ = CanonicalJson.Of(signal);
            switch (signal)
            {
                case SeriesSignal series:
                    Check(
                        series
                            .Samples.Zip(series.Samples.Skip(1))
                            .All(pair => pair.First.At < pair.Second.At),
                        "samples out of order"
                    );
                    Check(
                        series.Samples.All(sample =>
                            sample.Value is null or >= 0 && !double.IsInfinity(sample.Value ?? 0)
                        ),
                        "a value below zero"
                    );
                    Check(
                        series.Counts is null || series.Counts.Count == series.Samples.Count,
                        "counts for other samples"
                    );
                    break;
                case ClaimSignal claim:
                    Check(
                        IsRange(claim.Claim.Start) && IsRange(claim.Claim.End),
                        "a range turned round"
                    );
                    break;
                case ContextSignal context:
                    Check(IsRange(context.Start) && IsRange(context.End), "a range turned round");
                    break;
            }

            outcome.Add(signal.GetType().Name);
        }

        outcome.AddCount(read.Signals.Count);
        foreach (InputFault fault in read.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static bool IsRange(InstantRange? range) =>
        range is null || range.Earliest <= range.Latest;

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private static IReadOnlyList<byte[]> SeriesSeeds() =>
        [
            "time,area,up\n2026-01-01 00:00,Tehran,1\n2026-01-01 01:00,Tehran,\n2026-01-01T02:00:00Z,\"Rey, south\",3e2\n"u8.ToArray(),
            "Time (UTC),BGP (#Visible /24s),Google\n2026-01-01 00:00:00,100,NaN\n2026-01-01 00:30:00,-5,1\n"u8.ToArray(),
        ];

    private static IReadOnlyList<byte[]> Seeds(string name) =>
        [
            .. (
                name switch
                {
                    "events-csv" => EventSeeds(),
                    "ioda-json" =>
                    [
                        """{"error":null,"data":[[{"entityType":"country","entityCode":"IR","entityFqid":"geo.netacuity.AS.IR","datasource":"bgp","subtype":"","from":1767225600,"step":600,"nativeStep":300,"values":[1,null,2.5,"3"]},{"entityType":"geoasn","entityCode":"64500-IR","datasource":"gtr","subtype":"WEB","from":1767225600,"step":600,"values":[]}]]}""",
                        """{"data":[{"datasource":"bgp","entity":{"code":"IR","type":"country","attrs":{"fqid":"geo.netacuity.AS.IR"}},"time":1767225600,"level":"critical","value":1,"historyValue":2},{"datasource":"bgp","entity":{"code":"IR","type":"country"},"time":1767229200,"level":"normal"},{"location":"asn/64500","start":1767225600,"duration":600,"uncertainty":60,"score":3.5}]}""",
                    ],
                    "ooni-json" =>
                    [
                        """{"v":0,"result":[{"anomaly_count":4,"confirmed_count":1,"failure_count":2,"ok_count":5,"measurement_count":12,"measurement_start_day":"2026-01-01","probe_asn":64500,"probe_cc":"IR","test_name":"telegram"},{"anomaly_count":0,"confirmed_count":0,"failure_count":0,"ok_count":7,"measurement_count":7,"measurement_start_day":"2026-01-02T01:00:00Z"}]}""",
                        "{\"probe_cc\":\"IR\",\"probe_asn\":\"AS64500\",\"test_name\":\"web_connectivity\",\"input\":\"https://example.org/\",\"measurement_start_time\":\"2026-01-01 00:00:00\",\"test_keys\":{\"blocking\":false}}\n{\"report_id\":\"20260101T000000Z_telegram_IR_64500_n4_x\",\"anomaly\":true,\"confirmed\":false}\n",
                        """{"results":{"AS64500":[{"anomaly":false,"confirmed":false,"measurement_start_time":"2026-01-01T00:00:00Z"}]}}""",
                    ],
                    "radar-json" =>
                    [
                        """{"success":true,"result":{"annotations":[{"asns":[64500],"locations":["IR"],"startDate":"2026-01-01T00:00:00Z","endDate":"2026-01-01T03:00:00Z","outage":{"outageCause":"CABLE_CUT","outageType":"REGIONAL"},"scope":"South"}]}}""",
                        """{"result":{"events":[{"hijacker_asn":64500,"victim_asns":[64501],"prefixes":["192.0.2.0/24"],"min_hijack_ts":"2026-01-01T00:00:00","max_hijack_ts":"2026-01-01T01:00:00","on_going_count":0,"tags":[{"name":"t"}]},{"leak_asn":64500,"leak_seg":[1,2,3],"min_ts":"2026-01-01T00:00:00","finished":true}]}}""",
                        """{"result":{"meta":{"aggInterval":"ONE_HOUR","normalization":"PERCENTAGE_CHANGE","units":[{"value":"bytes"}]},"serie_0":{"timestamps":["2026-01-01T00:00:00Z","2026-01-01T01:00:00Z"],"values":["0","-50.5"]}}}""",
                    ],
                    "ripestat-prefixes" =>
                    [
                        """{"messages":[["info","text"]],"data":{"prefixes":[{"prefix":"198.51.100.0/24","timelines":[{"starttime":"2026-01-01T00:00:00","endtime":"2026-01-02T00:00:00"}]},{"prefix":"2001:db8::/32","timelines":[]}],"query_starttime":"2026-01-01T00:00:00","query_endtime":"2026-01-03T00:00:00","resource":"64500"}}""",
                    ],
                    "cap" => CapSeeds(),
                    "claims-json" =>
                    [
                        """{"claims":[{"kind":"shutdown","place":"IR","start":"2026-01-01","end":{"earliest":"2026-01-02T00:00:00Z","latest":"2026-01-03"},"source":"s","wording":"w","actor":"foreign-state","cause":"c","network":"n","target":"t","furtherPlaces":["AS64500"],"distribution":"group"}]}""",
                    ],
                    "report-json" =>
                    [
                        """{"reports":[{"observedAt":"2026-01-09T10:00:00Z","receivedAt":"2026-01-09T11:00:00Z","place":{"country":"IR","area":["Tehran"],"asn":64500},"service":"voice","state":"down","observer":"resident","text":"t"}]}""",
                    ],
                    _ =>
                    [
                        """{"context":[{"circumstance":"exam-period","place":{"country":"IR","area":["Tehran"]},"start":"2026-01-01","end":{"earliest":"2026-01-02T00:00:00Z","latest":"2026-01-03"},"source":"s","text":"t","network":"n","distribution":"group"},{"circumstance":"curfew","place":"AS64500","start":"2026-01-01T00:00:00Z","source":"s"}]}""",
                    ],
                }
            ).Select(Encoding.UTF8.GetBytes),
        ];

    private static string[] EventSeeds() =>
        [
            "start_date_type,start_date,country,geo_scope,area_name,shutdown_type,shutdown_extent,ordered_by,decision_maker,actual_cause,shutdown_status,end_date,duration\nEstimated,2019-11-16T00:00:00.000Z,\"Burundi; Kenya\",It affected more than one city in the same state,\"A, B and C districts\nof D\",Shutdown,Full network,Non-government,Military of the Russian Federation,Protests,Ongoing,,3\nActual,2019-11-16,IR,,Nationwide,Throttle,Service-based,,,,Ended,2019-11-15,\n",
            "\uFEFFID,Begin time,End time,Country,IODA BGP visible by human,Scope (based on granularity at which the outage appears in IODA),Cause,Grafana URLs\n1963,\"Monday, May 29, 2018, 11:00 PM\",4/3/2020  15:15:00 PM,Syria ,/ture,Region (Sakha (Y)),Exams,https://x?orgId=1&from=1593475200000&to=1593691200000\n1963,\"Tuesday, June 30, 2020, 3:20: AM\",N/A,Iran,N/A,AS (58224),,\n",
        ];

    private static string[] CapSeeds() =>
        [
            """
                <feed><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>one</identifier><sender>s@example.org</sender><sent>2026-01-01T01:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Infra</category><event>Power outage</event><severity>Severe</severity><certainty>Observed</certainty><eventCode><valueName>SAME</valueName><value>TOE</value></eventCode><onset>2026-01-01T00:30:00Z</onset><expires>2026-01-01T06:00:00Z</expires><area><areaDesc>Lyon, France</areaDesc><polygon>1,2</polygon><geocode><valueName>NUTS3</valueName><value>FRK26</value></geocode></area></info></alert><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>two</identifier><sender>s@example.org</sender><sent>2026-01-01T02:00:00Z</sent><status>Actual</status><msgType>Cancel</msgType><references>s@example.org,one,2026-01-01T01:00:00+01:00</references></alert></feed>
                """,
        ];
}
