using System.Buffers;
using System.Text;
using System.Text.Json;
using Breakwater.Bgp;

namespace Breakwater.Fuzz;

/// <summary>Text out of damaged MRT, and damaged text of bgpdump.</summary>
internal static class TextTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("dump", MrtTargets.Seeds, Dump),
            new FuzzTarget("bgpdump-text", TextSeeds, ReadText),
        ];

    /// <summary>MRT as lines, as text for people and as JSON, which must be ASCII, or JSON; the lines must be readable again.</summary>
    private static ulong Dump(byte[] input)
    {
        var faults = new MrtFaults();
        var lines = new ArrayBufferWriter<byte>();
        var text = new ArrayBufferWriter<byte>();
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            var ofLines = new BgpdumpLines(lines);
            var ofText = new RecordText(text);
            var ofJson = new RecordJson(writer, "input");
            Walk(input, faults, ref ofLines);
            Walk(input, faults, ref ofText);
            Walk(input, faults, ref ofJson);
            ofJson.Finish();
            writer.WriteEndArray();
        }

        using var document = JsonDocument.Parse(json.WrittenMemory);
        if (
            !Ascii.IsValid(text.WrittenSpan)
            || text.WrittenSpan.ContainsAnyInRange((byte)0, (byte)9)
            || text.WrittenSpan.ContainsAnyInRange((byte)11, (byte)31)
        )
        {
            throw new InvalidOperationException("text for people has other than printable ASCII");
        }

        var outcome = new Outcome();
        outcome.AddCount(document.RootElement.GetArrayLength());
        outcome.AddCount(faults.Count);
        outcome.Add(ReadText(lines.WrittenSpan.ToArray()) == 0);
        outcome.Add((long)Math.Log2(lines.WrittenCount + 1));
        return outcome.Value;
    }

    private static void Walk<TVisitor>(byte[] input, MrtFaults faults, ref TVisitor visitor)
        where TVisitor : IRouteVisitor
    {
        var reader = new MrtReader(input, new MrtFaults(), recovers: true);
        MrtDecoder.ReadAll(reader, ref visitor);
        foreach (MrtFault fault in reader.Faults.Kept)
        {
            faults.Add(fault.Offset, fault.Length, fault.Reason);
        }
    }

    /// <summary>Lines dumped from what was read are read whole, and dump as the same lines again; so they do in pieces.</summary>
    private static ulong ReadText(byte[] input)
    {
        (byte[] once, MrtFaults faults) = Dumped([input]);
        (byte[] twice, MrtFaults none) = Dumped([once]);
        if (none.Count > 0 || !once.AsSpan().SequenceEqual(twice))
        {
            throw new InvalidOperationException(
                none.Count > 0
                    ? $"a line of our own is not read: {none.Kept[0].Reason}"
                    : "a line of our own dumps as another"
            );
        }

        (byte[] pieces, MrtFaults ofPieces) = Dumped(MrtTargets.Pieces(input));
        if (ofPieces.Count != faults.Count || !once.AsSpan().SequenceEqual(pieces))
        {
            throw new InvalidOperationException("reading in pieces differs from reading at once");
        }

        var outcome = new Outcome();
        outcome.AddCount(once.AsSpan().Count((byte)'\n'));
        outcome.Add((long)Math.Log2(once.Length + 1));
        foreach (MrtFault fault in faults.Kept.Take(4))
        {
            outcome.Add(fault.Reason);
        }

        return outcome.Value;
    }

    private static (byte[] Lines, MrtFaults Faults) Dumped(IEnumerable<ReadOnlyMemory<byte>> text)
    {
        var lines = new ArrayBufferWriter<byte>();
        var faults = new MrtFaults();
        var visitor = new BgpdumpLines(lines);
        BgpdumpTextReader.ReadAll(text, faults, ref visitor);
        return (lines.WrittenSpan.ToArray(), faults);
    }

    private static IReadOnlyList<byte[]> TextSeeds() =>
        [
            .. MrtTargets
                .Seeds()
                .Select(seed =>
                {
                    var lines = new ArrayBufferWriter<byte>();
                    var visitor = new BgpdumpLines(lines);
                    Walk(seed, new MrtFaults(), ref visitor);
                    return lines.WrittenSpan.ToArray();
                }),
            "BGP4MP_AP|1700000000|A|2001:db8::1|64500|10.0.0.0/8|7|64500 {1,2} (3 4) [5,6]|IGP|2001:db8::2|0|9|1:2 no-export|AG|64500 192.0.2.1|\nTABLE_DUMP|1700000000|B|192.0.2.1|1|0.0.0.0/0||EGP|255.255.255.255|5|0||NAG||\nBGP|1|A|192.0.2.1|1|10.0.0.0/8|1|IGP|192.0.2.1|0|01:1|NAG||\r\n"u8.ToArray(),
        ];
}
