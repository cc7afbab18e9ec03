using System.Globalization;
using System.Security.Cryptography;
using Breakwater.Bgp;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Feeds;

/// <summary>
/// Appends the messages of one feed to MRT files, so that live and batch evidence agree. A crash leaves a file without
/// hash whose records can be read up to the cut. When the disk is full, what is not yet written waits in a bounded
/// buffer and is tried again; what does not fit there is refused, and the caller counts it.
/// </summary>
public sealed class SegmentWriter : IDisposable
{
    // Large enough for few writes, small enough to wait in memory while a disk is full.
    private const int BufferLength = 1 << 20;

    private static readonly InstantPattern names = InstantPattern.CreateWithInvariantCulture(
        "uuuuMMdd'.'HHmmss"
    );

    private readonly SegmentSettings settings;
    private readonly byte[] buffer = new byte[BufferLength];
    private readonly List<Segment> closed = [];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? file;
    private string path = "";
    private int buffered;
    private long written;
    private long records;
    private long startSeconds;
    private long firstMicroseconds;
    private long lastMicroseconds;

    public SegmentWriter(SegmentSettings settings, string feed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        Feed = feed;
    }

    public string Feed { get; }

    /// <summary>Files that were closed, in order.</summary>
    public IReadOnlyList<Segment> Closed => closed;

    /// <summary>Why the latest write failed; null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Records appended to any file.</summary>
    public long Appended { get; private set; }

    /// <summary>Records that could not be kept.</summary>
    public long Refused { get; private set; }

    /// <param name="seconds">Event time of the records; decides which file they go to.</param>
    /// <param name="octets">Whole MRT records.</param>
    /// <returns>Where they stand, or a place without path when they could not be kept.</returns>
    public SegmentPlace Append(uint seconds, uint microseconds, ReadOnlySpan<byte> octets)
    {
        int count = RecordDecoder.Count(octets);
        long span = (long)settings.Span.TotalSeconds;
        if (
            file is not null
            && (seconds >= startSeconds + span || written + buffered >= settings.OctetsMax)
        )
        {
            Close();
        }

        if (
            (file is null && !Open(seconds / span * span))
            || (octets.Length > BufferLength - buffered && !WriteBuffer())
            || octets.Length > BufferLength
        )
        {
            Refused += count;
            return default;
        }

        long at = seconds * 1_000_000L + microseconds;
        firstMicroseconds = records == 0 ? at : Math.Min(firstMicroseconds, at);
        lastMicroseconds = records == 0 ? at : Math.Max(lastMicroseconds, at);
        var place = new SegmentPlace(path, written + buffered, records);
        octets.CopyTo(buffer.AsSpan(buffered));
        buffered += octets.Length;
        records += count;
        Appended += count;
        return place;
    }

    /// <summary>Hands what waits to the file.</summary>
    /// <returns>False when the disk refuses; what waits is kept and tried again.</returns>
    public bool Flush()
    {
        if (file is null)
        {
            return Trouble is null;
        }

        if (!WriteBuffer())
        {
            return false;
        }

        return !settings.SyncsEachFlush || Try(() => file.Flush(flushToDisk: true));
    }

    /// <summary>Ends the current file and writes its hash beside it.</summary>
    public void Close()
    {
        if (file is null)
        {
            return;
        }

        long lost = 0;
        if (!WriteBuffer())
        {
            // What still waits is lost with the file that it belongs to.
            lost = RecordDecoder.Count(buffer.AsSpan(0, buffered));
            Refused += lost;
            Appended -= lost;
            buffered = 0;
        }

        Try(() => file.Flush(flushToDisk: true));
        file.Dispose();
        file = null;
        string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        string name = Path.GetFileName(path);
        if (records - lost > 0)
        {
            closed.Add(
                new Segment(
                    Feed,
                    name,
                    At(firstMicroseconds),
                    At(lastMicroseconds),
                    written,
                    records - lost,
                    sha256
                )
            );
            Try(() => File.WriteAllText($"{path}.sha256", $"{sha256}  {name}\n"));
        }
    }

    public void Dispose()
    {
        Close();
        hash.Dispose();
    }

    private static Instant At(long microseconds) =>
        Instant.FromUnixTimeTicks(microseconds * 10);

    private bool Open(long start)
    {
        string stem = Path.Combine(
            settings.Folder,
            $"{NameOf(Feed)}.{names.Format(Instant.FromUnixTimeSeconds(start))}"
        );
        startSeconds = start;
        (written, records, buffered) = (0, 0, 0);
        return Try(() =>
        {
            Directory.CreateDirectory(settings.Folder);
            // A feed that was started again within the span goes on in a file of its own.
            const int restartsMax = 10_000;
            for (int restart = 0; ; restart++)
            {
                path =
                    restart == 0
                        ? $"{stem}.mrt"
                        : string.Create(CultureInfo.InvariantCulture, $"{stem}.{restart}.mrt");
                if (!File.Exists(path) || restart == restartsMax)
                {
                    break;
                }
            }

            file = new FileStream(
                path,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.Read,
                bufferSize: 0
            );
        });
    }

    private bool WriteBuffer()
    {
        if (buffered == 0)
        {
            return true;
        }

        bool isWritten = Try(() => file!.Write(buffer, 0, buffered));
        if (!isWritten)
        {
            // A write that failed half-way must leave no half record: the file goes back to what is known to be whole.
            TryQuietly(() =>
            {
                file!.SetLength(written);
                file.Position = written;
            });
            return false;
        }

        hash.AppendData(buffer, 0, buffered);
        written += buffered;
        buffered = 0;
        return true;
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            Trouble = null;
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Trouble = fault.Message;
            return false;
        }
    }

    private static void TryQuietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one that is told.
        }
    }

    /// <summary>A name that is safe in every file system: letters, digits, dots and dashes.</summary>
    private static string NameOf(string feed) =>
        string.Concat(
                feed.Select(character =>
                    char.IsAsciiLetterOrDigit(character) || character is '.' or '-'
                        ? character
                        : '-'
                )
            )
            .Trim('.');
}
