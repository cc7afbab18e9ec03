using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Interpreting;

/// <summary>Stands behind a version for an organisation, or behind all of it but some paragraphs.</summary>
/// <param name="Hash">Of the version that was read; only the latest can be endorsed.</param>
/// <param name="Excluding">Ids of paragraphs that the organisation leaves out.</param>
public sealed record EndorseVersion(
    string Hash,
    IReadOnlyList<string>? Excluding = null,
    string? Statement = null
)
{
    public const int CountMax = 500;

    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        EndorseVersion command,
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

        string[] excluding =
        [
            .. (command.Excluding ?? [])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        string[] covers =
        [
            .. state.Paragraphs.Select(each => each.Id).Where(id => !excluding.Contains(id)),
        ];
        if (WhyNot(state, command, excluding, covers, by, now) is { } no)
        {
            return no;
        }

        return state.Endorsements.Any(one =>
            one.State == EndorsementState.Holds
            && one.Organisation == by.Organisation
            && one.Class == by.Class
            && one.Hash == command.Hash
            && one.Excluding.SequenceEqual(excluding, StringComparer.Ordinal)
            && one.Statement == command.Statement
        )
            ? Decided<CommonPositionEvent>.Nothing
            : new CommonPositionEndorsed(
                now,
                by.Person,
                by.Organisation!,
                by.Class,
                command.Hash,
                covers,
                excluding,
                command.Statement
            );
    }

    private static Refusal? WhyNot(
        CommonPosition state,
        EndorseVersion command,
        string[] excluding,
        string[] covers,
        Participant by,
        Instant now
    ) =>
        Endorsing.WhyNotSpeak(by)
        ?? (
            command.Statement is null ? null : RemarkRules.Short(command.Statement, "the statement")
        )
        ?? Checks.Order(state.ChangedAt, now)
        ?? (
            state.State is not (CommonPositionState.Consultation or CommonPositionState.Adopted)
                ? Refusal.WrongState($"it cannot be endorsed: it stands at {state.Standing}")
            : command.Hash != state.Hash
                ? Refusal.WrongState(
                    $"version {state.Versions.Count} is the latest, and its hash is another; read it, and endorse what stands"
                )
            : excluding.FirstOrDefault(id => state.Paragraphs.All(each => each.Id != id))
                is { } unknown
                ? Refusal.Invalid(
                    $"the latest version has no paragraph {(unknown.Length > 20 ? unknown[..20] : unknown)}"
                )
            : covers.Length == 0
                ? Refusal.Invalid("who leaves out every paragraph endorses nothing")
            : state.Endorsements.Count >= CountMax
                ? Refusal.TooMuch($"it was endorsed {CountMax} times already")
            : null
        );
}

/// <summary>Stands behind it no more.</summary>
public sealed record WithdrawEndorsement(string Reason)
{
    public static Decided<CommonPositionEvent> Decide(
        CommonPosition? state,
        WithdrawEndorsement command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("common position")
            : (
                Endorsing.WhyNotSpeak(by)
                ?? RemarkRules.Short(command.Reason, "the reason")
                ?? Checks.Order(state.ChangedAt, now)
            )
                is { } no
                ? no
            : state.Endorsements.Any(one =>
                one.State == EndorsementState.Holds && one.Organisation == by.Organisation
            )
                ? new EndorsementWithdrawn(now, by.Person, by.Organisation!, command.Reason)
            : Refusal.WrongState("your organisation does not endorse it now");
    }
}

internal static class Endorsing
{
    public static Refusal? WhyNotSpeak(Participant by) =>
        Acting.Counts(by)
            ? null
            : Refusal.NotAllowed("only a representative of an organisation can do this");
}
