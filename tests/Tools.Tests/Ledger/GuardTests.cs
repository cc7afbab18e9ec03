using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

public sealed class GuardTests
{
    private static readonly Instant _now = MarkingTests.Now;

    private static readonly Reader _member = new()
    {
        Person = "p-1",
        Organisation = "org",
        Circle = Circle.Community,
    };

    [Fact]
    public void Without_a_marking_nobody_sees_anything() =>
        MarkingTests.Anyone.Sample(reader => Assert.False(Guard.May(reader, null, _now)));

    [Fact]
    public void A_marking_that_is_no_marking_is_seen_by_nobody() =>
        MarkingTests.Anyone.Sample(reader =>
        {
            Assert.False(Guard.May(reader, new Marking((Distribution)7, Tlp.Clear), _now));
            Assert.False(Guard.May(reader, new Marking((Distribution)(-1), Tlp.Clear), _now));
            Assert.False(Guard.May(reader, new Marking(Distribution.Public, (Tlp)7), _now));
            Assert.False(Guard.May(reader, new Marking(Distribution.Public, (Tlp)(-1)), _now));
        });

    [Fact]
    public void Who_has_more_rights_sees_no_less() =>
        Gen.Select(MarkingTests.Any, MarkingTests.Anyone, Gen.Int[0, 6])
            .Sample(
                (marking, reader, right) =>
                {
                    Reader richer = right switch
                    {
                        0 => reader with { Circle = Circle.Community },
                        1 when reader.Circle == Circle.Anyone => reader with
                        {
                            Circle = Circle.Partner,
                        },
                        2 when reader.Organisation is null => reader with { Organisation = "x" },
                        3 => reader with
                        {
                            Groups = new HashSet<string> { "x", "y" },
                        },
                        4 => reader with
                        {
                            ClientOf = new HashSet<string> { "x", "y" },
                        },
                        5 => reader with { Person = "p-1", IsNamed = true },
                        _ => reader with
                        {
                            Roles = new HashSet<Role>(reader.Roles) { Role.Custodian },
                        },
                    };
                    Assert.True(
                        !Guard.May(reader, marking, _now) || Guard.May(richer, marking, _now)
                    );
                },
                iter: 20_000
            );

    [Fact]
    public void The_narrower_of_distribution_and_TLP_wins()
    {
        Assert.True(May(Reader.Anonymous, Distribution.Public, Tlp.Clear));
        Assert.False(May(Reader.Anonymous, Distribution.Public, Tlp.Green));
        Assert.False(May(Reader.Anonymous, Distribution.Partners, Tlp.Clear));
        Assert.True(May(_member, Distribution.Community, Tlp.Green));
        Assert.False(May(_member, Distribution.Community, Tlp.Red));
        Assert.False(May(_member, Distribution.Sealed, Tlp.Clear));
    }

    [Fact]
    public void A_partner_sees_what_goes_to_partners_and_nothing_nearer()
    {
        Reader partner = _member with { Circle = Circle.Partner };
        Assert.True(May(partner, Distribution.Partners, Tlp.Clear));
        Assert.False(May(partner, Distribution.Partners, Tlp.Green));
        Assert.False(May(partner, Distribution.Community, Tlp.Clear));
    }

    [Fact]
    public void Only_members_of_a_group_see_what_goes_to_it()
    {
        var marking = new Marking(Distribution.Group, Tlp.Green) { Group = "repair" };
        Reader listed = _member with { Groups = new HashSet<string> { "repair" } };
        Assert.True(Guard.May(listed, marking, _now));
        Assert.False(Guard.May(_member, marking, _now));
        Assert.False(Guard.May(listed with { Circle = Circle.Partner }, marking, _now));
        Assert.False(Guard.May(listed, marking with { Group = null }, _now));
    }

    [Fact]
    public void AMBER_keeps_to_one_organisation_and_its_clients_and_AMBER_STRICT_to_it_alone()
    {
        var amber = new Marking(Distribution.Community, Tlp.Amber) { Organisation = "org" };
        Marking strict = amber with { Tlp = Tlp.AmberStrict };
        Reader client = _member with
        {
            Organisation = "client",
            ClientOf = new HashSet<string> { "org" },
        };
        Reader other = _member with { Organisation = "other" };
        Assert.True(Guard.May(_member, amber, _now));
        Assert.True(Guard.May(client, amber, _now));
        Assert.False(Guard.May(other, amber, _now));
        Assert.True(Guard.May(_member, strict, _now));
        Assert.False(Guard.May(client, strict, _now));
        Assert.False(Guard.May(_member, amber with { Organisation = null }, _now));
        Assert.False(
            Guard.May(
                _member with
                {
                    Organisation = null,
                },
                amber with
                {
                    Organisation = null,
                },
                _now
            )
        );
    }

    [Fact]
    public void RED_goes_to_named_people_and_what_is_sealed_to_named_custodians()
    {
        var red = new Marking(Distribution.Community, Tlp.Red);
        Reader named = _member with { IsNamed = true };
        Assert.False(Guard.May(_member, red, _now));
        Assert.True(Guard.May(named, red, _now));
        Assert.False(Guard.May(named with { Person = null }, red, _now));
        Assert.False(Guard.May(named, Marking.Sealed, _now));
        Assert.True(
            Guard.May(
                named with
                {
                    Roles = new HashSet<Role> { Role.Custodian },
                },
                Marking.Sealed,
                _now
            )
        );
    }

    [Fact]
    public void INV_09_Who_has_joined_alone_sees_what_the_public_sees()
    {
        var roles = new HashSet<Role>(Enum.GetValues<Role>());
        var alone = new Participant("p-1", null, StakeholderClass.CivilSociety, roles);
        var reader = Reader.Of(alone, Circle.Community);
        MarkingTests.Any.Sample(marking =>
            Assert.Equal(
                Guard.May(Reader.Anonymous, marking, _now),
                Guard.May(reader, marking, _now)
            )
        );
    }

    [Fact]
    public void No_operator_and_no_registrar_sees_what_is_sealed_by_being_one()
    {
        Reader staff = _member with { Roles = new HashSet<Role>(Enum.GetValues<Role>()) };
        Assert.False(Guard.May(staff, Marking.Sealed, _now));
    }

    [Fact]
    public void Under_embargo_the_community_sees_it_and_nobody_beyond()
    {
        Marking held = Marking.Public with { EmbargoUntil = _now + Duration.FromSeconds(1) };
        Assert.False(Guard.May(Reader.Anonymous, held, _now));
        Assert.True(Guard.May(_member, held, _now));
        Assert.True(Guard.May(Reader.Anonymous, held, _now + Duration.FromSeconds(1)));
    }

    private static bool May(Reader reader, Distribution distribution, Tlp tlp) =>
        Guard.May(reader, new Marking(distribution, tlp), _now);
}
