using Breakwater.Disruptions.Law;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Packs;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What norms that may apply ask of a plan: said by rule, never dropped in silence, and not counted as ready while it is missing.</summary>
public sealed class PlansConditionsTests
{
    private static LawPack Pack { get; } = LawPackReader.Read(null).Pack!;

    private static IReadOnlyList<DisruptionFindings> Findings { get; } =
        FindingsFromFacts
            .Assess(
                [KindsFixture.Lost("SD") with { Id = "disruption-1" }],
                [],
                Pack,
                new LocalDate(2024, 2, 9)
            )
            .Findings;

    private static Offer With(Offer offer, params OfferMeans[] means) =>
        offer with
        {
            Means = means,
        };

    private static PlanningInputs Of(Offer offer, params Clearance[] clearances) =>
        Inputs([NeedOf(500, RedSea)], [offer], clearances: clearances) with
        {
            Findings = Findings,
        };

    private static PlanCondition Only(Plan plan, string rule) =>
        Assert.Single(Assert.Single(plan.Lines).Conditions, condition => condition.Rule == rule);

    [Fact]
    public void Terminals_without_a_licence_are_planned_and_wait_for_it_with_the_gap_named()
    {
        Plan plan = MostPeople(Of(With(OfferOf("terminals"), OfferMeans.SatelliteTerminal)));
        PlanCondition licence = Only(plan, "ITU-RR18-LICENCE");
        Assert.Equal("G-12", licence.Gap);
        Assert.Equal(ConditionState.NotOnRecord, licence.State);
        Assert.Equal([Findings[0].Id], licence.Findings);
        Assert.Equal(500, plan.Civilians);
        Assert.Equal(0, plan.ReadyCivilians);
        Assert.True(plan.IsVerified);
        Assert.Contains(
            plan.Reasons,
            reason =>
                reason.Contains("ITU-RR18-LICENCE", StringComparison.Ordinal)
                && reason.Contains("G-12", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(ClearanceAnswer.Given, ClearanceKind.Licence, ConditionState.OnRecord)]
    [InlineData(ClearanceAnswer.NotRequired, ClearanceKind.Spectrum, ConditionState.OnRecord)]
    [InlineData(ClearanceAnswer.NoAnswer, ClearanceKind.Licence, ConditionState.NotOnRecord)]
    [InlineData(ClearanceAnswer.Given, ClearanceKind.Import, ConditionState.NotOnRecord)]
    public void A_licence_counts_when_it_is_in_force_and_silence_or_another_permit_does_not(
        ClearanceAnswer answer,
        ClearanceKind kind,
        ConditionState state
    )
    {
        Plan plan = MostPeople(
            Of(
                With(OfferOf("terminals", clearances: ["licence"]), OfferMeans.SatelliteTerminal),
                ClearanceOf("licence", answer, AsOf + Duration.FromDays(1)) with
                {
                    Kind = kind,
                }
            )
        );
        Assert.Equal(state, Only(plan, "ITU-RR18-LICENCE").State);
        Assert.Equal(state == ConditionState.OnRecord ? 500 : 0, plan.ReadyCivilians);
        Assert.True(plan.IsVerified);
    }

    [Fact]
    public void Relief_needs_a_request_or_consent_and_a_crew_a_notification()
    {
        Assert.Equal(
            ConditionState.NotOnRecord,
            Only(
                MostPeople(Of(With(OfferOf("kit"), OfferMeans.ReliefEquipment))),
                "TAMPERE-RELIEF"
            ).State
        );
        PlanCondition crew = Only(
            MostPeople(Of(With(OfferOf("crew"), OfferMeans.RepairCrew))),
            "IHL-CIVDEF-REPAIR"
        );
        Assert.Equal("G-11", crew.Gap);
        Assert.Equal(ConditionState.NotOnRecord, crew.State);
        Assert.Contains("no status of its own", crew.Asks, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_of_how_a_line_is_carried_out_does_not_make_it_wait()
    {
        Plan plan = MostPeople(Of(With(OfferOf("mast"), OfferMeans.SharedSite)));
        Assert.Equal("G-04", Only(plan, "IHL-PASSIVE").Gap);
        Assert.All(
            plan.Lines[0].Conditions,
            condition => Assert.Equal(ConditionState.Throughout, condition.State)
        );
        Assert.Equal(500, plan.ReadyCivilians);
    }

    [Fact]
    public void A_rule_that_applies_under_no_reading_asks_nothing()
    {
        DisruptionFindings none = Findings[0] with
        {
            Undetermined =
            [
                .. Findings[0]
                    .Undetermined.Where(rule =>
                        rule is not ("ITU-RR18-LICENCE" or "ITU-45-INTERFERENCE")
                    ),
            ],
        };
        Plan plan = MostPeople(
            Of(With(OfferOf("terminals"), OfferMeans.SatelliteTerminal)) with
            {
                Findings = [none],
            }
        );
        Assert.Empty(plan.Lines[0].Conditions);
        Assert.Equal(500, plan.ReadyCivilians);
        Assert.True(plan.IsVerified);
    }

    [Fact]
    public void Where_nobody_said_what_an_offer_works_with_the_question_is_said_to_be_open()
    {
        Plan plan = MostPeople(Of(OfferOf("something")));
        Assert.Empty(plan.Lines[0].Conditions);
        Assert.Contains(
            plan.Reasons,
            reason =>
                reason.Contains("nobody said what they work with", StringComparison.Ordinal)
                && reason.Contains("asset something", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            MostPeople(Of(With(OfferOf("something")))).Reasons,
            reason => reason.Contains("work with", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_findings_nothing_is_said_to_be_ready_or_not()
    {
        Plan plan = MostPeople(
            Of(With(OfferOf("terminals"), OfferMeans.SatelliteTerminal)) with
            {
                Findings = [],
            }
        );
        Assert.Null(plan.ReadyCivilians);
        Assert.Empty(plan.Lines[0].Conditions);
    }

    [Fact]
    public void Findings_move_nobody_and_nothing_in_a_plan()
    {
        PlanningInputs with = Of(With(OfferOf("terminals"), OfferMeans.SatelliteTerminal));
        Plan asked = MostPeople(with);
        Plan free = MostPeople(with with { Findings = [] });
        Assert.Equal(
            (free.Civilians, free.CostUsd, free.Value),
            (asked.Civilians, asked.CostUsd, asked.Value)
        );
        Assert.Equal(
            free.Lines.Select(line => (line.OfferId, line.Units, line.ServiceAt)),
            asked.Lines.Select(line => (line.OfferId, line.Units, line.ServiceAt))
        );
    }

    [Fact]
    public void What_is_left_out_added_or_told_wrong_is_named_by_the_check()
    {
        PlanningInputs inputs = Of(With(OfferOf("terminals"), OfferMeans.SatelliteTerminal));
        PlanLine line = Assert.Single(MostPeople(inputs).Lines);
        Assert.Empty(PlanVerification.Check([line], inputs).Mismatches);
        Assert.Contains(
            PlanVerification.Check([line with { Conditions = [] }], inputs).Mismatches,
            mismatch => mismatch.EndsWith("is left out", StringComparison.Ordinal)
        );
        Assert.Contains(
            PlanVerification
                .Check(
                    [
                        line with
                        {
                            Conditions =
                            [
                                .. line.Conditions.Select(one =>
                                    one with
                                    {
                                        State = ConditionState.OnRecord,
                                    }
                                ),
                            ],
                        },
                    ],
                    inputs
                )
                .Mismatches,
            mismatch => mismatch.EndsWith("told wrong", StringComparison.Ordinal)
        );
        Assert.Contains(
            PlanVerification.Check([line], inputs with { Findings = [] }).Mismatches,
            mismatch => mismatch.EndsWith("asks nothing of it", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_plan_that_rests_on_a_withheld_finding_is_withheld()
    {
        PlanningInputs inputs = Of(With(OfferOf("terminals"), OfferMeans.SatelliteTerminal)) with
        {
            Findings = [Findings[0] with { Marking = Marking.Sealed }],
        };
        Assert.Equal(Marking.Sealed, MostPeople(inputs).Marking);
        Assert.Equal(
            Marking.Public,
            MostPeople(inputs with { Offers = [OfferOf("terminals")] }).Marking
        );
    }

    [Fact]
    public void Every_rule_that_may_ask_something_of_a_plan_is_in_the_pack_with_its_gap() =>
        Assert.All(
            AskedOfMeans.All,
            asked =>
            {
                Rule rule = Assert.Single(Pack.Rules, rule => rule.Id == asked.Rule);
                Assert.True(
                    asked.Gap is null
                        || Pack.Gaps.Single(gap => gap.Id == asked.Gap).Rules.Contains(rule.Id)
                );
            }
        );
}
