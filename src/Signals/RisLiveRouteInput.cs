using System.Text;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Messages of RIS Live kept in a file, one on each line or in one list. A message may be several records; rows count
/// messages, the first is 1, and octets are those of the message.
/// </summary>
public sealed class RisLiveRouteInput : RouteInput
{
    private readonly List<Kept> kept = [];
    private int next;
    private string feed = "ris-live";

    public RisLiveRouteInput(SourceFile file)
        : base((file ?? throw new ArgumentNullException(nameof(file))).Name, file.Sha256)
    {
        var decoder = new RisLiveDecoder(Faults);
        var messages = new RisLiveMessages(file.Content.Span);
        for (long index = 0; messages.MoveNext(); index++)
        {
            RisLiveMessage message = messages.Fault is not null
                ? default
                : decoder.Read(messages.Current);
            if ((messages.Fault ?? message.Fault) is { } fault)
            {
                Faults.Add(messages.Offset, messages.Current.Length, fault);
            }

            string collector = message.Collector.IsEmpty
                ? feed
                : Encoding.UTF8.GetString(message.Collector);
            ReadOnlyMemory<byte> records = message.Records.ToArray();
            while (!records.IsEmpty)
            {
                int length = LengthOfFirst(records.Span);
                kept.Add(
                    new Kept(
                        index,
                        messages.Offset,
                        messages.Current.Length,
                        collector,
                        message.Seconds,
                        message.Microseconds,
                        records[..length]
                    )
                );
                records = records[length..];
            }
        }

        kept = [.. kept.OrderBy(one => one.Seconds).ThenBy(one => one.Microseconds)];
    }

    public override string Feed => feed;

    public override string Remedy => "The rest was read; obtain the message again if it matters";

    public override bool TryPeekSeconds(out uint seconds)
    {
        seconds = next < kept.Count ? kept[next].Seconds : 0;
        return next < kept.Count;
    }

    public override bool Read(out MrtRecord record)
    {
        record = default;
        if (next == kept.Count)
        {
            return false;
        }

        Kept one = kept[next++];
        feed = one.Collector;
        record = MrtRecord.Placed(one.Index, one.Offset, one.Length, one.Record);
        return true;
    }

    /// <summary>RFC 6396 section 2: the length field, and the header before it.</summary>
    private static int LengthOfFirst(ReadOnlySpan<byte> records) =>
        Math.Min(
            records.Length,
            MrtRecord.HeaderLength
                + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(records[8..])
        );

    private readonly record struct Kept(
        long Index,
        long Offset,
        int Length,
        string Collector,
        uint Seconds,
        uint Microseconds,
        ReadOnlyMemory<byte> Record
    );
}
