using Breakwater.App.Agreements;
using Breakwater.App.Api;
using Breakwater.App.Metering;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>
/// Time passing by itself: reminders, deadlines, escalations, lapses. What is due stands in the store, so a restart forgets
/// none of it.
/// </summary>
internal sealed class Elapsing(
    IRecords records,
    Catalogue catalogue,
    Roll roll,
    ReportIntake intake,
    Trouble trouble,
    IClock clock,
    Measures measures,
    TriggerWatch triggers
)
{
    private const int AtOnce = DocumentQuery.LimitMax;

    /// <summary>Does what is due now.</summary>
    /// <returns>How many subjects something happened to.</returns>
    public Task<int> Once(CancellationToken cancel) => Once(clock.GetCurrentInstant(), cancel);

    /// <summary>Does what is due at a moment, as of that moment.</summary>
    public async Task<int> Once(Instant now, CancellationToken cancel)
    {
        int happened = await intake.Drain(now, cancel).ConfigureAwait(false);
        // A subject whose time does not move on would be due for ever; the count keeps one round finite.
        for (int round = 0; round < 1_000; round++)
        {
            IReadOnlyList<Document> due = await records.Due(now, AtOnce).ConfigureAwait(false);
            measures.NoteBehind(now, due.Count > 0 ? due[0].DueAt : null);
            int moved = 0;
            foreach (Document document in due)
            {
                moved += await Try(document, now, cancel).ConfigureAwait(false) ? 1 : 0;
            }

            happened += moved;
            if (due.Count < AtOnce || moved == 0)
            {
                break;
            }
        }

        return happened + await triggers.Once(now, cancel).ConfigureAwait(false);
    }

    public async Task Run(TimeProvider time, TimeSpan every, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
            {
                try
                {
                    await Once(cancel).ConfigureAwait(false);
                }
                catch (RecordsFault fault)
                {
                    // What is due stays due, and the next round finds it.
                    trouble.Tell(fault);
                }
#pragma warning disable CA1031 // Time must go on for all others, whatever one subject makes of it.
                catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    Trace.Of(fault);
                }
            } while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>One subject that cannot be moved must not hold up the time of all others.</summary>
    private async Task<bool> Try(Document document, Instant now, CancellationToken cancel)
    {
        try
        {
            return await Elapse(document, now, cancel).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever broke, it is one subject; it stays due and is tried again.
        catch (Exception fault) when (fault is not (OperationCanceledException or RecordsFault))
#pragma warning restore CA1031
        {
            Trace.Of(fault);
            return false;
        }
    }

    private async Task<bool> Elapse(Document document, Instant now, CancellationToken cancel)
    {
        var work = new Workspace(records);
        if (catalogue.Of(document.Kind) is not { } kind || !kind.Elapse(work, document, now))
        {
            return false;
        }

        await catalogue.Follow(work, now).ConfigureAwait(false);
        // A conflict means that somebody acted in between; the next round looks again.
        return await roll.Commit(work, null, cancel).ConfigureAwait(false) is Appended;
    }
}
