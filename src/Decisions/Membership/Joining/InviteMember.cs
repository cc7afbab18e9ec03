using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Joining;

/// <summary>An organisation asks a person to join it. That gives nothing, neither now nor when the person has joined.</summary>
public sealed record InviteMember(string Person)
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        InviteMember command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Own.WhyNot(organisation, by)
            ?? Limits.Id("person", command.Person)
            ?? (
                organisation!.Members.Any(member =>
                    member.Person == command.Person
                    && member.Standing is MemberStanding.Invited or MemberStanding.Joined
                )
                    ? Refusal.WrongState("the person is invited or a member already")
                : organisation.Members.Count >= Limits.ListMax
                    ? Refusal.TooMuch($"an organisation has at most {Limits.ListMax} members here")
                : null
            );
        return refusal is not null ? refusal : new MemberInvited(command.Person, by.Person, now);
    }
}

/// <summary>The person says yes. Only the person can, and only without another organisation.</summary>
public sealed record JoinOrganisation
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        JoinOrganisation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return organisation is null ? Refusal.WrongState("there is no such organisation")
            : by.Organisation is not null
                ? Refusal.NotAllowed(
                    $"a person is in one organisation only; leave {by.Organisation} first"
                )
            : organisation.Members.Any(member =>
                member.Person == by.Person && member.Standing == MemberStanding.Invited
            )
                ? new MemberJoined(by.Person, now)
            : Refusal.NotAllowed("the organisation has not invited you");
    }
}

/// <summary>A person leaves, with all roles; nobody has to agree.</summary>
public sealed record LeaveOrganisation
{
    public static Decided<OrganisationEvent> Decide(
        Organisation? organisation,
        LeaveOrganisation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return organisation?.Joined(by.Person) is null
            ? Refusal.WrongState("you are no member of it")
            : new MemberLeft(by.Person, now);
    }
}
