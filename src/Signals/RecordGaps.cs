using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>When each feed among merged inputs could not see: stretches without a message in a feed that is otherwise busy.</summary>
internal sealed class RecordGaps
{
    private readonly SortedDictionary<string, FeedGapsOfRecords> feeds = new(
        StringComparer.Ordinal
    );

    /// <summary>Takes the next record of a feed, in order of time. Entries of table dumps say nothing of when a feed could see.</summary>
    public void Record(string feed, in MrtRecord record)
    {
        if (record.Type is MrtType.TableDump or MrtType.TableDumpV2)
        {
            return;
        }

        if (!feeds.TryGetValue(feed, out FeedGapsOfRecords? gaps))
        {
            gaps = new FeedGapsOfRecords(feed, FeedHealthProfile.Default);
            feeds.Add(feed, gaps);
        }

        gaps.Record(record.Seconds);
    }

    public IReadOnlyList<FeedGap> Gaps()
    {
        long? until = feeds.Values.Max(feed => feed.Last);
        return [.. feeds.Values.SelectMany(feed => feed.Gaps(until))];
    }
}
