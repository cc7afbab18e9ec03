using System.Buffers.Binary;
using System.Net;
using System.Text;
using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Fuzz;

/// <summary>What reaches a prober: answers of name servers, consent files, and rounds that it kept.</summary>
internal static class ProbeTargets
{
    private static readonly DnsQuestion asked = new("www.example.org", DnsQuestion.A);

    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("dns-answer", DnsSeeds, ReadAnswer),
            new FuzzTarget("consent", ConsentSeeds, ReadConsent),
            new FuzzTarget("probe-json", RoundSeeds, ReadRounds),
        ];

    /// <summary>Only an answer to our question may hold addresses.</summary>
    private static ulong ReadAnswer(byte[] input)
    {
        DnsAnswer answer = DnsMessage.Read(input, 7, asked);
        if (answer.Reading != DnsReading.Answer && answer.Addresses.Count > 0)
        {
            throw new InvalidOperationException("addresses without an answer");
        }

        var outcome = new Outcome();
        outcome.Add((long)answer.Reading);
        outcome.Add(answer.Trouble);
        outcome.Add(answer.Rcode);
        outcome.Add(answer.IsTruncated);
        outcome.AddCount(answer.Addresses.Count);
        return outcome.Value;
    }

    /// <summary>No file, however damaged, opens what it does not name.</summary>
    private static ulong ReadConsent(byte[] input)
    {
        (IReadOnlyList<ProbeConsent> consents, IReadOnlyList<InputFault> faults) = ConsentFile.Read(
            SourceFile.Of("input", input)
        );
        var policy = new ProbePolicy(consents);
        ProbeTarget.Read("tcp://0.0.0.1:443", out ProbeTarget? nowhere);
        if (policy.Ask(nowhere!, IPAddress.Parse("0.0.0.1"), Instant.MinValue).IsAllowed)
        {
            throw new InvalidOperationException("a consent for what is no host");
        }

        var outcome = new Outcome();
        outcome.AddCount(consents.Count);
        foreach (InputFault fault in faults.Take(4))
        {
            outcome.Add(fault.Reason.Split('\'')[^1]);
        }

        return outcome.Value;
    }

    private static ulong ReadRounds(byte[] input)
    {
        SignalsRead read = SignalsFromProbes.Read(
            SourceFile.Of("input", input),
            Place.OfCountry("XX")
        );
        var outcome = new Outcome();
        outcome.AddCount(read.Signals.Count);
        outcome.AddCount(read.Gaps.Count);
        foreach (InputFault fault in read.Faults.Take(4))
        {
            outcome.Add(fault.Reason.Split('\'')[^1]);
        }

        foreach (SeriesSignal series in read.Signals.OfType<SeriesSignal>())
        {
            if (series.Samples.Any(sample => sample.Value is < 0 or > 1))
            {
                throw new InvalidOperationException("a share outside 0 to 1");
            }
        }

        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> DnsSeeds()
    {
        byte[] answer =
        [
            .. DnsMessage.Question(7, asked),
            .. (byte[])[0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 4, 1, (byte)'a', 0xC0, 16],
            .. (byte[])[1, (byte)'a', 0xC0, 16, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1],
        ];
        answer[2] |= 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 2);
        byte[] truncated = [.. answer];
        truncated[2] |= 2;
        byte[] refused = DnsMessage.Question(7, asked)[..12];
        (refused[2], refused[3], refused[5]) = (0x80, 5, 0);
        return [answer, truncated, refused];
    }

    private static IReadOnlyList<byte[]> ConsentSeeds() =>
        [
            Encoding.UTF8.GetBytes(
                """
                {"consents": [
                {"targets": ["192.0.2.0/24", "2001:db8::/32", "example.org", "dns://192.0.2.53/example.org?type=AAAA", "https://[2001:db8::1]:8443/path"],
                 "owner": "Example", "expiry": "2026-12-31T00:00:00Z", "purpose": "test", "maximumPerMinute": 6}]}
                """
            ),
        ];

    private static IReadOnlyList<byte[]> RoundSeeds() =>
        [
            Encoding.UTF8.GetBytes(
                """
                {"format":"breakwater-probe-1","round":1,"at":"2026-06-01T00:00:00Z","every":"PT60S","place":{"country":"XX"},"vantage":{"side":"inside","place":{"country":"XX","area":["North"]}},"distribution":"community","state":"seeing","reason":null,"blindOver":["IPv6"],"controls":[],"probes":[{"target":"icmp://192.0.2.1","kind":"icmp","address":"192.0.2.1","at":"2026-06-01T00:00:01Z","result":"reached","stage":"answer","reason":null,"rttMs":1.5,"attempts":1}]}
                {"format":"breakwater-probe-1","round":2,"at":"2026-06-01T00:01:00Z","every":"PT60S","place":{"country":"XX"},"state":"blind","reason":"no control answered","probes":[]}
                """
            ),
        ];
}
