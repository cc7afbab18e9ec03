using System.Buffers.Binary;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>One row of an answer of RIPEstat.</summary>
/// <param name="Hops">Peer first, origin last; a hop of several numbers is a set.</param>
internal readonly record struct RipeStatRow(
    long Index,
    long Offset,
    int Length,
    RipeStatRows.Stamp At,
    bool IsWithdrawal,
    string Source,
    UInt128 PeerAddress,
    bool IsPeerV6,
    IpPrefix Prefix,
    IReadOnlyList<uint[]> Hops,
    IReadOnlyList<uint> Communities
)
{
    /// <summary>The value of AS_PATH (RFC 4271 section 4.3), with four-octet numbers.</summary>
    public byte[] PathOctets()
    {
        using var octets = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        int at = 0;
        while (at < Hops.Count)
        {
            bool isSet = Hops[at].Length != 1;
            int count = 1;
            while (!isSet && at + count < Hops.Count && count < 255 && Hops[at + count].Length == 1)
            {
                count++;
            }

            uint[] numbers = isSet
                ? [.. Hops[at].Take(255)]
                : [.. Hops.Skip(at).Take(count).Select(hop => hop[0])];
            at += count;
            if (numbers.Length == 0)
            {
                continue;
            }

            octets.WriteByte((byte)(isSet ? AsSegmentKind.Set : AsSegmentKind.Sequence));
            octets.WriteByte((byte)numbers.Length);
            foreach (uint asn in numbers)
            {
                BinaryPrimitives.WriteUInt32BigEndian(number, asn);
                octets.Write(number);
            }
        }

        return octets.ToArray();
    }
}
