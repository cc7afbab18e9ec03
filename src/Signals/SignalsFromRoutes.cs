using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// Departures of origins from routing data of any form: inputs are merged by time into one watch, as if live, and each
/// departure becomes a signal with the records that it stands on.
/// </summary>
public static class SignalsFromRoutes
{
    /// <summary>Signals of one reading; further departures are counted in a note.</summary>
    public const int SignalsMax = 20_000;

    /// <summary>Stretches of evidence listed for one signal and input.</summary>
    private const int EvidenceMax = 64;

    /// <param name="baselines">Table dumps to start from, whatever their time; read before the others, in the order given.</param>
    /// <param name="inputs">Messages and dumps, in any order.</param>
    public static RoutingRead Read(
        IReadOnlyList<RouteInput> baselines,
        IReadOnlyList<RouteInput> inputs,
        DepartureContext context
    )
    {
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(context);
        var watch = new Watches(
            new OriginWatch(),
            new ExpectationWatch(context.Expectations),
            new LeakWatch(
                new LeakRules(
                    context.Vrps?.Aspas ?? AspaSet.Empty,
                    context.Relationships ?? AsRelationships.None
                )
            )
        );
        RouteInput[] all = [.. baselines, .. inputs];
        var gaps = new RecordGaps();
        MrtDecoder[] decoders = [.. all.Select(input => new MrtDecoder(input.Faults))];
        for (int at = 0; at < baselines.Count; at++)
        {
            while (Next(all, decoders, at, new RecordGaps(), ref watch)) { }
        }

        Merge(all, decoders, baselines.Count, gaps, ref watch);
        // What was in force when the window began: exports of archives say of each VRP from when to when it held.
        OriginWatch origins = watch.Origins;
        if (context.Vrps is { } vrps && origins.LastMicroseconds > 0)
        {
            context = context with
            {
                Vrps = vrps.InForce(Instant.FromUnixTimeTicks(origins.FirstMicroseconds * 10)),
            };
        }

        RouteSource[] sources = [.. all.Select(input => input.Source)];
        IReadOnlyList<OriginDeparture> departures =
        [
            .. origins
                .Departures(context)
                .Concat(watch.Expected.Departures(context))
                .OrderBy(departure => departure.From),
        ];
        return new RoutingRead(
            [
                .. departures
                    .Take(SignalsMax)
                    .Select(departure => SignalOf(departure, sources, origins, context.Vrps)),
                .. watch
                    .Leaks.All()
                    .Take(SignalsMax)
                    .Select(leak => SignalOf(leak, watch.Leaks, sources, context)),
            ],
            [.. all.SelectMany(input => input.InputFaults())],
            [.. Notes(origins, departures.Count)],
            all.Sum(input => input.Records)
        )
        {
            Gaps = gaps.Gaps(),
        };
    }

