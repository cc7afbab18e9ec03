using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Activating;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Preparedness.Agreements.Revising;
using Breakwater.Preparedness.Agreements.Signing;
using Breakwater.Preparedness.Agreements.Supplying;
using Breakwater.Preparedness.Agreements.Testing;
using Breakwater.Preparedness.Agreements.Withdrawing;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.AgreementsFixture;

namespace Breakwater.Preparedness.Tests;

/// <summary>The life of an agreement: from a proposal that nobody signed to its end.</summary>
public sealed class AgreementsTests
{
    private static readonly TriggerCondition _any = new(TriggerSource.Disruption);

    [Fact]
    public void INV_04_Silence_is_no_signature()
    {
        Agreement one = Signed(Proposed(), Operator);
        Assert.Equal(AgreementState.Proposed, one.State);
        Assert.Equal(PartyAnswer.NoAnswer, one.Signatures[1].Answer);
        Assert.False(one.IsInForceAt(Start));
        // Time alone signs nothing.
        Assert.Equal(
            AgreementState.Expired,
            Taken(one, Agreement.Elapse(one, one.Terms.Until!.Value)).State
        );
    }

    [Fact]
    public void All_parties_signed_so_it_is_in_force()
    {
        Agreement both = InForce();
        Assert.Equal(AgreementState.InForce, both.State);
        Assert.True(both.IsInForceAt(Start));
        Assert.False(both.IsInForceAt(both.Terms.Until!.Value));
    }

    [Fact]
    public void What_begins_later_is_signed_and_not_in_force_until_then()
    {
        Instant later = Start + Duration.FromDays(10);
        Agreement signed = InForce(Terms() with { From = later });
        Assert.Equal(AgreementState.Signed, signed.State);
        Assert.Empty(Agreement.Elapse(signed, later - Duration.FromHours(1)).Events);
        Assert.Equal(AgreementState.InForce, Taken(signed, Agreement.Elapse(signed, later)).State);
    }

    [Fact]
    public void Somebody_who_is_no_party_signs_nothing()
    {
        Agreement state = Proposed();
        Assert.Equal(
            "your organisation is no party of this agreement",
            Reason(SignAgreement.Decide(state, new SignAgreement(), Stranger, Start))
        );
        Assert.Equal(
            "only its own people act for a party of this node",
            Reason(
                SignAgreement.Decide(
                    state,
                    new SignAgreement("supplier", "a letter"),
                    Operator,
                    Start
                )
            )
        );
    }

    [Fact]
    public void A_party_without_an_account_signs_by_a_document()
    {
        AgreementParty ministry = new("A ministry", StakeholderClass.Government);
        Agreement state = Taken(
            null,
            ProposeAgreement.Decide(
                null,
                Proposal() with
                {
                    Parties = [Two[0], ministry],
                },
                Operator,
                Start
            )
        );
        Assert.Equal(
            "the document in which the party says so is missing",
            Reason(SignAgreement.Decide(state, new SignAgreement("A ministry"), Operator, Start))
        );
        state = Taken(
            state,
            SignAgreement.Decide(
                state,
                new SignAgreement("A ministry", "https://example.org/signed.pdf"),
                Operator,
                Start
            )
        );
        Assert.Equal("https://example.org/signed.pdf", state.Signatures[1].Document);
        Assert.Equal(AgreementState.InForce, Signed(state, Operator).State);
    }

    [Fact]
    public void One_no_ends_a_proposal_and_leaves_terms_that_hold()
    {
        Agreement declined = Taken(
            Proposed(),
            DeclineAgreement.Decide(Proposed(), new DeclineAgreement("too costly"), Supplier, Start)
        );
        Assert.Equal(AgreementState.Declined, declined.State);

        Agreement state = InForce();
        state = Taken(state, ReviseAgreement.Decide(state, Revision(state), Operator, Start));
        state = Taken(
            state,
            DeclineAgreement.Decide(state, new DeclineAgreement("not longer"), Supplier, Start)
        );
        Assert.Equal(AgreementState.InForce, state.State);
        Assert.Null(state.Revision);
        Assert.Equal(Terms().Until, state.Terms.Until);
    }

