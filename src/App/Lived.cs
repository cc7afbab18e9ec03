using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>A subject with all that happened to it, played without a store.</summary>
/// <param name="State">Null before its first event.</param>
internal sealed record Lived<TState, TEvent>(TState? State, IReadOnlyList<TEvent> Events)
    where TState : class, ISubject<TState, TEvent>
    where TEvent : class
{
    public static Lived<TState, TEvent> Unborn { get; } = new(null, []);

    /// <summary>A refusal changes nothing.</summary>
    public Lived<TState, TEvent> Then(Decided<TEvent> decided) =>
        decided.Events.Count == 0
            ? this
            : new Lived<TState, TEvent>(
                decided.Events.Aggregate(State, TState.Apply),
                [.. Events, .. decided.Events]
            );

    /// <summary>What time alone does, each at its moment.</summary>
    public Lived<TState, TEvent> Until(Instant until, Func<TState, Instant, Decided<TEvent>> elapse)
    {
        Lived<TState, TEvent> lived = this;
        while (
            lived.State is { DueAt: { } due } state
            && due <= until
            && elapse(state, due) is { Events.Count: > 0 } decided
        )
        {
            lived = lived.Then(decided);
        }

        return lived;
    }
}
