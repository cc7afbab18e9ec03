using System.Buffers.Binary;
using Breakwater.Bgp;

namespace Breakwater.Fuzz;

/// <summary>The octets that a router sends on one session of BMP.</summary>
internal static class BmpTargets
{
    public static IEnumerable<FuzzTarget> All => [new FuzzTarget("bmp", Seeds, Read)];

    /// <summary>At once, and as octets arrive in pieces: both must see the same messages and routes.</summary>
    private static ulong Read(byte[] input)
    {
        ulong whole = Read(input, int.MaxValue);
        int piece = 1 + input.Length % 97;
        return whole == Read(input, piece)
            ? whole
            : throw new InvalidOperationException(
                $"pieces of {piece} octets differ from the whole"
            );
    }

    private static ulong Read(byte[] input, int piece)
    {
        var outcome = new Outcome();
        var faults = new MrtFaults();
        var decoder = new BmpDecoder(faults);
        var visitor = new ElementWalk();
        int at = 0;
        int arrived = 0;
        while (true)
        {
            arrived =
                piece == int.MaxValue ? input.Length : Math.Min(arrived + piece, input.Length);
            while (true)
            {
                ReadOnlySpan<byte> rest = input.AsSpan(at..arrived);
                if (BmpFraming.Measure(rest, out int length) is { } fault)
                {
                    outcome.Add(fault);
                    return Finish(decoder, visitor, faults, outcome);
                }

                if (length == 0 || length > rest.Length)
                {
                    break;
                }

                BmpMessage message = decoder.Read(rest[..length], 1_700_000_000);
                outcome.Add((long)message.Type);
                outcome.Add(message.Fault);
                BmpValues values = message.Values;
                while (values.MoveNext())
                {
                    outcome.Add(values.Number is null);
                }

                outcome.Add(values.IsCut);
                decoder.Decode(message, decoder.Messages - 1, at, length, ref visitor);
                at += length;
            }

            if (arrived == input.Length)
            {
                return Finish(decoder, visitor, faults, outcome);
            }
        }
    }

    private static ulong Finish(
        BmpDecoder decoder,
        ElementWalk visitor,
        MrtFaults faults,
        Outcome outcome
    )
    {
        outcome.AddCount(decoder.Sessions);
        int sessions = decoder.Sessions;
        var lost = decoder.Lose(1_700_000_001, 0);
        if (lost.Count != sessions || decoder.Sessions != 0)
        {
            throw new InvalidOperationException("sessions that were up are not all lost");
        }

        outcome.Add((long)(visitor.Outcome.Value >> 1));
        outcome.AddCount(faults.Count);
        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> Seeds()
    {
        byte[] update = [.. MrtTargets.Common().Update([MrtTargets.Narrow4], [MrtTargets.Prefix4])];
        byte[] withPathId = [.. MrtTargets.Common().Update([], [MrtTargets.Prefix4], pathId: 5)];
        byte[] six =
        [
            .. MrtTargets.Common().MpReach(new byte[16], [MrtTargets.Prefix6]).Update([], []),
        ];
        byte[] peer = Peer(flags: 0);
        byte[] addPath = Open([65, 4, 0, 0, 0xFB, 0xF4, 69, 4, 0, 1, 1, 3]);
        byte[] plain = Open([65, 4, 0, 0, 0xFB, 0xF4, 1, 4, 0, 2, 0, 1]);
        byte[] ports = [0, 179, 0x82, 0x35];
        byte[] notification = [.. Enumerable.Repeat((byte)0xFF, 16), 0, 21, 3, 6, 4];
        return
        [
            [
                .. Message(4, [0, 2, 0, 2, .. "r1"u8, 0, 1, 0, 3, .. "sys"u8]),
                .. Message(3, [.. peer, .. new byte[16], .. ports, .. plain, .. plain]),
                .. Message(0, [.. peer, .. update]),
                .. Message(0, [.. peer, .. six]),
                .. Message(
                    1,
                    [.. peer, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 9, 0, 7, 0, 8, .. new byte[8]]
                ),
                .. Message(
                    6,
                    [
                        .. peer,
                        0,
                        0,
                        (byte)(update.Length >> 8),
                        (byte)(update.Length & 0xFF),
                        .. update,
                    ]
                ),
                .. Message(2, [.. peer, 3, .. notification]),
                .. Message(5, [0, 1, 0, 2, 0, 0]),
            ],
            [
                .. Message(3, [.. peer, .. new byte[16], .. ports, .. addPath, .. addPath]),
                .. Message(0, [.. peer, .. withPathId]),
                .. Message(0, [.. Peer(flags: 0x10), .. withPathId]),
            ],
            [
                .. Message(0, [.. Peer(flags: 0x80), .. six]),
                .. Message(0, [.. Peer(flags: 0x20), .. update]),
            ],
        ];
    }

    private static byte[] Message(byte type, byte[] body)
    {
        byte[] message = [3, 0, 0, 0, 0, type, .. body];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length);
        return message;
    }

    private static byte[] Peer(byte flags) =>
        [
            0,
            flags,
            .. new byte[8],
            .. new byte[12],
            .. (byte[])[192, 0, 2, 1, 0, 0, 0xFB, 0xF4, 10, 0, 0, 1],
            .. (byte[])[0x65, 0x53, 0xF1, 0x00, 0, 0, 0, 9],
        ];

    private static byte[] Open(byte[] capabilities) =>
        [
            .. Enumerable.Repeat((byte)0xFF, 16),
            0,
            (byte)(31 + capabilities.Length),
            .. (byte[])[1, 4, 0x5B, 0xA0, 0, 180, 10, 0, 0, 1],
            (byte)(2 + capabilities.Length),
            2,
            (byte)capabilities.Length,
            .. capabilities,
        ];
}
