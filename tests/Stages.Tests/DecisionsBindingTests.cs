using Breakwater.Decisions;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What people say yes to binds as it was put to them, or binds nobody and says why.</summary>
public sealed class DecisionsBindingTests
{
    private static readonly Participant Clock = Alone("clock");
    private static readonly Offer Kit = OfferOf("kit", clearances: []);

    /// <summary>Nine units of ten.</summary>
    private static readonly Lazy<Plan> Nine = new(() => MostPeople(Inputs([NeedOf(900)], [Kit])));

    private static StandingOffer Made(Offer? terms = null, params Earmark[] earmarks) =>
        new()
        {
            Id = "kit",
            Parent = null,
            Terms = terms ?? Kit,
            Earmarks = earmarks,
            Expires = null,
            State = OfferState.Open,
            EndReason = "",
            OfferedBy = "someone",
            OfferedAt = AsOf,
            ChangedAt = AsOf,
            Marking = Marking.Public,
        };

    private static Response Proposing(string plan, ResponseState state = ResponseState.Active) =>
        new()
        {
            Id = "response-1",
            DisruptionId = "disruption-1",
            Place = Sudan,
            Reason = "people are cut off",
            ProposedBy = "someone",
            ProposedFor = null,
            ProposedAt = AsOf,
            State = state,
            Clocks = [],
            Plans = [new PlanProposal(plan, "most-people", "someone", AsOf, null)],
            ChangedAt = AsOf,
            Marking = Marking.Public,
        };

    private static Decision Adopted(Plan plan) =>
        Closed(
            With(
                Opened(
                    Question(DecisionKind.PlanAdoption) with
                    {
                        Subject = plan.Id,
                        Parent = "response/response-1",
                    }
                ),
                (StakeholderClass.CivilSociety, Stand.Support),
                (StakeholderClass.Academia, Stand.Support)
            )
        );

    private static (Decided<ResponseEvent> Decided, IReadOnlyList<Pledge> Pledges) Bind(
        StandingOffer? offer,
        Response? response = null,
        params Commitment[] promised
    ) =>
        BindPlan.Decide(
            response ?? Proposing(Nine.Value.Id),
            new BindPlan
            {
                Decision = Adopted(Nine.Value),
                Plan = Nine.Value,
                Offers = offer is null ? [] : [offer],
                Promised = promised,
            },
            Clock,
            Hour(3)
        );

    private static string WhyNobody(
        StandingOffer? offer,
        Response? response = null,
        params Commitment[] promised
    )
    {
        (Decided<ResponseEvent> decided, IReadOnlyList<Pledge> pledges) = Bind(
            offer,
            response,
            promised
        );
        Assert.Empty(pledges);
        return Assert.Single(Assert.IsType<PlanBoundNobody>(Assert.Single(decided.Events)).Reasons);
    }

    private static Commitment Promised()
    {
        Pledge pledge = Assert.Single(Bind(Made()).Pledges);
        return Then<Commitment, CommitmentEvent>(null, Pledge.Decide(null, pledge, Clock, Hour(3)));
    }

    [Fact]
    public void A_plan_whose_offers_stand_as_they_were_pledges_each_of_its_lines()
    {
        (Decided<ResponseEvent> decided, IReadOnlyList<Pledge> pledges) = Bind(Made());
        Assert.Equal(Decided<ResponseEvent>.Nothing, decided);
        Assert.Equal(9, Assert.Single(pledges).Units);
    }

    [Fact]
    public void No_unit_of_an_offer_is_promised_twice_whatever_the_response() =>
        Assert.Equal(
            "kit: 9 units are planned, and 1 are left",
            WhyNobody(Made(), null, Promised() with { Parent = "response/another" })
        );

    [Fact]
    public void A_plan_binds_nobody_when_an_offer_gives_less_than_it_takes_and_says_what()
    {
        Assert.Equal(
            [
                "kit: 9 units are planned, and 5 are left",
                "kit: it carries voice now",
                "kit: it is not for SD/P0",
                "kit: it is not for those whom the plan serves in SD/P0",
                "kit: a unit serves 10 people, and the plan has more in SD/P0",
                "kit: a unit costs 11 US dollars, and the plan has less for it",
                $"kit: it ends at {Hour(48)}, before the plan does",
                "kit: it takes 3 days, and the plan has fewer",
                "kit: it waits for clearance 'licence', which the plan does not know",
                "kit: it puts people in more danger than the plan says",
            ],
            (
                (Offer[])
                    [
                        Kit with
                        {
                            Quantity = 5,
                        },
                        Kit with
                        {
                            Service = Service.Voice,
                        },
                        Kit with
                        {
                            Places = [PlaceOf(1)],
                        },
                        Kit with
                        {
                            Groups = [PopulationGroup.Responders],
                        },
                        Kit with
                        {
                            PeoplePerUnit = 10,
                        },
                        Kit with
                        {
                            UnitCostUsd = 11,
                        },
                        Kit with
                        {
                            UntilOffered = Hour(48),
                        },
                        Kit with
                        {
                            LeadDays = 3,
                        },
                        Kit with
                        {
                            Clearances = ["licence"],
                        },
                        Kit with
                        {
                            Exposure = 0.9,
                        },
                    ]
            ).Select(terms => WhyNobody(Made(terms)))
        );
        Assert.Equal("the offer kit is not made any more", WhyNobody(null));
    }

