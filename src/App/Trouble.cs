using System.Collections.Concurrent;
using Breakwater.Records;

namespace Breakwater.App;

/// <summary>
/// Tells whoever runs the node of what only they can mend, on standard error: each kind once a minute, so that a flood of
/// requests is no flood of lines. A line names what failed and what to do, and nothing of who asked for what.
/// </summary>
internal sealed class Trouble(TimeProvider clock, TextWriter to)
{
    private static readonly TimeSpan _silence = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How often there was trouble of each kind, told or not.</summary>
    public IEnumerable<KeyValuePair<string, long>> Counts => _counts;

    /// <summary>For verbs that end with a line of their own.</summary>
    public static Trouble Untold { get; } = new(TimeProvider.System, TextWriter.Null);

    public void Tell(RecordsFault fault)
    {
        Trace.Of(fault);
        Tell($"store {fault.Kind}", fault.Message);
    }

    /// <param name="kind">One of few words: what is told of it is silent for the others of its kind.</param>
    public void Tell(string kind, string line)
    {
        _counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
        long now = clock.GetTimestamp();
        bool isNew = _told.TryAdd(kind, now);
        if (
            isNew
            || (
                _told.TryGetValue(kind, out long before)
                && clock.GetElapsedTime(before, now) >= _silence
                && _told.TryUpdate(kind, now, before)
            )
        )
        {
            to.WriteLine($"breakwater: {line.ReplaceLineEndings(" ")}");
        }
    }
}
