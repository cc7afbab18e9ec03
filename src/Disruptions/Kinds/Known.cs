using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Kinds;

/// <summary>Everything that one weighing may look at, by what it is asked for.</summary>
internal sealed class Known
{
    private readonly Dictionary<string, ContextSignal> _contextById;
    private readonly ILookup<string, ContextSignal> _contextByPlace;
    private readonly Dictionary<string, Marking> _markings;

    public Known(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<ContextSignal> context,
        IReadOnlyList<ClaimSignal> claims,
        KindProfile profile
    )
    {
        List<ContextSignal> ordered =
        [
            .. context
                .DistinctBy(signal => signal.Id)
                .OrderBy(signal => signal.Id, StringComparer.Ordinal),
        ];
        Surroundings = new Surroundings(disruptions);
        TagWeights = profile.TagWeights();
        CableFaults = [.. ordered.Where(signal => signal.Circumstance == Circumstance.CableFault)];
        ClaimIds = claims.ToLookup(claim => claim.Claim, claim => claim.Id);
        _contextById = ordered.ToDictionary(signal => signal.Id, StringComparer.Ordinal);
        _contextByPlace = ordered.ToLookup(
            signal => signal.Place.Country ?? signal.Place.Key,
            StringComparer.Ordinal
        );
        _markings = disruptions
            .Select(disruption => (disruption.Id, disruption.Marking))
            .Concat(ordered.Select(signal => (signal.Id, signal.Marking)))
            .GroupBy(item => item.Id, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => Marking.Strictest(same.Select(item => item.Marking)),
                StringComparer.Ordinal
            );
    }

    public Surroundings Surroundings { get; }

    public IReadOnlyDictionary<string, KindWeights> TagWeights { get; }

    public IReadOnlyList<ContextSignal> CableFaults { get; }

    public ILookup<Claim, string> ClaimIds { get; }

    public IReadOnlyList<ContextSignal> ContextOf(Disruption disruption) =>
        [.. _contextByPlace[disruption.Place.Country ?? disruption.Place.Key]];

    /// <summary>What is derived from a record that is closely held is as closely held, and names it.</summary>
    public Disruption Closed(Disruption disruption, IEnumerable<string> from)
    {
        List<string> used =
        [
            .. from.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        List<ContextSignal> context =
        [
            .. used.Where(_contextById.ContainsKey).Select(id => _contextById[id]),
        ];
        return disruption with
        {
            Marking = Marking.Strictest(
                used.Where(_markings.ContainsKey)
                    .Select(id => _markings[id])
                    .Append(disruption.Marking)
            ),
            Signals =
            [
                .. disruption.Signals,
                .. context
                    .Select(signal => signal.Id)
                    .Except(disruption.Signals, StringComparer.Ordinal),
            ],
            Evidence =
            [
                .. disruption.Evidence,
                .. context
                    .SelectMany(signal => signal.Evidence)
                    .Distinct()
                    .Except(disruption.Evidence),
            ],
        };
    }
}
