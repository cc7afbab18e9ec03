using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Our disruptions against a list, both ways: a share never without its denominator, and nothing blamed on who could not know.</summary>
public sealed class MatchingTests
{
    private static readonly Instant Day = Instant.FromUtc(2026, 1, 8, 0, 0);
    private static readonly MatchRules Rules = new();

    private static Instant Hour(double hours) => Day + Duration.FromHours(hours);

    private static ListedEvent Event(
        string id,
        string place,
        double start,
        double? end,
        double? confidence = null,
        double startWidth = 0
    ) =>
        new()
        {
            Id = id,
            Kind = DisruptionKind.Outage,
            Place = Place.TryParse(place, out Place parsed)
                ? parsed
                : throw new ArgumentException(place),
            Start = new InstantRange(Hour(start), Hour(start + startWidth)),
            End = end is { } until ? new InstantRange(Hour(until), Hour(until)) : null,
            IsLasting = end is null && confidence is not null,
            Confidence = confidence is { } sure ? new Confidence(sure) : null,
        };

    private static MatchResult Match(
        IReadOnlyList<ListedEvent> ours,
        IReadOnlyList<ListedEvent> theirs,
        IReadOnlyList<Watched>? watched = null,
        IReadOnlyList<Blind>? blind = null
    ) =>
        Matching.Of(
            ours,
            new EventList(theirs),
            watched
                ??
                [
                    .. theirs
                        .SelectMany(item => item.FurtherPlaces ?? [], (_, place) => place)
                        .Concat(theirs.Select(item => item.Place))
                        .Select(place => new Watched(
                            place,
                            null,
                            "probing",
                            Hour(-9999),
                            Hour(9999)
                        )),
                ],
            blind ?? [],
            Rules
        );

    private static Watched Seen(string place, double from, double to) =>
        new(
            Place.TryParse(place, out Place parsed) ? parsed : throw new ArgumentException(place),
            null,
            "probing",
            Hour(from),
            Hour(to)
        );

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Events_given_to_the_minute_may_miss_each_other_by_half_an_hour(
        int minutes,
        bool isMatched
    )
    {
        MatchResult result = Match(
            [Event("a", "IR", 10, 12, 0.9)],
            [Event("b", "IR", 12 + (minutes / 60.0), 15), Event("c", "IR", 0, 1)]
        );
        Assert.Equal(isMatched ? 1 : 0, result.Sums.Ours.Matched.Count);
        Assert.Equal(isMatched ? 1 : 2, result.TheirsOnly.Count);
    }

    [Fact]
    public void An_event_known_by_its_day_matches_within_its_day_and_no_further()
    {
        ListedEvent day = Event("day", "IR", 0, null, startWidth: 24);
        Assert.Single(Match([Event("a", "IR", 16.5, null, 0.9)], [day]).Matched);
        Assert.Empty(
            Match([Event("a", "IR", 24.4, 30, 0.9)], [day, Event("late", "IR", 99, 100)]).Matched
        );
    }

    [Fact]
    public void A_start_inside_the_day_of_the_list_is_no_difference_of_onsets()
    {
        MatchedPair pair = Assert.Single(
            Match(
                [Event("a", "IR", 16.5, 40, 0.9)],
                [Event("day", "IR", 0, 48, startWidth: 24)]
            ).Matched
        );
        Assert.Equal(0, pair.OnsetGapMinutes);
        Assert.Equal(new MinuteRange(-450, 990), pair.OnsetMinutes);
        Assert.Equal(1410, pair.OverlapMinutes);
    }

    [Theory]
    [InlineData("IR", "IR", ScopeRelation.Same)]
    [InlineData("IR", "IR/Tehran", ScopeRelation.OursWider)]
    [InlineData("IR/Tehran/Rey", "IR", ScopeRelation.OursNarrower)]
    [InlineData("IR/Tehran/Rey", "IR/Tehran", ScopeRelation.OursNarrower)]
    [InlineData("IR/Kermanshah", "IR/Kermānshāh Province", ScopeRelation.Same)]
    [InlineData("IR/Razavi Khorasan/Mashhad", "IR/Mashhad", ScopeRelation.Same)]
    [InlineData("192.0.2.0/24", "192.0.2.128/25", ScopeRelation.OursWider)]
    public void The_relation_of_the_places_is_named(
        string ours,
        string theirs,
        ScopeRelation relation
    ) =>
        Assert.Equal(
            relation,
            Assert
                .Single(Match([Event("a", ours, 1, 5, 0.9)], [Event("b", theirs, 2, 4)]).Matched)
                .Relation
        );

