using System.Text;
using Breakwater.App.Exercises;
using Breakwater.App.Exercises.Pages;
using Breakwater.App.Pages;
using Breakwater.Feeds;
using Breakwater.Feeds.Injects;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications.AfterAction;
using Breakwater.Records;
using Breakwater.Signals.Inputs;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Every bundled scenario as an exercise, and one of somebody's own that has no injects: founded, run to its end, and told in a report.</summary>
public sealed class ExerciseScenariosTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ids => [.. BundledScenarios.List()];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_bundled_scenario_is_played_to_its_end_and_reports_on_itself(string id)
    {
        (Scenario scenario, InjectPlan plan) = Planned(id);
        await using ExerciseSite site = await ExerciseSite.Start(
            new ExerciseAsked(scenario, plan, 1_000)
        );
        AfterActionReport report = await Play(site);

        Assert.All(
            report.Injects,
            one => Assert.True(one.State == InjectState.Fired, $"{one.Inject.Id}: {one.Outcome}")
        );
        Assert.All(
            report.Injects,
            one =>
                Assert.False(
                    one.Outcome.StartsWith("nothing", StringComparison.Ordinal)
                        || one.Outcome.StartsWith("there is no", StringComparison.Ordinal),
                    $"{one.Inject.Id}: {one.Outcome}"
                )
        );
        Assert.All(report.Injects, one => Assert.Equal(one.Inject.At, one.FiredAt));
        AfterActionFigure detected = report.Figure("detect");
        Assert.True(detected.At is not null, "the loss was never told");
        Assert.Equal(
            plan.Expected.GetValueOrDefault("detect"),
            detected.ExpectedBy.GetValueOrDefault()
        );
        // Nobody played, so nobody decided.
        Assert.Null(report.Figure("decide").At);
        Assert.Equal(
            plan.Expected.ContainsKey("decide"),
            report.Missed.Any(one => one is { What: "ExpectedMomentMissed", Subject: "decide" })
        );
        Assert.Equal(0, (await site.Node.Records.Verify(Cancel)).DamageCount);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_injects_of_a_bundled_scenario_ask_several_roles_and_hide_something(string id)
    {
        (Scenario scenario, InjectPlan plan) = Planned(id);
        Assert.NotNull(plan.StartsAt);
        Assert.NotNull(plan.Truth);
        Assert.True(plan.Injects.SelectMany(inject => inject.Roles).Distinct().Count() >= 3);
        Assert.Contains(plan.Injects, inject => inject.IsFalse);
        Assert.Contains(plan.Injects, inject => inject.OpenFrom is not null);
        Assert.All(
            plan.Injects.Where(inject => inject.Kind == InjectKind.Message),
            inject => Assert.Equal(["ar", "en", "fr"], inject.Text.Keys.Order())
        );
        // Whoever claims something in an exercise is a role of it.
        Assert.All(
            plan.Injects.Where(inject => inject.Kind == InjectKind.Claim),
            inject => Assert.EndsWith("of the exercise", inject.Claim!.By, StringComparison.Ordinal)
        );
        Assert.NotEmpty(scenario.Stakeholders);
    }

    [Fact]
    public async Task A_scenario_of_somebodys_own_without_injects_is_played_by_the_usual_plan()
    {
        string folder = Directory.CreateTempSubdirectory("breakwater-own-").FullName;
        File.Copy(
            System.IO.Path.Combine(
                BundledScenarios.Folder,
                "iran-2026-01",
                "series",
                "half-hourly.csv"
            ),
            System.IO.Path.Combine(folder, "series.csv")
        );
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(folder, ScenarioReader.FileName),
            """
            id: my-own
            title: What happened here
            origin: reconstructed
            country: IR
            window: { since: 2025-12-18T00:00:00Z, until: 2026-01-29T16:00:00Z }
            planAt: 2026-01-10T00:00:00Z
            asOf: 2026-01-29T16:00:00Z
            series:
              - file: series.csv
                format: ioda-csv
            claims:
              - kind: shutdown
                source: a list of somebody's own
                wording: Access was cut for the whole country.
                start: { earliest: 2026-01-08T00:00:00Z, latest: 2026-01-08T23:59:59Z }
                end: { earliest: 2026-01-27T00:00:00Z, latest: 2026-01-28T00:00:00Z }
            populations:
              - { place: IR, low: null, high: null, source: unknown }
            """,
            Cancel
        );
        ScenarioRead own = ScenarioReader.Read(folder);
        Assert.Empty(own.Faults.Select(fault => fault.ToString()));
        InjectPlan plan = UsualPlan.Of(own.Scenario!, null, null);
        Directory.Delete(folder, recursive: true);
        await using ExerciseSite site = await ExerciseSite.Start(
            new ExerciseAsked(own.Scenario!, plan, 1_000)
        );
        AfterActionReport report = await Play(site);

        Assert.Equal(
            [
                "briefing",
                "what-is-known",
                "scenario-claim-1",
                "who-is-cut-off",
                "press-call",
                "legal-question",
            ],
            report.Injects.Select(one => one.Inject.Id)
        );
        Assert.All(report.Injects, one => Assert.Equal(InjectState.Fired, one.State));
        Assert.NotNull(report.Figure("detect").At);
        // What lies ahead is not told: a claim comes in without the end that it states.
        InputFile claimed = await Read<InputFile>(site, "input-file/inject-scenario-claim-1");
        string text = Encoding.UTF8.GetString((await site.Node.Records.Evidence(claimed.Sha256))!);
        Assert.DoesNotContain("2026-01-27", text, StringComparison.Ordinal);
        Assert.Equal(Origin.Modelled, claimed.Origin);
    }

    [Fact]
    public async Task Reports_of_a_scenario_come_in_when_they_were_received_and_say_all_that_they_said()
    {
        (Scenario scenario, InjectPlan plan) = Planned("gaza-2023-10");
        await using ExerciseSite site = await ExerciseSite.Start(
            new ExerciseAsked(scenario, plan, 1_000)
        );
        await Play(site);
        FieldReport first = await Read<FieldReport>(site, "report/inject-scenario-report-1");
        Assert.Equal(Instant.FromUtc(2023, 11, 15, 13, 0), first.ObservedAt);
        Assert.Equal(Instant.FromUtc(2023, 11, 15, 14, 0), first.ReceivedAt);
        Assert.Equal(("main operator", ObserverKind.Operator), (first.Network, first.Observer));
    }

    [Fact]
    public void Reports_from_before_the_beginning_are_there_from_the_beginning()
    {
        (Scenario scenario, _) = Planned("tonga-2022-01");
        Instant later = Instant.FromUtc(2022, 1, 21, 0, 0);
        (IReadOnlyList<Inject> injects, IReadOnlyList<string> left) = ScenarioReports.Of(
            scenario,
            later,
            later + Duration.FromDays(1)
        );
        Assert.Empty(left);
        Assert.Equal(2, injects.Count);
        Assert.All(injects, inject => Assert.Equal(later, inject.At));
        Assert.All(injects, inject => Assert.True(inject.Report!.ObservedAt < later));
    }

    [Fact]
    public async Task Routes_show_nothing_that_lies_ahead()
    {
        (Scenario scenario, InjectPlan plan) = Planned("telegram-india-2026-06");
        await using ExerciseSite site = await ExerciseSite.Start(
            new ExerciseAsked(scenario, plan, 1_000)
        );
        await site.Control("start");
        await site.Pass(Duration.FromHours(9));
        ExerciseRun run = await site.Run();
        InputFile file = await Read<InputFile>(
            site,
            $"input-file/{run.Files["series/updates.txt"]}"
        );
        Assert.NotNull(file.Routes?.Table);
        string[] lines = Encoding
            .UTF8.GetString((await site.Node.Records.Evidence(file.Sha256))!)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line =>
                Assert.True(
                    long.Parse(
                        line.Split('|')[1],
                        System.Globalization.CultureInfo.InvariantCulture
                    ) <= run.FeedsUntil!.Value.ToUnixTimeSeconds()
                )
        );
    }

    /// <summary>From the start to the end, as a node that looks every six hours of the scenario.</summary>
    private static async Task<AfterActionReport> Play(ExerciseSite site)
    {
        await site.Control("start");
        ExerciseRun run = await site.Run();
        for (Instant at = run.StartsAt; at <= run.EndsAt; at += Duration.FromHours(6))
        {
            await site.Pass(Duration.FromHours(6));
        }

        Assert.Equal(RunState.Ended, (await site.Run()).State);
        AfterActionReport report = await Reporting.Compose(site.Node.Records, Cancel);
        foreach (string language in PageTexts.Languages)
        {
            string html = ReportPages.Html(report, PageTexts.For(language));
            Assert.Contains("class=\"banner exercise\"", html, StringComparison.Ordinal);
        }

        Assert.NotNull(await Reporting.Signed(site.Node.Records, report, run.EndsAt, Cancel));
        return report;
    }

    private static async Task<T> Read<T>(ExerciseSite site, string subject)
        where T : class =>
        System.Text.Json.JsonSerializer.Deserialize<T>(
            (await site.Node.Records.Document(subject))!.Body.Span,
            Json.Compact
        )!;

    private static (Scenario Scenario, InjectPlan Plan) Planned(string id)
    {
        Scenario scenario = BundledScenarios.Read(id).Scenario!;
        InjectsRead read = InjectsReader.Read(
            System.IO.Path.Combine(BundledScenarios.Folder, id),
            scenario
        );
        Assert.Empty(read.Faults.Select(fault => fault.ToString()));
        return (scenario, read.Plan!);
    }
}
