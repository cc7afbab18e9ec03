using Breakwater.Decisions;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Positioning;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>People who decide, and the fold of what they do.</summary>
internal static class DecisionsFixture
{
    public static Participant Speaker(
        string organisation,
        StakeholderClass kind = StakeholderClass.CivilSociety,
        string? person = null,
        params Role[] roles
    ) =>
        new(
            person ?? $"someone of {organisation}",
            organisation,
            kind,
            new HashSet<Role>(roles.Length == 0 ? [Role.Representative] : roles)
        );

    /// <summary>Somebody who has joined alone.</summary>
    public static Participant Alone(
        string person,
        StakeholderClass kind = StakeholderClass.CivilSociety
    ) => new(person, null, kind, new HashSet<Role>());

    public static Instant Hour(double hours) => AsOf + Duration.FromHours(hours);

    public static TState Then<TState, TEvent>(TState? state, Decided<TEvent> decided)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Assert.Null(decided.Refusal);
        return Folded(state, decided)!;
    }

    public static TState? Folded<TState, TEvent>(TState? state, Decided<TEvent> decided)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        decided.Events.Aggregate(state, (before, happened) => TState.Apply(before, happened));

    public static string Bytes(object state) => Convert.ToHexString(CanonicalJson.Of(state));

    public static OpenDecision Question(
        DecisionKind kind = DecisionKind.Activation,
        int quorum = 2,
        params Workstream[] streams
    ) =>
        new()
        {
            Id = "decision-1",
            Kind = kind,
            Question = "Shall it be done?",
            Subject = "disruption-1",
            AffectedStreams = streams,
            QuorumClasses = quorum,
            ConsentParties = ["a regulator"],
            Deadline = Hour(48),
            Marking = Marking.Public,
        };

    public static Decision Opened(OpenDecision? question = null) =>
        Then<Decision, DecisionEvent>(
            null,
            OpenDecision.Decide(null, question ?? Question(), Speaker("an opener"), AsOf)
        );

    public static Decided<DecisionEvent> Take(
        Decision decision,
        Participant by,
        Stand stand,
        string reason = "as said",
        double hour = 1
    ) => TakePosition.Decide(decision, new TakePosition(stand, reason), by, Hour(hour));

    /// <summary>Each by an organisation of its own.</summary>
    public static Decision With(
        Decision decision,
        params (StakeholderClass Class, Stand Stand)[] stands
    )
    {
        foreach ((StakeholderClass kind, Stand stand) in stands)
        {
            decision = Then(decision, Take(decision, Speaker($"a {kind}", kind), stand));
        }

        return decision;
    }

    public static Decided<DecisionEvent> Closing(
        Decision decision,
        double hour = 2,
        Participant? by = null,
        string? toVoices = null
    ) => Close.Decide(decision, new Close(toVoices), by ?? Speaker("a closer"), Hour(hour));

    public static Decision Closed(Decision decision, double hour = 2) =>
        Then(decision, Closing(decision, hour));

    /// <summary>What time alone does until then; each call is on the state that the one before left.</summary>
    public static TState Elapsed<TState, TEvent>(
        TState state,
        Instant now,
        Func<TState, Instant, Decided<TEvent>> elapse
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        while (state.DueAt <= now)
        {
            state = Then(state, elapse(state, now));
            Assert.False(state.DueAt <= now, $"{state.DueAt} is due again at {now}");
        }

        return state;
    }

    public static Decision Elapsed(Decision decision, double hour) =>
        Elapsed<Decision, DecisionEvent>(decision, Hour(hour), Decision.Elapse);

    public static Commitment Elapsed(Commitment commitment, Instant now) =>
        Elapsed<Commitment, CommitmentEvent>(commitment, now, Commitment.Elapse);

    public static string Why<TEvent>(Decided<TEvent> decided)
        where TEvent : class
    {
        Assert.Empty(decided.Events);
        return decided.Refusal!.Reason;
    }
}
