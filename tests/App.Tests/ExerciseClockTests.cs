using Breakwater.App.Exercises;
using Breakwater.Feeds.Injects;
using Breakwater.Ledger;
using Breakwater.Preparedness.Exercises;
using Breakwater.Records;
using Breakwater.Signals.Inputs;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The clock of a whole exercise: what it brings, at which moments, and what becomes of it when the node stops.</summary>
public sealed class ExerciseClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seventy_two_hours_at_a_thousand_times_bring_everything_once_at_its_moment_and_in_order()
    {
        await using ExerciseSite site = await ExerciseSite.Start();
        await site.Control("start");
        // A node that looks four times a second and is late by a whole hour of the scenario now and then.
        for (int look = 0; look < 300; look++)
        {
            await site.Pass(Duration.FromMinutes(look % 10 == 0 ? 90 : 10));
        }

        ExerciseRun run = await site.Run();
        Assert.Equal(RunState.Ended, run.State);
        RunEvent[] happened = await Happened(site.Node.Records);
        Assert.Equal(
            Enumerable.Range(0, 13).Select(i => run.StartsAt + Duration.FromHours(6 * i)),
            happened.OfType<FeedsShown>().Select(one => one.At)
        );
        Assert.Equal(
            ExerciseSite
                .Plan.Injects.OrderBy(inject => inject.At)
                .Select(inject => (inject.Id, inject.At)),
            happened.OfType<InjectFired>().Select(one => (one.InjectId, one.At))
        );
        Assert.Equal(run.EndsAt, Assert.Single(happened.OfType<RunEnded>()).At);
        Assert.Equal(happened.Select(one => one.At).Order(), happened.Select(one => one.At));
        Assert.Equal(run.EndsAt, site.Node.Clock.GetCurrentInstant());
        Assert.Equal(0, (await site.Node.Records.Verify(Cancel)).DamageCount);
        Assert.True((await site.Node.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task Feeds_show_nothing_that_lies_ahead_and_nothing_while_they_are_blind()
    {
        await using ExerciseSite site = await ExerciseSite.Start();
        await site.Control("start");
        await site.Pass(Duration.FromHours(36));
        ExerciseRun run = await site.Run();
        foreach ((string feed, string id) in run.Files)
        {
            InputFile file = System.Text.Json.JsonSerializer.Deserialize<InputFile>(
                (await site.Node.Records.Document($"input-file/{id}"))!.Body.Span,
                Json.Compact
            )!;
            string text = System.Text.Encoding.UTF8.GetString(
                (await site.Node.Records.Evidence(file.Sha256))!
            );
            Assert.DoesNotContain("2024-02-08T06", text, StringComparison.Ordinal);
            Assert.Contains("2024-02-07T06", text, StringComparison.Ordinal);
            bool isBlind = feed == "series/routing-by-operator.csv";
            Assert.Equal(!isBlind, text.Contains("2024-02-07T18:00:00Z", StringComparison.Ordinal));
        }

        Assert.Equal(
            run.Files.Count,
            (
                await site.Node.Records.Documents(
                    new DocumentQuery(InputFile.Kind) { Standing = "in-use" }
                )
            ).Count
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_stopped_goes_on_at_the_moment_at_which_it_stood(bool isKilled)
    {
        await using ExerciseSite site = await ExerciseSite.Start();
        await site.Control("start");
        await site.Pass(Duration.FromHours(7));
        Instant before = site.Node.Clock.GetCurrentInstant();
        await site.Restart(isKilled);
        Instant after = site.Node.Clock.GetCurrentInstant();
        if (isKilled)
        {
            // Nobody could write down where it stood: it goes on from where something was last recorded.
            Assert.InRange(after, before - Duration.FromHours(1), before);
            Assert.Equal(RunState.Running, (await site.Run()).State);
        }
        else
        {
            site.Time.Pass(Duration.FromDays(2));
            Assert.Equal(before, after);
            Assert.Equal(before, site.Node.Clock.GetCurrentInstant());
            Assert.Equal(RunState.Paused, (await site.Run()).State);
        }

        RunEvent[] happened = await Happened(site.Node.Records);
        Assert.Equal(2, happened.OfType<FeedsShown>().Count());
        Assert.Equal(2, happened.OfType<InjectFired>().Count());
    }

    [Fact]
    public async Task Pause_speed_and_hand_are_those_of_the_control_room_and_everything_keeps_its_moment()
    {
        await using ExerciseSite site = await ExerciseSite.Start();
        await site.Control("start");
        await site.Pass(Duration.FromHours(2));
        await site.Control("pause", ("reason", "tea"));
        Instant stands = site.Node.Clock.GetCurrentInstant();
        site.Time.Pass(Duration.FromHours(5));
        await site.Conducting.Once(Cancel);
        Assert.Equal(stands, site.Node.Clock.GetCurrentInstant());
        await site.Control("speed", ("speed", "60"));
        await site.Control("resume");
        site.Time.Pass(Duration.FromMinutes(1));
        Assert.Equal(stands + Duration.FromHours(1), site.Node.Clock.GetCurrentInstant());
        await site.Control("fire", ("inject", "press-call"));
        await site.Control("skip", ("inject", "routing-blind"), ("reason", "no time"));
        await site.Control(
            "add",
            ("text", "The minister is on the line."),
            ("role", "representative")
        );
        await site.Pass(Duration.FromSeconds(1));
        ExerciseRun run = await site.Run();
        Assert.Equal(stands + Duration.FromHours(1), Of("press-call").FiredAt);
        Assert.Equal(InjectState.Skipped, Of("routing-blind").State);
        Assert.Equal(InjectState.Fired, Of("added-10").State);
        Assert.Contains(
            "The minister is on the line.",
            await (await site.As("representative-1")).Read("/exercise?lang=en"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "The minister is on the line.",
            await (await site.As("analyst-1")).Read("/exercise?lang=en"),
            StringComparison.Ordinal
        );

        InjectStanding Of(string id) => run.Injects.Single(one => one.Inject.Id == id);
    }

    [Fact]
    public async Task A_branch_is_an_exercise_of_its_own_that_names_its_parent_and_goes_its_own_way()
    {
        await using ExerciseSite site = await ExerciseSite.Start();
        await site.Control("start");
        await site.Pass(Duration.FromHours(20));
        await site.Control("branch", ("name", "otherwise"));
        await site.Pass(Duration.FromHours(60));
        Assert.Equal(RunState.Ended, (await site.Run()).State);

        string folder = System.IO.Path.Combine(site.Folder, "branches", "otherwise");
        await using ExerciseNode branch = await ExerciseNode.Open(folder);
        ExerciseRun run = (await ExerciseNode.RunOf(branch.Records))!;
        Assert.Equal(site.Node.Records.Node.Name, run.BranchOf);
        Assert.NotEqual(site.Node.Records.Node.Name, branch.Records.Node.Name);
        Assert.True(branch.Records.Node.IsExercise);
        Assert.Equal(RunState.Paused, run.State);
        Assert.Equal(run.StartsAt + Duration.FromHours(20), branch.Clock.GetCurrentInstant());
        Assert.Equal(3, run.Injects.Count(one => one.State == InjectState.Fired));
        Assert.Equal(0, (await branch.Records.Verify(Cancel)).DamageCount);
        Assert.True((await branch.Records.Rebuild(Cancel)).IsIdentical);
        Assert.Equal([branch.Records.Node.Name], (await site.Run()).Branches);
    }

    [Fact]
    public void Injects_in_the_past_are_named_by_file_and_line_and_the_rest_is_read_all_the_same()
    {
        const string text = """
            start: 2024-02-06T12:00:00Z
            end: 2024-02-09T12:00:00Z
            injects:
              - id: early
                at: 2024-02-05T00:00:00Z
                kind: message
                text: too early
              - id: late
                at: 2024-02-10T00:00:00Z
                kind: message
                text: too late
              - id: early
                at: 2024-02-07T00:00:00Z
                kind: shout
                to: [anylist]
                text: twice
              - id: withdrawn
                at: 2024-02-07T00:00:00Z
                kind: offer-withdrawn
                about: backup-cor
                text: gone
            """;
        byte[] octets = System.Text.Encoding.UTF8.GetBytes(text);
        InjectsRead read = InjectsReader.Read(
            new SourceFile("injects.yaml", octets, new string('0', 64)),
            ExerciseSite.Sudan
        );
        Assert.Null(read.Plan);
        Assert.Equal(
            ["line 5", "line 9", "line 12", "line 14", "line 15", "line 20"],
            read.Faults.Select(fault => fault.At)
        );
        Assert.Contains("in the past", read.Faults[0].Reason, StringComparison.Ordinal);
        Assert.Contains("after the end", read.Faults[1].Reason, StringComparison.Ordinal);
        Assert.Contains("analyst", read.Faults[4].Remedy, StringComparison.Ordinal);
        Assert.Contains("backup-core", read.Faults[5].Remedy, StringComparison.Ordinal);
    }

    private static async Task<RunEvent[]> Happened(SqlRecords records)
    {
        var all = new List<RunEvent>();
        await foreach (
            Event entry in records.EventsOf(
                $"{ExerciseRun.Kind}/{ExerciseRun.TheOne}",
                cancel: Cancel
            )
        )
        {
            Type type = typeof(RunEvent).Assembly.GetType(
                $"{typeof(RunEvent).Namespace}.{entry.Envelope.Type}"
            )!;
            all.Add(
                (RunEvent)
                    System.Text.Json.JsonSerializer.Deserialize(
                        entry.Payload.Span,
                        type,
                        Json.Compact
                    )!
            );
        }

        return [.. all];
    }
}
