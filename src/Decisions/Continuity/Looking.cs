using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>Records what was seen of one part of the function. What is said without evidence is unknown.</summary>
public sealed record ObserveFunction(
    Place Function,
    FunctionState State,
    string Evidence,
    string Source,
    Instant SeenAt
)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        ObserveFunction command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        FunctionSeen? at = state?.Functions.FirstOrDefault(one =>
            command.Function is not null && one.Function.Equals(command.Function)
        );
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? (at is null ? Refusal.Invalid("the case does not look at this function") : null)
            ?? Checks.Known(command.State, "state of a function")
            ?? Wanting.Text("the source", command.Source)
            ?? Wanting.Past("the time at which it was seen", command.SeenAt, now)
            ?? (
                command.State == FunctionState.Unknown
                    ? Wanting.Optional("the evidence", command.Evidence)
                    : Wanting.Text("the evidence", command.Evidence)
            )
            ?? (
                at!.SeenAt > command.SeenAt
                    ? Refusal.WrongState($"it was seen later already, at {at.SeenAt}")
                    : null
            );
        return no is not null
            ? no
            : new FunctionObserved(
                now,
                by.Person,
                new FunctionSeen(
                    command.Function,
                    command.State,
                    command.Evidence,
                    command.Source,
                    command.SeenAt
                )
            );
    }
}

/// <summary>Answers an item of the checklist of the case's type. Yes and partly rest on evidence.</summary>
public sealed record CheckItem(string Item, ItemAnswered Answer, string Evidence)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        CheckItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Checks.Known(command.Answer, "answer")
            ?? (
                CaseChecklists.Of(state!.Type).Any(item => item.Id == command.Item)
                    ? null
                    : Refusal.Invalid(
                        $"the checklist of {Checks.Word(state.Type)} has no item '{command.Item}'. {Nearest.Remedy(command.Item ?? "", [.. CaseChecklists.Of(state.Type).Select(item => item.Id)])}"
                    )
            )
            ?? (
                command.Answer is ItemAnswered.Yes or ItemAnswered.Partly
                    ? Wanting.Text("the evidence", command.Evidence)
                    : Wanting.Optional("the evidence", command.Evidence)
            );
        return no is not null
            ? no
            : new ItemWasAnswered(now, by.Person, command.Item!, command.Answer, command.Evidence);
    }
}

/// <summary>Says how many people depend on it, or that nobody knows.</summary>
public sealed record EstimateUsers(CountRange? Users, string Source)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        EstimateUsers command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? ContinuityRules.Users(command.Users, command.Source);
        return no is not null
            ? no
            : new UsersEstimated(now, by.Person, command.Users, command.Source);
    }
}

/// <summary>Says that a disruption is one that the case is about.</summary>
public sealed record LinkCase(string DisruptionId)
{
    /// <summary>Who calls looks for it in the store.</summary>
    [JsonIgnore]
    public bool IsOnRecord { get; init; }

    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        LinkCase command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Checks.Id(command.DisruptionId, "the disruption");
        return no is not null ? no
            : state!.Disruptions.Contains(command.DisruptionId, StringComparer.Ordinal)
                ? Decided<ContinuityEvent>.Nothing
            : !command.IsOnRecord ? Refusal.Invalid("the disruption is not on record")
            : ContinuityRules.Room(state.Disruptions.Count, "disruptions") is { } full ? full
            : new CaseLinked(now, by.Person, command.DisruptionId);
    }
}
