using Breakwater.Decisions;
using Breakwater.Decisions.Crossing;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>No stream works past the others, and the same work is not done twice without anybody noticing.</summary>
public sealed class DecisionsCrossingTests
{
    private static readonly Participant Analyst = Speaker("a measurer", roles: [Role.Analyst]);

    private static OpenCrossStreamAct Command(params Workstream[] streams) =>
        new(
            "act-1",
            "a finding rests on a measurement",
            "finding/1",
            Workstream.Norms,
            streams,
            Marking.Public
        );

    private static CrossStreamAct Opened(params Workstream[] streams) =>
        Then<CrossStreamAct, CrossStreamActEvent>(
            null,
            OpenCrossStreamAct.Decide(null, Command(streams), Speaker("a clinic"), Hour(0))
        );

    private static Decided<CrossStreamActEvent> Acknowledge(
        CrossStreamAct act,
        Workstream stream,
        Participant by,
        AcknowledgementAnswer answer = AcknowledgementAnswer.Accepts,
        string text = ""
    ) => AcknowledgeAct.Decide(act, new AcknowledgeAct(stream, answer, text), by, Hour(1));

    [Fact]
    public void INV_08_An_act_that_touches_other_streams_is_open_until_each_has_acknowledged()
    {
        CrossStreamAct act = Opened(
            Workstream.Measurement,
            Workstream.Governance,
            Workstream.Norms
        );
        Assert.Equal([Workstream.Governance, Workstream.Measurement], act.WaitsFor);
        act = Then(act, Acknowledge(act, Workstream.Measurement, Analyst));
        Assert.Equal("open", act.Standing);
        act = Then(act, Acknowledge(act, Workstream.Governance, Speaker("a council")));
        Assert.Equal("acknowledged", act.Standing);
        Assert.Null(act.DueAt);
    }

    [Fact]
    public void An_act_that_nobody_acknowledges_is_reminded_of_by_its_age()
    {
        CrossStreamAct act = Opened(Workstream.Measurement);
        Assert.Equal(Hour(24), act.DueAt);
        CrossStreamAct reminded = Elapsed<CrossStreamAct, CrossStreamActEvent>(
            act,
            Hour(30),
            CrossStreamAct.Elapse
        );
        Assert.Equal(Hour(60), reminded.DueAt);
    }

    [Fact]
    public void An_objection_needs_a_reason_and_nobody_acknowledges_for_a_stream_that_is_not_theirs()
    {
        CrossStreamAct act = Opened(Workstream.Measurement);
        Assert.NotNull(
            Acknowledge(act, Workstream.Measurement, Analyst, AcknowledgementAnswer.Objects).Refusal
        );
        Assert.NotNull(Acknowledge(act, Workstream.Measurement, Speaker("a council")).Refusal);
        Assert.NotNull(Acknowledge(act, Workstream.Governance, Speaker("a council")).Refusal);
        Assert.NotNull(
            Acknowledge(
                act,
                Workstream.Measurement,
                Speaker("a clinic", roles: [Role.Analyst])
            ).Refusal
        );
    }

    [Fact]
    public void An_act_that_touches_no_other_stream_needs_no_acknowledgement() =>
        Assert.Equal(
            "it touches no other stream",
            Why(
                OpenCrossStreamAct.Decide(
                    null,
                    Command(Workstream.Norms),
                    Speaker("a clinic"),
                    Hour(0)
                )
            )
        );

    private static readonly string[] Somewhere =
    [
        "SD",
        "SD/Khartoum",
        "SD/Khartoum/Bahri",
        "IR",
        "AS64500",
        ".xx",
    ];

    private static readonly Service?[] Something =
    [
        Service.Web,
        Service.Voice,
        Service.Broadcast,
        null,
    ];

    private static Effort Effort(
        string id,
        string place = "SD/Khartoum",
        Service? service = Service.Web,
        string who = "one",
        double from = 0,
        double until = 100,
        string? within = null,
        params string[] networks
    )
    {
        Assert.True(Place.TryParse(place, out Place at));
        return new Effort(
            id,
            who,
            [at],
            service,
            networks.Length == 0 ? null : networks,
            new TimeWindow(Hour(from), Hour(until)),
            within
        );
    }

    private static IReadOnlyList<Overlap> Found(params Effort[] efforts) =>
        OverlapsOfEfforts.Find(efforts).Overlaps;

    [Fact]
    public void Two_who_bring_the_same_service_to_one_place_at_one_time_overlap_with_reasons()
    {
        Overlap overlap = Assert.Single(
            Found(Effort("b", who: "two"), Effort("a", "SD", Service.Voice))
        );
        Assert.Equal(("a", "b"), (overlap.First, overlap.Second));
        Assert.Equal(["both in SD/Khartoum", "web includes voice", "one and two"], overlap.Reasons);
    }

    [Fact]
    public void One_who_is_in_twice_is_asked_whether_it_was_entered_twice() =>
        Assert.Contains(
            "one is in both: entered twice?",
            Assert.Single(Found(Effort("a"), Effort("b"))).Reasons
        );

