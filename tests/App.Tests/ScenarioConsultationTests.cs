using Breakwater.App.Consultations;
using Breakwater.Feeds;
using Breakwater.Preparedness.Consultations;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Inputs that a scenario has, shown as the consultation that they are made for.</summary>
public sealed class ScenarioConsultationTests : IAsyncLifetime
{
    private const string Id = "afrinic-2025-inputs";

    private readonly string _folder = DataFolder.Fresh();
    private SqlRecords _records = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Scenario Afrinic { get; } = BundledScenarios.Read("afrinic-2025").Scenario!;

    public ValueTask InitializeAsync()
    {
        _records = DataFolder.Open(_folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task INV_10_The_inputs_of_a_scenario_become_a_synthesis_in_which_each_went_somewhere()
    {
        (ConsultationShown? shown, IReadOnlyList<InputFault> faults) = await Keep(Afrinic);
        Assert.Empty(faults);
        Assert.Equal((Id, 298), (shown!.Id, shown.Inputs));
        Consultation consultation = await Read();
        HeldInputs held = await HeldInputs.Read(_records, Id);
        Assert.Equal(ConsultationPhase.Synthesis, consultation.Phase);
        Assert.All(consultation.Paragraphs, paragraph => Assert.NotEmpty(paragraph.Inputs));
        Assert.Empty(held.Traces(consultation).Untraced);
        // Nobody sent any of them, and all are kept.
        Assert.All(held.All, input => Assert.Equal(Origin.Modelled, input.Origin));
        Assert.Equal(298, held.Groups.Voices + held.Groups.Groups.Sum(group => group.Copies.Count));
        Assert.True(held.Groups.Groups.Sum(group => group.Copies.Count) >= 140);
        Assert.Contains("made for the scenario", consultation.Title, StringComparison.Ordinal);
        Assert.Contains("nobody wrote its inputs", consultation.Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_walk_that_is_repeated_adds_nothing_and_a_scenario_without_inputs_has_no_consultation()
    {
        await Keep(Afrinic);
        long before = await _records.Count();
        await Keep(Afrinic);
        Assert.Equal(before, await _records.Count());
        (ConsultationShown? none, _) = await Keep(BundledScenarios.Read("sudan-2024-02").Scenario!);
        Assert.Null(none);
    }

    private Task<(ConsultationShown? Shown, IReadOnlyList<InputFault> Faults)> Keep(
        Scenario scenario
    ) => ScenarioConsultation.Keep(_records, scenario, Cancel);

    private async Task<Consultation> Read() =>
        System.Text.Json.JsonSerializer.Deserialize<Consultation>(
            (await _records.Document($"consultation/{Id}"))!.Body.Span,
            Json.Compact
        )!;
}
