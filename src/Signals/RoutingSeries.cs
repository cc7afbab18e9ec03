using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>Makes the series of a replay, with the evidence that each stands on.</summary>
internal sealed class RoutingSeries(IReadOnlyList<MrtInput> inputs, RoutingReplay replay)
{
    public IEnumerable<Signal> Of(RoutingSelection selection)
    {
        bool isNamed = selection.Origins.Count > 0 || selection.Prefixes.Count > 0;
        PrefixTable prefixes = replay.Table.Prefixes;
        AsnNumbers origins = replay.Table.Paths.Origins;
        IEnumerable<int> prefixNumbers = isNamed
            ? selection.Prefixes.Order().Distinct().Select(prefixes.Find)
            : replay.Prefixes.Busiest(
                selection.TopPrefixes,
                (left, right) => prefixes[left].CompareTo(prefixes[right])
            );
        foreach (int prefix in prefixNumbers.Where(replay.Prefixes.IsHeard))
        {
            yield return Series(
                replay.Prefixes,
                prefix,
                RoutingReplay.Held,
                Place.OfPrefix(prefixes[prefix]),
                "visible_peers",
                "peer ASes"
            );
        }

        IEnumerable<int> originNumbers = isNamed
            ? selection.Origins.OrderBy(origin => origin.Number).Distinct().Select(origins.Find)
            : replay.Origins.Busiest(
                selection.TopOrigins,
                (left, right) => origins[left].Number.CompareTo(origins[right].Number)
            );
        foreach (int origin in originNumbers.Where(replay.Origins.IsHeard))
        {
            foreach (Signal signal in Space(replay.Origins, origin, Place.OfAsn(origins[origin])))
            {
                yield return signal;
            }
        }

        IReadOnlyList<string> countries = replay.Countries?.Names ?? [];
        foreach (
            int country in Enumerable
                .Range(0, countries.Count)
                .Where(replay.OfCountries.IsHeard)
                .OrderBy(country => countries[country], StringComparer.Ordinal)
        )
        {
            foreach (
                Signal signal in Space(
                    replay.OfCountries,
                    country,
                    Place.OfCountry(countries[country])
                )
            )
            {
                yield return signal;
            }
        }
    }

    private IEnumerable<Signal> Space(RoutingTraces traces, int number, Place place)
    {
        yield return Series(
            traces,
            number,
            RoutingReplay.Held,
            place,
            "visible_prefixes",
            "prefixes"
        );
        foreach (
            (int series, string metric, string unit) in ((int, string, string)[])
                [
                    (RoutingReplay.Blocks24, "visible_24s", "/24s"),
                    (RoutingReplay.Blocks48, "visible_48s", "/48s"),
                ]
        )
        {
            if (traces.Changes(number, series).Any(change => change.Value > 0))
            {
                yield return Series(traces, number, series, place, metric, unit);
            }
        }
    }

    private SeriesSignal Series(
        RoutingTraces traces,
        int number,
        int series,
        Place place,
        string metric,
        string unit
    )
    {
        IReadOnlyList<RoutingTraces.Span> spans = traces.Spans(number);
        string source = string.Join(
            "+",
            spans.Select(span => inputs[span.Input].Feed).Distinct().Order(StringComparer.Ordinal)
        );
        // Without a table dump, peers that said nothing may hold the route: the count is of those heard, not of all.
        string unitHeard = replay.HasBaseline ? unit : unit + ", no baseline";
        return new SeriesSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    Inputs = inputs.Select(input => input.Sha256),
                    place.Key,
                    metric,
                    unitHeard,
                    source,
                }
            ),
            Source = source,
            Family = SignalFamily.Routing,
            Place = place,
            Metric = metric,
            Unit = unitHeard,
            Step = SignalsFromBgp.Step,
            Samples = replay.Samples(traces.Changes(number, series)),
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence =
            [
                .. spans.Select(span => new Evidence(
                    inputs[span.Input].Sha256,
                    inputs[span.Input].Name,
                    Range(span.FirstRow, span.LastRow),
                    Bytes: Range(span.FirstByte, span.LastByte)
                )),
            ],
        };
    }

    private static string Range(long first, long last) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
}
