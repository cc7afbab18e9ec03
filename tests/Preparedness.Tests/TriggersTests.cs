using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.AgreementsFixture;

namespace Breakwater.Preparedness.Tests;

/// <summary>Whether a trigger is met: yes, no, or not known and what is not.</summary>
public sealed class TriggersTests
{
    private static readonly Instant _now = Start + Duration.FromHours(10);

    private static TriggerFound Found(DisruptionFacts facts, params TriggerCondition[] trigger) =>
        TriggersFromDisruptions.Evaluate(trigger, [Sudan], facts, _ => Truth.Unknown, _now);

    private static TriggerCondition Condition(
        string[]? kinds = null,
        string? within = null,
        bool isConfirmed = false,
        double? confidence = null,
        double? hours = null,
        double? people = null,
        int alternative = 1,
        bool isNot = false
    ) =>
        new(
            TriggerSource.Disruption,
            alternative,
            isNot,
            kinds,
            within is not null && Place.TryParse(within, out Place place) ? place : null,
            isConfirmed,
            confidence,
            hours is { } length ? Duration.FromHours(length) : null,
            people
        );

    [Fact]
    public void A_disruption_of_the_kind_at_the_place_meets_it() =>
        Assert.Equal(
            Truth.True,
            Found(Facts(place: "SD/Khartoum"), Condition(["shutdown"], isConfirmed: true)).Truth
        );

    [Fact]
    public void Another_country_does_not() =>
        Assert.Equal(Truth.False, Found(Facts(place: "TD"), Condition()).Truth);

    [Fact]
    public void Without_conditions_nothing_is_proposed() =>
        Assert.Equal(Truth.False, Found(Facts()).Truth);

    [Fact]
    public void A_kind_that_is_not_settled_is_not_known_and_is_named()
    {
        TriggerFound found = Found(
            Facts("outage", mayBe: ["shutdown", "power-loss"]),
            Condition(["shutdown"])
        );
        Assert.Equal(Truth.Unknown, found.Truth);
        Assert.Equal([TriggerAspect.Kind], found.NotKnown);
    }

    [Fact]
    public void Sources_that_disagree_neither_confirm_nor_deny()
    {
        Assert.Equal(
            Truth.Unknown,
            Found(Facts(howSure: HowSure.Contradictory), Condition(isConfirmed: true)).Truth
        );
        Assert.Equal(
            Truth.False,
            Found(Facts(howSure: HowSure.Suspected), Condition(isConfirmed: true)).Truth
        );
    }

    [Fact]
    public void A_duration_that_nobody_saw_to_the_end_is_not_known()
    {
        TriggerCondition sixHours = Condition(hours: 6);
        Assert.Equal(Truth.True, Found(Facts(), sixHours).Truth);
        Assert.Equal(
            Truth.Unknown,
            Found(Facts(seenUntil: Start + Duration.FromHours(5)), sixHours).Truth
        );
        TriggerFound early = Found(Facts(onset: _now - Duration.FromHours(1)), sixHours);
        Assert.Equal(Truth.False, early.Truth);
        Assert.Equal(_now + Duration.FromHours(5), early.LooksAgainAt);
    }

    [Fact]
    public void Blind_is_not_healthy_what_nobody_saw_for_days_may_last()
    {
        TriggerFound found = TriggersFromDisruptions.Evaluate(
            [Condition()],
            [Sudan],
            Facts(seenUntil: Start),
            _ => Truth.False,
            Start + TriggersFromDisruptions.UnseenMax
        );
        Assert.Equal(Truth.Unknown, found.Truth);
        Assert.Equal([TriggerAspect.Lasting], found.NotKnown);
    }

    [Fact]
    public void What_is_over_proposes_nothing() =>
        Assert.Equal(Truth.False, Found(Facts(end: _now), Condition()).Truth);

