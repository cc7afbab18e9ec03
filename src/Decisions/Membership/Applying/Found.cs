using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Applying;

/// <summary>A person that a node begins with.</summary>
public sealed record FoundingMember(string Person, IReadOnlyList<Role> Roles);

/// <summary>An organisation that a node begins with.</summary>
public sealed record FoundingOrganisation(
    string Id,
    string Name,
    StakeholderClass Class,
    string Mandate,
    IReadOnlyList<ContactPoint> Contacts,
    IReadOnlyList<FoundingMember> Members
);

/// <summary>
/// How a node begins, before anybody is there who could vouch: three organisations of three classes at least, so that every
/// later one can be vetted by classes other than its own, and registrars in two of them, so that four eyes can be kept.
/// Only for a store without organisations; who calls it looks.
/// </summary>
public sealed record Found(IReadOnlyList<FoundingOrganisation> Organisations)
{
    private const int OrganisationsMax = 50;

    private static readonly Marking _usual = new(Distribution.Community, Tlp.Green);

    /// <returns>One event for each organisation, each the first of its own subject.</returns>
    public static Decided<OrganisationFounded> Decide(Found command, Instant now)
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            Limits.List("organisations", command.Organisations, OrganisationsMax)
            ?? command.Organisations.Select(WhyNot).FirstOrDefault(refusal => refusal is not null)
            ?? WhyNotTogether(command.Organisations);
        return refusal is not null
            ? refusal
            : command
                .Organisations.Select(organisation => new OrganisationFounded(
                    organisation.Id,
                    organisation.Name,
                    organisation.Class,
                    organisation.Mandate,
                    ApplyAsOrganisation.Unverified(organisation.Contacts),
                    [.. organisation.Members.Select(member => Of(member, now))],
                    _usual,
                    now
                ))
                .ToArray();
    }

    private static Member Of(FoundingMember member, Instant now) =>
        new(
            member.Person,
            MemberStanding.Joined,
            now,
            [.. member.Roles.Select(role => new RoleHeld(role, now, null))]
        );

    private static Refusal? WhyNot(FoundingOrganisation? organisation) =>
        organisation is null
            ? Refusal.Invalid("an organisation is missing")
            : ApplyAsOrganisation.WhyNot(
                organisation.Id,
                organisation.Name,
                organisation.Class,
                organisation.Mandate,
                organisation.Contacts,
                null
            )
                ?? Limits.List("members", organisation.Members)
                ?? organisation
                    .Members.Select(WhyNot)
                    .FirstOrDefault(refusal => refusal is not null);

    private static Refusal? WhyNot(FoundingMember? member)
    {
        if (member is null)
        {
            return Refusal.Invalid("a member is missing");
        }

        Refusal? refusal =
            Limits.Id("person", member.Person) ?? Limits.List("roles", member.Roles, 20);
        for (int i = 0; refusal is null && i < member.Roles.Count; i++)
        {
            refusal =
                Limits.Defined("role", member.Roles[i])
                ?? RoleRules.WhyNot(member.Roles.Take(i), member.Roles[i]);
        }

        return refusal;
    }

    private static Refusal? WhyNotTogether(IReadOnlyList<FoundingOrganisation> organisations)
    {
        string[] people =
        [
            .. organisations.SelectMany(
                organisation => organisation.Members,
                (_, member) => member.Person
            ),
        ];
        int registrars = organisations.Count(organisation =>
            organisation.Members.Any(member => member.Roles.Contains(Role.Registrar))
        );
        return organisations.DistinctBy(organisation => organisation.Id).Count()
            < organisations.Count
                ? Refusal.Invalid("two organisations have one id")
            : people.Distinct(StringComparer.Ordinal).Count() < people.Length
                ? Refusal.Invalid("a person is in one organisation only, and once")
            : organisations.DistinctBy(organisation => organisation.Class).Count()
            <= Organisation.VouchingClasses
                ? Refusal.Invalid(
                    "a node begins with organisations of three classes, so that any later one can be vetted by two others"
                )
            : registrars < 2
                ? Refusal.Invalid("two of the organisations need a registrar, for four eyes")
            : null;
    }
}
