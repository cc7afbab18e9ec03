using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

/// <summary>Laws of markings, over every marking and every reader that can be told apart.</summary>
public sealed class MarkingTests
{
    private static readonly string[] _ids = ["x", "y"];
    internal static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static readonly Gen<Instant?> _embargo = Gen.Int[0, 3]
        .Select(days => days == 0 ? (Instant?)null : Now + Duration.FromDays(days - 2));

    private static readonly Gen<string?> _id = Gen.Int[0, 2].Select(i => i == 2 ? null : _ids[i]);

    internal static readonly Gen<Marking> Any = Gen.Select(
        Gen.Enum<Distribution>(),
        Gen.Enum<Tlp>(),
        _id,
        _id,
        _embargo,
        (distribution, tlp, group, organisation, embargo) =>
            new Marking(distribution, tlp)
            {
                Group = group,
                Organisation = organisation,
                EmbargoUntil = embargo,
            }
    );

    private static readonly Gen<IReadOnlySet<string>> _set = Gen.Int[0, 3]
        .Select(
            IReadOnlySet<string> (bits) => _ids.Where((_, i) => (bits >> i & 1) == 1).ToHashSet()
        );

    internal static readonly Gen<Reader> Anyone = Gen.Select(
        Gen.Enum<Circle>(),
        _id,
        _set,
        _set,
        Gen.Bool,
        Gen.Bool,
        Gen.Bool,
        (circle, organisation, groups, clientOf, isPerson, isNamed, isCustodian) =>
            new Reader
            {
                Person = isPerson ? "p-1" : null,
                Organisation = organisation,
                Circle = circle,
                Groups = groups,
                ClientOf = clientOf,
                IsNamed = isNamed,
                Roles = isCustodian
                    ? new HashSet<Role> { Role.Custodian }
                    : new HashSet<Role> { Role.Operator },
            }
    );

    [Fact]
    public void The_strictest_of_two_is_seen_only_by_who_may_see_both() =>
        Gen.Select(Any, Any, Anyone)
            .Sample(
                (a, b, reader) =>
                {
                    Marking strictest = Marking.Strictest([a, b]);
                    Assert.True(
                        !Guard.May(reader, strictest, Now)
                            || (Guard.May(reader, a, Now) && Guard.May(reader, b, Now)),
                        $"{strictest}"
                    );
                },
                iter: 20_000
            );

    [Fact]
    public void The_strictest_does_not_depend_on_the_order_or_on_repetition() =>
        Gen.Select(Any, Any, Any, Anyone)
            .Sample(
                (a, b, c, reader) =>
                {
                    bool May(params Marking[] inputs) =>
                        Guard.May(reader, Marking.Strictest(inputs), Now);
                    bool may = May(a, b, c);
                    Assert.Equal(may, May(c, b, a));
                    Assert.Equal(may, May(b, a, c));
                    Assert.Equal(may, May(a, b, c, a));
                    Assert.Equal(may, May(a, Marking.Strictest([b, c])));
                    Assert.Equal(Guard.May(reader, a, Now), May(a, a));
                },
                iter: 20_000
            );

    [Fact]
    public void After_a_hop_nobody_new_may_see_it() =>
        Gen.Select(Any, Anyone)
            .Sample(
                (before, reader) =>
                {
                    if (before.AfterHop("x") is { } after)
                    {
                        Assert.True(
                            !Guard.May(reader, after, Now) || Guard.May(reader, before, Now),
                            $"{after}"
                        );
                        Assert.True(after.IsAtMostAsWideAs(before), $"{after}");
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void Each_distribution_is_reduced_by_a_hop_as_the_table_says()
    {
        Marking Of(Distribution distribution) => new(distribution, Tlp.Clear) { Group = null };
        Marking group = new(Distribution.Group, Tlp.Green) { Group = "x" };
        Assert.Null(Of(Distribution.Sealed).AfterHop("org"));
        Assert.Null(Of(Distribution.Group).AfterHop("org"));
        Assert.Equal(group, group.AfterHop("org"));
        Assert.Equal(
            new Marking(Distribution.Community, Tlp.AmberStrict) { Organisation = "org" },
            Of(Distribution.Community).AfterHop("org")
        );
        Assert.Equal(Of(Distribution.Community), Of(Distribution.Partners).AfterHop("org"));
        Assert.Equal(Of(Distribution.Public), Of(Distribution.Public).AfterHop("org"));
    }

    [Fact]
    public void A_second_hop_stops_at_the_organisation_that_received_it()
    {
        Marking arrived = new Marking(Distribution.Community, Tlp.Green).AfterHop("org")!;
        Assert.Null(arrived.AfterHop("another"));
        Assert.Equal(arrived, arrived.AfterHop("org"));
        Assert.Null(new Marking(Distribution.Community, Tlp.Red).AfterHop("org"));
    }

    [Fact]
    public void What_is_at_most_as_wide_is_seen_by_nobody_else() =>
        Gen.Select(Any, Any, Anyone)
            .Sample(
                (narrow, wide, reader) =>
                    Assert.True(
                        !narrow.IsAtMostAsWideAs(wide)
                            || !Guard.May(reader, narrow, Now)
                            || Guard.May(reader, wide, Now)
                    ),
                iter: 20_000
            );

    [Fact]
    public void The_strictest_is_at_most_as_wide_as_each_of_its_inputs() =>
        Gen.Select(Any, Any)
            .Sample(
                (a, b) =>
                {
                    Marking strictest = Marking.Strictest([a, b]);
                    Assert.True(strictest.IsAtMostAsWideAs(a) && strictest.IsAtMostAsWideAs(b));
                    Assert.True(strictest.IsAtMostAsWideAs(strictest));
                },
                iter: 20_000
            );

    [Fact]
    public void Two_different_groups_have_no_reader_in_common_but_custodians()
    {
        Marking Of(string group) => new(Distribution.Group, Tlp.Green) { Group = group };
        Assert.Equal(Distribution.Sealed, Marking.Strictest([Of("x"), Of("y")]).Distribution);
        Assert.Equal(Of("x"), Marking.Strictest([Of("x"), Of("x"), Marking.Public]));
    }

    [Fact]
    public void The_later_embargo_is_the_stricter()
    {
        Marking Until(Instant? at) => Marking.Public with { EmbargoUntil = at };
        Instant later = Now + Duration.FromHours(1);
        Assert.Equal(Until(later), Marking.Strictest([Until(Now), Until(later), Until(null)]));
        Assert.Equal(Until(later), Marking.Strictest([Until(null), Until(later), Until(Now)]));
        Assert.False(Until(Now).IsAtMostAsWideAs(Until(later)));
        Assert.True(Until(later).IsAtMostAsWideAs(Until(Now)));
    }

    [Fact]
    public void No_input_means_no_release() => Assert.Equal(Marking.Sealed, Marking.Strictest([]));
}
