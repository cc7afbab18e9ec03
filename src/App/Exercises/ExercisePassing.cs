using Breakwater.Records;

namespace Breakwater.App.Exercises;

/// <summary>The exercise goes on while the server runs, and stands still when it does not.</summary>
internal sealed class ExercisePassing(Conducting conducting, Trouble trouble) : BackgroundService
{
    /// <summary>How soon something follows on its moment, in real time; its moment is the same whenever that is.</summary>
    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            Again(conducting.Once, stoppingToken),
            Again(conducting.Detect, stoppingToken)
        );

    private async Task Again(Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(_every);
        try
        {
            do
            {
                try
                {
                    await step(cancel).ConfigureAwait(false);
                }
                catch (RecordsFault fault)
                {
                    // What is due stays due, and the next round finds it.
                    trouble.Tell(fault);
                }
#pragma warning disable CA1031 // The exercise must go on for everybody, whatever one step of it makes of itself.
                catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    Trace.Of(fault);
                }
            } while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException) { }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await conducting.Stop().ConfigureAwait(false);
    }
}
