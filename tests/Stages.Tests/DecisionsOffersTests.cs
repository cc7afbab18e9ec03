using Breakwater.Decisions;
using Breakwater.Decisions.Offering;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>An offer is what its maker says, until it ends. It is not a delivery.</summary>
public sealed class DecisionsOffersTests
{
    private static readonly Participant Supplier = Speaker("supplier of kit");

    private static MakeOffer Command(Offer? terms = null, double? expires = 100) =>
        new(
            "kit",
            terms ?? OfferOf("kit"),
            [new Earmark("for the displaced", null, PopulationGroup.Displaced)],
            expires is { } hour ? Hour(hour) : null,
            Marking.Public
        );

    private static StandingOffer Made(MakeOffer? command = null) =>
        Then<StandingOffer, OfferEvent>(
            null,
            MakeOffer.Decide(null, command ?? Command(), Supplier, Hour(0))
        );

    private static Decided<OfferEvent> Change(
        StandingOffer offer,
        Offer terms,
        Participant? by = null,
        double hour = 1
    ) =>
        ChangeOffer.Decide(
            offer,
            new ChangeOffer(terms, offer.Earmarks, offer.Expires, "fewer are left"),
            by ?? Supplier,
            Hour(hour)
        );

    [Fact]
    public void An_organisation_makes_and_changes_and_withdraws_its_own_offers_only()
    {
        Participant other = Speaker("another");
        Assert.NotNull(MakeOffer.Decide(null, Command(), other, Hour(0)).Refusal);
        StandingOffer made = Made();
        Assert.Equal("open", made.Standing);
        Assert.NotNull(Change(made, OfferOf("kit", quantity: 3), other).Refusal);
        Assert.NotNull(
            WithdrawOffer.Decide(made, new WithdrawOffer("sold"), other, Hour(1)).Refusal
        );
        StandingOffer changed = Then(made, Change(made, OfferOf("kit", quantity: 3)));
        Assert.Equal(3, changed.Terms.Quantity);
        StandingOffer withdrawn = Then(
            changed,
            WithdrawOffer.Decide(changed, new WithdrawOffer("sold"), Supplier, Hour(2))
        );
        Assert.Equal("withdrawn", withdrawn.Standing);
        Assert.Null(withdrawn.DueAt);
        Assert.NotNull(Change(withdrawn, OfferOf("kit"), hour: 3).Refusal);
    }

    [Fact]
    public void Only_a_change_that_may_leave_a_plan_without_something_says_so()
    {
        StandingOffer made = Made(Command(OfferOf("kit", quantity: 5)));
        bool MayLack(Offer terms) =>
            Assert.IsType<OfferChanged>(Assert.Single(Change(made, terms).Events)).MayLack;
        Assert.False(MayLack(OfferOf("kit", quantity: 6)));
        Assert.True(MayLack(OfferOf("kit", quantity: 4)));
        Assert.True(MayLack(OfferOf("kit", quantity: 6) with { LeadDays = 90 }));
        Assert.True(
            MayLack(OfferOf("kit", quantity: 6) with { Places = [new Place { Country = "IR" }] })
        );
    }

    [Fact]
    public void An_offer_expires_by_itself_at_whichever_of_its_dates_comes_first()
    {
        StandingOffer expired = Elapsed<StandingOffer, OfferEvent>(
            Made(),
            Hour(130),
            StandingOffer.Elapse
        );
        Assert.Equal("expired", expired.Standing);
        Assert.Equal(Hour(50), Made(Command(OfferOf("kit", until: Hour(50)))).DueAt);
        Assert.Null(Made(Command(expires: null)).DueAt);
    }

    [Fact]
    public void An_offer_that_has_ended_is_not_changed_even_before_anybody_looked()
    {
        Assert.Equal("the offer has ended", Why(Change(Made(), OfferOf("kit"), hour: 100)));
        Assert.Equal(
            RefusalKind.Invalid,
            MakeOffer.Decide(null, Command(), Supplier, Hour(101)).Refusal!.Kind
        );
    }

    [Fact]
    public void The_same_terms_again_change_nothing() =>
        Assert.Equal(Decided<OfferEvent>.Nothing, Change(Made(), OfferOf("kit")));

    [Fact]
    public void Terms_that_make_no_sense_are_refused()
    {
        Offer kit = OfferOf("kit");
        Assert.All(
            (Offer[])
                [
                    kit with
                    {
                        Id = "other",
                    },
                    kit with
                    {
                        Quantity = 0,
                    },
                    kit with
                    {
                        PeoplePerUnit = -1,
                    },
                    kit with
                    {
                        UnitCostUsd = -1,
                    },
                    kit with
                    {
                        UsableShare = double.NaN,
                    },
                    kit with
                    {
                        UsableShare = 1.1,
                    },
                    kit with
                    {
                        Exposure = -0.1,
                    },
                    kit with
                    {
                        LeadDays = double.PositiveInfinity,
                    },
                    kit with
                    {
                        LeadDays = double.NaN,
                    },
                    kit with
                    {
                        Places = [],
                    },
                    kit with
                    {
                        Places = [null!],
                    },
                    kit with
                    {
                        Groups = null!,
                    },
                    kit with
                    {
                        Asset = " ",
                    },
                    kit with
                    {
                        Conditions = [new string('x', 4_001)],
                    },
                    kit with
                    {
                        Service = (Service)99,
                    },
                    kit with
                    {
                        UntilOffered = Hour(-1),
                    },
                    null!,
                ],
            terms =>
                Assert.Equal(
                    RefusalKind.Invalid,
                    MakeOffer
                        .Decide(null, Command() with { Terms = terms }, Supplier, Hour(0))
                        .Refusal!.Kind
                )
        );
    }
}
