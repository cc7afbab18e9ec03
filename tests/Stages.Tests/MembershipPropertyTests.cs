using Breakwater.Decisions.Membership;
using CsCheck;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Whatever people do, in whatever order: nothing throws and nobody is let in by one organisation alone.</summary>
public sealed class MembershipPropertyTests
{
    private static readonly Gen<MembershipAct> _act =
        from person in Gen.Int[0, 99]
        from command in Gen.Int[0, MembershipWorld.Commands - 1]
        from a in Gen.Int[0, 99]
        from b in Gen.Int[0, 99]
        from c in Gen.Int[0, 99]
        from minutes in Gen.Frequency((99, Gen.Int[0, 60]), (1, Gen.Int[0, 60 * 24 * 20]))
        select new MembershipAct(person, command, a, b, c, minutes);

    private static readonly Gen<List<MembershipAct>> _acts = _act.List[0, 300];

    private static readonly string[] _founders =
    [
        .. MembershipFixture.Founded.SelectMany(founder =>
            founder.Members.Select(member => member.Person)
        ),
    ];

    private static readonly string[] _strangers = ["ann", "bob", "eve", "dan"];

    [Fact]
    public void No_sequence_of_acts_throws_and_every_role_takes_two_organisations() =>
        _acts.Sample(
            acts =>
            {
                var world = new MembershipWorld();
                acts.ForEach(act => world.Do(act, [.. _founders, .. _strangers]));
                foreach (object happened in world.Happened)
                {
                    (Signatory One, Signatory Second)? two = happened switch
                    {
                        RoleGiven given => (given.By, given.Second),
                        OrganisationAdded added => (added.By, added.Second),
                        OrganisationRemoved removed => (removed.By, removed.Second),
                        RestrictionLifted lifted => (lifted.By, lifted.Second),
                        AppealRuled ruled => (ruled.By, ruled.Second),
                        _ => null,
                    };
                    Assert.NotEqual(two?.One.Organisation ?? "", two?.Second.Organisation);
                }

                Assert.All(
                    world.Happened.DistinctBy(happened => happened.GetType()),
                    SubjectAsserts.ReadsBack
                );
                Assert.All(world.States, SubjectAsserts.ReadsBack);

                return IsSound(world);
            },
            iter: 120
        );

    [Theory]
    [InlineData("gov")]
    [InlineData("tech")]
    [InlineData("civil")]
    public void INV_09_No_sequence_of_acts_by_one_organisation_and_strangers_gives_a_role_an_approval_or_a_group(
        string captured
    )
    {
        string[] people =
        [
            .. _founders.Where(person => person.StartsWith(captured, StringComparison.Ordinal)),
            .. _strangers,
        ];
        _acts.Sample(
            acts =>
            {
                var world = new MembershipWorld();
                acts.ForEach(act => world.Do(act, people));
                return !world.Happened.Any(happened =>
                        happened
                            is RoleGiven
                                or OrganisationVetted
                                or ApprovalGiven
                                or ApprovalUsed
                                or GroupCreated
                                or OrganisationAdded
                                or RestrictionConfirmed
                                or RestrictionLifted
                                or AppealRuled
                                or TakingConfirmed
                    ) && IsSound(world);
            },
            iter: 120
        );
    }

    [Fact]
    public void Random_acts_of_everybody_do_give_roles_vet_approve_and_group()
    {
        // Else the properties above would hold because nothing ever succeeds.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        _acts.Sample(
            acts =>
            {
                var world = new MembershipWorld();
                acts.ForEach(act => world.Do(act, [.. _founders, .. _strangers]));
                lock (seen)
                {
                    seen.UnionWith(world.Happened.Select(happened => happened.GetType().Name));
                }
            },
            iter: 400
        );
        string[] wanted =
        [
            nameof(RoleGiven),
            nameof(OrganisationVetted),
            nameof(ApprovalGiven),
            nameof(GroupCreated),
            nameof(ShiftPlanned),
        ];
        Assert.Empty(wanted.Except(seen));
    }

    /// <summary>Roles are held by members of operating organisations alone, and never in a pair that is exclusive.</summary>
    private static bool IsSound(MembershipWorld world)
    {
        var participants = new Participants(world.Organisations.Values);
        return world
            .Organisations.Values.SelectMany(
                organisation => organisation.Members,
                (organisation, member) =>
                    (organisation, member, by: participants.Of(member.Person, 0, world.Now))
            )
            .All(one =>
                (
                    one.by.Roles.Count == 1
                    || one.organisation.IsOperating
                    || one.by.Organisation != one.organisation.Id
                )
                && (one.organisation.VettedAt is not null || one.member.Roles.Count == 0)
                && !RoleRules.Exclusive.Any(pair => one.by.Is(pair.One) && one.by.Is(pair.Other))
            );
    }
}
