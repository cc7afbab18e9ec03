using System.Threading.Channels;
using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Running;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// Lets an exercise go on: what is due by itself (feeds, injects, deadlines of whatever people began) happens in the order of its
/// moments and is recorded at them, however fast the clock runs and however late the node comes to it.
/// </summary>
internal sealed class Conducting(
    ExerciseNode node,
    Catalogue catalogue,
    Roll roll,
    Elapsing elapsing
) : IDisposable
{
    private const int TriesMax = 10;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Playing _playing = new(node);

    /// <summary>Moments at which feeds showed more. A node that is slower than its clock looks at the last of them alone.</summary>
    private readonly Channel<Instant> _toDetect = Channel.CreateBounded<Instant>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>The longest that anything came after its moment, in real time.</summary>
    public Duration LatestBy { get; private set; }

    public int Fired { get; private set; }

    private SqlRecords Records => node.Records;

    public void Dispose() => _turn.Dispose();

    /// <summary>Does all that is due.</summary>
    public async Task Once(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await CatchUp(cancel).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Detection by what feeds have shown, where they have shown more. It takes seconds, so it is done beside all the rest, and what it
    /// finds is told at the moment at which it is found.
    /// </summary>
    public async Task Detect(CancellationToken cancel)
    {
        if (_toDetect.Reader.TryRead(out Instant at))
        {
            await Detecting
                .Do(Records, node.Scenario.Place, null, at, cancel)
                .ConfigureAwait(false);
        }
    }

    /// <summary>An act of those who run the exercise, decided at the moment that its clock shows.</summary>
    /// <param name="isOfClock">True for one that changes how the clock runs: it stands still meanwhile.</param>
    public async Task<Refusal?> Do(
        Func<Workspace, ExerciseRun, Instant, Task<Decided<RunEvent>>> decide,
        string by,
        bool isOfClock,
        CancellationToken cancel
    )
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await CatchUp(cancel).ConfigureAwait(false);
            Instant at = isOfClock ? node.Clock.Stop() : node.Clock.GetCurrentInstant();
            try
            {
                return await Commit(work => Act(work, decide, by, at), cancel)
                    .ConfigureAwait(false);
            }
            finally
            {
                ExerciseRun run = (await ExerciseNode.RunOf(Records).ConfigureAwait(false))!;
                if (isOfClock)
                {
                    node.Clock.Follow(run.Clock with { Since = at });
                }

                node.Clock.WaitAt(run.Next()?.At);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The node stops: the clock with it, and the ledger says where.</summary>
    public Task<Refusal?> Stop() =>
        Do(
            (_, run, at) => Task.FromResult(PauseRun.Stop(run, at)),
            Checks.Time,
            isOfClock: true,
            CancellationToken.None
        );

    private async Task CatchUp(CancellationToken cancel)
    {
        // A subject whose time does not move on would be due for ever.
        Instant passed = Instant.MinValue;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            ExerciseRun run = (await ExerciseNode.RunOf(Records).ConfigureAwait(false))!;
            RunStep? next = run.State == RunState.Running ? run.Next() : null;
            node.Clock.WaitAt(run.Next()?.At);
            Instant now = node.Clock.Due;
            Instant? deadline =
                run.State is RunState.Running
                    ? await Deadline(now, passed).ConfigureAwait(false)
                    : null;
            if (deadline is { } due && (next is null || due <= next.At))
            {
                await elapsing.Once(due, cancel).ConfigureAwait(false);
                passed = due;
                Note(due);
            }
            else if (next is not null && next.At <= now)
            {
                await Step(next, cancel).ConfigureAwait(false);
                Note(next.At);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The first moment until now at which something that people began is due.</summary>
    private async Task<Instant?> Deadline(Instant now, Instant after) =>
        (await Records.Due(now, DocumentQuery.LimitMax).ConfigureAwait(false))
            .Select(document => document.DueAt)
            .FirstOrDefault(due => due > after);

    private async Task Step(RunStep step, CancellationToken cancel)
    {
        await Commit(work => Do(work, step, cancel), cancel).ConfigureAwait(false);
        if (step.Kind == RunStepKind.Feeds)
        {
            _toDetect.Writer.TryWrite(step.At);
        }
        else if (step.Kind == RunStepKind.End)
        {
            node.Clock.Stop();
        }
    }

    private async Task<Refusal?> Do(Workspace work, RunStep step, CancellationToken cancel)
    {
        Loaded<ExerciseRun> run = await work.Load<ExerciseRun, RunEvent>(ExerciseRun.TheOne)
            .ConfigureAwait(false);
        Decided<RunEvent> decided = step.Kind switch
        {
            RunStepKind.Feeds => ShowFeeds.Elapse(
                run.State!,
                await _playing.Show(work, run.State!, step.At, cancel).ConfigureAwait(false),
                step.At
            ),
            RunStepKind.Inject => FireInject.Elapse(
                run.State!,
                step.Inject!,
                await _playing
                    .Fire(
                        work,
                        run.State!.Injects.First(one => one.Inject.Id == step.Inject).Inject,
                        step.At
                    )
                    .ConfigureAwait(false),
                step.At
            ),
            _ => EndRun.Elapse(run.State!, step.At),
        };
        work.Stage(run, decided.Events, Checks.Time);
        await catalogue.Follow(work, step.At).ConfigureAwait(false);
        return decided.Refusal;
    }

    /// <summary>Brings in what was decided, with what it does and what follows from that.</summary>
    private async Task<Refusal?> Act(
        Workspace work,
        Func<Workspace, ExerciseRun, Instant, Task<Decided<RunEvent>>> decide,
        string by,
        Instant at
    )
    {
        Loaded<ExerciseRun> run = await work.Load<ExerciseRun, RunEvent>(ExerciseRun.TheOne)
            .ConfigureAwait(false);
        Decided<RunEvent> decided = await decide(work, run.State!, at).ConfigureAwait(false);
        if (decided.Refusal is null)
        {
            work.Stage(run, decided.Events, by);
            await catalogue.Follow(work, at).ConfigureAwait(false);
        }

        return decided.Refusal;
    }

    /// <summary>What an inject would do, for whoever fires it by hand.</summary>
    public Task<string> Effect(Workspace work, Inject inject, Instant at) =>
        _playing.Fire(work, inject, at);

    /// <summary>Players act meanwhile; whoever wrote the same subject first is read again.</summary>
    private async Task<Refusal?> Commit(
        Func<Workspace, Task<Refusal?>> stage,
        CancellationToken cancel
    )
    {
        for (int tries = 0; tries < TriesMax; tries++)
        {
            var work = new Workspace(Records);
            if (await stage(work).ConfigureAwait(false) is { } refusal)
            {
                return refusal;
            }

            if (
                work.IsEmpty
                || await roll.Commit(work, null, cancel).ConfigureAwait(false) is Appended
            )
            {
                return null;
            }
        }

        return Refusal.WrongState("somebody wrote the same at this moment, again and again");
    }

    private void Note(Instant moment)
    {
        Fired++;
        var late = Duration.FromNanoseconds(
            (node.Clock.Due - moment).TotalNanoseconds / (double)node.Clock.Speed
        );
        LatestBy = Duration.Max(LatestBy, late);
    }
}
