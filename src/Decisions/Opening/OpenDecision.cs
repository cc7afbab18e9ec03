using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Opening;

/// <summary>Puts a question to stakeholders.</summary>
public sealed record OpenDecision
{
    public const int YearsMax = 1;

    /// <summary>One class alone decides nothing.</summary>
    public const int QuorumMin = 2;

    public const int QuorumMax = 7;

    /// <summary>Who did not hear of it at once must still be able to appeal.</summary>
    public static readonly Duration AppealMin = Duration.FromHours(24);

    /// <summary>What was decided must be certain at some time.</summary>
    public static readonly Duration AppealMax = Duration.FromDays(90);

    public required string Id { get; init; }

    public required DecisionKind Kind { get; init; }

    public required string Question { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The disruption, plan, response or publication that it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject of the ledger that it is part of, such as <c>response/…</c>; null for none.</summary>
    public string? Parent { get; init; }

    public Workstream Stream { get; init; }

    public IReadOnlyList<Workstream> AffectedStreams { get; init; } = [];

    /// <summary>How many stakeholder classes must take part, 2 to 7. None of them need be a government.</summary>
    public required int QuorumClasses { get; init; }

    /// <summary>Whose consent is sought and recorded; none of them can stop the clock by silence.</summary>
    public IReadOnlyList<string> ConsentParties { get; init; } = [];

    public required Instant Deadline { get; init; }

    public Duration AppealWindow { get; init; } = Duration.FromHours(72);

    /// <summary>
    /// For an activation whose clock runs already, so that it has at most the 48 hours and four weeks of the clock left; null for
    /// both: it runs from the outcome.
    /// </summary>
    public Instant? FirstServiceDue { get; init; }

    public Instant? ExtendedServiceDue { get; init; }

    public Origin Origin { get; init; } = Origin.Reported;

    public required Marking Marking { get; init; }

    public static Decided<DecisionEvent> Decide(
        Decision? state,
        OpenDecision command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is not null)
        {
            return Refusal.WrongState("the decision is open already");
        }

        return WhyNot(command, now) is { } no
            ? no
            : new DecisionOpened(
                now,
                by.Person,
                by.Organisation,
                command.Id,
                command.Kind,
                command.Question,
                command.Text,
                command.Subject,
                command.Parent,
                command.Stream,
                [.. command.AffectedStreams.Distinct().Order()],
                command.QuorumClasses,
                command.ConsentParties,
                command.Deadline,
                command.AppealWindow,
                command.FirstServiceDue,
                command.ExtendedServiceDue,
                command.Origin,
                command.Marking
            );
    }

    private static Refusal? WhyNot(OpenDecision command, Instant now) =>
        Checks.Id(command.Id, "the id")
        ?? Checks.Known(command.Kind, "kind of decision")
        ?? Checks.Known(command.Stream, "stream")
        ?? Checks.Known(command.Origin, "origin")
        ?? Checks.Needed(command.Question, "the question")
        ?? Checks.Text(command.Text, "the text")
        ?? Checks.Id(command.Subject, "what it is about")
        ?? (command.Parent is null ? null : Checks.Id(command.Parent, "what it is part of"))
        ?? Checks.List(command.AffectedStreams, "streams")
        ?? command
            .AffectedStreams.Select(stream => Checks.Known(stream, "stream"))
            .FirstOrDefault(no => no is not null)
        ?? Checks.Texts(command.ConsentParties, "parties")
        ?? (command.Marking is null ? Refusal.Invalid("the marking is missing") : null)
        ?? WhyNotNumbers(command, now);

    private static Refusal? WhyNotNumbers(OpenDecision command, Instant now) =>
        command.QuorumClasses is < QuorumMin or > QuorumMax
            ? Refusal.Invalid(
                $"a quorum is {QuorumMin} to {QuorumMax} classes: one class alone decides nothing"
            )
        : command.ConsentParties.Distinct(StringComparer.Ordinal).Count()
        < command.ConsentParties.Count
            ? Refusal.Invalid("a party is named twice")
        : command.Deadline <= now || command.Deadline - now > Duration.FromDays(366 * YearsMax)
            ? Refusal.Invalid("the deadline lies within a year from now")
        : command.AppealWindow < AppealMin || command.AppealWindow > AppealMax
            ? Refusal.Invalid("the appeal window is from 24 hours to 90 days; 72 hours are usual")
        : WhyNotClock(command, now);

    /// <summary>Whoever opens can say that the clock runs already, and never that it runs longer than the one people know.</summary>
    private static Refusal? WhyNotClock(OpenDecision command, Instant now) =>
        (command.FirstServiceDue, command.ExtendedServiceDue) switch
        {
            (null, null) => null,
            _ when command.Kind != DecisionKind.Activation => Refusal.Invalid(
                "only an activation has a clock; leave both its dates out"
            ),
            ({ } first, { } extended)
                when now < first
                    && first <= now + Decision.FirstService
                    && first < extended
                    && extended <= now + Decision.ExtendedService => null,
            _ => Refusal.Invalid(
                "a clock that runs already has first service due within 48 hours and extended service after it within four weeks; leave both out, and it runs from the outcome"
            ),
        };
}
