using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>
/// Cuts an input into MRT records. Memory stays bounded: at most one record, and the one before it, are held. A record
/// that cannot be cut out becomes a fault, and reading goes on behind it.
/// </summary>
public sealed class MrtReader
{
    /// <summary>
    /// Longer records are skipped. The longest real ones hold a table row of some thousand peers and take about 1 MiB;
    /// 16 MiB leaves room and keeps a lying length from filling the memory.
    /// </summary>
    public const int LengthMax = 16 << 20;

    // RFC 6396 section 4.2: two octets each.
    private const int ViewAndSequence = 4;

    private readonly MrtWindow window;
    private readonly bool recovers;
    private readonly MrtFraming framing = new();
    private long previousAt = -1;
    private long nextAt;

    /// <param name="faults">Receives what cannot be used.</param>
    /// <param name="recovers">
    /// True searches for the next plausible record when a header cannot be one; false trusts every length, as the
    /// format says. Either way each octet that is left out is named in a fault.
    /// </param>
    public MrtReader(ReadOnlyMemory<byte> octets, MrtFaults faults, bool recovers = false)
        : this(new MrtWindow(octets), faults, recovers) { }

    /// <param name="chunks">The input in pieces of any size; each needs to live only until the next is asked for.</param>
    /// <inheritdoc cref="MrtReader(ReadOnlyMemory{byte}, MrtFaults, bool)"/>
    public MrtReader(
        IEnumerable<ReadOnlyMemory<byte>> chunks,
        MrtFaults faults,
        bool recovers = false
    )
        : this(new MrtWindow(chunks), faults, recovers) { }

    private MrtReader(MrtWindow window, MrtFaults faults, bool recovers)
    {
        this.window = window;
        Faults = faults;
        this.recovers = recovers;
    }

    public MrtFaults Faults { get; }

    /// <summary>Records cut out so far.</summary>
    public long Records { get; private set; }

    /// <summary>Octets of the input that were looked at.</summary>
    public long Position => nextAt;

    /// <summary>True when octets are left, be they a record or not.</summary>
    public bool HasRest => window.Fill(nextAt, 1, keepFrom: previousAt) > 0;

    /// <summary>Unix seconds in the next header, to merge inputs by time; false when no whole header is left.</summary>
    public bool TryPeekSeconds(out uint seconds)
    {
        seconds = 0;
        if (
            window.Fill(nextAt, MrtRecord.HeaderLength, keepFrom: previousAt)
            < MrtRecord.HeaderLength
        )
        {
            return false;
        }

        seconds = MrtHeader.From(window.At(nextAt)).Seconds;
        return true;
    }

    /// <summary>The next record; false at the end. Its spans live until the next call.</summary>
    public bool Read(out MrtRecord record)
    {
        record = default;
        while (true)
        {
            int available = window.Fill(nextAt, MrtRecord.HeaderLength, keepFrom: previousAt);
            if (available == 0)
            {
                return false;
            }

            if (available < MrtRecord.HeaderLength)
            {
                Faults.Add(nextAt, available, "record header cut short at the end of the input");
                nextAt += available;
                return false;
            }

            var header = MrtHeader.From(window.At(nextAt));
            if (recovers && !MrtFraming.IsPlausible(header))
            {
                // A wrong length in the record before is what usually leads to a bad header: search from inside it.
                Recover(
                    previousAt >= 0 ? previousAt + MrtRecord.HeaderLength : nextAt + 1,
                    "not an MRT record, and no other follows"
                );
                continue;
            }

            if (header.Length > LengthMax)
            {
                Skip(header);
                continue;
            }

            int length = MrtRecord.HeaderLength + (int)header.Length;
            if (recovers && header.Type == MrtType.TableDump && IsFourShort(length))
            {
                length += ViewAndSequence;
                Faults.Add(
                    nextAt,
                    length,
                    "record length leaves out view and sequence, read with them"
                );
            }

            available = window.Fill(nextAt, length, keepFrom: previousAt);
            if (available < length)
            {
                const string cut = "record cut short at the end of the input";
                if (recovers)
                {
                    Recover(nextAt + 1, cut);
                    continue;
                }

                Faults.Add(nextAt, available, cut);
                nextAt += available;
                return false;
            }

            if (TryCut(header, length, out record))
            {
                return true;
            }
        }
    }