    [Fact]
    public void A_count_of_people_that_reaches_across_the_threshold_is_not_known()
    {
        TriggerCondition fifth = Condition(people: 0.2);
        Assert.Equal(Truth.True, Found(Facts(low: 0.2, high: 0.5), fifth).Truth);
        Assert.Equal(Truth.False, Found(Facts(low: 0.05, high: 0.1), fifth).Truth);
        Assert.Equal(Truth.Unknown, Found(Facts(low: 0.1, high: 0.3), fifth).Truth);
        Assert.Equal([TriggerAspect.People], Found(Facts(), fifth).NotKnown);
    }

    [Fact]
    public void A_loss_of_the_whole_country_says_of_an_area_what_was_seen_there()
    {
        TriggerCondition khartoum = Condition(within: "SD/Khartoum");
        Place area = Place.OfArea("SD", "Khartoum");
        Assert.Equal(Truth.Unknown, Found(Facts(), khartoum).Truth);
        Assert.Equal(Truth.True, Found(Facts(areas: [(area, AreaSeen.Lost)]), khartoum).Truth);
        Assert.Equal(Truth.False, Found(Facts(areas: [(area, AreaSeen.NotLost)]), khartoum).Truth);
        Assert.Equal(Truth.Unknown, Found(Facts(areas: [(area, AreaSeen.Blind)]), khartoum).Truth);
    }

    [Fact]
    public void Where_a_network_lies_its_number_does_not_say() =>
        Assert.Equal(Truth.Unknown, Found(Facts(place: "AS64500"), Condition()).Truth);

    [Fact]
    public void A_function_of_core_resources_lies_in_no_country() =>
        Assert.Equal(Truth.False, Found(Facts(place: "rir:afrinic"), Condition()).Truth);

    [Fact]
    public void One_alternative_is_enough_and_all_its_conditions_are_needed()
    {
        TriggerFound found = Found(
            Facts(),
            Condition(["power-loss"], alternative: 1),
            Condition(["shutdown"], alternative: 2),
            Condition(confidence: 0.5, alternative: 2)
        );
        Assert.Equal(Truth.True, found.Truth);
        Assert.Equal(
            Truth.False,
            Found(Facts(), Condition(["shutdown"]), Condition(confidence: 0.95)).Truth
        );
    }

    [Fact]
    public void What_must_not_hold_is_turned_round_and_what_is_not_known_stays_so()
    {
        Assert.Equal(
            Truth.False,
            Found(Facts(), Condition(), Condition(["shutdown"], isNot: true)).Truth
        );
        Assert.Equal(
            Truth.Unknown,
            Found(Facts(), Condition(), Condition(people: 0.2, isNot: true)).Truth
        );
    }

    [Fact]
    public void An_agreement_that_nobody_answered_for_is_not_known_to_be_used()
    {
        TriggerCondition other = new(TriggerSource.Agreement, Agreement: "other");
        TriggerFound found = Found(Facts(), other);
        Assert.Equal(Truth.Unknown, found.Truth);
        Assert.Equal([TriggerAspect.OtherAgreement], found.NotKnown);
    }

    [Fact]
    public void A_stretch_of_the_calendar_begins_and_ends()
    {
        TriggerCondition winter = new(
            TriggerSource.Time,
            Since: _now + Duration.FromHours(1),
            Until: _now + Duration.FromHours(2)
        );
        TriggerFound found = Found(Facts(), winter);
        Assert.Equal(Truth.False, found.Truth);
        Assert.Equal(_now + Duration.FromHours(1), found.LooksAgainAt);
    }

