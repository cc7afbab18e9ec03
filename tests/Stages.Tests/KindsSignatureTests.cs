using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.KindsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What a loss looks like says something about its kind, and never everything.</summary>
public sealed class KindsSignatureTests
{
    private static readonly Instant Four = Instant.FromUtc(2026, 6, 7, 1, 0);

    [Fact]
    public void With_nothing_known_everything_is_unknown()
    {
        // Access measured by one telescope, no end, a place without clock or neighbours, an onset nobody can date.
        Disruption loss = Lost("192.0.2.0/24", onsetMinutes: 600);
        KindLikelihoods kinds = Weigh(loss);
        Assert.Empty(kinds.Kinds);
        Assert.Equal(1, kinds.Unknown.Probability);
    }

    [Fact]
    public void The_kind_itself_stays_an_outage_whatever_is_likely()
    {
        Disruption loss = Lost("IQ", Four, 4);
        Disruption weighed = KindsFromEvidence.Weigh(
            [loss],
            [Stated(Circumstance.ShutdownOrder, "IQ", Four)],
            [],
            KindProfile.Default
        )[0];
        Assert.Equal(DisruptionKind.Shutdown, weighed.Kinds!.First());
        Assert.Equal(DisruptionKind.Outage, weighed.Kind);
    }

    [Fact]
    public void The_same_morning_hours_on_several_days_look_like_a_shutdown()
    {
        Disruption[] mornings =
        [
            .. Enumerable
                .Range(0, 6)
                .Select(day =>
                    Lost(
                        "IQ",
                        Four + Duration.FromDays(day),
                        4,
                        sources: [Source(SignalFamily.Probing), Source(SignalFamily.Telescope)],
                        onsetMinutes: 30
                    )
                ),
        ];
        KindLikelihoods repeated = Weigh(mornings[3], mornings);
        KindLikelihoods alone = Weigh(mornings[3]);
        Assert.Equal(DisruptionKind.Shutdown, repeated.First());
        Assert.True(repeated.Of(DisruptionKind.Shutdown) > alone.Of(DisruptionKind.Shutdown));
        KindReason reason = repeated.Reason(DisruptionKind.Shutdown, "mornings_on_several_days");
        Assert.Equal(
            "It falls around 04:00 local time on 6 days and is back before the afternoon.",
            reason.Text
        );
        Assert.Equal(6, reason.From.Count);
    }