    [Theory]
    [InlineData("IR/Tehran", "IR/Shiraz")]
    [InlineData("IR", "IQ")]
    [InlineData("IR", "AS64500")]
    [InlineData("AS64500", "AS64501")]
    public void Other_places_never_match(string ours, string theirs) =>
        Assert.Empty(Match([Event("a", ours, 1, 5, 0.9)], [Event("b", theirs, 2, 4)]).Matched);

    [Fact]
    public void One_event_of_ours_may_be_many_of_theirs_and_is_counted_once()
    {
        MatchResult result = Match(
            [Event("a", "IR", 0, 100, 0.9)],
            [Event("b", "IR", 1, 2), Event("c", "IR/Tehran", 50, 60), Event("d", "IR", 200, 210)]
        );
        Assert.Equal(["b", "c"], result.Matched.Select(pair => pair.Theirs.Id));
        Assert.Equal((1, 1), (result.Sums.Ours.Matched.Count, result.Sums.Ours.Matched.Of));
        Assert.Equal((2, 3), (result.Sums.Theirs.Matched.Count, result.Sums.Theirs.Matched.Of));
        Assert.Equal(
            (1, 3),
            (result.Sums.Theirs.MatchedSameScope.Count, result.Sums.Theirs.MatchedSameScope.Of)
        );
        Assert.Equal("d", Assert.Single(result.TheirsOnly).Id);
    }

