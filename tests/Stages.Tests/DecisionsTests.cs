using Breakwater.Decisions;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Positioning;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>People decide. Silence decides nothing, and no State's word is needed.</summary>
public sealed class DecisionsTests
{
    private const string Regulator = "a regulator";

    private static Decision Activation(int quorum = 2, params IReadOnlyList<string> parties) =>
        DecisionsFromPlans
            .Open([Lost(1)], [], parties.Count == 0 ? [Regulator] : parties, quorum, AsOf)
            .Single();

    private static (Decision Decision, DecisionRefused? Refusal) Take(
        Decision decision,
        string id,
        StakeholderClass kind,
        Stand stand,
        string reason = "as said",
        int hours = 1
    ) =>
        TakePosition.Take(
            decision,
            new TakePosition(new Stakeholder(id, id, kind), stand, reason, Origin.Reported),
            AsOf + Duration.FromHours(hours)
        );

    private static Decision With(
        Decision decision,
        params (StakeholderClass Class, Stand Stand)[] stands
    )
    {
        foreach ((StakeholderClass kind, Stand stand) in stands)
        {
            (decision, DecisionRefused? refusal) = Take(decision, $"a {kind}", kind, stand);
            Assert.Null(refusal);
        }

        return decision;
    }

    [Fact]
    public void A_decision_opens_as_a_question_that_nobody_has_answered()
    {
        Decision decision = Activation();
        Assert.Equal(DecisionOutcome.Open, decision.Outcome);
        Assert.Empty(decision.Positions);
        Assert.Null(decision.DecidedAt);
        Assert.Equal(AsOf + Duration.FromHours(48), decision.FirstServiceDue);
        Assert.Equal(AsOf + Duration.FromDays(28), decision.ExtendedServiceDue);
        Assert.Equal(Consent.NotAsked, Assert.Single(decision.Consents).Consent);
    }

    [Fact]
    public void Without_an_open_measured_disruption_there_is_nothing_to_decide()
    {
        Disruption over = Lost(1) with { End = new InstantRange(AsOf, AsOf) };
        Disruption claimed = Lost(1) with { Severity = [] };
        Assert.Empty(DecisionsFromPlans.Open([over, claimed], [], [], 2, AsOf));
    }

    [Fact]
    public void INV_03_A_quorum_of_classes_without_any_government_adopts()
    {
        Decision decision = With(
            Activation(3),
            (StakeholderClass.AffectedCommunity, Stand.Support),
            (StakeholderClass.TechnicalCommunity, Stand.Support),
            (StakeholderClass.CivilSociety, Stand.NoObjection)
        );
        (Decision closed, DecisionRefused? refusal) = Close.On(
            decision,
            AsOf + Duration.FromHours(2)
        );
        Assert.Null(refusal);
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.DoesNotContain(closed.Positions, p => p.Class == StakeholderClass.Government);
    }

    [Fact]
    public void INV_04_Silence_of_a_party_is_stored_as_silence_and_neither_blocks_nor_adopts()
    {
        (Decision silent, DecisionRefused? refusal) = RecordConsent.Record(
            Activation(),
            new RecordConsent(Regulator, Consent.NoAnswer, AsOf, "seven days", Origin.Reported)
        );
        Assert.Null(refusal);
        Assert.Equal(Consent.NoAnswer, Assert.Single(silent.Consents).Consent);
        Assert.Equal(DecisionOutcome.Open, silent.Outcome);
        (Decision closed, _) = Close.On(silent, silent.Deadline);
        Assert.Equal(DecisionOutcome.NotAdopted, closed.Outcome);
        (Decision adopted, _) = Close.On(
            With(
                silent,
                (StakeholderClass.Academia, Stand.Support),
                (StakeholderClass.CivilSociety, Stand.Support)
            ),
            AsOf + Duration.FromHours(2)
        );
        Assert.Equal(DecisionOutcome.Adopted, adopted.Outcome);
        Assert.Equal(Consent.NoAnswer, Assert.Single(adopted.Consents).Consent);
    }

    [Fact]
    public void INV_04_Four_answers_of_a_party_are_four_values_and_none_of_them_is_a_position()
    {
        foreach (Consent consent in Enum.GetValues<Consent>())
        {
            Decision recorded = RecordConsent
                .Record(
                    Activation(),
                    new RecordConsent(Regulator, consent, AsOf, "", Origin.Reported)
                )
                .Decision;
            Assert.Equal(consent, Assert.Single(recorded.Consents).Consent);
            Assert.Empty(recorded.Positions);
        }
    }

