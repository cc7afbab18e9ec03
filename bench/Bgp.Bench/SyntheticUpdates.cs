using System.Buffers;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// Updates to a synthetic table, five minutes of a busy collector at a time: four of five messages announce, mostly by one of
/// eight paths of the origin, one in twenty by a path never seen before and one in ten thousand by another origin; the rest
/// withdraw.
/// </summary>
/// <param name="isUniform">
/// True when every prefix is as likely as any other, which no real stream is and no cache helps with. Otherwise the share of
/// the busiest part f of the prefixes is f^0.4: 16 % for the first hundredth and 40 % for the first tenth, where five minutes
/// of RouteViews (updates.20160811.1600) have 12 % and 39 %.
/// </param>
internal sealed class SyntheticUpdates(SyntheticTable table, bool isUniform)
{
    private const double Skew = 2.5;

    // Prime, so that busy prefixes are spread over the table.
    private const ulong Spread = 611_953;

    private const int Messages = 100_000;

    private readonly BgpMessageWriter withdrawal = new();
    private ulong at;
    private uint seconds = 1_700_000_000;

    /// <param name="elements">Announcements and withdrawals in it.</param>
    public ReadOnlyMemory<byte> Next(ArrayBufferWriter<byte> output, out int elements)
    {
        output.ResetWrittenCount();
        var mrt = new MrtWriter(output);
        elements = 0;
        for (int message = 0; message < Messages; message++)
        {
            ulong drawn = table.Mix(at++, 100);
            int peer = (int)((drawn >> 8) % (ulong)table.Peers.Length);
            int first = Pick(table.Mix(at, 101));
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
            int attributesOf = first;
            if (!isV6 && (drawn >> 30) % 10_000 == 0)
            {
                attributesOf = (first + 1000) % table.Prefixes.Length;
                attributesOf = table.Prefixes[attributesOf].IsV6 ? first : attributesOf;
            }

            mrt.Message(
                seconds,
                0,
                table.Peers[peer],
                table.Announcement(attributesOf, peer, variant, isV6 ? [] : prefixes)
            );
        }

        seconds += 300;
        return output.WrittenMemory;
    }

    private int Pick(ulong drawn)
    {
        ulong count = (ulong)table.Prefixes.Length;
        if (isUniform)
        {
            return (int)(drawn % count);
        }

        double rank = Math.Pow((drawn >> 11) * (1.0 / (1UL << 53)), Skew);
        return (int)((ulong)(rank * count) * Spread % count);
    }
}