    [Fact]
    public void It_is_renewed_when_every_party_signs_again_and_not_before()
    {
        Agreement state = InForce();
        state = Taken(state, ReviseAgreement.Decide(state, Revision(state), Operator, Start));
        state = Signed(state, Operator);
        Assert.Equal(Terms().Until, state.Terms.Until);
        Assert.Equal(AgreementState.InForce, state.State);
        state = Signed(state, Supplier);
        Assert.Equal(Terms().Until + Duration.FromDays(365), state.Terms.Until);
        Assert.Equal(AgreementState.InForce, state.State);
    }

    [Fact]
    public void What_expired_is_renewed_by_all()
    {
        Agreement state = InForce();
        state = Taken(state, Agreement.Elapse(state, state.Terms.Until!.Value));
        Assert.Equal(AgreementState.Expired, state.State);
        state = Taken(
            state,
            ReviseAgreement.Decide(state, Revision(state), Operator, state.ChangedAt)
        );
        state = Signed(Signed(state, Operator), Supplier);
        Assert.Equal(AgreementState.InForce, state.State);
        Assert.Null(state.EndedAt);
    }

    private static ReviseAgreement Revision(Agreement state) =>
        new(state.Terms with { Until = state.Terms.Until + Duration.FromDays(365) }, "a year more")
        {
            Known = Known(("fuel-sd", [])),
        };

    [Fact]
    public void A_party_leaves_and_two_are_needed()
    {
        Agreement state = InForce();
        state = Taken(
            state,
            WithdrawFromAgreement.Decide(
                state,
                new WithdrawFromAgreement("no fuel left to promise"),
                Supplier,
                Start
            )
        );
        Assert.Equal(AgreementState.Withdrawn, state.State);
        Assert.Equal("no fuel left to promise", state.Signatures[1].Reason);
    }

    [Fact]
    public void A_party_that_is_named_as_its_id_is_one_party()
    {
        AgreementParty families = new("Families", StakeholderClass.AffectedCommunity, "families");
        AgreementParty relief = new("A relief group", StakeholderClass.CivilSociety, "relief");
        Assert.Null(AgreementParty.Twice([families, relief]));
        Assert.Equal(
            "families",
            AgreementParty.Twice([families, new("families", StakeholderClass.CivilSociety, null)]),
            ignoreCase: true
        );
    }

    [Theory]
    [InlineData("ends", "the agreement ends before it begins")]
    [InlineData("twice", "'A fuel supplier' is listed twice")]
    [InlineData("one", "an agreement has from 2 to 50 parties")]
    [InlineData("place", "'ZZ' is no code of a country")]
    [InlineData("unit", "name the unit of the quantity")]
    [InlineData("position", "what it lets happen reads like an exact position; name the area")]
    [InlineData("self", "the trigger waits for the agreement itself")]
    [InlineData("unknown", "the trigger waits for an agreement that is not on record: 'nowhere'")]
    [InlineData("circle", "the triggers wait for each other: a → b → fuel-sd → a")]
    [InlineData(
        "kind",
        "condition 1 of the trigger: there is no kind of disruption 'shutdwn' (did you mean 'shutdown'?)"
    )]
    [InlineData("stray", "condition 1 of the trigger: only a condition on an agreement names one")]
    [InlineData("many", "a trigger has at most 40 conditions")]
    public void What_makes_no_sense_is_refused_with_its_reason(string what, string reason)
    {
        AgreementTerms terms = Terms();
        ProposeAgreement command = Proposal() with
        {
            Known = Known(("a", ["b"]), ("b", ["fuel-sd"])),
        };
        command = what switch
        {
            "ends" => command with { Terms = terms with { Until = Start } },
            "twice" => command with { Parties = [.. Two, Two[1]] },
            "one" => command with { Parties = [Two[0]] },
            "place" => command with { Terms = terms with { Places = [Place.OfCountry("ZZ")] } },
            "unit" => command with { Terms = terms with { Unit = null } },
            "position" => command with
            {
                Terms = terms with { Action = "Fuel goes to 15.5881, 32.5342 first" },
            },
            "self" => Waits("fuel-sd"),
            "unknown" => Waits("nowhere"),
            "circle" => Waits("a"),
            "kind" => With(_any with { Kinds = ["shutdwn"] }),
            "stray" => With(_any with { Agreement = "a" }),
            _ => With([.. Enumerable.Repeat(_any, 41)]),
        };
        Assert.Equal(
            reason,
            Reason(ProposeAgreement.Decide(null, command, Operator, Start - Duration.FromDays(1)))
        );

        ProposeAgreement Waits(string id) =>
            With(new TriggerCondition(TriggerSource.Agreement, Agreement: id));

        ProposeAgreement With(params TriggerCondition[] trigger) =>
            command with
            {
                Terms = terms with { Trigger = trigger },
            };
    }

