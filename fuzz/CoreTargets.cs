using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Fuzz;

/// <summary>Zones, lists of registrations and results of probes, as anybody may have written them.</summary>
internal static class CoreTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("zone", ZoneSeeds, ReadZone),
            new FuzzTarget("registrations", RegistrationSeeds, ReadRegistrations),
            new FuzzTarget("server-probes", ProbeSeeds, ReadProbes),
        ];

    /// <summary>In pieces and at once the same records; then digest, signatures and signals.</summary>
    private static ulong ReadZone(byte[] input)
    {
        string whole = Records(input, input.Length);
        if (whole != Records(input, 7))
        {
            throw new InvalidOperationException("pieces give other records than the whole");
        }

        ZoneRead read = SignalsFromZone.ReadZone(SourceFile.Of("zone", input));
        var outcome = new Outcome();
        outcome.AddCount(read.Zone.Records.Count);
        outcome.AddCount(read.Zone.Unreadable);
        outcome.Add(read.Digest.Reason);
        outcome.AddCount(read.Signatures.Valid);
        outcome.AddCount(read.Signatures.Invalid);
        outcome.AddCount(read.Delegations.Count);
        foreach (InputFault fault in read.Zone.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static string Records(byte[] input, int size)
    {
        using var reader = new ZoneFileReader(
            "zone",
            input.Chunk(Math.Max(size, 1)).Select(piece => new ReadOnlyMemory<byte>(piece))
        );
        var text = new StringBuilder();
        while (reader.Read(out ZoneRecord record))
        {
            text.Append(record.Owner)
                .Append(' ')
                .Append(record.Type)
                .Append(' ')
                .Append(record.Line);
            text.Append(' ').AppendLine(Convert.ToHexString(record.Rdata.Span));
        }

        return text.Append(reader.Unreadable).ToString();
    }

    private static ulong ReadRegistrations(byte[] input)
    {
        var read = RegistrationFile.Read(SourceFile.Of("list", input), "SE");
        var registrations = Registrations.Of([read]);
        var outcome = new Outcome();
        outcome.AddCount(read.Prefixes.Count);
        outcome.AddCount(read.Asns.Count);
        foreach (PrefixRegistration row in read.Prefixes.Take(64))
        {
            if (registrations.CountryOf(row.Prefix) is null)
            {
                throw new InvalidOperationException($"{row.Prefix} was read and is not found");
            }
        }

        foreach (InputFault fault in read.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static ulong ReadProbes(byte[] input)
    {
        var read = ServerProbes.Read(SourceFile.Of("probes", input));
        var outcome = new Outcome();
        outcome.AddCount(read.Probes.Count);
        outcome.AddCount(read.Probes.Count(probe => probe.Outcome == ProbeOutcome.Reached));
        foreach (InputFault fault in read.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> ZoneSeeds() =>
        [
            Octets(
                """
                $TTL 1h
                . IN SOA a. b. ( 2026010200 1 2 3 4 ) ; made here
                . NS a.
                a. A 192.0.2.1
                   AAAA 2001:db8::1
                aa. 60 NS ns.aa.
                ns.aa. A 192.0.2.2
                aa. DS 1 8 1 00ff
                . ZONEMD 2026010200 1 1 00
                . DNSKEY 256 3 8 AwEAAQ==
                . RRSIG SOA 8 0 60 20260201000000 20260101000000 1 . AAAA
                . NSEC aa. SOA NS TYPE65000
                """
            ),
            Octets(
                """
                $ORIGIN example.
                t TXT "a;b" c\034 \"
                x TYPE65400 \# 3 c0ffee
                h NSEC3 1 0 5 ab 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom A MX
                m MX 10 mail
                s SRV 1 2 3 .
                c CAA 0 issue "ca.example"
                """
            ),
        ];

    private static IReadOnlyList<byte[]> RegistrationSeeds() =>
        [
            Octets(
                "2|testrir|1|2|1|2|+0\ntestrir|SE|ipv4|192.0.2.0|768|1|allocated|x\ntestrir|SE|ipv6|2001:db8::|32|1|assigned\ntestrir|SE|asn|64500|3|1|allocated\n"
            ),
            Octets(
                """{"countryCode":"SE","prefixes":{"ipv4":["192.0.2.0/24"],"ipv6":["2001:db8::/32"]}}"""
            ),
            Octets("asn,name,country\n64500,\"A, B\",SE\n"),
            Octets("AS64500   A NAME - one, SE\nAS64501 B, ZZ\n"),
            Octets("# a list\n192.0.2.0/24\n2001:db8::/32\n"),
        ];

    private static IReadOnlyList<byte[]> ProbeSeeds() =>
        [
            Octets(
                """
                {"target":"dns://192.0.2.53/xx","address":"192.0.2.53","at":"2026-01-02T00:00:00Z","result":"reached","from":"here"}
                {"address":"2001:db8::53","at":"2026-01-02T00:00:00Z","result":"timed-out"}
                """
            ),
        ];

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
