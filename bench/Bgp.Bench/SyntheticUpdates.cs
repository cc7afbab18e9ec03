using System.Buffers;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// Updates to a synthetic table, five minutes of a busy collector at a time: four of five announce, mostly by one of
/// eight paths of the origin and one in twenty by a path never seen before; the rest withdraw.
/// </summary>
internal sealed class SyntheticUpdates(SyntheticTable table)
{
    private const int Messages = 100_000;

    private readonly ArrayBufferWriter<byte> output = new(1 << 24);
    private readonly BgpMessageWriter withdrawal = new();
    private ulong at;
    private uint seconds = 1_700_000_000;

    /// <param name="elements">Announcements and withdrawals in it.</param>
    public ReadOnlyMemory<byte> Next(out int elements)
    {
        output.ResetWrittenCount();
        var mrt = new MrtWriter(output);
        elements = 0;
        for (int message = 0; message < Messages; message++)
        {
            ulong drawn = table.Mix(at++, 100);
            int peer = (int)((drawn >> 8) % (ulong)table.Peers.Length);
            int first = (int)((drawn >> 16) % (ulong)table.Prefixes.Length);
            // Neighbours of the same origin go together, as they do in messages.
            int end = first + 1;
            int most = Math.Min(table.Prefixes.Length, first + 1 + (int)((drawn >> 50) % 5));
            bool isV6 = table.Prefixes[first].IsV6;
            while (
                !isV6
                && end < most
                && table.OriginOf[end] == table.OriginOf[first]
                && !table.Prefixes[end].IsV6
            )
            {
                end++;
            }

            elements += end - first;
            ReadOnlySpan<IpPrefix> prefixes = table.Prefixes.AsSpan(first, end - first);
            if (drawn % 5 == 0)
            {
                _ = withdrawal.Clear();
                mrt.Message(
                    seconds,
                    0,
                    table.Peers[peer],
                    isV6
                        ? withdrawal.MpUnreach(prefixes).Update([], [])
                        : withdrawal.Update(prefixes, [])
                );
                continue;
            }

            uint variant = (drawn >> 40) % 20 == 0 ? (uint)(at + 100) : (uint)((drawn >> 44) % 8);
            mrt.Message(
                seconds,
                0,
                table.Peers[peer],
                table.Announcement(first, peer, variant, isV6 ? [] : prefixes)
            );
        }

        seconds += 300;
        return output.WrittenMemory;
    }
}