    private static DisruptionAtHand At(Truth truth, string id = "disruption-1") =>
        new(id, Sudan, truth, truth == Truth.Unknown ? [TriggerAspect.People] : [], Marking.Public);

    private static Agreement Noted(
        Agreement state,
        Truth truth,
        string id = "disruption-1",
        string? earlier = null
    ) =>
        Taken(
            state,
            NoteTrigger.Decide(
                state,
                new NoteTrigger(earlier ?? id, At(truth, id)),
                state.ChangedAt
            )
        );

    [Fact]
    public void A_met_trigger_proposes_once_and_does_nothing()
    {
        Agreement state = Noted(InForce(Terms(_any)), Truth.True);
        AgreementActivation activation = Assert.Single(state.Activations);
        Assert.Equal(ActivationState.Proposed, activation.State);
        Assert.Empty(activation.Answers);
        Assert.Empty(
            NoteTrigger
                .Decide(state, new NoteTrigger("disruption-1", At(Truth.True)), state.ChangedAt)
                .Events
        );
    }

    [Fact]
    public void What_is_not_known_proposes_nothing_and_what_is_proposed_follows_what_is_known()
    {
        Assert.Empty(Noted(InForce(Terms(_any)), Truth.Unknown).Activations);
        Agreement state = Noted(InForce(Terms(_any)), Truth.True);
        state = Noted(state, Truth.Unknown);
        Assert.Equal(ActivationState.NotKnown, Assert.Single(state.Activations).State);
        Assert.Equal([TriggerAspect.People], state.Activations[0].NotKnown);
        state = Noted(state, Truth.False);
        Assert.Equal(ActivationState.NoLongerMet, Assert.Single(state.Activations).State);
    }

    [Fact]
    public void A_disruption_that_is_told_again_is_proposed_for_once()
    {
        Agreement state = Noted(InForce(Terms(_any)), Truth.True);
        state = Noted(state, Truth.True, "disruption-2", "disruption-1");
        Assert.Equal("disruption-2", Assert.Single(state.Activations).DisruptionId);
    }

    [Fact]
    public void What_is_not_in_force_proposes_nothing() =>
        Assert.Empty(Noted(Proposed(Terms(_any)), Truth.True).Activations);

    [Fact]
    public void Use_and_refusal_are_recorded_with_reasons_and_nobody_judges_between_them()
    {
        Agreement state = Noted(InForce(Terms(_any)), Truth.True);
        state = Answered(state, Operator, ActivationChoice.Use, "exchanges run dry tomorrow");
        Assert.Equal(ActivationState.Used, state.Activations[0].State);
        state = Answered(state, Supplier, ActivationChoice.Refuse, "the depot was hit");
        Assert.Equal(ActivationState.Divided, state.Activations[0].State);
        Assert.Equal(
            ["exchanges run dry tomorrow", "the depot was hit"],
            state.Activations[0].Answers.Select(answer => answer.Reason)
        );
        Assert.Equal(
            "your organisation is no party of this agreement",
            Reason(
                AnswerActivation.Decide(
                    state,
                    new AnswerActivation("disruption-1", ActivationChoice.Use, "ours too"),
                    Stranger,
                    Start
                )
            )
        );
    }

