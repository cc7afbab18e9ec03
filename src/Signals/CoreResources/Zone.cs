using System.Buffers.Binary;
using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>A whole zone as one file gives it. The order of the records in the file changes nothing but line numbers.</summary>
public sealed class Zone
{
    /// <summary>Further records are not kept. The root zone has some 25,000.</summary>
    public const int RecordsMax = 2_000_000;

    private readonly Dictionary<(DnsName, ushort), List<ZoneRecord>> byName = [];

    private Zone(SourceFile file, IReadOnlyList<ZoneRecord> records, ZoneFileReader reader)
    {
        Name = file.Name;
        Sha256 = file.Sha256;
        Records = records;
        Faults = reader.Faults;
        Unreadable = reader.Unreadable;
        foreach (ZoneRecord record in records)
        {
            if (!byName.TryGetValue((record.Owner, record.Type), out List<ZoneRecord>? same))
            {
                byName.Add((record.Owner, record.Type), same = new List<ZoneRecord>(1));
            }

            same.Add(record);
        }

        ZoneRecord[] starts = [.. records.Where(record => record.Type == ZoneType.Soa)];
        Apex = starts.Length > 0 ? starts.Min(record => record.Owner)! : DnsName.Root;
        Serial = starts.Length > 0 ? starts.Max(record => record.Serial) : null;
    }

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    /// <summary>Hash of the file as received.</summary>
    public string Sha256 { get; }

    /// <summary>Records of the Internet class, in the order of the file.</summary>
    public IReadOnlyList<ZoneRecord> Records { get; }

    public IReadOnlyList<InputFault> Faults { get; }

    /// <summary>Entries that could not be used. With any, what is absent from the zone is not known to be absent.</summary>
    public int Unreadable { get; }

    /// <summary>The name that the zone is of: owner of its SOA record; the root when there is none.</summary>
    public DnsName Apex { get; }

    /// <summary>Serial of the SOA record; null when there is none, as in a file of hints.</summary>
    public uint? Serial { get; }

    /// <summary>
    /// When this version was made: when its SOA record was signed, else the day that its serial writes as
    /// <c>YYYYMMDDnn</c>; null when neither says.
    /// </summary>
    public Instant? MadeAt => SignedAt() ?? DayOf(Serial);

    /// <param name="file">Decompressed.</param>
    public static Zone Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var reader = new ZoneFileReader(file.Name, [file.Content]);
        var records = new List<ZoneRecord>();
        while (reader.Read(out ZoneRecord record))
        {
            if (records.Count == RecordsMax)
            {
                return new Zone(file, records, reader).Cut();
            }

            if (record.Class == 1)
            {
                records.Add(record);
            }
        }

        return new Zone(file, records, reader);
    }

    /// <summary>True for the text of a zone: the first entry is a directive or a record.</summary>
    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        const int headOctets = 65_536;
        ReadOnlyMemory<byte> head = file.Content[..Math.Min(file.Content.Length, headOctets)];
        if (head.Span.IndexOf((byte)0) >= 0)
        {
            return false;
        }

        using var reader = new ZoneFileReader(file.Name, [head]);
        return reader.Read(out _) && reader.Unreadable == 0;
    }

    /// <summary>Records of one name and type; empty when there are none.</summary>
    public IReadOnlyList<ZoneRecord> At(DnsName name, ushort type) =>
        byName.TryGetValue((name, type), out List<ZoneRecord>? records) ? records : [];

    /// <summary>Names below the apex that other servers are named for, in canonical order.</summary>
    public IReadOnlyList<DnsName> Delegations =>
        [
            .. byName
                .Keys.Where(key => key.Item2 == ZoneType.Ns && key.Item1 != Apex)
                .Select(key => key.Item1)
                .Order(),
        ];

    /// <summary>True when the file held more records than are kept.</summary>
    public bool IsCut { get; private set; }

    private Zone Cut()
    {
        IsCut = true;
        return this;
    }

    private Instant? SignedAt()
    {
        Instant? latest = null;
        foreach (ZoneRecord signature in At(Apex, ZoneType.Rrsig))
        {
            ZoneSignature read = ZoneSignature.Of(signature);
            if (read.Covers == ZoneType.Soa && (latest is not { } known || read.Inception > known))
            {
                latest = read.Inception;
            }
        }

        return latest;
    }

    private static Instant? DayOf(uint? serial)
    {
        if (serial is not { } number || number < 19_000_101_00)
        {
            return null;
        }

        string text = (number / 100).ToString(CultureInfo.InvariantCulture);
        return
            DateTime.TryParseExact(
                text,
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime day
            )
            && day.Year is >= 1985 and < 2200
            ? Instant.FromDateTimeUtc(day)
            : null;
    }
}

/// <summary>What a signature says of itself (RFC 4034 section 3.1).</summary>
/// <param name="Covers">Type of the records that it signs.</param>
public readonly record struct ZoneSignature(
    ushort Covers,
    byte Algorithm,
    byte Labels,
    uint OriginalTtl,
    Instant Inception,
    Instant Expiration,
    ushort KeyTag
)
{
    /// <param name="record">An RRSIG record as the reader gives it.</param>
    public static ZoneSignature Of(in ZoneRecord record)
    {
        ReadOnlySpan<byte> rdata = record.Rdata.Span;
        return new ZoneSignature(
            BinaryPrimitives.ReadUInt16BigEndian(rdata),
            rdata[2],
            rdata[3],
            BinaryPrimitives.ReadUInt32BigEndian(rdata[4..]),
            // Times are modulo 2^32 (RFC 4034 section 3.1.5); before 2106 that is the number itself.
            Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(rdata[12..])),
            Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(rdata[8..])),
            BinaryPrimitives.ReadUInt16BigEndian(rdata[16..])
        );
    }
}
