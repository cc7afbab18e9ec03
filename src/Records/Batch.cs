using System.Security.Cryptography;
using Breakwater.Ledger;
using NodaTime;

namespace Breakwater.Records;

/// <summary>The events of one group commit while they are linked and signed, before any of them is stored.</summary>
internal sealed class Batch(Statements statements, ChainHead start, Signer signer, Instant now)
{
    /// <summary>Below this, handing work to other processors costs more than it saves: a signature takes about 30 us.</summary>
    private const int ParallelFrom = 4;

    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly List<Event> events = [];
    private readonly byte[] random = new byte[EventId.RandomOctets];

    public ChainHead Head { get; private set; } = start;

    /// <summary>The subject's version, counting what this batch already holds.</summary>
    public long Version(string subject) =>
        versions.TryGetValue(subject, out long version)
            ? version
            : versions[subject] = statements.Version(subject);

    public Event Link(Draft draft, string subject)
    {
        long version = Version(subject) + 1;
        versions[subject] = version;
        RandomNumberGenerator.Fill(random);
        var linked = Event.Link(
            draft,
            subject,
            version,
            Head,
            HybridClock.Tick(Head.Clock, now),
            signer.Name,
            random
        );
        Head = linked.Head;
        events.Add(linked);
        return linked;
    }

    public void Sign()
    {
        if (events.Count < ParallelFrom)
        {
            events.ForEach(linked => linked.Sign(signer));
            return;
        }

        Parallel.ForEach(events, linked => linked.Sign(signer));
    }
}