    /// <summary>
    /// MRTd of January 2000 wrote tables whose lengths leave out the first four octets of the body. True when no header
    /// can be where the length leads, and one is, or the input ends, four octets further.
    /// </summary>
    private bool IsFourShort(int length)
    {
        int whole = length + ViewAndSequence;
        int available = window.Fill(nextAt, whole + MrtRecord.HeaderLength, keepFrom: previousAt);
        if (available == whole)
        {
            return true;
        }

        ReadOnlySpan<byte> octets = window.At(nextAt);
        return available == whole + MrtRecord.HeaderLength
            && !MrtFraming.IsPlausible(MrtHeader.From(octets[length..]))
            && framing.IsLikely(MrtHeader.From(octets[whole..]));
    }

    private bool TryCut(scoped in MrtHeader header, int length, out MrtRecord record)
    {
        long offset = nextAt;
        ReadOnlySpan<byte> body = window.At(offset)[MrtRecord.HeaderLength..length];
        previousAt = offset;
        nextAt = offset + length;
        uint microseconds = 0;
        // RFC 6396 section 3: the microseconds come first and are part of the length.
        if (header.Type is MrtType.Bgp4mpEt)
        {
            if (body.Length < 4)
            {
                Records++;
                Faults.Add(offset, length, "record too short for its extended timestamp");
                record = default;
                return false;
            }

            microseconds = BinaryPrimitives.ReadUInt32BigEndian(body);
            body = body[4..];
        }

        framing.Accept(header);
        record = new MrtRecord
        {
            Index = Records++,
            Offset = offset,
            Length = length,
            Seconds = header.Seconds,
            Microseconds = microseconds,
            Type = header.Type,
            Subtype = header.Subtype,
            Body = body,
        };
        return true;
    }

    private void Skip(in MrtHeader header)
    {
        long length = MrtRecord.HeaderLength + (long)header.Length;
        long skipped = window.Skip(nextAt, length);
        Faults.Add(
            nextAt,
            skipped,
            skipped < length
                ? "record cut short at the end of the input, and longer than 16 MiB"
                : "record longer than 16 MiB, skipped"
        );
        previousAt = -1;
        nextAt += skipped;
    }

    /// <summary>Looks for the next place where two plausible records follow each other, and goes on there.</summary>
    private void Recover(long from, string reasonIfNone)
    {
        for (long at = from; ; at++)
        {
            if (at == nextAt)
            {
                continue;
            }

            int available = window.Fill(at, MrtRecord.HeaderLength, keepFrom: at);
            if (available < MrtRecord.HeaderLength)
            {
                GoOn(at + available, reasonIfNone);
                return;
            }

            if (framing.IsLikely(MrtHeader.From(window.At(at))) && IsFollowed(at))
            {
                GoOn(
                    at,
                    at < nextAt
                        ? "the length of the record before leads into the middle of another; read again from here"
                        : "not an MRT record; skipped to the next one"
                );
                return;
            }
        }
    }

    private bool IsFollowed(long at)
    {
        int length = MrtRecord.HeaderLength + (int)MrtHeader.From(window.At(at)).Length;
        int available = window.Fill(at, length + MrtRecord.HeaderLength, keepFrom: at);
        return available == length
            || available == length + MrtRecord.HeaderLength
                && framing.IsLikely(MrtHeader.From(window.At(at)[length..]));
    }

    private void GoOn(long at, string reason)
    {
        Faults.Add(Math.Min(nextAt, at), Math.Abs(at - nextAt), reason);
        previousAt = -1;
        nextAt = at;
    }
}