    /// <summary>Learning more never turns a yes into a no: only what was not known is settled by it.</summary>
    [Fact]
    public void What_becomes_known_settles_only_what_was_not_known()
    {
        Gen<TriggerCondition> condition = Gen.Select(
                Gen.Int[1, 3],
                Gen.Bool,
                Gen.Bool,
                Gen.Double[0, 1],
                Gen.Int[0, 2]
            )
            .Select(one =>
                Condition(
                    one.Item5 switch
                    {
                        0 => null,
                        1 => ["shutdown"],
                        _ => ["power-loss", "outage"],
                    },
                    isConfirmed: one.Item3,
                    people: one.Item4,
                    alternative: one.Item1,
                    isNot: one.Item2
                )
            );
        Gen.Select(condition.Array[1, 8], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample(
                (trigger, one, other) =>
                {
                    DisruptionFacts vague = Facts(
                        "outage",
                        mayBe: ["shutdown", "power-loss"],
                        low: Math.Min(one, other),
                        high: Math.Max(one, other)
                    );
                    Truth before = Found(vague, trigger).Truth;
                    Truth after = Found(
                        vague with
                        {
                            MayBe = [],
                            PeopleShareHigh = vague.PeopleShareLow,
                        },
                        trigger
                    ).Truth;
                    Assert.NotEqual(Truth.Unknown, after);
                    Assert.True(before == Truth.Unknown || before == after);
                },
                iter: 2_000
            );
    }

    [Fact]
    public void What_is_not_known_is_named_exactly_when_the_trigger_is_not_known() =>
        Gen.Select(Gen.Double[0, 1], Gen.Bool, Gen.Bool)
            .Sample(
                (share, isNot, isVague) =>
                {
                    TriggerFound found = Found(
                        isVague ? Facts() : Facts(low: 0.5, high: 0.5),
                        Condition(people: share, isNot: isNot)
                    );
                    Assert.Equal(found.Truth == Truth.Unknown, found.NotKnown.Count > 0);
                }
            );

    [Theory]
    [InlineData(new[] { "a:b", "b:c", "c:a" }, "a → b → c → a")]
    [InlineData(new[] { "a:a" }, "a → a")]
    [InlineData(new[] { "d:b", "b:c", "c:b" }, "b → c → b")]
    public void A_circle_is_named_with_all_that_are_in_it(string[] waits, string circle)
    {
        IReadOnlyList<string> found = Assert.Single(TriggerCycles.Of(Graph(waits)));
        Assert.Equal(circle, TriggerCycles.Named(found));
    }

    [Fact]
    public void A_long_chain_is_no_circle()
    {
        string[] chain = [.. Enumerable.Range(0, 20_000).Select(at => $"a{at}:a{at + 1}")];
        Assert.Empty(TriggerCycles.Of(Graph(chain)));
    }

    [Fact]
    public void No_circle_is_found_exactly_when_there_is_an_order() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7])
            .Array[0, 14]
            .Sample(edges =>
            {
                Dictionary<string, IReadOnlyList<string>> waits = Enumerable
                    .Range(0, 8)
                    .ToDictionary(
                        at => $"a{at}",
                        at =>
                            (IReadOnlyList<string>)
                                [
                                    .. edges
                                        .Where(edge => edge.Item1 == at)
                                        .Select(edge => $"a{edge.Item2}"),
                                ]
                    );
                // Kahn's order, as a plain twin.
                var left = new HashSet<string>(waits.Keys);
                while (left.FirstOrDefault(id => !waits[id].Any(left.Contains)) is { } free)
                {
                    left.Remove(free);
                }

                IReadOnlyList<IReadOnlyList<string>> found = TriggerCycles.Of(waits);
                Assert.Equal(left.Count > 0, found.Count > 0);
                Assert.All(
                    found,
                    cycle =>
                        Assert.All(
                            Enumerable.Range(0, cycle.Count),
                            at => Assert.Contains(cycle[(at + 1) % cycle.Count], waits[cycle[at]])
                        )
                );
            });

    private static Dictionary<string, IReadOnlyList<string>> Graph(string[] waits) =>
        waits
            .Select(one => one.Split(':'))
            .ToDictionary(one => one[0], one => (IReadOnlyList<string>)[one[1]]);
}
