using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Who lacks what: unknowns stay unknown, groups stay apart, the sum is shown.</summary>
public sealed class NeedsFromDisruptionsTests
{
    [Fact]
    public void An_unknown_count_is_a_need_of_unknown_size_and_not_zero()
    {
        Need need = Messaging(Assess([Lost(1)], [People(null)]));
        Assert.Null(need.WithoutService);
        Assert.Null(need.Population);
        Assert.Contains("how many people are here is unknown", need.Unknowns);
        Assert.Equal("low bandwidth first; number unknown", need.PriorityReason);
    }

    [Fact]
    public void INV_05_Who_was_assessed_twice_is_counted_once_as_assessed_last()
    {
        IReadOnlyList<Need> first = Assess([Lost(1)], [People(90_000)]).Needs;
        Need[] again =
        [
            .. first.Select(need =>
                need with
                {
                    Id = $"{need.Id}-again",
                    AsOf = need.AsOf + Duration.FromHours(1),
                }
            ),
        ];
        Assert.All(first, need => Assert.NotNull(need.AsOf));
        Assert.Equal(
            again.Select(need => need.Id),
            Need.Latest([.. again, .. first]).Select(need => need.Id)
        );
        Assert.Equal(
            again.Select(need => need.Id),
            Need.Latest([.. first.Select(need => need with { AsOf = null }), .. again])
                .Select(need => need.Id)
        );
    }

    [Fact]
    public void An_unknown_number_ranks_before_none_at_all()
    {
        Assessment assessment = Assess(
            [Lost(1)],
            [People(0, place: Kassala), People(null, place: RedSea)]
        );
        List<Need> messaging =
        [
            .. assessment.Needs.Where(need => need.Service == Service.Messaging),
        ];
        Assert.Equal([RedSea, Kassala], messaging.Select(need => need.Place));
        Assert.Equal([1, 2], messaging.Select(need => need.Priority));
    }

    [Fact]
    public void INV_05_Civilians_and_responders_are_needs_of_their_own_and_never_summed()
    {
        Assessment assessment = Assess(
            [Lost(1)],
            [
                People(90_000),
                People(7_000, PopulationGroup.Displaced),
                People(265, PopulationGroup.Responders),
            ]
        );
        Assert.Equal(90_000, Messaging(assessment).WithoutService!.High);
        Assert.Equal(7_000, Messaging(assessment, PopulationGroup.Displaced).WithoutService!.High);
        Assert.InRange(
            Messaging(assessment, PopulationGroup.Responders).WithoutService!.High,
            260,
            270
        );
        Assert.Equal(9, assessment.Needs.Count);
        Assert.DoesNotContain(assessment.Needs, need => need.WithoutService!.High > 90_000);
    }

    [Fact]
    public void Conflicting_counts_stay_side_by_side_and_the_one_used_is_named()
    {
        Need need = Messaging(
            Assess(
                [Lost(1)],
                [
                    People(50_000, source: "a census"),
                    People(30_000, isUsed: false, source: "a newspaper"),
                    People(null, isUsed: false, source: "a ministry"),
                ]
            )
        );
        Assert.Equal("a census", need.PopulationSource);
        Assert.Equal(50_000, need.WithoutService!.High);
        Assert.Contains("another count says 30000 (a newspaper)", need.Unknowns);
        Assert.Contains("another source gives no count (a ministry)", need.Unknowns);
    }

    [Fact]
    public void A_national_count_is_used_only_where_no_narrower_one_of_its_group_is()
    {
        Assessment assessment = Assess(
            [Lost(1)],
            [
                People(1_000_000, place: Sudan),
                People(20_000, place: RedSea),
                People(500, PopulationGroup.Refugees, Sudan),
            ]
        );
        Assert.Equal(20_000, Messaging(assessment).WithoutService!.High);
        Assert.Equal(500, Messaging(assessment, PopulationGroup.Refugees).WithoutService!.High);
    }

