using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>Moves a commitment one step on, to lapsed when its time is over, or to withdrawn.</summary>
/// <param name="Proof">What shows it; for <see cref="Clearing.NoneRequired"/> why none is.</param>
/// <param name="Evidence">SHA-256 of what shows it, lower-case hexadecimal.</param>
/// <param name="NextConfirmationBy">By when somebody must look again; null: as agreed in the pledge.</param>
public sealed record Advance(
    CommitmentState To,
    string Proof,
    Origin Origin = Origin.Reported,
    IReadOnlyList<string>? Evidence = null,
    Clearing Clearing = Clearing.Given,
    Instant? NextConfirmationBy = null
)
{
    public const int EvidenceMax = 100;

    /// <summary>The clearances that the commitment waits for, as they stand. Who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlyList<Clearance> Permits { get; init; } = [];

    public static Decided<CommitmentEvent> Decide(
        Commitment? state,
        Advance command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("commitment");
        }

        return (
                WhyMalformed(command)
                ?? WhyNotBy(state, by)
                ?? WhyNot(state, command, now)
                ?? WhyNotThem(state, command, by)
                ?? WhyNotCleared(state, command, now)
                ?? WhyNotThen(state, command, now)
            )
                is { } no
                ? no
            : IsOnRecord(state, command, by, now) ? Decided<CommitmentEvent>.Nothing
            : Event(state, command, by, now);
    }

    /// <summary>The same confirmation sent twice; every other step cannot follow itself.</summary>
    private static bool IsOnRecord(
        Commitment commitment,
        Advance command,
        Participant by,
        Instant now
    ) =>
        command.To == CommitmentState.StillWorking
        && commitment.History[^1] is { State: CommitmentState.StillWorking } last
        && last.At == now
        && last.Person == by.Person
        && last.Proof == command.Proof;

    private static Refusal? WhyMalformed(Advance command) =>
        Checks.Known(command.To, "state")
        ?? Checks.Known(command.Origin, "origin")
        ?? Checks.Known(command.Clearing, "clearing")
        ?? Checks.Needed(command.Proof, "the proof")
        ?? (
            command.Evidence is { } hashes
            && (hashes.Count > EvidenceMax || hashes.Any(hash => !IsHash(hash)))
                ? Refusal.Invalid(
                    $"evidence is at most {EvidenceMax} hashes of 64 lower-case hexadecimal digits"
                )
                : null
        );

    private static Refusal? WhyNotBy(Commitment commitment, Participant by) =>
        commitment.IsEnded
            ? Refusal.WrongState($"the commitment is {commitment.State} and moves no more")
        : by.Organisation is null
            ? Refusal.NotAllowed("only a member of an organisation can do this")
        : null;

    private static Refusal? WhyNot(Commitment commitment, Advance command, Instant now)
    {
        if (Checks.Order(commitment.ChangedAt, now) is { } late)
        {
            return late;
        }

        if (command.To == CommitmentState.Withdrawn)
        {
            return null;
        }

        Instant? lapsesAt = CommitmentTimes.LapsesAt(commitment);
        if (command.To == CommitmentState.Lapsed)
        {
            return lapsesAt <= now
                ? null
                : Refusal.WrongState(
                    "a commitment lapses by its end date or a missed confirmation; before that only who promised ends it"
                );
        }

        bool isNext =
            command.To == commitment.State + 1
            || (
                command.To == CommitmentState.StillWorking
                && commitment.State == CommitmentState.StillWorking
            );
        return !isNext
                ? Refusal.WrongState(
                    $"a commitment that is {commitment.State} cannot become {command.To}: no state is skipped"
                )
            : lapsesAt is { } over && over <= now ? Refusal.WrongState($"it lapsed at {over}")
            : null;
    }

    /// <summary>Whoever says that it is cleared, and by whatever proof: the clearances themselves must allow it (INV-04).</summary>
    private static Refusal? WhyNotCleared(Commitment commitment, Advance command, Instant now) =>
        command.To == CommitmentState.Cleared
        && commitment.Clearances?.FirstOrDefault(id => !Allows(command, id, now)) is { } waiting
            ? Refusal.WrongState(
                $"clearance '{waiting}' {(command.Permits.FirstOrDefault(one => one.Id == waiting) is { } permit ? $"({permit.Kind}) stands at {Checks.Word(permit.Answer)} and does not allow it now" : "was not asked for")}; no answer is not yes"
            )
            : null;

    private static bool Allows(Advance command, string clearance, Instant now) =>
        command.Permits.Any(one => one.Id == clearance && one.AllowsAt(now));

    private static Refusal? WhyNotThem(Commitment commitment, Advance command, Participant by) =>
        command.To switch
        {
            CommitmentState.Working
            or CommitmentState.StillWorking when IsSupplier(commitment, by) => Refusal.NotAllowed(
                "a supplier cannot confirm its own service; somebody else must see it work"
            ),
            CommitmentState.Withdrawn when by.Organisation != commitment.Stakeholder =>
                Refusal.NotAllowed("only who promised can withdraw"),
            _ => null,
        };

    /// <summary>
    /// The organisation that promised, one that took it over (naming it as a keeper does not make it one, or a supplier could
    /// silence a witness), and a person who acted for it before and comes back for another.</summary>
    private static bool IsSupplier(Commitment commitment, Participant by) =>
        by.Organisation == commitment.Stakeholder
        || (commitment.IsTakenOver && by.Organisation == commitment.HandedOverTo)
        || commitment.History.Any(step =>
            step.Person == by.Person && step.Organisation == commitment.Stakeholder
        );

    private static Refusal? WhyNotThen(Commitment commitment, Advance command, Instant now)
    {
        if (command.NextConfirmationBy is not { } next)
        {
            return null;
        }

        Duration most = commitment.ConfirmEvery ?? Duration.FromDays(366);
        return command.To is not (CommitmentState.Working or CommitmentState.StillWorking)
                ? Refusal.Invalid("a next confirmation belongs to a confirmation")
            : next <= now || next - now > most
                ? Refusal.Invalid(
                    $"the next confirmation is due within {most.TotalDays:0} days from now"
                )
            : null;
    }

    private static CommitmentEvent Event(
        Commitment commitment,
        Advance command,
        Participant by,
        Instant now
    )
    {
        IReadOnlyList<string> evidence = command.Evidence ?? [];
        string organisation = by.Organisation!;
        (string who, string proof, Origin origin) = (by.Person, command.Proof, command.Origin);
        Instant? next = command.NextConfirmationBy ?? (now + commitment.ConfirmEvery);
        return command.To switch
        {
            CommitmentState.Cleared => new CommitmentCleared(
                now,
                who,
                organisation,
                command.Clearing,
                proof,
                evidence,
                origin
            ),
            CommitmentState.Delivered => new CommitmentDelivered(
                now,
                who,
                organisation,
                proof,
                evidence,
                origin
            ),
            CommitmentState.Working => new CommitmentConfirmedWorking(
                now,
                who,
                organisation,
                proof,
                evidence,
                origin,
                next
            ),
            CommitmentState.StillWorking => new CommitmentStillWorking(
                now,
                who,
                organisation,
                proof,
                evidence,
                origin,
                next
            ),
            CommitmentState.Withdrawn => new CommitmentWithdrawn(
                now,
                who,
                organisation,
                proof,
                evidence,
                origin
            ),
            _ => new CommitmentLapsed(
                now,
                who,
                organisation,
                CommitmentTimes.Cause(commitment),
                CommitmentTimes.LapsesAt(commitment) ?? now,
                proof,
                evidence,
                origin
            ),
        };
    }

    private static bool IsHash(string? text) =>
        text is { Length: 64 }
        && text.All(digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f');
}
