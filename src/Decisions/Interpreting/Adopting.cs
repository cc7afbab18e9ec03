using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

/// <summary>Lets the text stand.</summary>
public sealed record AdoptCommonPosition
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        AdoptCommonPosition command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("common position")
            : PenHolding.WhyNot(state, by, now) is { } no ? no
            : state.State != CommonPositionState.Consultation
                ? Refusal.WrongState($"it is not in consultation: it stands at {state.Standing}")
            : state.Lacking is [var first, ..] ? Refusal.WrongState(first)
            : new CommonPositionAdopted(now, by.Person);
    }
}

/// <summary>Says that another common position, which is adopted, took its place.</summary>
/// <param name="SupersededBy">Id of that one.</param>
public sealed record Supersede(string SupersededBy, string Reason)
{
    /// <summary>Who calls reads it from the store; null: it is not on record.</summary>
    [JsonIgnore]
    public CommonPosition? Newer { get; init; }

    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        Supersede command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("common position");
        }

        Refusal? no =
            PenHolding.WhyNotSpeak(by)
            ?? Checks.Id(command.SupersededBy, "the id of the other position")
            ?? RemarkRules.Short(command.Reason, "the reason")
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.IsOver ? Refusal.WrongState("it is superseded already")
                : command.SupersededBy == state.Id ? Refusal.Invalid("nothing supersedes itself")
                : command.Newer is not { State: CommonPositionState.Adopted }
                    ? Refusal.Invalid("no adopted common position with that id is on record")
                : by.Organisation != state.PenHolder
                    ? Refusal.NotAllowed(
                        "only the organisation that keeps its text can do this; whoever holds another position says so in it"
                    )
                : null
            );
        return no is not null
            ? no
            : new CommonPositionSuperseded(now, by.Person, command.SupersededBy, command.Reason);
    }
}

public sealed partial record CommonPosition
{
    /// <summary>No class stands for the others: two at least, for each paragraph.</summary>
    public const int ClassesNeeded = 2;

    /// <summary>
    /// What stands between the latest version and its adoption, a sentence each. Of one that is adopted: what it has lost since.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Lacking =>
        [
            .. Paragraphs
                .Select((paragraph, at) => (Number: at + 1, Classes: ClassesBehind(paragraph.Id)))
                .Where(one => one.Classes.Count < ClassesNeeded)
                .Select(one =>
                    $"paragraph {one.Number} is endorsed by {one.Classes.Count} of {ClassesNeeded} stakeholder classes that are needed"
                ),
            .. Remarks
                .Where(remark => remark.IsOpenObjection)
                .Select(remark =>
                    $"objection {remark.Number} is neither answered nor kept as dissent"
                ),
        ];
}