    [Fact]
    public void Afternoons_that_recur_are_not_called_mornings()
    {
        Disruption[] afternoons =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(day => Lost("IQ", Four + Duration.FromHours(24 * day + 11), 4)),
        ];
        string[] tags =
        [
            .. KindsFromEvidence.Tags(afternoons, KindProfile.Default)[afternoons[0].Id],
        ];
        Assert.Contains("same_hours_on_several_days", tags);
        Assert.DoesNotContain("mornings_on_several_days", tags);
    }

    [Fact]
    public void Two_days_alike_are_not_yet_a_habit() =>
        Assert.Contains(
            "not_repeated",
            KindsFromEvidence.Tags(
                [Lost("IQ", Four, 4), Lost("IQ", Four + Duration.FromDays(1), 4)],
                KindProfile.Default
            )[Lost("IQ", Four, 4).Id]
        );

    [Fact]
    public void Access_that_goes_dark_at_once_behind_routes_that_stay_up_looks_like_a_shutdown()
    {
        Disruption dark = Lost(
            "IR",
            Noon,
            sources:
            [
                Source(SignalFamily.Routing, Verdict.Disagrees),
                Source(SignalFamily.Probing, onset: Noon, drop: 0.96),
                Source(SignalFamily.Application, onset: Noon, drop: 0.98),
            ],
            severity: [new Severity(SignalFamily.Probing, 0.96, 20_000, 0.95)],
            onsetMinutes: 30
        );
        KindLikelihoods kinds = Weigh(dark);
        Assert.Equal(DisruptionKind.Shutdown, kinds.First());
        Assert.Equal(
            "Routes stay up while access is lost.",
            kinds.Reason(DisruptionKind.Shutdown, "routes_stay_up").Text
        );
        // A loss of power can look the same for hours: looks alone never make it near certain.
        Assert.InRange(kinds.Of(DisruptionKind.Shutdown), 0.3, 0.9);
        Assert.True(kinds.Unknown.Probability >= 0.05);
    }

    [Fact]
    public void One_service_that_is_dark_while_probing_sees_access_as_usual_is_not_access_lost_behind_routes()
    {
        string[] Tags(double probingWeight)
        {
            Disruption dark = Lost(
                "IR",
                Noon,
                sources:
                [
                    Source(SignalFamily.Routing, Verdict.Disagrees),
                    Source(SignalFamily.Probing, Verdict.Disagrees) with
                    {
                        Weight = probingWeight,
                    },
                    Source(SignalFamily.Application, onset: Noon, drop: 0.98),
                ]
            );
            return [.. KindsFromEvidence.Tags([dark], KindProfile.Default)[dark.Id]];
        }

        Assert.DoesNotContain("routes_stay_up", Tags(probingWeight: -0.8));
        Assert.Contains("routes_stay_up", Tags(probingWeight: 0));
    }

    [Fact]
    public void Nothing_is_said_to_fall_or_return_at_once_that_is_known_to_a_day_only_or_could_be_a_change_of_scale()
    {
        string[] Tags(Func<SourceVerdict, SourceVerdict> second)
        {
            Disruption lost = Lost(
                "IR",
                Noon,
                hours: 8,
                sources:
                [
                    Source(SignalFamily.Probing, onset: Noon, end: Noon + Duration.FromHours(8)),
                    second(
                        Source(
                            SignalFamily.Application,
                            onset: Noon,
                            end: Noon + Duration.FromHours(8)
                        )
                    ),
                ]
            );
            return [.. KindsFromEvidence.Tags([lost], KindProfile.Default)[lost.Id]];
        }

        Assert.Contains("falls_at_once", Tags(source => source));
        Assert.Contains("returns_at_once", Tags(source => source));
        string[] inDoubt = Tags(source => source with { MayBeScaleChange = true });
        Assert.DoesNotContain("falls_at_once", inDoubt);
        Assert.DoesNotContain("returns_at_once", inDoubt);
        string[] toTheDay = Tags(source =>
            source with
            {
                Onset = new InstantRange(
                    Noon - Duration.FromHours(12),
                    Noon + Duration.FromHours(12)
                ),
                End = new InstantRange(Noon, Noon + Duration.FromHours(24)),
            }
        );
        Assert.DoesNotContain("falls_at_once", toTheDay);
        Assert.DoesNotContain("returns_at_once", toTheDay);
    }

    [Fact]
    public void A_country_that_stays_dark_for_days_does_not_look_like_a_grid_that_comes_back_area_by_area()
    {
        Disruption Dark(int hours, double latest) =>
            Lost(
                "IR",
                sources:
                [
                    Source(SignalFamily.Routing, Verdict.Disagrees),
                    Source(SignalFamily.Probing),
                ],
                severity: [new Severity(SignalFamily.Probing, 0.96, 60L * hours, latest)],
                onsetMinutes: 30
            );
        double PowerLoss(Disruption loss) => Weigh(loss).Of(DisruptionKind.PowerLoss);
        Assert.True(PowerLoss(Dark(72, 0.95)) < PowerLoss(Dark(6, 0.95)));
        Assert.Equal(PowerLoss(Dark(6, 0.95)), PowerLoss(Dark(72, 0.3)));
    }

    [Fact]
    public void A_part_of_access_that_stays_lost_at_one_level_looks_like_throttling()
    {
        Disruption slow = Lost(
            "IR",
            sources:
            [
                Source(SignalFamily.Routing, Verdict.Disagrees),
                Source(SignalFamily.Probing, Verdict.Disagrees),
                Source(SignalFamily.Application, drop: 0.55),
            ],
            severity: [new Severity(SignalFamily.Application, 0.55, 3 * 24 * 60, 0.5)],
            onsetMinutes: 60
        );
        Assert.Equal(DisruptionKind.Throttling, Weigh(slow).First());
        Disruption dark = slow with
        {
            Severity = [new Severity(SignalFamily.Application, 0.97, 3 * 24 * 60, 0.96)],
        };
        Assert.NotEqual(DisruptionKind.Throttling, Weigh(dark).First());
    }

    [Fact]
    public void Areas_that_fall_one_after_another_over_hours_look_like_batteries_that_run_down()
    {
        Disruption[] areas =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i => Lost($"VE/Area {i}", Noon + Duration.FromMinutes(65 * i))),
        ];
        KindLikelihoods staggered = Weigh(areas[4], areas);
        Assert.Equal(DisruptionKind.PowerLoss, staggered.First());
        Assert.Equal(
            8,
            staggered.Reason(DisruptionKind.PowerLoss, "areas_fall_over_hours").From.Count
        );
        Disruption[] together = [.. areas.Select(area => Lost(area.Place.Key, Noon))];
        Assert.True(
            Weigh(together[4], together).Of(DisruptionKind.PowerLoss)
                < staggered.Of(DisruptionKind.PowerLoss)
        );
    }

    [Fact]
    public void Dips_that_come_and_go_one_by_one_are_no_wave()
    {
        Disruption[] areas =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i => Lost($"VE/Area {i}", Noon + Duration.FromMinutes(65 * i), hours: 1)),
        ];
        Assert.DoesNotContain(
            "areas_fall_over_hours",
            KindsFromEvidence.Tags(areas, KindProfile.Default)[areas[4].Id]
        );
    }

    [Fact]
    public void Areas_that_lose_less_than_half_do_not_look_like_batteries_that_run_down()
    {
        Disruption[] Areas(double drop) =>
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Lost(
                            $"VE/Area {i}",
                            Noon + Duration.FromMinutes(65 * i),
                            severity: [new Severity(SignalFamily.Probing, drop, 600)]
                        )
                    ),
            ];
        bool IsWave(Disruption[] areas) =>
            KindsFromEvidence
                .Tags(areas, KindProfile.Default)[areas[4].Id]
                .Contains("areas_fall_over_hours");
        Assert.True(IsWave(Areas(0.9)));
        Assert.False(IsWave(Areas(0.4)));
    }

    [Fact]
    public void Batteries_do_not_run_down_over_a_whole_day()
    {
        Disruption[] areas =
        [
            .. Enumerable
                .Range(0, 24)
                .Select(i => Lost($"VE/Area {i}", Noon + Duration.FromHours(i))),
        ];
        Assert.DoesNotContain(
            "areas_fall_over_hours",
            KindsFromEvidence.Tags(areas, KindProfile.Default)[areas[12].Id]
        );
    }

    [Fact]
    public void A_province_that_is_judged_by_its_districts_is_not_one_more_area()
    {
        Disruption[] areas =
        [
            Lost("VE/West") with
            {
                Areas = [],
            },
            .. Enumerable.Range(0, 2).Select(i => Lost($"VE/West/District {i}")),
        ];
        Assert.DoesNotContain(
            "areas_fall_at_once",
            KindsFromEvidence.Tags(areas, KindProfile.Default)[areas[0].Id]
        );
    }

    [Fact]
    public void Services_that_return_over_days_do_not_look_like_a_grid_that_returns()
    {
        Disruption Back(params double[] hours) =>
            Lost(
                "IR",
                hours: hours.Max(),
                sources:
                [
                    .. hours.Select(after =>
                        Source(
                            SignalFamily.Application,
                            onset: Noon,
                            end: Noon + Duration.FromHours(after),
                            drop: 1,
                            name: $"app {after}"
                        )
                    ),
                ]
            );
        Assert.True(
            Weigh(Back(20, 240)).Of(DisruptionKind.PowerLoss)
                < Weigh(Back(228, 240)).Of(DisruptionKind.PowerLoss)
        );
    }

    [Fact]
    public void One_straggler_does_not_make_a_sudden_loss_slow()
    {
        Disruption[] areas =
        [
            .. Enumerable.Range(0, 9).Select(i => Lost($"VE/Area {i}", Noon)),
            Lost("VE/Area 9", Noon + Duration.FromHours(10)),
        ];
        Assert.Contains(
            "areas_fall_at_once",
            KindsFromEvidence.Tags(areas, KindProfile.Default)[areas[0].Id]
        );
    }

    [Fact]
    public void Networks_that_fall_together_are_no_fault_of_one_network()
    {
        Disruption[] networks =
        [
            .. Enumerable.Range(0, 5).Select(i => Lost("SD", Noon, network: $"Operator {i}")),
        ];
        Assert.True(
            Weigh(networks[0]).Of(DisruptionKind.Outage)
                > Weigh(networks[0], networks).Of(DisruptionKind.Outage)
        );
    }

    [Fact]
    public void A_half_hourly_series_cannot_show_a_round_hour()
    {
        // Every sample of it stands on a half hour; that its loss does too says nothing.
        string[] coarse =
        [
            .. KindsFromEvidence.Tags([Lost("IQ", Four, onsetMinutes: 30)], KindProfile.Default)[
                Lost("IQ", Four).Id
            ],
        ];
        Assert.DoesNotContain("round_onset", coarse);
        Assert.DoesNotContain("odd_onset", coarse);
        Assert.Contains(
            "round_onset",
            KindsFromEvidence.Tags([Lost("IQ", Four)], KindProfile.Default)[Lost("IQ", Four).Id]
        );
    }

    [Fact]
    public void A_round_hour_is_one_of_the_local_clock()
    {
        // 18:15 UTC is midnight in Kathmandu and no round time in London.
        Instant at = Instant.FromUtc(2026, 2, 1, 18, 15);
        string[] Tags(string place) =>
            [.. KindsFromEvidence.Tags([Lost(place, at)], KindProfile.Default)[Lost(place, at).Id]];
        Assert.Contains("round_onset", Tags("NP"));
        Assert.Contains("midnight_onset", Tags("NP"));
        Assert.Contains("odd_onset", Tags("GB"));
        Assert.DoesNotContain("midnight_onset", Tags("GB"));
    }

    [Fact]
    public void Part_of_the_day_is_said_only_where_all_zones_of_the_country_agree()
    {
        string[] Tags(string place) =>
            [.. KindsFromEvidence.Tags([Lost(place)], KindProfile.Default)[Lost(place).Id]];
        Assert.Contains("afternoon_onset", Tags("IR"));
        Assert.DoesNotContain(
            Tags("RU"),
            tag => tag is "morning_onset" or "afternoon_onset" or "evening_onset"
        );
    }

    [Fact]
    public void A_name_space_without_a_place_looks_like_a_registry_failure() =>
        Assert.Equal(DisruptionKind.RegistryFailure, Weigh(Lost(".xx", onsetMinutes: 60)).First());

    [Fact]
    public void Hijacks_and_leaks_are_what_routes_show_and_are_left_alone()
    {
        foreach (
            DisruptionKind kind in (DisruptionKind[])[DisruptionKind.Hijack, DisruptionKind.Leak]
        )
        {
            Disruption shown = Lost("AS64500") with { Kind = kind };
            Assert.Same(shown, KindsFromEvidence.Weigh([shown], [], [], KindProfile.Default)[0]);
        }
    }

    [Fact]
    public void What_is_known_from_a_claim_only_has_no_signature()
    {
        Disruption claimed = Lost("IQ", Four, 4) with
        {
            Sources =
            [
                new SourceVerdict(
                    "a list",
                    SignalFamily.Context,
                    Verdict.Agrees,
                    "outside_claim",
                    1.5
                ),
            ],
        };
        Assert.Equal(1, Weigh(claimed).Unknown.Probability);
    }
}
