namespace Breakwater.App.Subjects;

/// <summary>Time passes while the server runs, and its last step ends before the store is closed.</summary>
internal sealed class TimePassing(Elapsing elapsing, TimeSpan every) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        elapsing.Run(TimeProvider.System, every, stoppingToken);
}
