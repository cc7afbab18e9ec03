using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Contesting;

/// <summary>Says that it is looked into. One that was refused is admitted by another organisation than refused it.</summary>
public sealed record AdmitContest(string Reason)
{
    public static Decided<ContestEvent> Decide(
        Contest? state,
        AdmitContest command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            Judging.WhyNot(state, by, now)
            ?? Checks.Needed(command.Reason, "the reason")
            ?? (
                state!.State is not (ContestState.Received or ContestState.Inadmissible)
                    ? Judging.Past(state)
                : state.State == ContestState.Inadmissible
                && state.Admission!.Organisation == by.Organisation
                    ? Refusal.NotAllowed(
                        "your organisation refused it; another one may admit it after all"
                    )
                : null
            );
        return no is not null
            ? no
            : new ContestAdmitted(now, by.Person, by.Organisation, command.Reason);
    }
}

/// <summary>Says why it is not looked into. It stays in sight with that reason.</summary>
public sealed record RefuseContest(string Reason)
{
    public static Decided<ContestEvent> Decide(
        Contest? state,
        RefuseContest command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            Judging.WhyNot(state, by, now)
            ?? Checks.Needed(command.Reason, "the reason")
            ?? (state!.State == ContestState.Received ? null : Judging.Past(state));
        return no is not null
            ? no
            : new ContestNotAdmitted(now, by.Person, by.Organisation, command.Reason);
    }
}

/// <summary>Answers what was said, before anything is decided.</summary>
public sealed record AnswerContest(string Text)
{
    public static Decided<ContestEvent> Decide(
        Contest? state,
        AnswerContest command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            Judging.WhyNot(state, by, now)
            ?? Checks.Needed(command.Text, "the answer")
            ?? (
                state!.State == ContestState.Admissible ? null
                : state.State == ContestState.Received
                    ? Refusal.WrongState(
                        "it is not admitted yet; admit it, or refuse it with a reason"
                    )
                : Judging.Past(state)
            );
        return no is not null
            ? no
            : new ContestAnswered(now, by.Person, by.Organisation, command.Text);
    }
}

/// <summary>Says what comes of it, with reasons.</summary>
public sealed record DecideContest(ContestOutcome Outcome, string Reason)
{
    public static Decided<ContestEvent> Decide(
        Contest? state,
        DecideContest command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            Judging.WhyNot(state, by, now)
            ?? Checks.Known(command.Outcome, "outcome")
            ?? Checks.Needed(command.Reason, "the reason")
            ?? (
                state!.State == ContestState.Answered ? null
                : state.State is ContestState.Received or ContestState.Admissible
                    ? Refusal.WrongState("nobody has answered it yet; answer it first")
                : Judging.Past(state)
            );
        return no is not null
            ? no
            : new ContestDecided(now, by.Person, by.Organisation, command.Outcome, command.Reason);
    }
}

/// <summary>Names what was changed because of it, with the difference for everybody to read.</summary>
/// <param name="What">The fact, rule or entry of a profile.</param>
/// <param name="Before">Hash of the facts or of the law pack before.</param>
/// <param name="After">The same after.</param>
/// <param name="Diff">What <c>norms diff</c> says of the two.</param>
public sealed record NameContestChange(
    ContestChangeKind Kind,
    string What,
    string Before,
    string After,
    string Diff
)
{
    public const int DiffLengthMax = 20_000;

    public static Decided<ContestEvent> Decide(
        Contest? state,
        NameContestChange command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? no =
            Judging.WhyNot(state, by, now)
            ?? (
                state is { State: ContestState.Decided, AsksChange: true }
                    ? null
                    : Refusal.WrongState(
                        $"only a contest that was sustained, wholly or in part, changes something; it stands at {state!.Standing}"
                    )
            )
            ?? Checks.Known(command.Kind, "kind of change")
            ?? Checks.Needed(command.What, "what was changed")
            ?? Contesting.Name(command.What, "what was changed")
            ?? Citations.Hash(command.Before, "what stood before")
            ?? Citations.Hash(command.After, "what stands now")
            ?? (
                command.Before == command.After
                    ? Refusal.Invalid("before and after are the same, so nothing was changed")
                : string.IsNullOrWhiteSpace(command.Diff)
                    ? Refusal.Invalid(
                        "the difference is missing; paste what 'breakwater norms diff' says of the two"
                    )
                : command.Diff.Length > DiffLengthMax
                    ? Refusal.Invalid(
                        $"the difference is longer than {DiffLengthMax} characters; cut it to the cases that change and say where the whole stands"
                    )
                : null
            );
        return no is not null
            ? no
            : new ContestChangeNamed(
                now,
                by.Person,
                by.Organisation,
                new(command.Kind, command.What, command.Before, command.After, command.Diff)
            );
    }
}

/// <summary>Ends it. What was sustained has changed something by then.</summary>
public sealed record CloseContest
{
    public static Decided<ContestEvent> Decide(
        Contest? state,
        CloseContest command,
        Participant by,
        Instant now
    ) =>
        Judging.WhyNot(state, by, now) is { } no ? no
        : state!.State == ContestState.Closed ? Decided<ContestEvent>.Nothing
        : state.State != ContestState.Decided
            ? Refusal.WrongState($"nobody has decided it yet; it stands at {state.Standing}")
        : state is { AsksChange: true, Change: null }
            ? Refusal.WrongState(
                "it was sustained, and nothing has changed yet; name the change and its difference first"
            )
        : new ContestClosed(now, by.Person);
}

/// <summary>Who judges a contest: somebody who reads law, for another organisation than contests.</summary>
internal static class Judging
{
    public static Refusal? WhyNot(Contest? state, Participant by, Instant now)
    {
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("contest")
            : by.Organisation is null || !by.Is(Role.LegalAnalyst)
                ? Refusal.NotAllowed("only a legal analyst of an organisation can do this")
            : by.Organisation == state.Organisation || by.Person == state.By
                ? Refusal.NotAllowed(
                    "an organisation is no judge of its own contest; a legal analyst of another one does this"
                )
            : Checks.Order(state.ChangedAt, now);
    }

    public static Refusal Past(Contest state) =>
        Refusal.WrongState($"it is past that: it stands at {state.Standing}");
}
