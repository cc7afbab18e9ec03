using Breakwater.Decisions;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Opening;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;
using static Breakwater.Stages.Tests.NeedsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>People decide. Silence decides nothing, and no State's word is needed.</summary>
public sealed class DecisionsTests
{
    private const string Regulator = "a regulator";
    private static readonly Participant Clerk = Speaker("a clerk");

    private static Decision Activation(int quorum = 2, params IReadOnlyList<string> parties) =>
        Opened(
            DecisionsFromPlans
                .Open([Lost(1)], [], parties.Count == 0 ? [Regulator] : parties, quorum, AsOf)
                .Single()
        );

    private static Decided<DecisionEvent> Record(
        Decision decision,
        Consent consent,
        Instant? askedAt,
        string party = Regulator,
        string reason = "",
        double hour = 0
    ) =>
        RecordConsent.Decide(
            decision,
            new RecordConsent(party, consent, askedAt, reason),
            Clerk,
            Hour(hour)
        );

    [Fact]
    public void INV_04_An_answer_has_the_time_at_which_it_came_and_silence_ages_from_the_asking()
    {
        Decided<DecisionEvent> Answer(
            Decision to,
            Consent consent,
            Instant? answered,
            double hour = 5
        ) =>
            RecordConsent.Decide(
                to,
                new RecordConsent(Regulator, consent, null, "", Origin.Reported, answered),
                Clerk,
                Hour(hour)
            );
        Decision asked = Then(
            Activation(),
            Record(Activation(), Consent.NoAnswer, Hour(0), hour: 1)
        );
        ConsentRecord silent = Assert.Single(asked.Consents);
        Assert.Null(silent.AnsweredAt);
        Assert.Equal(Duration.FromHours(9), silent.SilentFor(Hour(9)));

        ConsentRecord given = Assert.Single(
            Then(asked, Answer(asked, Consent.Given, Hour(2))).Consents
        );
        Assert.Equal((Hour(0), Hour(2)), (given.AskedAt, given.AnsweredAt));
        Assert.Null(given.SilentFor(Hour(9)));
        Assert.All(
            (Decided<DecisionEvent>[])
                [
                    Answer(asked, Consent.Given, Hour(6)),
                    Answer(asked, Consent.Denied, Hour(-1)),
                    Answer(asked, Consent.NoAnswer, Hour(2)),
                ],
            wrong => Assert.Equal(RefusalKind.Invalid, wrong.Refusal!.Kind)
        );
        Assert.Null(
            Assert.Single(Then(asked, Answer(asked, Consent.Denied, null)).Consents).AnsweredAt
        );
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
    public void A_question_about_very_many_places_is_still_one_that_can_be_asked()
    {
        OpenDecision question = DecisionsFromPlans
            .Open(
                [.. Enumerable.Range(0, 3_000).Select(i => Lost(1) with { Network = $"net-{i}" })],
                [],
                [],
                2,
                AsOf
            )
            .Single();
        Assert.EndsWith("and 2960 more)?", question.Question, StringComparison.Ordinal);
        Opened(question);
    }

    [Fact]
    public void INV_03_A_quorum_of_classes_without_any_government_adopts()
    {
        Decision closed = Closed(
            With(
                Activation(3),
                (StakeholderClass.AffectedCommunity, Stand.Support),
                (StakeholderClass.TechnicalCommunity, Stand.Support),
                (StakeholderClass.CivilSociety, Stand.NoObjection)
            )
        );
        Assert.Equal(DecisionOutcome.Adopted, closed.Outcome);
        Assert.DoesNotContain(closed.Positions, p => p.Class == StakeholderClass.Government);
    }

    [Fact]
    public void INV_04_Silence_of_a_party_is_stored_as_silence_and_neither_blocks_nor_adopts()
    {
        Decision silent = Then(
            Activation(),
            Record(Activation(), Consent.NoAnswer, AsOf, reason: "seven days")
        );
        Assert.Equal(Consent.NoAnswer, Assert.Single(silent.Consents).Consent);
        Assert.Equal(DecisionOutcome.Open, silent.Outcome);
        Assert.Equal(DecisionOutcome.NotAdopted, Elapsed(silent, 48).Outcome);
        Decision adopted = Closed(
            With(
                silent,
                (StakeholderClass.Academia, Stand.Support),
                (StakeholderClass.CivilSociety, Stand.Support)
            )
        );
        Assert.Equal(DecisionOutcome.Adopted, adopted.Outcome);
        Assert.Equal(Consent.NoAnswer, Assert.Single(adopted.Consents).Consent);
    }

    [Fact]
    public void INV_04_Who_was_asked_and_says_nothing_has_not_answered_and_the_silence_grows_old()
    {
        Decision asked = Then(
            Activation(),
            AskConsent.Decide(Activation(), new AskConsent(Regulator, Hour(-2)), Clerk, Hour(0))
        );
        ConsentRecord silence = Assert.Single(asked.Consents);
        Assert.Equal(Consent.NoAnswer, silence.Consent);
        Assert.Equal(Duration.FromHours(9), silence.SilentFor(Hour(7)));
        Assert.Equal(silence, Assert.Single(Elapsed(asked, 1_000).Consents));
        Decision answered = Then(asked, Record(asked, Consent.Denied, null, hour: 3));
        Assert.Null(Assert.Single(answered.Consents).SilentFor(Hour(7)));
        Assert.Equal(
            "the party has answered; silence cannot follow an answer",
            Why(Record(answered, Consent.NoAnswer, null, hour: 4))
        );
        Assert.Equal(
            "'a regulator' was asked already; its silence runs from there",
            Why(AskConsent.Decide(asked, new AskConsent(Regulator, Hour(1)), Clerk, Hour(1)))
        );
    }

    [Fact]
    public void INV_04_Four_answers_of_a_party_are_four_values_and_none_of_them_is_a_position()
    {
        foreach (Consent consent in Enum.GetValues<Consent>())
        {
            Decision recorded = Then(Activation(), Record(Activation(), consent, AsOf));
            Assert.Equal(consent, Assert.Single(recorded.Consents).Consent);
            Assert.Empty(recorded.Positions);
        }
    }

    [Fact]
    public void An_answer_that_comes_after_the_decision_is_still_recorded_and_changes_no_outcome()
    {
        Decision closed = Elapsed(Activation(), 48);
        Decision later = Then(closed, Record(closed, Consent.Denied, AsOf, hour: 90));
        Assert.Equal(Consent.Denied, Assert.Single(later.Consents).Consent);
        Assert.Equal(closed.Outcome, later.Outcome);
        Assert.Equal(closed.DecidedAt, later.DecidedAt);
    }

    [Fact]
    public void An_answer_of_a_party_that_was_not_asked_or_without_the_time_of_asking_is_refused()
    {
        Assert.Equal(
            "'a stranger' is not among the parties whose consent is sought",
            Why(Record(Activation(), Consent.Given, AsOf, "a stranger"))
        );
        Assert.Equal(
            "an answer, or its absence, needs the time of asking",
            Why(Record(Activation(), Consent.NoAnswer, null))
        );
        Assert.Equal(
            "the time of asking lies ahead",
            Why(Record(Activation(), Consent.NoAnswer, Hour(5)))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_objection_needs_a_reason(string reason) =>
        Assert.Equal(
            "an objection needs a reason, so that it can be answered",
            Why(Take(Activation(), Speaker("someone"), Stand.Object, reason))
        );

    [Fact]
    public void Many_of_one_class_are_one_class()
    {
        Decision decision = Activation();
        for (int i = 0; i < 20; i++)
        {
            decision = Then(
                decision,
                Take(
                    decision,
                    Speaker($"operator {i}", StakeholderClass.PrivateSector),
                    Stand.Support
                )
            );
        }

        Assert.StartsWith(
            "1 classes took part, 2 are needed",
            Why(Closing(decision)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_recuses_takes_no_part_and_who_abstains_takes_part_without_leaning()
    {
        Decision decision = With(
            Activation(),
            (StakeholderClass.Academia, Stand.Support),
            (StakeholderClass.PrivateSector, Stand.Recuse)
        );
        Assert.NotNull(Closing(decision).Refusal);
        Decision abstained = With(decision, (StakeholderClass.CivilSociety, Stand.Abstain));
        Assert.Equal(DecisionOutcome.NotAdopted, Closed(abstained).Outcome);
    }

    [Fact]
    public void A_later_position_of_the_same_organisation_replaces_the_earlier_one()
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
            Why(Take(Activation(), Speaker("late"), Stand.Support, hour: 49))
        );
        Decision closed = Elapsed(Activation(), 48);
        Assert.StartsWith(
            "the decision is closed; an appeal is open until",
            Why(Take(closed, Speaker("late"), Stand.Support, hour: 49)),
            StringComparison.Ordinal
        );
        Assert.Equal("the decision is closed already", Why(Closing(closed, 50)));
    }

    [Fact]
    public void INV_04_Silence_of_stakeholders_is_never_adoption_whatever_the_parties_answered() =>
        Gen.Select(Gen.Int[2, 7], Gen.Enum<Consent>())
            .Sample(
                (quorum, consent) =>
                {
                    Decision decision = Then(
                        Activation(quorum),
                        Record(Activation(quorum), consent, AsOf)
                    );
                    return Elapsed(decision, 48).Outcome == DecisionOutcome.NotAdopted;
                }
            );

    [Fact]
    public void INV_04_Only_spoken_support_of_most_of_a_quorum_of_classes_adopts() =>
        Gen.Select(
                Gen.Select(Gen.Enum<StakeholderClass>(), Gen.Enum<Stand>()).Array[0, 12],
                Gen.Int[2, 7]
            )
            .Sample(
                (stands, quorum) =>
                {
                    Decision decision = Activation(quorum);
                    for (int i = 0; i < stands.Length; i++)
                    {
                        decision = Then(
                            decision,
                            Take(decision, Speaker($"s{i}", stands[i].Item1), stands[i].Item2)
                        );
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
                    // Enough classes took part, and more than half of those lean towards it; who objects is answered first.
                    bool isWanted =
                        leans.Length >= quorum && leans.Count(lean => lean > 0) * 2 > leans.Length;
                    return Elapsed(decision, 48).Outcome
                        == (
                            !isWanted ? DecisionOutcome.NotAdopted
                            : stands.Any(s => s.Item2 == Stand.Object) ? DecisionOutcome.Open
                            : DecisionOutcome.Adopted
                        );
                }
            );
}
