using System.Runtime.CompilerServices;
using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>The values of one minute, in the order of <see cref="RoutingFeatures.Metrics"/>; NaN where there is none.</summary>
/// <param name="Row">Record with which the minute begins, the first of the input is 1; 0 for a minute without records.</param>
internal readonly record struct FeatureRow(int Row, FeatureValues Values);

[InlineArray(Count)]
internal struct FeatureValues
{
    public const int Count = 22;
    private double first;
}

/// <summary>The open minute of a collector.</summary>
internal sealed class FeatureMinute(RouteTable table)
{
    private readonly DenseCounts peers = new();
    private readonly DenseCounts prefixes = new();
    private readonly DenseCounts origins = new();
    private readonly DenseCounts paths = new();
    private readonly long[] messagesByOrigin = new long[3];
    private long announcements;
    private long withdrawals;
    private long announced;
    private long withdrawn;
    private long pathLengths;
    private int pathLengthMax;
    private long duplicates;
    private long implicits;
    private long withdrawnOfNothing;
    private long distances;
    private int distanceMax;
    private long octets;
    private long sizedMessages;
    private long transfers;
    private long resets;
    private bool hasAnnounced;
    private bool hasWithdrawn;

    public int Row { get; set; }

    public void BeginMessage() => hasAnnounced = hasWithdrawn = false;

    public void Transfer() => transfers++;

    public void Reset() => resets++;

    public void Announced(in MrtRecord record, in PathAttributes attributes, in RouteChange change)
    {
        if (!hasAnnounced)
        {
            Size(record);
            hasAnnounced = true;
            announcements++;
            if ((int?)attributes.Origin is { } origin && origin is >= 0 and <= 2)
            {
                messagesByOrigin[origin]++;
            }
        }

        announced++;
        Count(change);
        if (change.NewPath < 0)
        {
            return;
        }

        int length = LengthOf(change.NewPath);
        pathLengths += length;
        pathLengthMax = Math.Max(pathLengthMax, length);
        if (paths.Add(change.NewPath))
        {
            // A path that nobody holds any more would give its number to another one within the minute.
            table.Paths.Keep(change.NewPath);
        }

        if (table.Paths.OriginNumber(change.NewPath) is >= 0 and var originAs)
        {
            _ = origins.Add(originAs);
        }

        if (change.OldPath == change.NewPath)
        {
            duplicates++;
        }
        else if (change.OldPath >= 0)
        {
            implicits++;
            int distance = EditDistance.Of(
                table.Paths.Asns(change.OldPath),
                table.Paths.Asns(change.NewPath)
            );
            distances += distance;
            distanceMax = Math.Max(distanceMax, distance);
        }
    }

    public void Withdrawn(in MrtRecord record, in RouteChange change)
    {
        if (!hasWithdrawn)
        {
            Size(record);
            hasWithdrawn = true;
            withdrawals++;
        }

        withdrawn++;
        Count(change);
        if (change.OldPath < 0)
        {
            withdrawnOfNothing++;
        }
    }

    /// <summary>Gives the values and starts anew.</summary>
    public FeatureRow Close()
    {
        double uniqueLengths = 0;
        foreach (int path in paths.Numbers)
        {
            uniqueLengths += LengthOf(path);
            table.Paths.Release(path);
        }

        long elements = announced + withdrawn;
        var values = new FeatureValues();
        ReadOnlySpan<double> inOrder =
        [
            announcements,
            withdrawals,
            announced,
            withdrawn,
            Mean(pathLengths, announced),
            announced > 0 ? pathLengthMax : double.NaN,
            Mean(uniqueLengths, paths.Distinct),
            duplicates,
            implicits,
            withdrawnOfNothing,
            Mean(distances, implicits),
            implicits > 0 ? distanceMax : double.NaN,
            messagesByOrigin[0],
            messagesByOrigin[1],
            messagesByOrigin[2],
            Mean(octets, sizedMessages),
            peers.Entropy() ?? double.NaN,
            origins.Entropy() ?? double.NaN,
            prefixes.Entropy() ?? double.NaN,
            Mean(peers.Greatest(), elements),
            transfers,
            resets,
        ];
        inOrder.CopyTo(values);
        var row = new FeatureRow(Row, values);
        Clear();
        return row;
    }

    private static double Mean(double sum, long count) => count == 0 ? double.NaN : sum / count;

    private void Count(in RouteChange change)
    {
        _ = peers.Add(change.Peer);
        _ = prefixes.Add(change.Prefix);
    }

    /// <summary>Hops as RFC 4271 section 9.1.2.2 counts them; confederation segments count nothing (RFC 5065 section 5.3).</summary>
    private int LengthOf(int path)
    {
        ReadOnlySpan<uint> segments = table.Paths.Segments(path);
        if (segments.IsEmpty)
        {
            return table.Paths.Asns(path).Length;
        }

        int hops = 0;
        foreach (uint segment in segments)
        {
            hops += (AsSegmentKind)(segment >> 16) switch
            {
                AsSegmentKind.Sequence => (int)(segment & 0xFFFF),
                AsSegmentKind.Set => 1,
                _ => 0,
            };
        }

        return hops;
    }

    /// <summary>Octets of the BGP message; rebuilt messages have a length that no peer sent.</summary>
    private void Size(in MrtRecord record)
    {
        if (hasAnnounced || hasWithdrawn || record.IsRebuilt)
        {
            return;
        }

        if (MessageOctets(record) is > 0 and var length)
        {
            octets += length;
            sizedMessages++;
        }
    }

    private static int MessageOctets(in MrtRecord record)
    {
        // The marker of 16 octets of ones stands before every message, behind headers of several lengths (RFC 4271 section 4.1).
        ReadOnlySpan<byte> marker =
        [
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
            255,
        ];
        int at = record.Body[..Math.Min(record.Body.Length, 64)].IndexOf(marker);
        return at < 0 ? 0 : record.Body.Length - at;
    }

    private void Clear()
    {
        peers.Clear();
        prefixes.Clear();
        origins.Clear();
        paths.Clear();
        Array.Clear(messagesByOrigin);
        announcements = withdrawals = announced = withdrawn = 0;
        pathLengths = duplicates = implicits = withdrawnOfNothing = distances = 0;
        octets = sizedMessages = transfers = resets = 0;
        pathLengthMax = distanceMax = 0;
    }
}
