using Breakwater.App.Subjects;
using Breakwater.Feeds;
using Breakwater.Preparedness.Exercises;
using Breakwater.Records;

namespace Breakwater.App.Exercises;

/// <summary>A node that is an exercise: its store, its clock, and the scenario that it plays, from its own folder.</summary>
internal sealed class ExerciseNode : IAsyncDisposable
{
    public const string ScenarioFolder = "scenario";

    private ExerciseNode(
        string folder,
        SqlRecords records,
        ExerciseClock clock,
        Scenario scenario
    ) => (Folder, Records, Clock, Scenario) = (folder, records, clock, scenario);

    public string Folder { get; }

    public SqlRecords Records { get; }

    public ExerciseClock Clock { get; }

    public Scenario Scenario { get; }

    /// <summary>Opens an exercise where it was left: its clock stands at the last moment that its ledger knows.</summary>
    /// <exception cref="Fault">The folder is no exercise, or its scenario is not the one that it was founded with.</exception>
    public static async Task<ExerciseNode> Open(string folder, TimeProvider? time = null)
    {
        if (!SqlRecords.IsOfExercise(folder))
        {
            throw new Fault(
                ExitCode.Usage,
                $"{folder} is no exercise. Name a scenario to found one in an empty folder: breakwater exercise run SCENARIO --data DIR"
            );
        }

        var clock = new ExerciseClock(time ?? TimeProvider.System);
        SqlRecords records;
        try
        {
            records = DataFolder.Open(folder, clock, isExercise: true);
        }
        catch (RecordsFault fault)
        {
            throw DataFolder.FaultOf(fault);
        }

        try
        {
            ExerciseRun run =
                await RunOf(records).ConfigureAwait(false)
                ?? throw new Fault(
                    ExitCode.Conflict,
                    $"{folder}: its founding was cut off. Remove the folder and found the exercise again"
                );
            Scenario scenario =
                ScenarioReader.Read(Path.Combine(folder, ScenarioFolder)).Scenario is { } read
                && read.Files[0].Sha256 == run.ScenarioSha256
                    ? read
                    : throw new Fault(
                        ExitCode.DoesNotHold,
                        $"{Path.Combine(folder, ScenarioFolder)}: it is not the scenario that this exercise was founded with. Put that back"
                    );
            // A node that was killed while its clock ran stands where it last wrote something down.
            clock.Follow(
                run.Clock with
                {
                    Since = NodaTime.Instant.Max(
                        run.Clock.Since,
                        await LastMoment(records).ConfigureAwait(false)
                    ),
                }
            );
            clock.WaitAt(run.Next()?.At);
            return new ExerciseNode(folder, records, clock, scenario);
        }
        catch
        {
            await records.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public static async Task<ExerciseRun?> RunOf(IRecords records) =>
        (
            await new Workspace(records)
                .Load<ExerciseRun, RunEvent>(ExerciseRun.TheOne)
                .ConfigureAwait(false)
        ).State;

    public ValueTask DisposeAsync() => Records.DisposeAsync();

    private static async Task<NodaTime.Instant> LastMoment(SqlRecords records)
    {
        NodaTime.Instant last = NodaTime.NodaConstants.UnixEpoch;
        await foreach (
            Ledger.Event entry in records
                .EventsFrom(await records.Count().ConfigureAwait(false))
                .ConfigureAwait(false)
        )
        {
            last = entry.Envelope.Clock.Wall;
        }

        return last;
    }
}