    /// <summary>What a watch of live routes has seen so far.</summary>
    /// <param name="sources">By the number that the watch was told with <see cref="OriginWatch.From"/>.</param>
    public static IReadOnlyList<Signal> Of(
        OriginWatch watch,
        IReadOnlyList<RouteSource> sources,
        DepartureContext context
    )
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(context);
        return
        [
            .. watch
                .Departures(context)
                .OrderBy(departure => departure.From)
                .Take(SignalsMax)
                .Select(departure => SignalOf(departure, sources, watch, context.Vrps)),
        ];
    }

    private static void Merge(
        RouteInput[] all,
        MrtDecoder[] decoders,
        int from,
        RecordGaps gaps,
        ref Watches watch
    )
    {
        var queue = new PriorityQueue<int, (uint Seconds, int Input)>();
        for (int at = from; at < all.Length; at++)
        {
            Enqueue(at);
        }

        while (queue.TryDequeue(out int at, out _))
        {
            if (Next(all, decoders, at, gaps, ref watch))
            {
                Enqueue(at);
            }
        }

        void Enqueue(int at)
        {
            if (all[at].TryPeekSeconds(out uint seconds))
            {
                queue.Enqueue(at, (seconds, at));
            }
        }
    }

    private static bool Next(
        RouteInput[] all,
        MrtDecoder[] decoders,
        int at,
        RecordGaps gaps,
        ref Watches watch
    )
    {
        if (!all[at].Read(out MrtRecord record))
        {
            return false;
        }

        all[at].Records++;
        gaps.Record(all[at].Feed, record);
        watch.Origins.From(at, all[at].Feed);
        watch.Expected.From(at, all[at].Feed);
        watch.Leaks.From(at);
        decoders[at].Decode(record, ref watch);
        return true;
    }

    private static RouteSignal SignalOf(
        OriginDeparture departure,
        IReadOnlyList<RouteSource> sources,
        OriginWatch watch,
        VrpSet? vrps
    ) =>
        new()
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    departure = $"{departure.Prefix} {departure.Type} {departure.Origin} {departure.From}",
                    known = departure.Known.Select(known => known.Origin.Number),
                    vrps = vrps?.Sources.Select(source => source.Sha256),
                    departure.Basis,
                    departure.Facts,
                    spells = departure.Spells.Select(spell =>
                        $"{spell.Feed} {spell.Address} {spell.From} {spell.To} {spell.End}"
                    ),
                    inputs = departure
                        .Spells.Select(spell => sources[spell.Begun.Input].Sha256)
                        .Distinct(),
                }
            ),
            Source = string.Join(
                '+',
                departure
                    .Spells.Select(spell => spell.Feed)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            ),
            Family = SignalFamily.Routing,
            Place = Place.OfPrefix(departure.Prefix),
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [.. EvidenceOf(departure, sources)],
            Departure = departure,
            Rpki = RpkiOf(vrps, departure.From),
            PeerResets = watch.Resets,
            ReadUntil = Instant.FromUnixTimeTicks(watch.LastMicroseconds * 10),
        };

    private static LeakSignal SignalOf(
        LeakEpisode leak,
        LeakWatch watch,
        IReadOnlyList<RouteSource> sources,
        DepartureContext context
    )
    {
        IReadOnlyList<Evidence> evidence = [.. EvidenceOf(watch.RecordsOf(leak.Segment), sources)];
        return new LeakSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    leak = $"{leak.Segment} {leak.Since} {leak.Until} {leak.End}",
                    prefixes = leak.Prefixes,
                    peers = leak.Peers,
                    inputs = evidence.Select(one => one.Sha256),
                }
            ),
            Source = string.Join('+', evidence.Select(one => one.File)),
            Family = SignalFamily.Routing,
            Place = Place.OfAsn(leak.Segment.Leaker),
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = evidence,
            Episode = leak,
            Path = watch.PathOf(leak.Segment),
            JudgedBy =
            [
                .. context.Vrps is { Aspas.Count: > 0 } vrps
                    ? vrps.Sources.Select(source => source.Name)
                    : [],
                .. context.Relationships is null ? [] : (string[])["inferred relationships"],
                .. leak.Findings.Any(finding => finding.Kind == LeakKind.OnlyToCustomer)
                    ? (string[])["OTC in the route"]
                    : [],
            ],
        };
    }

    private static RpkiSource? RpkiOf(VrpSet? vrps, Instant at) =>
        vrps is null
            ? null
            : new RpkiSource(
                string.Join('+', vrps.Sources.Select(source => source.Name)),
                vrps.Sources is [{ Sha256: var sha256 }] ? sha256 : null,
                vrps.Count,
                vrps.AgeAt(at) is { } age ? (long)age.TotalMinutes : null
            );

    /// <summary>The records in which the route came and went, by input: rows and octets in the same order.</summary>
    private static IEnumerable<Evidence> EvidenceOf(
        OriginDeparture departure,
        IReadOnlyList<RouteSource> sources
    ) =>
        EvidenceOf(
            departure.Spells.SelectMany(spell =>
                spell.Ended is { } ended ? [spell.Begun, ended] : (RecordPlace[])[spell.Begun]
            ),
            sources
        );

    private static IEnumerable<Evidence> EvidenceOf(
        IEnumerable<RecordPlace> records,
        IReadOnlyList<RouteSource> sources
    ) =>
        records
            .Where(place => place.Length > 0)
            .Distinct()
            .GroupBy(place => place.Input)
            .OrderBy(group => group.Key)
            .Select(group =>
            {
                List<RecordPlace> places =
                [
                    .. group.OrderBy(place => place.Offset).Take(EvidenceMax),
                ];
                return new Evidence(
                    sources[group.Key].Sha256,
                    sources[group.Key].Name,
                    string.Join(',', places.Select(place => Text($"{place.Row}"))),
                    Bytes: string.Join(
                        ',',
                        places.Select(place =>
                            Text($"{place.Offset}-{place.Offset + place.Length - 1}")
                        )
                    )
                );
            });

    private static IEnumerable<string> Notes(OriginWatch watch, int departures)
    {
        if (!watch.HasBaseline && watch.PrefixCount > 0)
        {
            yield return "no_baseline: only updates were read; who is expected to announce a prefix is taken from the window itself";
        }

        if (watch.Resets > 0)
        {
            yield return Text(
                $"peer_reset: {watch.Resets} sessions went down; what their peers held is unknown from then on"
            );
        }

        if (departures > SignalsMax)
        {
            yield return Text(
                $"{departures - SignalsMax} departures past {SignalsMax} are not listed"
            );
        }

        if (watch.SpellsBeyondLimit > 0)
        {
            yield return Text(
                $"{watch.SpellsBeyondLimit} changes of origin did not fit; spread and end may be incomplete"
            );
        }

        if (watch.RoutesBeyondLimit > 0)
        {
            yield return Text(
                $"{watch.RoutesBeyondLimit} routes past the limits of prefixes and sessions were left out"
            );
        }
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
