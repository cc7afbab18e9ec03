using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.CountryPlans.Opening;

/// <summary>Begins the checklist of a country. Every item is unknown until somebody answers it.</summary>
public sealed record OpenCountryPlan(string Country, Marking Marking)
{
    public static Decided<CountryPlanEvent> Decide(
        CountryPlan? state,
        OpenCountryPlan command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("the checklist of this country is open"))
            ?? (
                command.Country is { } code && Countries.IsCode(code)
                    ? null
                    : Refusal.Invalid("name the country by its two-letter code, such as SD")
            )
            ?? OpenText.Marked(command.Marking)
            ?? PlanRules.Member(by);
        return no is not null
            ? no
            : new CountryPlanOpened(now, by.Person, command.Country, command.Marking);
    }
}
