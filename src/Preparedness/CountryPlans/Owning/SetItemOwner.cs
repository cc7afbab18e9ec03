using System.Text.Json.Serialization;
using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.CountryPlans.Owning;

/// <summary>Says which organisation sees to an item, and by when.</summary>
/// <param name="Owner">Its id here, or its name.</param>
public sealed record SetItemOwner(string Item, string Owner, Instant? Due = null)
{
    [JsonIgnore]
    public Checklist? Checklist { get; init; }

    public static Decided<CountryPlanEvent> Decide(
        CountryPlan? state,
        SetItemOwner command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            PlanRules.Standing(state, by, now)
            ?? PlanRules.Item(command.Item, command.Checklist)
            ?? OpenText.Name(command.Owner, "the owner")
            ?? (
                command.Due <= now
                    ? Refusal.Invalid("the day by which it is done lies in the past")
                    : null
            );
        return no is not null
            ? no
            : new PlanItemOwned(
                now,
                by.Person,
                new ItemOwner(command.Item, command.Owner, command.Due, by.Person, now)
            );
    }
}
