using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Decisions.Membership.GivingRoles;
using Breakwater.Decisions.Membership.Joining;
using Breakwater.Decisions.Membership.Vetting;
using Breakwater.Vocabulary;
using NodaTime;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Three founding organisations of three classes, and what is needed to act on them.</summary>
internal static class MembershipFixture
{
    public static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);

    public static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Each founder has a registrar, a representative, a publisher and a custodian: <c>gov-registrar</c>.</summary>
    public static readonly (string Id, StakeholderClass Class)[] Founders =
    [
        ("gov", StakeholderClass.Government),
        ("tech", StakeholderClass.TechnicalCommunity),
        ("civil", StakeholderClass.CivilSociety),
    ];

    private static readonly Role[] _roles =
    [
        Role.Registrar,
        Role.Representative,
        Role.Publisher,
        Role.Custodian,
    ];

    public static Found Founding { get; } =
        new([
            .. Founders.Select(founder => new FoundingOrganisation(
                founder.Id,
                $"Organisation {founder.Id}",
                founder.Class,
                "connect people",
                [],
                [
                    .. _roles.Select(role => new FoundingMember(
                        $"{founder.Id}-{role}".ToLowerInvariant(),
                        [role]
                    )),
                ]
            )),
        ]);

    public static IReadOnlyList<Organisation> Founded { get; } =
    [.. Found.Decide(Founding, Now).Events.Select(happened => Organisation.Apply(null, happened))];

    public static ContactPoint Contact { get; } =
        new(
            "duty",
            "telephone",
            "duty officer",
            new SealedField("key-1", "Ym94"),
            ContactStanding.Verified
        );

    /// <summary>A founder's person: <c>By("gov", Role.Registrar)</c>.</summary>
    public static Participant By(string founder, Role role) =>
        new Participants(Founded).Of(
            $"{founder}-{role}".ToLowerInvariant(),
            StakeholderClass.Academia,
            Now
        );

    /// <summary>Somebody without an organisation.</summary>
    public static Participant Alone(string person) =>
        new(person, null, StakeholderClass.AffectedCommunity, new HashSet<Role> { Role.Reporter });

    public static Participant Of(Organisation organisation, string person, Instant? at = null) =>
        new Participants([.. Founded, organisation]).Of(
            person,
            StakeholderClass.Academia,
            at ?? Now
        );

    /// <summary>An academic organisation that <c>ann</c> applied for.</summary>
    public static Organisation Applied() =>
        After<Organisation, OrganisationEvent>(
            null,
            ApplyAsOrganisation.Decide(
                null,
                new ApplyAsOrganisation(
                    "uni",
                    "A university",
                    StakeholderClass.Academia,
                    "measure",
                    [Contact]
                ),
                Alone("ann"),
                Now
            )
        );

    public static Organisation Vouched(Organisation organisation, string founder) =>
        After(
            organisation,
            Vouch.Decide(
                organisation,
                new Vouch("we know them"),
                By(founder, Role.Representative),
                Now
            )
        );

    /// <summary>The same, vetted, with <c>ann</c> and <c>bob</c> as members without roles.</summary>
    public static Organisation Vetted()
    {
        Organisation vetted = Vouched(Vouched(Applied(), "gov"), "civil");
        vetted = After(
            vetted,
            InviteMember.Decide(vetted, new InviteMember("bob"), Of(vetted, "ann"), Now)
        );
        return After(
            vetted,
            JoinOrganisation.Decide(vetted, new JoinOrganisation(), Alone("bob"), Now)
        );
    }

    public static Organisation With(
        Organisation organisation,
        string person,
        Role role,
        Instant? until = null
    )
    {
        Organisation proposed = After(
            organisation,
            ProposeRole.Decide(
                organisation,
                new ProposeRole(person, role, until),
                By("gov", Role.Registrar),
                Now
            )
        );
        return After(
            proposed,
            ConfirmRole.Decide(
                proposed,
                new ConfirmRole(person, role),
                By("tech", Role.Representative),
                Now
            )
        );
    }
}
