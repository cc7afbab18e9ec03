using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.FactSheets;

/// <summary>Takes an answer back. Another organisation answers beside it instead, so that nobody silences a source.</summary>
/// <param name="Number">Of the answer.</param>
public sealed record WithdrawAnswer(int Number, string Reason)
{
    public static Decided<FactSheetEvent> Decide(
        FactSheetFile? state,
        WithdrawAnswer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("fact sheet");
        }

        FactAnswer? answer = state.Answers.FirstOrDefault(one => one.Number == command.Number);
        Refusal? no =
            Sheets.WhyNot(state, by, now)
            ?? Wanting.Text("the reason", command.Reason)
            ?? (
                answer is null ? Refusal.Invalid("there is no such answer on this sheet")
                : answer.Withdrawn is not null
                    ? Refusal.WrongState("that answer is withdrawn already")
                : answer.Organisation != by.Organisation
                    ? Refusal.NotAllowed(
                        "only the organisation that gave an answer withdraws it; say otherwise beside it"
                    )
                : null
            );
        return no is not null
            ? no
            : new FactAnswerWithdrawn(
                now,
                by.Person,
                by.Organisation,
                command.Number,
                command.Reason
            );
    }
}

/// <summary>Says whether burdens are closed: whoever bore them was heard, or defaulted, and did not discharge them.</summary>
public sealed record SetBurdens(bool AreClosed, string Reason)
{
    public static Decided<FactSheetEvent> Decide(
        FactSheetFile? state,
        SetBurdens command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("fact sheet");
        }

        Refusal? no = Sheets.WhyNot(state, by, now) ?? Wanting.Text("the reason", command.Reason);
        return no is not null ? no
            : (state.Burdens?.AreClosed ?? false) == command.AreClosed
                ? Decided<FactSheetEvent>.Nothing
            : new BurdensSet(now, by.Person, by.Organisation, command.AreClosed, command.Reason);
    }
}

/// <summary>Ends what is said on it. What was said stays, and norms may be asked of it.</summary>
public sealed record CloseFactSheet(string Reason)
{
    public static Decided<FactSheetEvent> Decide(
        FactSheetFile? state,
        CloseFactSheet command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("fact sheet");
        }

        Refusal? no = Sheets.WhyNot(state, by, now) ?? Wanting.Text("the reason", command.Reason);
        return no is not null
            ? no
            : new FactSheetClosed(now, by.Person, by.Organisation, command.Reason);
    }
}

/// <summary>What every command on a fact sheet asks first.</summary>
internal static class Sheets
{
    public static Refusal? WhyNotBy(Participant by) =>
        by.Organisation is null
            ? Refusal.NotAllowed("only a member of an organisation can do this")
            : null;

    public static Refusal? WhyNot(FactSheetFile state, Participant by, Instant now) =>
        WhyNotBy(by)
        ?? (
            state.State == FactSheetState.Closed
                ? Refusal.WrongState("the fact sheet is closed; open another")
                : Checks.Order(state.ChangedAt, now)
        );
}
