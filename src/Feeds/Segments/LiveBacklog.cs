using System.Buffers;
using System.Threading.Channels;
using Breakwater.Bgp;

namespace Breakwater.Feeds;

/// <summary>Receives records of a live feed after they were kept.</summary>
/// <param name="place">Where they stand in a segment; without path when the disk refused them.</param>
/// <param name="records">Whole MRT records; they live until the call returns.</param>
public delegate void RecordsHeard(string feed, in SegmentPlace place, ReadOnlySpan<byte> records);

/// <summary>What became of records that were offered to a <see cref="LiveBacklog"/>.</summary>
public enum QueueOutcome
{
    Queued,

    /// <summary>The queue was full: they are in the segment and will be read from there.</summary>
    Spilled,

    /// <summary>Neither the queue nor the segment could take them.</summary>
    Dropped,
}

/// <summary>
/// Between one who receives and one who uses: bounded in messages and in octets. When it is full, the user reads from
/// the segment instead, in the same order, until it has caught up; so memory stays bounded and nothing is lost while
/// the disk holds.
/// </summary>
public sealed class LiveBacklog(SegmentWriter segments, int messagesMax = LiveBacklog.MessagesMax)
{
    public const int MessagesMax = 65_536;

    /// <summary>A thousand octets for each message, above what they usually take.</summary>
    public const long OctetsMax = 64L << 20;

    private readonly Lock gate = new();
    private readonly Channel<Queued> channel = Channel.CreateBounded<Queued>(
        new BoundedChannelOptions(messagesMax) { SingleReader = true, SingleWriter = true }
    );
    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly Queue<Stretch> stretches = [];
    private long octets;
    private bool isSpilling;
    private bool isComplete;

    /// <summary>Keeps records and queues them.</summary>
    public QueueOutcome Offer(uint seconds, uint microseconds, ReadOnlySpan<byte> records)
    {
        lock (gate)
        {
            SegmentPlace place = segments.Append(seconds, microseconds, records);
            if (!isSpilling && Volatile.Read(ref octets) + records.Length <= OctetsMax)
            {
                byte[] copy = ArrayPool<byte>.Shared.Rent(records.Length);
                records.CopyTo(copy);
                Interlocked.Add(ref octets, records.Length);
                if (channel.Writer.TryWrite(new Queued(place, copy, records.Length)))
                {
                    Wake();
                    return QueueOutcome.Queued;
                }

                Interlocked.Add(ref octets, -records.Length);
                ArrayPool<byte>.Shared.Return(copy);
            }

            if (place.Path is null)
            {
                return QueueOutcome.Dropped;
            }

            Spill(place, records.Length);
            return QueueOutcome.Spilled;
        }
    }

    /// <summary>Hands what waits in memory to the file; call it each second or so.</summary>
    public bool Flush()
    {
        lock (gate)
        {
            return segments.Flush();
        }
    }

    /// <summary>No more records will be offered.</summary>
    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
            channel.Writer.TryComplete();
            Wake();
        }
    }

    /// <summary>Gives records in order until the queue is complete and empty.</summary>
    public async Task Drain(RecordsHeard heard, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(heard);
        while (true)
        {
            while (channel.Reader.TryRead(out Queued queued))
            {
                heard(segments.Feed, queued.Place, queued.Records.AsSpan(0, queued.Length));
                Interlocked.Add(ref octets, -queued.Length);
                ArrayPool<byte>.Shared.Return(queued.Records);
            }

            if (TryNextStretch(out Stretch stretch))
            {
                ReadBack(stretch, heard);
                continue;
            }

            if (Volatile.Read(ref isComplete))
            {
                if (channel.Reader.Count == 0 && !Volatile.Read(ref isSpilling))
                {
                    return;
                }

                continue;
            }

            await woken.Reader.ReadAsync(cancel).ConfigureAwait(false);
        }
    }

    private void Spill(in SegmentPlace place, int length)
    {
        isSpilling = true;
        // One stretch for each file, grown at its end.
        if (
            stretches.Count > 0
            && stretches.Last() is { } last
            && last.Path == place.Path
            && last.End == place.Offset
        )
        {
            last.End += length;
        }
        else
        {
            stretches.Enqueue(
                new Stretch(place.Path!, place.Offset, place.Index) { End = place.Offset + length }
            );
        }

        Wake();
    }

    private void Wake() => woken.Writer.TryWrite(true);

    private bool TryNextStretch(out Stretch stretch)
    {
        lock (gate)
        {
            if (!stretches.TryDequeue(out stretch!))
            {
                isSpilling = false;
                return false;
            }

            segments.Flush();
            return true;
        }
    }

    private void ReadBack(Stretch stretch, RecordsHeard heard)
    {
        using FileStream file = File.Open(
            stretch.Path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        file.Position = stretch.Offset;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        long index = stretch.Index;
        long at = stretch.Offset;
        int held = 0;
        while (at < stretch.End)
        {
            int asked = (int)Math.Min(buffer.Length - held, stretch.End - at - held);
            int count = asked == 0 ? 0 : file.Read(buffer, held, asked);
            held += count;
            int whole = WholeRecords(buffer.AsSpan(0, held));
            if (whole == 0 && count == 0)
            {
                break; // The disk kept less than was appended; the writer has counted it.
            }

            if (whole == 0)
            {
                continue;
            }

            ReadOnlySpan<byte> records = buffer.AsSpan(0, whole);
            heard(segments.Feed, new SegmentPlace(stretch.Path, at, index), records);
            index += RecordDecoder.Count(records);
            at += whole;
            buffer.AsSpan(whole, held - whole).CopyTo(buffer);
            held -= whole;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Octets of the whole records at the start; one record is at most a BGP message and its header, far below the buffer.</summary>
    private static int WholeRecords(ReadOnlySpan<byte> octets)
    {
        int whole = 0;
        while (octets.Length - whole >= MrtRecord.HeaderLength)
        {
            int length =
                MrtRecord.HeaderLength
                + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(octets[(whole + 8)..]);
            if (length > octets.Length - whole)
            {
                break;
            }

            whole += length;
        }

        return whole;
    }

    private readonly record struct Queued(SegmentPlace Place, byte[] Records, int Length);

    private sealed record Stretch(string Path, long Offset, long Index)
    {
        public long End { get; set; }
    }
}