    [Fact]
    public void A_plan_binds_nobody_in_what_was_earmarked_for_elsewhere_since()
    {
        var earmark = new Earmark("as the donor wishes", PlaceOf(1), null);
        (_, IReadOnlyList<Pledge> pledges) = Bind(Made(null, earmark));
        Assert.Empty(pledges);
        (Decided<ResponseEvent> decided, _) = Bind(Made(null, earmark));
        Assert.Contains(
            "kit: it is not for SD/P0",
            Assert.IsType<PlanBoundNobody>(Assert.Single(decided.Events)).Reasons
        );
    }

    [Theory]
    [InlineData(ResponseState.StoodDown, "the response is stood-down")]
    [InlineData(ResponseState.Closed, "the response is closed")]
    [InlineData(ResponseState.Proposed, "the response is proposed")]
    public void A_plan_that_is_adopted_when_its_response_is_not_active_binds_nobody(
        ResponseState state,
        string why
    ) => Assert.Equal(why, WhyNobody(Made(), Proposing(Nine.Value.Id, state)));

    [Fact]
    public void A_plan_binds_nobody_in_a_response_that_did_not_propose_it() =>
        Assert.Equal(
            "the plan was not proposed in this response",
            WhyNobody(Made(), Proposing("plan-other"))
        );

    [Fact]
    public void Why_a_plan_bound_nobody_is_said_to_whoever_would_carry_it_out()
    {
        Response response = Proposing(Nine.Value.Id);
        Response noted = Then(response, Bind(Made(Kit with { Quantity = 5 })).Decided);
        Assert.Equal(
            "nothing is pledged under it: kit: 9 units are planned, and 5 are left; plan anew",
            Why(
                AdoptPlan.Decide(
                    noted,
                    new AdoptPlan(Nine.Value.Id)
                    {
                        Decision = Adopted(Nine.Value),
                        IsUnpledged = true,
                    },
                    Speaker("a desk"),
                    Hour(4)
                )
            )
        );
    }

    [Fact]
    public void An_option_that_an_offer_no_longer_fits_cannot_be_adopted_and_the_change_is_named()
    {
        Response response = Proposing(Nine.Value.Id);
        Response noted = Then(
            response,
            NoteLostOffer.Decide(
                response,
                new NoteLostOffer("kit", Hour(1))
                {
                    PlanIds = [Nine.Value.Id],
                    Reason = "9 units are planned, and 5 are left",
                },
                Clock,
                Hour(1)
            )
        );
        Assert.Equal(
            $"the offer kit that it rests on was changed at {Hour(1)}, before people said yes: 9 units are planned, and 5 are left; plan anew",
            Why(
                AdoptPlan.Decide(
                    noted,
                    new AdoptPlan(Nine.Value.Id) { Decision = Adopted(Nine.Value) },
                    Speaker("a desk"),
                    Hour(4)
                )
            )
        );
    }

    [Fact]
    public void People_are_asked_to_adopt_a_plan_only_in_the_active_response_that_proposed_it()
    {
        OpenDecision ask = Question(DecisionKind.PlanAdoption) with
        {
            Subject = "plan-1",
            Parent = "response/response-1",
        };
        string? Reason(OpenDecision command, Response? response) =>
            AdoptionQuestion.WhyNot(command, response)?.Reason;
        Assert.Null(Reason(ask, Proposing("plan-1")));
        Assert.Null(Reason(Question(DecisionKind.Activation), null));
        Assert.Contains("name that", Reason(ask, null), StringComparison.Ordinal);
        Assert.Contains(
            "name that",
            Reason(ask with { Parent = null }, Proposing("plan-1")),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "the response is stood-down",
            Reason(ask, Proposing("plan-1", ResponseState.StoodDown))
        );
        Assert.Equal(
            "the plan was not proposed in this response",
            Reason(ask, Proposing("plan-2"))
        );
    }

    [Fact]
    public void Plans_take_of_an_offer_what_is_left_and_only_where_and_for_whom_it_is_earmarked()
    {
        Offer left = Made(
                null,
                new Earmark("for the north", PlaceOf(1), null),
                new Earmark("for the displaced", null, PopulationGroup.Displaced)
            )
            .ToOffer(promised: 4);
        Assert.Equal(6, left.Quantity);
        Assert.Equal([PlaceOf(1)], left.Places);
        Assert.Equal([PopulationGroup.Displaced], left.Groups);
        Assert.Equal(0, Made().ToOffer(promised: 40).Quantity);
        Assert.Equal(
            ["asset kit: its terms and earmarks together leave nowhere or nobody to serve"],
            Refused(
                Inputs(
                    [NeedOf(900)],
                    [Made(null, new Earmark("", Place.OfCountry("ZZ"), null)).ToOffer(0)]
                )
            ).Details
        );
    }
}
