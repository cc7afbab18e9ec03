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

    /// <summary>
    /// Country of registration of each AS. With it, the space of each country is given as well: two letters, as in
    /// <see cref="Place.Country"/>.
    /// </summary>
    public IReadOnlyDictionary<Asn, string>? Countries { get; init; }
}

/// <param name="Notes">What limits the series, in terms of the glossary: <c>no_baseline</c>, <c>peer_reset …</c>.</param>
/// <param name="Records">Records read, where they are counted.</param>
public sealed record RoutingRead(
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string> Notes,
    long Records = 0
)
{
    /// <summary>When a feed could not see.</summary>
    public IReadOnlyList<FeedGap> Gaps { get; init; } = [];
}

/// <summary>
/// Visibility over time from routing messages: for each prefix how many peer ASes hold it, for each origin AS and country
/// how many prefixes, /24s and /48s are visible. Messages are replayed in order of time, then of input, as if live.
/// </summary>
/// <remarks>
/// With a table dump among the inputs, full-feed peers alone count, and a prefix is visible when more than half of their
/// ASes hold it; without one, whoever was heard counts, and one peer AS is enough (<see cref="Visibility"/>).
/// </remarks>
public static class SignalsFromBgp
{
    /// <summary>State is taken at the end of each bin of event time.</summary>
    public static readonly Duration Step = Duration.FromSeconds(RoutingReplay.BinSeconds);

    public static RoutingRead Read(IReadOnlyList<MrtInput> inputs, RoutingSelection selection)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(selection);
        if (inputs.Count == 0)
        {
            return new RoutingRead([], [], []);
        }

        var replay = new RoutingReplay(
            selection.Countries is null ? null : new OriginCountries(selection.Countries)
        );
        MrtReader[] readers =
        [
            .. inputs.Select(input => new MrtReader(input.Chunks, new MrtFaults(), recovers: true)),
        ];
        MrtDecoder[] decoders = [.. readers.Select(reader => new MrtDecoder(reader.Faults))];
        int[] feeds = [.. inputs.Select(input => replay.Table.Peers.Feed(input.Feed))];
        var merge = new MrtMerge(readers);
        while (merge.Read(out int input, out MrtRecord record))
        {
            replay.Begin(input, feeds[input], record);
            decoders[input].Decode(record, ref replay);
        }

        replay.End();
        return new RoutingRead(
            [.. new RoutingSeries(inputs, replay).Of(selection)],
            [
                .. inputs
                    .Zip(readers)
                    .SelectMany(pair =>
                        RouteInput.Told(pair.Second.Faults, pair.First.Name, RouteInput.UsualRemedy)
                    ),
            ],
            Notes(selection, replay)
        );
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
                .Prefixes.Where(prefix =>
                    !replay.Prefixes.IsHeard(replay.Table.Prefixes.Find(prefix))
                )
                .Select(prefix => $"not heard: {prefix}")
        );
        notes.AddRange(
            selection
                .Origins.Where(origin =>
                    !replay.Origins.IsHeard(replay.Table.Paths.Origins.Find(origin))
                )
                .Select(origin => $"not heard: {origin}")
        );
        return notes;
    }
}
