using System.Buffers.Binary;
using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>What a root zone gave.</summary>
/// <param name="Zone">The records.</param>
/// <param name="Digest">Whether the file is whole.</param>
/// <param name="Signatures">What its signatures are worth.</param>
/// <param name="Root">What the zone says of the servers of the root; null when it names none.</param>
/// <param name="Delegations">One for each top-level domain, in canonical order of names.</param>
public sealed record ZoneRead(
    Zone Zone,
    ZoneDigestResult Digest,
    ZoneSignatureCheck Signatures,
    DelegationSignal? Root,
    IReadOnlyList<DelegationSignal> Delegations,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The same as signals.</summary>
    public SignalsRead Signals =>
        new([.. Root is null ? [] : (Signal[])[Root], .. Delegations], Zone.Faults, Notes);
}

/// <summary>From a root zone in master-file form to one signal for each top-level domain.</summary>
public static class SignalsFromZone
{
    public const int MethodVersion = 1;

    /// <summary>The place of the root itself, which is no top-level domain.</summary>
    public const string RootFunction = "dns:root";

    /// <summary>Servers or addresses of one name that are kept; a root zone has at most 13 servers for one.</summary>
    private const int ServersMax = 64;

    private const int LinesMax = 64;

    /// <param name="file">Decompressed.</param>
    public static SignalsRead Read(SourceFile file) => ReadZone(file).Signals;

    public static ZoneRead ReadZone(SourceFile file)
    {
        var zone = Zone.Read(file);
        ZoneDigestResult digest = ZoneDigest.Verify(zone);
        ZoneSignatureCheck signatures = ZoneSignatures.Check(zone);
        var version = new ZoneVersion(
            zone.Serial,
            zone.MadeAt,
            zone is { Unreadable: 0, IsCut: false },
            digest.State == ZoneDigestState.Verified
        );
        IReadOnlyList<DelegationSignal> delegations = zone.Apex.IsRoot
            ?
            [
                .. zone
                    .Delegations.Where(name => name.LabelCount == 1)
                    .Select(name =>
                        SignalOf(zone, version, name, Place.OfTld(name.ToString()))
                    ),
            ]
            : [];
        return new ZoneRead(
            zone,
            digest,
            signatures,
            zone.Apex.IsRoot && zone.At(zone.Apex, ZoneType.Ns).Count > 0
                ? SignalOf(zone, version, zone.Apex, Place.OfFunction(RootFunction))
                : null,
            delegations,
            [.. Notes(zone, digest, signatures)]
        );
    }

    private static DelegationSignal SignalOf(
        Zone zone,
        ZoneVersion version,
        DnsName name,
        Place place
    )
    {
        var lines = new SortedSet<long>();
        IReadOnlyList<NameServer> servers =
        [
            .. zone
                .At(name, ZoneType.Ns)
                .GroupBy(record => record.Target)
                .OrderBy(server => server.Key)
                .Take(ServersMax)
                .Select(server => ServerOf(zone, name, server.Key, lines)),
        ];
        lines.UnionWith(zone.At(name, ZoneType.Ns).Select(record => record.Line));
        lines.UnionWith(zone.At(name, ZoneType.Ds).Select(record => record.Line));
        DelegationSigner[] signers =
        [
            .. zone
                .At(name, ZoneType.Ds)
                .Where(record => record.Rdata.Length >= 4)
                .Select(record => SignerOf(record.Rdata.Span))
                .Distinct()
                .OrderBy(signer => signer.KeyTag)
                .ThenBy(signer => signer.Algorithm)
                .ThenBy(signer => signer.DigestType),
        ];
        Instant? until = zone.At(name, ZoneType.Rrsig)
            .Select(record => (Instant?)ZoneSignature.Of(record).Expiration)
            .Min();
        return new DelegationSignal
        {
            // The file and the place determine all that follows.
            Id = ContentId.Of("signal", $"{zone.Sha256} {place.Key} {MethodVersion}"),
            Source = zone.Serial is { } serial
                ? string.Create(CultureInfo.InvariantCulture, $"root zone {serial}")
                : zone.Name,
            Family = SignalFamily.Context,
            Place = place,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [new Evidence(zone.Sha256, zone.Name, RowsOf(lines))],
            Zone = version,
            NameServers = servers,
            Signers = signers,
            SignedUntil = until,
        };
    }

    private static NameServer ServerOf(
        Zone zone,
        DnsName name,
        DnsName host,
        SortedSet<long> lines
    )
    {
        List<ZoneRecord> records =
        [
            .. zone.At(host, ZoneType.A).Take(ServersMax),
            .. zone.At(host, ZoneType.Aaaa).Take(ServersMax),
        ];
        lines.UnionWith(records.Select(record => record.Line));
        return new NameServer(
            host.ToString(),
            [
                .. records
                    .OrderBy(record => record.Type)
                    .ThenBy(record => Convert.ToHexString(record.Rdata.Span), StringComparer.Ordinal)
                    .Select(record => record.Address)
                    .Distinct(),
            ],
            !name.IsRoot && host.IsWithin(name)
        );
    }

    private static DelegationSigner SignerOf(ReadOnlySpan<byte> rdata) =>
        new(BinaryPrimitives.ReadUInt16BigEndian(rdata), rdata[2], rdata[3]);

    private static IEnumerable<string> Notes(
        Zone zone,
        ZoneDigestResult digest,
        ZoneSignatureCheck signatures
    )
    {
        if (!zone.Apex.IsRoot)
        {
            yield return $"the zone is of {zone.Apex}, not of the root: no top-level domain is delegated in it";
        }

        yield return $"zone digest {Word(digest.State)}: {digest.Reason}";
        if (signatures.Signatures > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{signatures.Valid} of {signatures.Signatures} signatures valid, {signatures.Invalid} invalid, {signatures.Unchecked} not checked; {(signatures.Anchor is { } anchor ? $"keys lead to trust anchor {anchor}" : "keys lead to no trust anchor known here")}"
            );
        }

        if (zone.IsCut)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"more than {Zone.RecordsMax} records: the rest was not read"
            );
        }
    }

    private static string Word(ZoneDigestState state) => state.ToString().ToLowerInvariant();

    /// <summary>Lines as ranges: <c>12-15,90</c>.</summary>
    private static string RowsOf(SortedSet<long> lines)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (long line in lines)
        {
            if (ranges.Count > 0 && ranges[^1].Last + 1 == line)
            {
                ranges[^1] = (ranges[^1].First, line);
            }
            else if (ranges.Count < LinesMax)
            {
                ranges.Add((line, line));
            }
        }

        return string.Join(
            ',',
            ranges.Select(range =>
                range.First == range.Last
                    ? string.Create(CultureInfo.InvariantCulture, $"{range.First}")
                    : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")
            )
        );
    }
}
