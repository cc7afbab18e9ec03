using System.Text;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Fuzz;

/// <summary>Routes in JSON, and what holders and operators write down.</summary>
internal static class JsonTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("rislive", RisLiveSeeds, ReadRisLive),
            new FuzzTarget("ripestat", RipeStatSeeds, ReadRipeStat),
            new FuzzTarget("expectations", ExpectationSeeds, ReadExpectations),
            new FuzzTarget("siblings", SiblingSeeds, ReadSiblings),
        ];

    /// <summary>Read as a file and as an input to be merged: both must see the same elements.</summary>
    private static ulong ReadRisLive(byte[] input)
    {
        var file = SourceFile.Of("input", input);
        var outcome = new Outcome();
        outcome.Add(RisLiveFile.IsRisLive(input));
        var visitor = new ElementWalk();
        RisLiveRead read = RisLiveFile.Read(file, ref visitor, sampleEvery: 1);
        var merged = new RisLiveRouteInput(file);
        long elements = Elements(merged, ref outcome);
        if (elements != visitor.Elements)
        {
            throw new InvalidOperationException(
                $"{visitor.Elements} elements in the file, {elements} in the input"
            );
        }

        outcome.AddCount(read.Messages);
        outcome.AddCount(read.Updates);
        outcome.AddCount(read.PeerStates);
        outcome.AddCount(read.Unknown);
        outcome.AddCount(read.Disagreements);
        outcome.AddCount(elements);
        foreach (InputFault fault in read.Faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static ulong ReadRipeStat(byte[] input)
    {
        var file = SourceFile.Of("input", input);
        var outcome = new Outcome();
        outcome.Add(RipeStatRoutes.Is(file));
        var routes = new RipeStatRoutes(file);
        outcome.Add(routes.IsTable);
        outcome.AddCount(Elements(routes, ref outcome));
        foreach (MrtFault fault in routes.Faults.Kept.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    /// <summary>Walks an input in the way of a merge: by time, and every record at a place inside the input.</summary>
    private static long Elements(RouteInput input, ref Outcome outcome)
    {
        var decoder = new MrtDecoder(input.Faults);
        var visitor = new ElementWalk();
        uint last = 0;
        while (input.TryPeekSeconds(out uint seconds))
        {
            if (seconds < last)
            {
                throw new InvalidOperationException("records are not in order of time");
            }

            last = seconds;
            if (input.Read(out MrtRecord record))
            {
                decoder.Decode(record, ref visitor);
            }
        }

        outcome.Add((long)(visitor.Outcome.Value >> 1));
        return visitor.Elements;
    }

    private static ulong ReadExpectations(byte[] input)
    {
        (Expectations expectations, IReadOnlyList<InputFault> faults) = ExpectationFile.Read(
            SourceFile.Of("input", input)
        );
        var outcome = new Outcome();
        outcome.AddCount(expectations.Count);
        outcome.AddCount(expectations.Covering(MrtTargets.Narrow4).Count);
        foreach (InputFault fault in faults.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static ulong ReadSiblings(byte[] input)
    {
        (Func<Asn, Asn, bool> areSiblings, IReadOnlyList<InputFault> faults) = SiblingFile.Read(
            SourceFile.Of("input", input)
        );
        var outcome = new Outcome();
        outcome.Add(areSiblings(new Asn(64500), new Asn(64501)));
        outcome.AddCount(faults.Count);
        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> RisLiveSeeds()
    {
        byte[] update = [.. MrtTargets.Common().Update([MrtTargets.Narrow4], [MrtTargets.Prefix4])];
        string path = """[64500,64501,[1,"2"],4200000002]""";
        string head =
            """{"type":"ris_message","data":{"timestamp":1700000000.25,"peer":"192.0.2.1","peer_asn":"64500","host":"rrc00",""";
        string routes = $$"""
            "path":{{path}},"community":[[64500,1],[65535,65281]],"origin":"incomplete","med":10,"aggregator":"64500:192.0.2.9","announcements":[{"next_hop":"192.0.2.1","prefixes":["198.51.100.0/24"]},{"next_hop":"2001:db8::1,fe80::1","prefixes":["2001:db8:1::\/48"]}],"withdrawals":["203.0.113.128/25","2001:db8:2::/48"]
            """;
        string[] messages =
        [
            $"{head}\"type\":\"UPDATE\",{routes}}}}}",
            $"{head}\"type\":\"UPDATE\",\"raw\":\"{Convert.ToHexString(update)}\",{routes}}}}}",
            $"{head}\"type\":\"RIS_PEER_STATE\",\"state\":\"down\"}}}}",
            $"{head}\"type\":\"KEEPALIVE\",\"raw\":\"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF001304\"}}}}",
            """{"type":"ris_error","data":{"message":"no"}}""",
            """{"type":"pong","data":null}""",
        ];
        // As many routes, with as long a path, as fit.
        string wide =
            $"{head}\"type\":\"UPDATE\",\"path\":[{string.Join(',', Enumerable.Repeat("[1]", 4000))}],\"community\":[{string.Join(',', Enumerable.Repeat("[1,2]", 2000))}],\"announcements\":[{string.Join(',', Enumerable.Repeat("""{"next_hop":"::1","prefixes":["::/0"]}""", 300))}]}}}}";
        return
        [
            Encoding.UTF8.GetBytes(string.Join('\n', messages)),
            Encoding.UTF8.GetBytes($"[{string.Join(",\n", messages)}]"),
            .. messages[..3].Select(Encoding.UTF8.GetBytes),
            Encoding.UTF8.GetBytes(wide),
        ];
    }

    private static IReadOnlyList<byte[]> RipeStatSeeds() =>
        [
            Encoding.UTF8.GetBytes(
                """
                {"data":{"updates":[
                {"seq":1,"timestamp":"2026-06-01T10:00:00","type":"A","attrs":{"source_id":"19-192.0.2.1","target_prefix":"198.51.100.0/24","path":[64500,64501,"{1,2}",[3]],"community":["64500:1","1:2:3"]}},
                {"timestamp":"2026-06-01T10:00:01.5Z","type":"W","attrs":{"source_id":"00-2001:db8::1","target_prefix":"2001:db8::/32"}},
                {"timestamp":"2026-06-01T10:00:02","type":"A","attrs":{"source_id":"00-2001:db8::1","target_prefix":"2001:db8::/32","path":"1 2 {3,4}","community":[]}}]}}
                """
            ),
            Encoding.UTF8.GetBytes(
                """
                {"data":{"timestamp":"2026-06-01T10:00:00","bgp_state":[
                {"source_id":"19-192.0.2.1","target_prefix":"198.51.100.0/24","path":[64500,64501],"community":["64500:1"]},
                {"source_id":"19-2001:db8::1","target_prefix":"2001:db8::/32","path":[64500,1],"community":[]}]}}
                """
            ),
        ];

    private static IReadOnlyList<byte[]> ExpectationSeeds() =>
        [
            """{"203.0.113.0/24":{"origins":[64500,"AS64501"],"neighbours":[1],"noExport":true},"2001:db8::/32":[{"origins":[]},{}]}"""u8.ToArray(),
        ];

    private static IReadOnlyList<byte[]> SiblingSeeds() =>
        ["asn,organisation\nAS64500,One\n64501,\"one\"\r\n64502,Two\n"u8.ToArray()];
}