    [Fact]
    public void Other_places_times_services_networks_and_parts_of_one_whole_are_no_duplicates()
    {
        Assert.Empty(Found(Effort("a"), Effort("b", "SD/Kassala")));
        Assert.Empty(Found(Effort("a"), Effort("b", "SD/Khartoum North")));
        Assert.Empty(Found(Effort("a", until: 10), Effort("b", from: 10)));
        Assert.Empty(Found(Effort("a"), Effort("b", service: Service.Broadcast)));
        Assert.Empty(Found(Effort("a", networks: "x"), Effort("b", networks: "y")));
        Assert.Empty(Found(Effort("a", within: "response/1"), Effort("b", within: "response/1")));
        Assert.Empty(Found(Effort("response/1"), Effort("b", within: "response/1")));
        Effort nowhere = Effort("a") with { Places = [new Place()] };
        Assert.Empty(Found(nowhere, nowhere with { Id = "b" }));
        Assert.Empty(Found(Effort("a"), Effort("a")));
    }

    [Fact]
    public void A_commitment_is_one_with_its_offer_and_neither_is_a_second_response()
    {
        Effort offer = Effort("offer/kit") with { Sort = EffortSort.Supply, What = "kit" };
        Effort commitment = offer with { Id = "commitment/1", From = "offer/kit" };
        Assert.Empty(Found(offer, commitment));
        Assert.Empty(Found(commitment, commitment with { Id = "commitment/2" }));
        Assert.Empty(Found(offer, Effort("response/1", service: null)));
        Assert.Single(Found(offer, commitment with { From = "offer/other" }));
    }

    [Fact]
    public void Who_offers_two_different_things_did_not_enter_one_twice()
    {
        Effort kit = Effort("offer/kit") with { Sort = EffortSort.Supply, What = "kit" };
        Assert.Empty(Found(kit, kit with { Id = "offer/mast", What = "mast" }));
        Assert.Single(Found(kit, kit with { Id = "offer/again", What = "Kit" }));
        Assert.Single(Found(kit, kit with { Id = "offer/mast", What = "mast", Who = "two" }));
    }

    [Fact]
    public void Two_trips_of_different_responses_to_one_area_overlap_and_those_of_one_do_not()
    {
        var mission = new Decisions.Missions.MissionTerms(
            Decisions.Missions.MissionPurpose.Repair,
            "site/s-1",
            new Place { Country = "SD", Area = ["Khartoum"] },
            new SealedField("key-1", "box"),
            [],
            null,
            2,
            [],
            Hour(0),
            Hour(10),
            [],
            ["relief"],
            ["watch-1"],
            60,
            30
        );
        Effort Trip(string id, string? parent, Instant? endedAt = null) =>
            Decisions.Effort.Of(
                new Decisions.Missions.Mission
                {
                    Id = id,
                    Parent = parent,
                    Terms = mission,
                    TermsId = "terms-1",
                    State = Decisions.Missions.MissionState.Approved,
                    ProposedBy = "p-1",
                    EndedAt = endedAt,
                    Origin = Origin.Reported,
                    Marking = Marking.Sealed,
                }
            );

        Overlap overlap = Assert.Single(Found(Trip("a", "response/1"), Trip("b", "response/2")));
        Assert.Equal(("mission/a", "mission/b"), (overlap.First, overlap.Second));
        Assert.Contains("relief is in both: entered twice?", overlap.Reasons);
        Assert.Empty(Found(Trip("a", "response/1"), Trip("b", "response/1")));
        Assert.Empty(Found(Trip("a", null), Trip("b", null)));
        Assert.Empty(Found(Trip("a", "response/1", Hour(-1)), Trip("b", "response/2")));
        Assert.Empty(Found(Trip("a", "response/1"), Effort("response/1", service: null)));
    }

    [Fact]
    public void A_service_that_is_not_stated_may_be_the_same() =>
        Assert.Contains(
            "the service of one is not stated",
            Assert.Single(Found(Effort("a", service: null), Effort("b"))).Reasons
        );

    [Fact]
    public void The_same_efforts_in_any_order_overlap_alike_as_each_pair_alone_does() =>
        Gen.Select(
                Gen.Int[0, Somewhere.Length - 1].Select(i => Somewhere[i]),
                Gen.Int[0, Something.Length - 1].Select(i => Something[i]),
                Gen.Int[0, 20],
                Gen.Int[1, 20]
            )
            .Array[0, 12]
            .Sample(drawn =>
            {
                Effort[] efforts =
                [
                    .. drawn.Select(
                        (one, i) =>
                            Effort(
                                $"e{i:00}",
                                one.Item1,
                                one.Item2,
                                from: one.Item3,
                                until: one.Item3 + one.Item4
                            )
                    ),
                ];
                string all = Bytes(Found(efforts));
                Assert.Equal(all, Bytes(Found([.. efforts.Reverse()])));
                IEnumerable<Overlap> pairs =
                    from first in efforts
                    from second in efforts
                    where string.CompareOrdinal(first.Id, second.Id) < 0
                    from overlap in Found(first, second)
                    select overlap;
                Assert.Equal(all, Bytes(pairs.ToArray()));
            });

    [Fact]
    public void A_flood_of_efforts_gives_a_bounded_list_that_says_so()
    {
        OverlapsFound found = OverlapsOfEfforts.Find([
            .. Enumerable.Range(0, 6_000).Select(i => Effort($"e{i:0000}")),
        ]);
        Assert.Equal(OverlapsOfEfforts.OverlapsMax, found.Overlaps.Count);
        Assert.True(found.IsPartial);
    }
}
