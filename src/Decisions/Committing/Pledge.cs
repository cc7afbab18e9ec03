using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>Binds an offer to an adopted plan. <see cref="PledgesFromPlan"/> makes it; nobody writes one freely.</summary>
public sealed record Pledge
{
    public required string Id { get; init; }

    public string? Parent { get; init; }

    public required string PlanId { get; init; }

    public required string OfferId { get; init; }

    public required string Stakeholder { get; init; }

    public required string Asset { get; init; }

    public required Place Place { get; init; }

    public required string PlaceName { get; init; }

    public IReadOnlyList<string>? Networks { get; init; }

    public required Service Service { get; init; }

    public required int Units { get; init; }

    public required long Civilians { get; init; }

    public required long Responders { get; init; }

    public IReadOnlyList<string> Conditions { get; init; } = [];

    public IReadOnlyList<Earmark> Earmarks { get; init; } = [];

    /// <summary>Ids of the clearances that it waits for.</summary>
    public IReadOnlyList<string> Clearances { get; init; } = [];

    public Instant? Until { get; init; }

    public Instant? ExpectedBy { get; init; }

    public Duration? ConfirmEvery { get; init; }

    public required string Proof { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    public static Decided<CommitmentEvent> Decide(
        Commitment? state,
        Pledge command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is not null)
        {
            return Refusal.WrongState("the commitment exists already");
        }

        return WhyNot(command, now) is { } no
            ? no
            : new CommitmentPledged(
                now,
                by.Person,
                command.Id,
                command.Parent,
                command.PlanId,
                command.OfferId,
                command.Stakeholder,
                command.Asset,
                command.Place,
                command.PlaceName,
                command.Networks,
                command.Service,
                command.Units,
                command.Civilians,
                command.Responders,
                command.Conditions,
                command.Earmarks,
                command.Until,
                command.ExpectedBy,
                command.ConfirmEvery,
                command.Proof,
                command.Origin,
                command.Marking
            )
            {
                Clearances = command.Clearances.Count == 0 ? null : command.Clearances,
            };
    }

    private static Refusal? WhyNot(Pledge command, Instant now) =>
        Checks.Id(command.Id, "the id")
        ?? Checks.Id(command.PlanId, "the plan")
        ?? Checks.Id(command.OfferId, "the offer")
        ?? Checks.Id(command.Stakeholder, "the supplier")
        ?? Checks.Text(command.Asset, "the asset")
        ?? Checks.Text(command.PlaceName, "the name of the place")
        ?? Checks.Text(command.Proof, "the proof")
        ?? Checks.Texts(command.Conditions, "conditions")
        ?? Checks.Texts(command.Clearances, "clearances")
        ?? Checks.List(command.Earmarks, "earmarks")
        ?? (
            command.Place is null || command.Marking is null
                ? Refusal.Invalid("the place or the marking is missing")
            : command.Units < 0 || command.Civilians < 0 || command.Responders < 0
                ? Refusal.Invalid("a number is below zero")
            : command.ConfirmEvery is { } every
            && (every < Duration.FromHours(1) || every > Duration.FromDays(366))
                ? Refusal.Invalid("a confirmation is wanted every hour to every year")
            : command.Until is { } until && until <= now ? Refusal.WrongState("the offer has ended")
            : null
        )
        ?? command
            .Earmarks.Select(earmark => WhyNotFor(earmark, command))
            .FirstOrDefault(no => no is not null);

    /// <summary>What was given for one place or group is not pledged to another.</summary>
    private static Refusal? WhyNotFor(Earmark earmark, Pledge command) =>
        earmark.Place is { } place && !command.Place.IsWithin(place)
            ? Refusal.WrongState($"the offer is earmarked for {place}: {earmark.Text}")
        : earmark.Group == PopulationGroup.Responders && command.Civilians > 0
            ? Refusal.WrongState($"the offer is earmarked for responders: {earmark.Text}")
        : earmark.Group is { } group
        && group != PopulationGroup.Responders
        && command.Responders > 0
            ? Refusal.WrongState($"the offer is earmarked for civilians: {earmark.Text}")
        : null;
}
