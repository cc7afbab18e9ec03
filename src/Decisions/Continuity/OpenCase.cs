using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>Opens a case. It needs no disruption: a letter can put a resource in doubt before anything is lost.</summary>
/// <param name="Forum">Where it is decided; null is unknown.</param>
/// <param name="Users">Null is unknown, and has to be said so.</param>
/// <param name="Functions">Parts of the function that are looked at one by one; none stands for the whole.</param>
/// <param name="Disruptions">Ids of disruptions that it is about.</param>
public sealed record OpenCase(
    string Id,
    ContinuityType Type,
    string Name,
    Place Place,
    string Institution,
    string? Forum,
    CountRange? Users,
    string UsersSource,
    IReadOnlyList<Place> Functions,
    IReadOnlyList<string> Disruptions,
    Origin Origin,
    Marking Marking
)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        OpenCase command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this case is open already"))
            ?? Checks.Id(command.Id, "the id of the case")
            ?? Checks.Known(command.Type, "type of case")
            ?? Wanting.Name("the name of the case", command.Name)
            ?? ContinuityRules.Resource(command.Place)
            ?? Wanting.Name("the institution", command.Institution)
            ?? (command.Forum is null ? null : Wanting.Name("the forum", command.Forum))
            ?? ContinuityRules.Users(command.Users, command.UsersSource)
            ?? ContinuityRules.Functions(command.Place, command.Functions)
            ?? Wanting.Names("the disruptions", command.Disruptions)
            ?? Wanting.Known("the origin", command.Origin)
            ?? Wanting.Marking(command.Marking)
            ?? (
                by.Organisation is null
                    ? Refusal.NotAllowed("only a member of an organisation can do this")
                    : null
            );
        return no is not null
            ? no
            : new CaseOpened(
                now,
                by.Person,
                command.Id,
                command.Type,
                command.Name,
                command.Place,
                command.Institution,
                command.Forum,
                command.Users,
                command.UsersSource,
                command.Functions.Count == 0 ? [command.Place] : command.Functions,
                [.. command.Disruptions.Distinct(StringComparer.Ordinal)],
                command.Origin,
                command.Marking
            );
    }
}

/// <summary>Closes a case. Restored is what was seen to work, function by function; a promise restores nothing.</summary>
public sealed record CloseCase(CaseEnding Ending, string Reason)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        CloseCase command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Checks.Known(command.Ending, "ending")
            ?? Wanting.Text("the reason", command.Reason)
            ?? (
                command.Ending == CaseEnding.Restored
                && state!.Functions.FirstOrDefault(one => one.State != FunctionState.Working)
                    is { } open
                    ? Refusal.WrongState(
                        $"{open.Function} is {Checks.Word(open.State)}; restored means that every function was seen to work"
                    )
                    : null
            );
        return no is not null ? no : new CaseClosed(now, by.Person, command.Ending, command.Reason);
    }
}