    [Fact]
    public void The_parties_may_use_what_is_theirs_although_the_trigger_is_not_known_to_be_met()
    {
        Agreement state = InForce(Terms(_any));
        state = Taken(
            state,
            AnswerActivation.Decide(
                state,
                new AnswerActivation("disruption-1", ActivationChoice.Use, "asked by phone")
                {
                    Disruption = At(Truth.Unknown),
                },
                Operator,
                Start
            )
        );
        AgreementActivation used = Assert.Single(state.Activations);
        Assert.Null(used.ProposedAt);
        Assert.Equal(Truth.Unknown, used.Truth);
        Assert.Equal(
            "its use was not proposed in this disruption",
            Reason(
                AnswerActivation.Decide(
                    state,
                    new AnswerActivation("disruption-9", ActivationChoice.Refuse, "no")
                    {
                        Disruption = At(Truth.False, "disruption-9"),
                    },
                    Supplier,
                    Start
                )
            )
        );
    }

    private static Agreement Answered(
        Agreement state,
        Participant by,
        ActivationChoice choice,
        string reason
    ) =>
        Taken(
            state,
            AnswerActivation.Decide(
                state,
                new AnswerActivation("disruption-1", choice, reason),
                by,
                state.ChangedAt
            )
        );

    [Fact]
    public void A_party_links_its_own_offers()
    {
        Agreement state = InForce();
        Assert.Equal(
            "a party links its own offers only",
            Reason(
                LinkOffer.Decide(
                    state,
                    new LinkOffer("diesel") { OfferedBy = "supplier" },
                    Operator,
                    Start
                )
            )
        );
        state = Taken(
            state,
            LinkOffer.Decide(
                state,
                new LinkOffer("diesel") { OfferedBy = "supplier" },
                Supplier,
                Start
            )
        );
        Assert.Equal(["diesel"], state.Offers);
    }

    [Fact]
    public void Cover_tells_what_is_in_force_what_is_wanting_and_what_there_is_none_of()
    {
        Agreement state = InForce(Terms(_any));
        CountryCover sudan = Cover(state, Start);
        Assert.DoesNotContain(AgreementKind.FuelPriority, sudan.Gaps);
        Assert.Contains(AgreementKind.NationalRoaming, sudan.Gaps);
        Assert.Equal(AgreementWant.NeverTested, Assert.Single(sudan.Wanting).Want);

        state = Tested(state, TestOutcome.Failed, Start);
        Assert.Equal(AgreementWant.LastTestFailed, Assert.Single(Cover(state, Start).Wanting).Want);
        state = Tested(state, TestOutcome.Tested, Start);
        state = Tested(state, TestOutcome.Tested, Start);
        Assert.Empty(Cover(state, Start + Duration.FromDays(1)).Wanting);
        Assert.Equal(
            [AgreementWant.ExpiresSoon],
            Cover(state, Start + Duration.FromDays(300)).Wanting.Select(one => one.Want)
        );
        Assert.Contains(
            AgreementKind.FuelPriority,
            Cover(state, Start + Duration.FromDays(366)).Gaps
        );
    }

    [Fact]
    public void INV_05_Cover_counts_civilians_and_responders_apart()
    {
        KindCover fuel = Cover(
            InForce(Terms() with { Groups = [PopulationGroup.Responders] }),
            Start
        )
            .Kinds.Single(kind => kind.Kind == AgreementKind.FuelPriority);
        Assert.Equal((0, 1), (fuel.ForCivilians, fuel.ForResponders));
    }

    [Fact]
    public void A_country_without_any_agreement_is_told_with_every_kind_missing() =>
        Assert.Equal(
            Enum.GetValues<AgreementKind>(),
            AgreementCover.Of([InForce()], ["TD"], Start).Single().Gaps
        );

    private static CountryCover Cover(Agreement state, Instant asOf) =>
        AgreementCover.Of([state], ["SD"], asOf).Single();

    private static Agreement Tested(Agreement state, TestOutcome result, Instant on) =>
        Taken(
            state,
            RecordAgreementTest.Decide(
                state,
                new RecordAgreementTest(on, result, "a tanker came"),
                Supplier,
                state.ChangedAt
            )
        );
}
