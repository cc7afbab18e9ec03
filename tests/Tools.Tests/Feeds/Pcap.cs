using System.Buffers.Binary;

namespace Breakwater.Tests.Feeds;

/// <summary>Puts the TCP payloads of a capture file back in order: one stream for each sender and receiver.</summary>
internal static class Pcap
{
    public static IReadOnlyList<byte[]> Streams(byte[] file)
    {
        var streams = new Dictionary<string, SortedDictionary<uint, byte[]>>();
        bool isLittle = file[0] == 0xD4;
        int Int(int at) =>
            isLittle
                ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at))
                : BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        for (int at = 24; at + 16 <= file.Length; )
        {
            int length = Int(at + 8);
            Segment(file.AsSpan(at + 16, length), streams);
            at += 16 + length;
        }

        return [.. streams.Values.Select(Joined).Where(stream => stream.Length > 0)];
    }

    private static void Segment(
        ReadOnlySpan<byte> frame,
        Dictionary<string, SortedDictionary<uint, byte[]>> streams
    )
    {
        int at = 12;
        int type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        while (type is 0x8100 or 0x88A8)
        {
            at += 4;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        }

        ReadOnlySpan<byte> packet = frame[(at + 2)..];
        ReadOnlySpan<byte> tcp;
        ReadOnlySpan<byte> addresses;
        if (type == 0x0800 && packet[9] == 6)
        {
            tcp = packet[((packet[0] & 15) * 4)..BinaryPrimitives.ReadUInt16BigEndian(packet[2..])];
            addresses = packet.Slice(12, 8);
        }
        else if (type == 0x86DD && packet[6] == 6)
        {
            tcp = packet.Slice(40, BinaryPrimitives.ReadUInt16BigEndian(packet[4..]));
            addresses = packet.Slice(8, 32);
        }
        else
        {
            return;
        }

        ReadOnlySpan<byte> payload = tcp[((tcp[12] >> 4) * 4)..];
        if (payload.IsEmpty)
        {
            return;
        }

        string key = Convert.ToHexString(addresses) + Convert.ToHexString(tcp[..4]);
        if (!streams.TryGetValue(key, out SortedDictionary<uint, byte[]>? segments))
        {
            streams[key] = segments = [];
        }

        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]);
        if (!segments.TryGetValue(sequence, out byte[]? known) || known.Length < payload.Length)
        {
            segments[sequence] = payload.ToArray();
        }
    }

    private static byte[] Joined(SortedDictionary<uint, byte[]> segments)
    {
        using var stream = new MemoryStream();
        uint next = segments.Keys.First();
        foreach ((uint sequence, byte[] payload) in segments)
        {
            if (sequence > next)
            {
                break; // A hole in the capture ends the stream.
            }

            uint seen = next - sequence;
            if (seen < payload.Length)
            {
                stream.Write(payload.AsSpan((int)seen));
                next = sequence + (uint)payload.Length;
            }
        }

        return stream.ToArray();
    }
}
