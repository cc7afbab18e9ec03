using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Responding;

/// <summary>What is not done when a response ends.</summary>
/// <param name="StillOpen">Commitments that have neither ended nor been taken over: a hand-over that nobody accepted settles nothing.</param>
/// <param name="Unmeasured">Services and areas that nobody independent has measured.</param>
public sealed record Unfinished(IReadOnlyList<string> StillOpen, IReadOnlyList<string> Unmeasured)
{
    public static Unfinished Nothing { get; } = new([], []);

    /// <summary>Crews that are out, fuel on the road and open questions, as subjects of the ledger.</summary>
    public IReadOnlyList<string> Underway { get; init; } = [];

    /// <summary>
    /// How many of each kind go on; null for none. That is all that the response keeps of them: it may be public, and which crew is
    /// out is not.
    /// </summary>
    internal IReadOnlyList<GoingOn>? GoesOn =>
        Underway.Count == 0
            ? null
            :
            [
                .. Underway
                    .CountBy(subject => subject[..subject.IndexOf('/', StringComparison.Ordinal)])
                    .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                    .Select(kind => new GoingOn(kind.Key, kind.Value)),
            ];

    public static Unfinished Of(
        IEnumerable<Commitment> commitments,
        IReadOnlyList<string> unmeasured
    ) =>
        new(
            [
                .. commitments
                    .Where(one => !one.IsEnded && !one.IsTakenOver)
                    .Select(one => one.Id)
                    .Order(StringComparer.Ordinal),
            ],
            unmeasured
        );

    /// <summary>With what goes on in the response: parts of it, whatever their state.</summary>
    public Unfinished With(
        IEnumerable<Mission> missions,
        IEnumerable<FuelRequest> requests,
        IEnumerable<Decision> decisions
    ) =>
        this with
        {
            Underway =
            [
                .. missions
                    .Where(one => one.Watch is not null)
                    .Select(Subject<Mission, MissionEvent>),
                .. requests
                    .Where(one =>
                        one.Allocations.Any(part => part.State == AllocationState.OnTheRoad)
                    )
                    .Select(Subject<FuelRequest, FuelRequestEvent>),
                .. decisions
                    .Where(one => one.Outcome == DecisionOutcome.Open)
                    .Select(Subject<Decision, DecisionEvent>),
            ],
        };

    private static string Subject<TState, TEvent>(TState state)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class => $"{TState.Kind}/{state.Id}";
}

/// <summary>What of a response went on when it ended.</summary>
/// <param name="Kind">Kind of the subject: <c>mission</c>, <c>fuel-request</c>, <c>decision</c>.</param>
public sealed record GoingOn(string Kind, int Count);
