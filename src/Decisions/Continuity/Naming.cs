using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>Names who has a part in the case, as a role.</summary>
public sealed record NameParty(string Name, StakeholderClass Class, string Part)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        NameParty command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Wanting.Name("the name of the party", command.Name)
            ?? Checks.Known(command.Class, "class")
            ?? Wanting.Text("its part", command.Part)
            ?? ContinuityRules.New(state!.Parties.Any(one => one.Name == command.Name), "a party")
            ?? ContinuityRules.Room(state.Parties.Count, "parties");
        return no is not null
            ? no
            : new PartyNamed(
                now,
                by.Person,
                new CaseParty(command.Name, command.Class, command.Part)
            );
    }
}

/// <summary>Names the network, top-level domain or exchange whose contact points are called.</summary>
public sealed record NameContact(string Resource, string Why)
{
    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        NameContact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ContinuityRules.Open(state, by, now)
            ?? Wanting.Name("the network, top-level domain or exchange", command.Resource)
            ?? Wanting.Text("why it is called", command.Why)
            ?? ContinuityRules.Room(state!.Contacts.Count, "contacts");
        return no is not null ? no
            : state!.Contacts.Any(one => one.Resource == command.Resource)
                ? Decided<ContinuityEvent>.Nothing
            : new ContactNamed(now, by.Person, new CaseContact(command.Resource, command.Why));
    }
}

/// <summary>What people decided about the case reaches it, and what became of that on appeal.</summary>
public sealed record FollowCaseDecision
{
    [JsonIgnore]
    public required Decision Decision { get; init; }

    public static Decided<ContinuityEvent> Decide(
        ContinuityCase? state,
        FollowCaseDecision command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("case");
        }

        Decision decision = command.Decision;
        var outcome = new CaseOutcome(
            decision.Id,
            decision.Kind,
            decision.Outcome,
            decision.OutcomeReason ?? "",
            decision.Positions.Count(one => one.Stand == Stand.Object && !one.IsVoice),
            now
        );
        return state.Outcomes.Any(one => one with { At = now } == outcome)
            ? Decided<ContinuityEvent>.Nothing
            : new OutcomeReached(now, by.Person, outcome);
    }
}