    [Fact]
    public void An_answer_of_a_party_that_was_not_asked_or_without_the_time_of_asking_is_refused()
    {
        Assert.Equal(
            "'a stranger' is not among the parties whose consent is sought",
            RecordConsent
                .Record(
                    Activation(),
                    new RecordConsent("a stranger", Consent.Given, AsOf, "", Origin.Reported)
                )
                .Refusal!.Reason
        );
        Assert.Equal(
            "an answer, or its absence, needs the time of asking",
            RecordConsent
                .Record(
                    Activation(),
                    new RecordConsent(Regulator, Consent.NoAnswer, null, "", Origin.Reported)
                )
                .Refusal!.Reason
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_objection_needs_a_reason(string reason)
    {
        (Decision decision, DecisionRefused? refusal) = Take(
            Activation(),
            "someone",
            StakeholderClass.CivilSociety,
            Stand.Object,
            reason
        );
        Assert.Equal("an objection needs a reason, so that it can be answered", refusal!.Reason);
        Assert.Empty(decision.Positions);
    }

    [Fact]
    public void An_objection_stays_on_record_when_the_decision_is_adopted_over_it()
    {
        Decision decision = With(
            Activation(),
            (StakeholderClass.Academia, Stand.Support),
            (StakeholderClass.TechnicalCommunity, Stand.Support),
            (StakeholderClass.CivilSociety, Stand.Object)
        );
        (Decision closed, _) = Close.On(decision, AsOf + Duration.FromHours(2));
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.Equal("as said", closed.Positions.Single(p => p.Stand == Stand.Object).Reason);
        Assert.Contains("1 objection on record", closed.OutcomeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_of_one_class_are_one_class()
    {
        Decision decision = Activation();
        for (int i = 0; i < 20; i++)
        {
            decision = Take(
                decision,
                $"operator {i}",
                StakeholderClass.PrivateSector,
                Stand.Support
            ).Decision;
        }

        (Decision open, DecisionRefused? refusal) = Close.On(
            decision,
            AsOf + Duration.FromHours(2)
        );
        Assert.StartsWith(
            "1 classes took part, 2 are needed",
            refusal!.Reason,
            StringComparison.Ordinal
        );
        Assert.Equal(DecisionOutcome.Open, open.Outcome);
    }

    [Fact]
    public void Who_recuses_takes_no_part_and_who_abstains_takes_part_without_leaning()
    {
        Decision decision = With(
            Activation(),
            (StakeholderClass.Academia, Stand.Support),
            (StakeholderClass.PrivateSector, Stand.Recuse)
        );
        Assert.NotNull(Close.On(decision, AsOf + Duration.FromHours(2)).Refusal);
        Decision abstained = With(decision, (StakeholderClass.CivilSociety, Stand.Abstain));
        Assert.Equal(
            DecisionOutcome.NotAdopted,
            Close.On(abstained, AsOf + Duration.FromHours(2)).Decision.Outcome
        );
    }

    [Fact]
    public void A_later_position_of_the_same_stakeholder_replaces_the_earlier_one()
    {
        Decision decision = With(
            Activation(),
            (StakeholderClass.Academia, Stand.Support),
            (StakeholderClass.Academia, Stand.Object)
        );
        Assert.Equal(Stand.Object, Assert.Single(decision.Positions).Stand);
    }

    [Fact]
    public void After_the_deadline_and_after_closing_no_position_is_taken()
    {
        Assert.Equal(
            "the time to take a position is over",
            Take(
                Activation(),
                "late",
                StakeholderClass.Academia,
                Stand.Support,
                hours: 49
            ).Refusal!.Reason
        );
        Decision closed = Close.On(Activation(), AsOf + Duration.FromHours(48)).Decision;
        Assert.StartsWith(
            "the decision is closed; an appeal is open until",
            Take(closed, "late", StakeholderClass.Academia, Stand.Support).Refusal!.Reason,
            StringComparison.Ordinal
        );
        Assert.NotNull(Close.On(closed, AsOf + Duration.FromHours(50)).Refusal);
    }

    [Fact]
    public void INV_04_Silence_of_stakeholders_is_never_adoption_whatever_the_parties_answered() =>
        Gen.Select(Gen.Int[1, 7], Gen.Enum<Consent>())
            .Sample(
                (quorum, consent) =>
                {
                    Decision decision = RecordConsent
                        .Record(
                            Activation(quorum),
                            new RecordConsent(Regulator, consent, AsOf, "", Origin.Reported)
                        )
                        .Decision;
                    return Close.On(decision, decision.Deadline).Decision.Outcome
                        == DecisionOutcome.NotAdopted;
                }
            );

    [Fact]
    public void INV_04_Only_spoken_support_of_most_of_a_quorum_of_classes_adopts() =>
        Gen.Select(
                Gen.Select(Gen.Enum<StakeholderClass>(), Gen.Enum<Stand>()).Array[0, 12],
                Gen.Int[1, 7]
            )
            .Sample(
                (stands, quorum) =>
                {
                    Decision decision = Activation(quorum);
                    for (int i = 0; i < stands.Length; i++)
                    {
                        decision = Take(
                            decision,
                            $"s{i}",
                            stands[i].Item1,
                            stands[i].Item2
                        ).Decision;
                    }

                    int Lean(Stand stand) =>
                        stand is Stand.Support or Stand.NoObjection ? 1
                        : stand is Stand.Object ? -1
                        : 0;
                    int[] leans =
                    [
                        .. stands
                            .Where(s => s.Item2 != Stand.Recuse)
                            .GroupBy(s => s.Item1)
                            .Select(g => g.Sum(s => Lean(s.Item2))),
                    ];
                    // Enough classes took part, and more than half of those lean towards it.
                    bool expected =
                        leans.Length >= quorum && leans.Count(lean => lean > 0) * 2 > leans.Length;
                    DecisionOutcome outcome = Close
                        .On(decision, decision.Deadline)
                        .Decision.Outcome;
                    return outcome == DecisionOutcome.Adopted == expected;
                }
            );
}
