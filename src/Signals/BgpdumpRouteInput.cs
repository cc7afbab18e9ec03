using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>What <c>bgpdump -m</c> prints. Rows are lines, the first is 1; octets are those of the line.</summary>
public sealed class BgpdumpRouteInput : RouteInput, IDisposable
{
    private readonly BgpdumpTextReader reader;
    private uint lastSeconds;
    private bool isAtEnd;

    /// <param name="feed">The collector, which the text does not name.</param>
    public BgpdumpRouteInput(string feed, SourceFile file)
        : base((file ?? throw new ArgumentNullException(nameof(file))).Name, file.Sha256)
    {
        Feed = feed;
        reader = new BgpdumpTextReader([file.Content], Faults);
    }

    public override string Feed { get; }

    public override string Remedy => "The line is left out; the rest was read";

    /// <summary>
    /// The time of the line read last, as the next one is read only when it is wanted. Between inputs a record may thus
    /// come one line early; order matters within one peer, and that holds.
    /// </summary>
    public override bool TryPeekSeconds(out uint seconds)
    {
        seconds = lastSeconds;
        return !isAtEnd;
    }

    public override bool Read(out MrtRecord record)
    {
        isAtEnd = !reader.Read(out record);
        lastSeconds = isAtEnd ? lastSeconds : record.Seconds;
        return !isAtEnd;
    }

    public void Dispose() => reader.Dispose();
}
