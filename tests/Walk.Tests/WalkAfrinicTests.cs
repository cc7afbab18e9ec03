using System.Text.Json;
using Breakwater.App;
using Breakwater.Decisions;
using Breakwater.Decisions.Continuity;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>afrinic-2025, stage by stage: a registry in doubt, nothing damaged.</summary>
public sealed class WalkAfrinicTests
{
    private static Disruption Failure => Assert.Single(WalkOf.Afrinic.Walked.Detection.Disruptions);

    private static ContinuityCase Case => Assert.Single(WalkOf.Afrinic.Walked.Cases);

    [Fact]
    public void Afrinic_signals_are_events_of_an_institution_and_routing_that_is_said_to_be_normal()
    {
        Assert.Contains(
            WalkOf.Afrinic.Walked.Signals.OfType<ContextSignal>(),
            one => one.Circumstance == Circumstance.RegistryDecision
        );
        Assert.Contains(
            Failure.Notes,
            note => note.StartsWith("routing is normal", StringComparison.Ordinal)
        );
        Assert.Contains(Failure.Sources, source => source.Tag == "routing_normal");
    }

    [Fact]
    public void INV_11_Afrinic_runs_the_whole_walk_with_no_damaged_asset_and_no_polygon()
    {
        WalkResult walk = WalkOf.Afrinic;
        Assert.Equal(DisruptionKind.RegistryFailure, Failure.Kind);
        Assert.Null(Failure.Place.Country);
        Assert.Null(Failure.Place.Area);
        Assert.Empty(Failure.Severity);
        Assert.Null(walk.Scenario.Country);
        Assert.Empty(walk.Scenario.Sites);
        Assert.Empty(walk.Scenario.Populations);
        Assert.Empty(walk.Walked.Outline.Shapes);
        Assert.NotEmpty(walk.Walked.Assessment.Needs);
        Assert.NotEmpty(walk.Walked.Decisions);
        Assert.NotEmpty(walk.Walked.Restorations);
        Assert.Equal(3, walk.Publications.Count);
        Assert.Empty(walk.Refused);
    }

    [Fact]
    public void Afrinic_loads_the_annulment_as_a_range_that_starts_on_23_June()
    {
        Assert.Equal(new LocalDate(2025, 6, 23), Failure.Onset.Earliest.InUtc().Date);
        Assert.Equal(new LocalDate(2025, 6, 26), Failure.Onset.Latest.InUtc().Date);
        Assert.Null(Failure.End);
    }

    [Fact]
    public void Afrinic_needs_are_of_networks_that_may_lose_changes_and_reach_an_unknown_number_of_people()
    {
        Need need = Assert.Single(WalkOf.Afrinic.Walked.Assessment.Needs);
        Assert.Equal(Service.CoreFunction, need.Service);
        Assert.Null(need.WithoutService);
        Assert.Contains(need.Unknowns, one => one.Contains("transfers", StringComparison.Ordinal));
    }

    [Fact]
    public void Afrinic_has_measures_of_continuity_and_a_register_in_which_a_date_that_passed_is_missed()
    {
        Assert.Equal(4, Case.Measures.Count);
        Dictionary<string, DeadlineState> states = Case.Deadlines.ToDictionary(
            one => one.Id,
            one => one.State
        );
        Assert.Equal(DeadlineState.Missed, states["escrow-answer"]);
        Assert.Equal(DeadlineState.Met, states["first-look"]);
        // A board was elected before the court's date.
        Assert.Equal(DeadlineState.Met, states["rerun"]);
        Assert.Equal("deadline-missed", Case.Standing);
    }

    [Fact]
    public void INV_09_Afrinic_decides_on_neutrality_by_class_quorum_with_dissent_and_a_heard_appeal()
    {
        Decision reply = WalkOf.Afrinic.Walked.Decisions.Single(one =>
            one.Kind == DecisionKind.Neutrality
        );
        Assert.Equal(DecisionOutcome.Adopted, reply.Outcome);
        Assert.True(
            reply.Positions.Select(one => one.Class).Distinct().Count()
                >= WalkOf.Afrinic.Scenario.QuorumClasses
        );
        Assert.Single(reply.Positions, one => one.Stand == Stand.Object);
        Assert.Equal(AppealState.Upheld, Assert.Single(reply.Appeals).State);
        Assert.Equal(reply.Id, Assert.Single(Case.Outcomes).Decision);
    }

    [Fact]
    public void Afrinic_is_restored_function_by_function_with_evidence_of_service()
    {
        Dictionary<string, RestorationState> back = WalkOf.Afrinic.Walked.Restorations.ToDictionary(
            one => one.Place.Key,
            one => one.State
        );
        Assert.Equal(RestorationState.Confirmed, back["rir:afrinic/reverse-dns"]);
        Assert.Equal(RestorationState.Confirmed, back["rir:afrinic/rpki-repository"]);
        Assert.Equal(RestorationState.Partial, back["rir:afrinic/whois"]);
        Assert.Equal(RestorationState.Partial, back["rir:afrinic/transfers"]);
        // Nobody looked: neither restored nor lost.
        Assert.DoesNotContain("rir:afrinic/new-allocations", back.Keys);
        Assert.Equal(
            FunctionState.Unknown,
            Case.Functions.Single(one =>
                one.Function.Key.EndsWith("new-allocations", StringComparison.Ordinal)
            ).State
        );
        Assert.All(WalkOf.Afrinic.Walked.Restorations, one => Assert.NotEmpty(one.Evidence));
    }

    [Fact]
    public void INV_10_Afrinic_report_tells_the_case_with_a_trace_of_each_paragraph()
    {
        Publications.Publication english = WalkOf.Afrinic.Publications.Single(one =>
            one.Language == "en"
        );
        Assert.Contains(
            english.Paragraphs,
            paragraph => paragraph.Inputs.Contains("registry-continuity")
        );
        Assert.All(english.Paragraphs, paragraph => Assert.NotEmpty(paragraph.Inputs));
    }

    [Fact]
    public void Afrinic_brings_298_modelled_inputs_of_which_140_are_marked_duplicates_of_another()
    {
        using JsonDocument document = JsonDocument.Parse(WalkOf.Afrinic.Scenario.Inputs!.Content);
        JsonElement[] inputs = [.. document.RootElement.EnumerateArray()];
        HashSet<string> ids = [.. inputs.Select(one => one.GetProperty("id").GetString()!)];
        Assert.Equal(298, ids.Count);
        Assert.All(inputs, one => Assert.Equal("modelled", one.GetProperty("origin").GetString()));
        string[] repeated =
        [
            .. inputs
                .Where(one => one.TryGetProperty("duplicateOf", out _))
                .Select(one => one.GetProperty("duplicateOf").GetString()!),
        ];
        Assert.Equal(140, repeated.Length);
        Assert.Subset(ids, repeated.ToHashSet());
        Assert.Equal(
            158,
            inputs
                .Where(one => !one.TryGetProperty("duplicateOf", out _))
                .Select(one => one.GetProperty("text").GetString())
                .Distinct()
                .Count()
        );
    }
}
