using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>One MRT input, decompressed by the door that opened it.</summary>
/// <param name="Feed">The collector; inputs of one feed share its sessions.</param>
/// <param name="Name">Name of the file, for evidence and faults.</param>
/// <param name="Sha256">Hash of the input as received.</param>
/// <param name="Chunks">The decompressed input in pieces; walked once.</param>
public sealed record MrtInput(
    string Feed,
    string Name,
    string Sha256,
    IEnumerable<ReadOnlyMemory<byte>> Chunks
);

/// <summary>Which series to give. Those named are given when they were heard; otherwise those with most updates.</summary>
public sealed record RoutingSelection
{
    public IReadOnlyList<Asn> Origins { get; init; } = [];

    public IReadOnlyList<IpPrefix> Prefixes { get; init; } = [];

    /// <summary>How many origins to give when neither origins nor prefixes are named.</summary>
    public int TopOrigins { get; init; } = 50;

    /// <summary>How many prefixes to give when neither origins nor prefixes are named.</summary>
    public int TopPrefixes { get; init; } = 100;
}

/// <param name="Notes">What limits the series, in terms of the glossary: <c>no_baseline</c>, <c>peer_reset …</c>.</param>
/// <param name="Records">Records read, where they are counted.</param>
public sealed record RoutingRead(
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string> Notes,
    long Records = 0
);

/// <summary>
/// Visibility over time from routing messages: for each prefix how many peer ASes hold it, for each origin AS how many
/// prefixes, /24s and /48s somebody holds. Messages are replayed in order of time, then of input, as if live.
/// </summary>
public static class SignalsFromBgp
{
    /// <summary>State is taken at the end of each bin of event time.</summary>
    public static readonly Duration Step = Duration.FromSeconds(RoutingReplay.BinSeconds);

    public static RoutingRead Read(IReadOnlyList<MrtInput> inputs, RoutingSelection selection)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(selection);
        var replay = new RoutingReplay();
        MrtReader[] readers =
        [
            .. inputs.Select(input => new MrtReader(input.Chunks, new MrtFaults(), recovers: true)),
        ];
        MrtDecoder[] decoders = [.. readers.Select(reader => new MrtDecoder(reader.Faults))];
        while (Earliest(readers) is >= 0 and var input)
        {
            if (readers[input].Read(out MrtRecord record))
            {
                replay.Begin(input, inputs[input].Feed, record);
                decoders[input].Decode(record, ref replay);
            }
        }

        replay.End();
        return new RoutingRead(
            [.. Signals(inputs, selection, replay)],
            [.. inputs.Zip(readers, Faults).SelectMany(faults => faults)],
            Notes(selection, replay)
        );
    }

    /// <summary>The input whose next record is the earliest; an input with damage at its end comes last.</summary>
    private static int Earliest(MrtReader[] readers)
    {
        int earliest = -1;
        long at = long.MaxValue;
        for (int input = 0; input < readers.Length; input++)
        {
            long next =
                readers[input].TryPeekSeconds(out uint seconds) ? seconds
                : readers[input].HasRest ? long.MaxValue - 1
                : long.MaxValue;
            if (next < at)
            {
                (earliest, at) = (input, next);
            }
        }

        return earliest;
    }

    private static IEnumerable<Signal> Signals(
        IReadOnlyList<MrtInput> inputs,
        RoutingSelection selection,
        RoutingReplay replay
    )
    {
        bool isNamed = selection.Origins.Count > 0 || selection.Prefixes.Count > 0;
        IEnumerable<PrefixTrace> prefixes = isNamed
            ? selection.Prefixes.Order().Distinct().Select(replay.Find).OfType<PrefixTrace>()
            : replay
                .Prefixes.OrderByDescending(trace => trace.Updates)
                .ThenBy(trace => trace.Prefix)
                .Take(selection.TopPrefixes);
        foreach (PrefixTrace trace in prefixes)
        {
            yield return Series(
                inputs,
                replay,
                Place.OfPrefix(trace.Prefix),
                "visible_peers",
                "peer ASes",
                trace,
                trace.Peers
            );
        }

        IEnumerable<OriginTrace> origins = isNamed
            ? selection
                .Origins.OrderBy(origin => origin.Number)
                .Distinct()
                .Select(replay.Find)
                .OfType<OriginTrace>()
            : replay
                .Origins.OrderByDescending(trace => trace.Updates)
                .ThenBy(trace => trace.Origin.Number)
                .Take(selection.TopOrigins);
        foreach (OriginTrace trace in origins)
        {
            Place place = Place.OfAsn(trace.Origin);
            yield return Series(
                inputs,
                replay,
                place,
                "visible_prefixes",
                "prefixes",
                trace,
                trace.Held
            );
            if (trace.HasV4)
            {
                yield return Series(
                    inputs,
                    replay,
                    place,
                    "visible_24s",
                    "/24s",
                    trace,
                    trace.Blocks24
                );
            }

            if (trace.HasV6)
            {
                yield return Series(
                    inputs,
                    replay,
                    place,
                    "visible_48s",
                    "/48s",
                    trace,
                    trace.Blocks48
                );
            }
        }
    }

    private static SeriesSignal Series(
        IReadOnlyList<MrtInput> inputs,
        RoutingReplay replay,
        Place place,
        string metric,
        string unit,
        RoutingTrace trace,
        IReadOnlyList<RoutingTrace.Change> changes
    )
    {
        string source = string.Join(
            "+",
            trace
                .Spans.Select(span => inputs[span.Input].Feed)
                .Distinct()
                .Order(StringComparer.Ordinal)
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
            Step = Step,
            Samples = replay.Samples(changes),
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence =
            [
                .. trace.Spans.Select(span => new Evidence(
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

    private static IEnumerable<InputFault> Faults(MrtInput input, MrtReader reader)
    {
        foreach (MrtFault fault in reader.Faults.Kept)
        {
            yield return new InputFault(
                input.Name,
                string.Create(CultureInfo.InvariantCulture, $"offset {fault.Offset}"),
                fault.Reason,
                "The rest was read; obtain the file again if this record matters"
            );
        }

        if (reader.Faults.Count > reader.Faults.Kept.Count)
        {
            yield return new InputFault(
                input.Name,
                "end",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{reader.Faults.Count - reader.Faults.Kept.Count} further faults are not listed"
                ),
                "Correct those listed first"
            );
        }
    }

    private static List<string> Notes(RoutingSelection selection, RoutingReplay replay)
    {
        List<string> notes = [];
        if (!replay.HasBaseline)
        {
            notes.Add(
                "no_baseline: only updates were read; a route that no peer repeated is not counted"
            );
        }

        notes.AddRange(replay.Notes());
        notes.AddRange(
            selection
                .Prefixes.Where(prefix => replay.Find(prefix) is null)
                .Select(prefix => $"not heard: {prefix}")
        );
        notes.AddRange(
            selection
                .Origins.Where(origin => replay.Find(origin) is null)
                .Select(origin => $"not heard: {origin}")
        );
        return notes;
    }
}