    [Fact]
    public void A_network_counts_by_its_share_of_subscribers_times_its_loss()
    {
        Need need = Messaging(
            Assess(
                [Lost(0.5, "One"), Lost(1, "Two")],
                [People(100_000)],
                [Share("One", 0.4), Share("Two", 0.3)]
            )
        );
        Assert.Equal(new CountRange(50_000, 50_000), need.WithoutService);
        Assert.Equal(
            [
                new NetworkNeed("One", CountRange.Exactly(20_000)),
                new NetworkNeed("Two", CountRange.Exactly(30_000)),
            ],
            need.ByNetwork.OrderBy(part => part.Network, StringComparer.Ordinal)
        );
        Assert.Contains("One: 40 % of subscribers × 50 % lost", need.Sum, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_unknown_share_widens_the_range_instead_of_counting_as_zero()
    {
        Need need = Messaging(
            Assess([Lost(1, "One"), Lost(1, "Two")], [People(100_000)], [Share("One", 0.4)])
        );
        Assert.Equal(new CountRange(40_000, 100_000), need.WithoutService);
        Assert.Contains("the share of Two among subscribers here is unknown", need.Unknowns);
    }

    [Fact]
    public void Routing_alone_bounds_the_loss_of_access_only_from_below()
    {
        Need need = Messaging(Assess([Lost(0.3, family: SignalFamily.Routing)], [People(100_000)]));
        Assert.Equal(new CountRange(30_000, 100_000), need.WithoutService);
    }

    [Fact]
    public void A_disruption_of_a_part_of_the_place_leaves_the_low_end_at_nobody()
    {
        Need need = Messaging(Assess([Lost(1, place: RedSea)], [People(100_000, place: Sudan)]));
        Assert.Equal(new CountRange(0, 100_000), need.WithoutService);
        Assert.Contains("how much of this area lies in SD/Red Sea is unknown", need.Unknowns);
    }

    [Fact]
    public void Low_bandwidth_comes_first_and_then_the_greater_number()
    {
        Assessment assessment = Assess(
            [Lost(1)],
            [People(10_000, place: Kassala), People(20_000, place: RedSea)]
        );
        Assert.Equal(
            [
                (Service.Messaging, RedSea),
                (Service.Messaging, Kassala),
                (Service.Voice, RedSea),
                (Service.Voice, Kassala),
                (Service.Web, RedSea),
                (Service.Web, Kassala),
            ],
            assessment.Needs.OrderBy(need => need.Priority).Select(n => (n.Service, n.Place))
        );
    }

    [Fact]
    public void Ended_doubtful_and_merely_claimed_disruptions_make_no_need()
    {
        Disruption ended = Lost(1) with { End = new InstantRange(AsOf, AsOf) };
        Disruption doubtful = Lost(1, confidence: 0.49);
        Disruption claimed = Lost(1) with { Severity = [] };
        Disruption later = Lost(1) with { Start = AsOf + Duration.FromHours(1) };
        Assert.Empty(Assess([ended, doubtful, claimed, later], [People(1_000)]).Needs);
    }

    [Fact]
    public void A_need_takes_the_strictest_marking_and_the_least_direct_origin_of_what_it_comes_from()
    {
        var partners = new Marking(Distribution.Community, Tlp.Amber);
        Need need = Messaging(
            Assess(
                [
                    Lost(1, "One") with
                    {
                        Origin = Origin.Reconstructed,
                    },
                    Lost(1, "Two", marking: partners),
                ],
                [People(1_000)],
                [Share("One", 0.5), Share("Two", 0.5)]
            )
        );
        Assert.Equal(partners, need.Marking);
        Assert.Equal(Origin.Reconstructed, need.Origin);
        Assert.Equal(2, need.Disruptions.Count);
    }

    [Fact]
    public void More_loss_never_lowers_need() =>
        Gen.Select(
                Gen.Double[0, 1].Array[3],
                Gen.Double[0, 1].Array[3],
                Gen.Double[0, 0.4].Array[3],
                Gen.Long[0, 5_000_000]
            )
            .Sample(
                (drops, more, share, people) =>
                {
                    string[] networks = ["One", "Two", "Three"];
                    CountRange Without(Func<int, double> depth) =>
                        Messaging(
                            Assess(
                                [.. networks.Select((name, i) => Lost(depth(i), name))],
                                [People(people)],
                                // The share of the third network is unknown.
                                [Share("One", share[0]), Share("Two", share[1])]
                            )
                        ).WithoutService!;
                    CountRange less = Without(i => drops[i]);
                    CountRange greater = Without(i => drops[i] + (more[i] * (1 - drops[i])));
                    return greater.Low >= less.Low && greater.High >= less.High;
                }
            );

    [Fact]
    public void One_more_network_lost_never_lowers_need_and_a_range_is_never_reversed() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 4], Gen.Double[0, 0.3], Gen.Long[0, 5_000_000])
            .Sample(
                (drops, share, people) =>
                {
                    CountRange Without(int count) =>
                        Messaging(
                            Assess(
                                [.. drops.Take(count).Select((drop, i) => Lost(drop, $"N{i}"))],
                                [People(people)],
                                [.. drops.Select((_, i) => Share($"N{i}", share))]
                            )
                        ).WithoutService!;
                    List<CountRange> growing =
                    [
                        .. Enumerable.Range(1, drops.Length).Select(Without),
                    ];
                    return growing.TrueForAll(range => range.Low <= range.High)
                        && growing
                            .Zip(growing.Skip(1))
                            .All(pair => pair.First.High <= pair.Second.High);
                }
            );
}
