using System.Runtime.InteropServices;

namespace Breakwater.App;

/// <summary>
/// Ctrl-C and SIGTERM, from before a verb begins: it ends and tells what it has. A second signal ends it at once, and so does
/// not ending in time.
/// </summary>
internal sealed class EndedByHand : IDisposable
{
    private const string Told =
        "ended by hand before it was done. Nothing recorded is lost; run it again for the rest.";

    /// <summary>Long enough for a busy machine.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] signals;
    private readonly Printing print;

    public EndedByHand(Printing print)
    {
        this.print = print;
        signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, End),
        ];
    }

    public CancellationToken Token => stop.Token;

    /// <summary>The exit code of a process that a signal ended, as a shell tells it: 128 and the signal's number. Null without one.</summary>
    public int? Code { get; private set; }

    public void Tell()
    {
        print.ProgressDone();
        print.Fault(Told);
    }

    public void Dispose()
    {
        Array.ForEach(signals, signal => signal.Dispose());
        stop.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        int code = signal.Signal == PosixSignal.SIGINT ? 130 : 143;
        Code = code;
        _ = Task.Delay(_grace)
            .ContinueWith(
                _ =>
                {
                    // What it waits for does not listen. The store is whole at any moment.
                    Tell();
                    Environment.Exit(code);
                },
                TaskScheduler.Default
            );
        _ = stop.CancelAsync();
    }
}
