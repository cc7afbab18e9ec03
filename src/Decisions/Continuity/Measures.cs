using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>Proposes what keeps the function going, or who is called.</summary>
/// <param name="Whose">Who does it, as a role or an organisation on record.</param>
public sealed record ProposeMeasure(string Id, string What, string Whose)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        ProposeMeasure command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Checks.Id(command.Id, "the id of the measure")
            ?? Wanting.Text("the measure", command.What)
            ?? Wanting.Name("whose it is", command.Whose)
            ?? ContinuityRules.New(state!.Measures.Any(one => one.Id == command.Id), "a measure")
            ?? ContinuityRules.Room(state.Measures.Count, "measures");
        return no is not null
            ? no
            : new MeasureProposed(now, by.Person, command.Id, command.What, command.Whose);
    }
}

/// <summary>Records that a measure is in place, or ended, and what shows it.</summary>
public sealed record MoveMeasure(string Id, MeasureState State, string Evidence)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        MoveMeasure command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        ContinuityMeasure? at = state?.Measures.FirstOrDefault(one => one.Id == command.Id);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Checks.Known(command.State, "state of a measure")
            ?? (
                at is null ? Checks.Missing("measure")
                : command.State <= at.State
                    ? Refusal.WrongState(
                        $"the measure is {Checks.Word(at.State)} and goes forward only"
                    )
                : null
            )
            ?? Wanting.Text("the evidence", command.Evidence);
        return no is not null
            ? no
            : new MeasureMoved(now, by.Person, command.Id, command.State, command.Evidence);
    }
}
