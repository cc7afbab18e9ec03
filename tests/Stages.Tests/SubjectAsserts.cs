using System.Text.Json;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>What tests ask of decisions on any subject of the ledger.</summary>
internal static class SubjectAsserts
{
    /// <summary>The state after a decision that must not be a refusal.</summary>
    public static TState After<TState, TEvent>(TState? before, Decided<TEvent> decided)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(
            before,
            (state, happened) => TState.Apply(state, happened)
        )!;
    }

    public static Refusal Refused<TEvent>(RefusalKind kind, Decided<TEvent> decided)
        where TEvent : class
    {
        Assert.Empty(decided.Events);
        Assert.Equal(kind, decided.Refusal!.Kind);
        return decided.Refusal;
    }

    /// <summary>States and events are stored as JSON: nothing of them may be lost by that.</summary>
    public static void ReadsBack(object stored)
    {
        byte[] octets = CanonicalJson.Of(stored);
        object? again = JsonSerializer.Deserialize(octets, stored.GetType(), Json.Compact);
        Assert.Equal(octets, CanonicalJson.Of(again!));
    }
}