    [Fact]
    public void What_no_feed_of_ours_could_see_is_not_missed()
    {
        MatchResult result = Match(
            [],
            [
                Event("seen", "IR", 10, 12),
                Event("before", "IR", -50, -40),
                Event("elsewhere", "IQ", 10, 12),
                Event("narrower", "IR/Tehran", 10, 12),
                Event("while blind", "IR", 30, 32),
            ],
            [Seen("IR", 0, 100)],
            [new Blind("probing", Hour(29), Hour(40), "no samples")]
        );
        Assert.Equal("seen", Assert.Single(result.TheirsOnly).Id);
        Assert.Equal((0, 1), (result.Sums.Theirs.Matched.Count, result.Sums.Theirs.Matched.Of));
        Assert.Equal(
            ["before", "elsewhere", "narrower", "while blind"],
            result.NotComparable.Theirs.Select(item => item.Event.Id).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Signals_of_districts_can_see_an_event_of_their_country() =>
        Assert.Empty(
            Match([], [Event("b", "IR", 10, 12)], [Seen("IR/Tehran", 0, 100)]).NotComparable.Theirs
        );

    [Fact]
    public void A_list_that_never_names_a_place_or_ended_before_says_nothing_of_ours()
    {
        MatchResult result = Match(
            [
                Event("named", "IR", 10, 12, 0.9),
                Event("unnamed", "IQ", 10, 12, 0.9),
                Event("after", "IR", 100, 110, 0.9),
                Event("unsure", "IR", 10, 12, 0.3),
                Event("claimed", "IR", 10, 12, 0.9) with
                {
                    RestsOnClaims = true,
                },
                Event("hijack", "IR", 10, 12, 0.9) with
                {
                    Kind = DisruptionKind.Hijack,
                },
            ],
            [Event("first", "IR", 0, 1), Event("last", "IR", 20, 21)]
        );
        Assert.Equal("named", Assert.Single(result.OursOnly).Id);
        Assert.Equal((0, 1), (result.Sums.Ours.Matched.Count, result.Sums.Ours.Matched.Of));
        Assert.Equal(5, result.NotComparable.Ours.Count);
    }

    [Fact]
    public void Of_two_lists_each_knows_of_the_places_it_names_in_its_period()
    {
        MatchResult result = Matching.Of(
            new EventList([Event("a", "IR", 10, 12), Event("b", "IR", 50, 52)]),
            new EventList([
                Event("c", "IR", 11, 12),
                Event("d", "IR/Tehran", 30, 31),
                Event("e", "IQ", 30, 31),
                Event("f", "IR", 90, 91),
            ]),
            Rules
        );
        Assert.Equal((1, 2), (result.Sums.Theirs.Matched.Count, result.Sums.Theirs.Matched.Of));
        Assert.Equal(["e", "f"], result.NotComparable.Theirs.Select(item => item.Event.Id));
    }

    [Fact]
    public void A_pair_with_a_side_that_is_not_comparable_is_shown_and_not_counted()
    {
        MatchResult result = Match(
            [Event("a", "IR", 30, 40, 0.9)],
            [Event("district", "IR/Tehran", 20, 35)],
            [Seen("IR", 0, 100)]
        );
        Assert.Equal(new CountedSides(false, false), Assert.Single(result.Matched).IsCounted);
        Assert.Null(result.Sums.Ours.Matched.Share);
        Assert.Null(result.Sums.Theirs.Matched.Share);
        Assert.Empty(result.TheirsOnly);
    }

    [Fact]
    public void A_hijack_is_no_outage_however_well_time_and_place_agree() =>
        Assert.Empty(
            Match(
                [Event("a", "AS64500", 1, 5, 0.9) with { Kind = DisruptionKind.Hijack }],
                [Event("b", "AS64500", 1, 5)]
            ).Matched
        );

    [Fact]
    public void Ongoing_in_a_list_is_believed_for_a_month()
    {
        ListedEvent ongoing = Event("b", "IR", 0, null) with { IsLasting = true };
        Assert.Single(Match([Event("a", "IR", 29 * 24, 30 * 24, 0.9)], [ongoing]).Matched);
        Assert.Empty(Match([Event("a", "IR", 31 * 24, 32 * 24, 0.9)], [ongoing]).Matched);
    }

    [Fact]
    public void An_event_in_many_districts_is_narrower_than_ours_of_the_country_and_wider_than_of_one()
    {
        ListedEvent districts = Event("b", "IR/Tehran", 0, 10) with
        {
            FurtherPlaces = [Place.OfArea("IR", "Shiraz")],
        };
        Assert.Equal(
            ScopeRelation.OursWider,
            Assert.Single(Match([Event("a", "IR", 1, 2, 0.9)], [districts]).Matched).Relation
        );
        Assert.Equal(
            ScopeRelation.OursNarrower,
            Assert.Single(Match([Event("a", "IR/Shiraz", 1, 2, 0.9)], [districts]).Matched).Relation
        );
    }

    [Fact]
    public void More_pairs_than_the_rules_allow_are_cut_and_said()
    {
        ListedEvent[] many =
        [
            .. Enumerable.Range(0, 40).Select(i => Event($"{i}", "IR", i, 100, 0.9)),
        ];
        MatchResult result = Matching.Of(
            many,
            new EventList(many),
            [],
            [],
            Rules with
            {
                PairsMax = 100,
            }
        );
        Assert.True(result.IsCut);
        Assert.Equal(100, result.Matched.Count);
    }

    [Fact]
    public void The_pairs_are_those_of_a_plain_comparison_of_all_with_all_in_any_order() =>
        Gen.Select(Events, Events, Gen.Int[0, 1000])
            .Sample(
                (ours, theirs, seed) =>
                {
                    ListedEvent[] mine = Named(ours, "o");
                    ListedEvent[] other = Named(theirs, "t");
                    MatchResult result = Match(mine, other);
                    var random = new Random(seed);
                    random.Shuffle(mine);
                    random.Shuffle(other);
                    string[] plain =
                    [
                        .. from one in mine
                        from two in other
                        where
                            one.Place.Equals(two.Place)
                            && one.Start.Earliest <= two.End!.Latest + Rules.Tolerance
                            && two.Start.Earliest <= one.End!.Latest + Rules.Tolerance
                        orderby one.Id, two.Id
                        select $"{one.Id} {two.Id}",
                    ];
                    Assert.Equal(
                        plain,
                        result
                            .Matched.Select(pair => $"{pair.Ours.Id} {pair.Theirs.Id}")
                            .Order(StringComparer.Ordinal)
                    );
                    Assert.Equal(CanonicalJson.Of(result), CanonicalJson.Of(Match(mine, other)));
                },
                iter: 200
            );

    private static readonly Gen<(int Place, int Start, int Length)[]> Events = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 200],
        Gen.Int[0, 20]
    ).Array[0, 12];

    private static ListedEvent[] Named(
        (int Place, int Start, int Length)[] events,
        string prefix
    ) =>
        [
            .. events.Select(
                (item, i) =>
                    Event(
                        $"{prefix}{i:00}",
                        ((string[])["IR", "IQ", "SD"])[item.Place],
                        item.Start / 4.0,
                        (item.Start + item.Length) / 4.0,
                        0.9
                    )
            ),
        ];
}
