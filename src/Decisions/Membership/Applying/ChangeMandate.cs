using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Applying;

/// <summary>An organisation says anew what it is there for.</summary>
public sealed record ChangeMandate(string Mandate)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        ChangeMandate command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal = Own.WhyNot(organisation, by) ?? Limits.Text("mandate", command.Mandate);
        return refusal is not null ? refusal : new MandateChanged(command.Mandate, by.Person, now);
    }
}
