using System.Buffers;
using System.Text;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Fuzz;

/// <summary>VRPs of validators, local exceptions, messages of caches, and AS relationships.</summary>
internal static class RpkiTargets
{
    private const int VrpsMax = 64;

    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("vrps-json", JsonSeeds, ReadVrps),
            new FuzzTarget("vrps-csv", CsvSeeds, ReadVrps),
            new FuzzTarget("slurm", SlurmSeeds, ReadSlurm),
            new FuzzTarget("rtr", RtrSeeds, ReadRtr),
            new FuzzTarget("relationships", RelationshipSeeds, ReadRelationships),
        ];

    /// <summary>Whatever is read must be a VRP, and its set must answer as the definition does.</summary>
    private static ulong ReadVrps(byte[] input)
    {
        VrpExport export = VrpExport.Read(SourceFile.Of("input", input));
        var outcome = new Outcome();
        outcome.AddCount(export.Vrps.Count);
        outcome.AddCount(export.Aspas.Count);
        outcome.AddCount(export.RouterKeys.Count);
        foreach (InputFault fault in export.Faults.Take(4))
        {
            outcome.Add(fault.Reason.Split('\'')[^1]);
        }

        var set = VrpSet.Of([export]);
        foreach (Vrp vrp in export.Vrps.Take(VrpsMax))
        {
            if (vrp.MaxLength < vrp.Prefix.Length || vrp.MaxLength > vrp.Prefix.MaxLength)
            {
                throw new InvalidOperationException($"{vrp} is no VRP");
            }

            bool isValid = set.Validate(vrp.Prefix, vrp.Asn).State == RouteValidity.Valid;
            if (isValid != (vrp.Asn.Number != 0))
            {
                throw new InvalidOperationException($"{vrp} does not match itself");
            }
        }

        return outcome.Value;
    }

    private static ulong ReadSlurm(byte[] input)
    {
        (Slurm? slurm, IReadOnlyList<InputFault> faults) = SlurmReader.Read(
            SourceFile.Of("input", input)
        );
        var outcome = new Outcome();
        outcome.Add(slurm is not null);
        outcome.AddCount(slurm?.PrefixFilters.Count ?? 0);
        outcome.AddCount(slurm?.PrefixAssertions.Count ?? 0);
        foreach (InputFault fault in faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        if (slurm is not null)
        {
            Slurm.Union([slurm]);
            slurm.Apply(VrpSet.Of(slurm.PrefixAssertions));
        }

        return outcome.Value;
    }

    /// <summary>The octets that a cache sends on one connection.</summary>
    private static ulong ReadRtr(byte[] input)
    {
        Instant now = Instant.FromUnixTimeSeconds(1_700_000_000);
        var session = new RtrSession(version: 2, new RtrLimits { VrpsMax = VrpsMax });
        session.Connected(now);
        var outcome = new Outcome();
        ReadOnlySpan<byte> rest = input;
        while (true)
        {
            RtrFault? fault = RtrPdu.Read(rest, out RtrPdu pdu);
            if (fault is null && pdu.Octets.IsEmpty)
            {
                break;
            }

            RtrOutcome came = fault is null
                ? session.Receive(pdu, now)
                : session.Garbled(fault, rest);
            outcome.Add((long)came);
            if (session.Count > VrpsMax)
            {
                throw new InvalidOperationException("more VRPs than the limit");
            }

            if (came >= RtrOutcome.Close)
            {
                outcome.Add(session.Fault?.Code is { } code ? (long)code : -1);
                break;
            }

            rest = rest[pdu.Octets.Length..];
        }

        session.Disconnected();
        session.Tick(now + Duration.FromDays(3));
        outcome.AddCount(session.Count);
        outcome.Add(session.Version);
        return outcome.Value;
    }

    private static ulong ReadRelationships(byte[] input)
    {
        AsRelationships links = AsRelationships.Read(SourceFile.Of("input", input));
        var outcome = new Outcome();
        outcome.AddCount(links.Count);
        foreach (InputFault fault in links.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> JsonSeeds() =>
        [
            Encoding.UTF8.GetBytes(
                """
                {"metadata":{"generated":1700000000,"generatedTime":"2023-11-14T22:13:20Z"},
                "roas":[{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":24,"ta":"ripe"},
                {"asn":"AS0","prefix":"2001:db8::/32","maxLength":48,"source":[{"type":"roa","tal":"arin","chainValidity":{"notBefore":"2022-01-01T00:00:00Z","notAfter":"2024-01-01T00:00:00Z"}}]}],
                "routerKeys":[{"asn":"AS1","SKI":"0000000000000000000000000000000000000000","routerPublicKey":"AA"}],
                "aspas":[{"customer":"AS1","providers":["AS2","AS3"]}]}
                """
            ),
            Encoding.UTF8.GetBytes(
                """{"metadata":{"buildtime":"2023-11-14T22:13:20Z"},"roas":[{"asn":64496,"prefix":"10.0.0.0/8","maxLength":8,"ta":"x","expires":1704067200}],"provider_authorizations":{"ipv4":[{"customer_asid":1,"providers":[2]}],"ipv6":[]}}"""
            ),
        ];

    private static IReadOnlyList<byte[]> CsvSeeds() =>
        [
            "ASN,IP Prefix,Max Length,Trust Anchor\nAS64496,192.0.2.0/24,24,ripe\nAS0,2001:db8::/32,48,arin\n"u8.ToArray(),
            "URI,ASN,IP Prefix,Max Length,Not Before,Not After\nrsync://x/a.roa,AS1,10.0.0.0/8,,2022-01-01 00:00:00,2024-01-01 00:00:00\n"u8.ToArray(),
            "\"64496\",\"10.0.0.0/8\",\"8\"\r\n"u8.ToArray(),
        ];

    private static IReadOnlyList<byte[]> SlurmSeeds() =>
        [
            Encoding.UTF8.GetBytes(
                """{"slurmVersion":2,"validationOutputFilters":{"prefixFilters":[{"prefix":"192.0.2.0/24","asn":1}],"bgpsecFilters":[{"SKI":"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"}],"aspaFilters":[{"customerAsn":1}]},"locallyAddedAssertions":{"prefixAssertions":[{"asn":1,"prefix":"2001:db8::/32","maxPrefixLength":48,"comment":"x"}],"bgpsecAssertions":[],"aspaAssertions":[{"customerAsn":1,"providerAsns":[2]}]}}"""
            ),
        ];

    private static IReadOnlyList<byte[]> RtrSeeds() =>
        [
            .. new byte[] { 0, 1, 2 }.Select(RtrSeed),
            [1, 10, 0, 4, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0],
        ];

    /// <summary>A full answer, a notify, and the withdrawal that follows, in one version.</summary>
    private static byte[] RtrSeed(byte version)
    {
        _ = IpPrefix.TryParse("192.0.2.0/24", out IpPrefix prefix4);
        _ = IpPrefix.TryParse("2001:db8::/32", out IpPrefix prefix6);
        var octets = new ArrayBufferWriter<byte>();
        RtrWriter.CacheResponse(octets, version, 7);
        RtrWriter.Prefix(octets, version, new Vrp(prefix4, 25, new Asn(1)), isAnnouncement: true);
        RtrWriter.Prefix(octets, version, new Vrp(prefix6, 48, new Asn(2)), isAnnouncement: true);
        if (version == 2)
        {
            RtrWriter.Aspa(octets, new Aspa(new Asn(1), [new Asn(2)]), isAnnouncement: true);
        }

        RtrWriter.EndOfData(octets, version, 7, 1, RtrIntervals.Default);
        RtrWriter.SerialNotify(octets, version, 7, 2);
        RtrWriter.CacheResponse(octets, version, 7);
        RtrWriter.Prefix(octets, version, new Vrp(prefix4, 25, new Asn(1)), isAnnouncement: false);
        RtrWriter.EndOfData(octets, version, 7, 2, RtrIntervals.Default);
        return [.. octets.WrittenSpan];
    }

    private static IReadOnlyList<byte[]> RelationshipSeeds() =>
        ["# source\n1|2|-1\n2|3|0|bgp\n4|3|-1|mlp\r\n"u8.ToArray()];
}
