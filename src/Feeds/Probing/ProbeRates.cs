using System.Net;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Probing;

/// <summary>How many attempts a minute were made: on a target, on a network, by a consent, and in all. No minute holds more.</summary>
internal sealed class ProbeRates(ProbeSettings settings, TimeProvider time)
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    // Bounded: targets and consents are, and each name leads to few networks in a run; emptied ones are dropped when it fills.
    private const int KeysMax = 8_192;

    private readonly Lock gate = new();
    private readonly Dictionary<object, Queue<DateTimeOffset>> made = [];

    /// <returns>Zero when the attempt may be made now, and it is then counted; else how long to wait before asking again.</returns>
    public TimeSpan Take(
        ProbeTarget target,
        IPAddress address,
        IReadOnlyList<ProbeConsent> consents
    )
    {
        (object Key, int Most)[] limits =
        [
            ("all", settings.PerMinute),
            (target, settings.PerTarget),
            (NetworkOf(address), settings.PerNetwork),
            .. consents
                .Where(consent => consent.MaximumPerMinute is not null)
                .Select(consent => ((object)consent, consent.MaximumPerMinute!.Value)),
        ];
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset free = now;
            foreach ((object key, int most) in limits)
            {
                Queue<DateTimeOffset> recent = Recent(key, now);
                DateTimeOffset room =
                    recent.Count < most ? now : recent.ElementAt(recent.Count - most) + minute;
                free = room > free ? room : free;
            }

            if (free > now)
            {
                return free - now;
            }

            foreach ((object key, _) in limits)
            {
                made[key].Enqueue(now);
            }

            return TimeSpan.Zero;
        }
    }

    /// <summary>Waits for a turn and takes it.</summary>
    /// <returns>False when there is none until then; nothing is counted.</returns>
    public async Task<bool> Wait(
        ProbeTarget target,
        IPAddress address,
        IReadOnlyList<ProbeConsent> consents,
        DateTimeOffset until,
        CancellationToken stop
    )
    {
        while (Take(target, address, consents) is { Ticks: > 0 } wait)
        {
            if (time.GetUtcNow() + wait > until)
            {
                return false;
            }

            await Task.Delay(wait, time, stop).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>A /24 or a /48: what one network is, by rule of thumb.</summary>
    public static IpPrefix NetworkOf(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        return IpPrefix.From(octets, octets.Length == 4 ? 24 : 48);
    }

    private Queue<DateTimeOffset> Recent(object key, DateTimeOffset now)
    {
        if (!made.TryGetValue(key, out Queue<DateTimeOffset>? recent))
        {
            if (made.Count >= KeysMax)
            {
                foreach (
                    object old in made.Where(one => one.Value.All(at => at + minute <= now))
                        .Select(one => one.Key)
                        .ToList()
                )
                {
                    made.Remove(old);
                }
            }

            made.Add(key, recent = []);
        }

        while (recent.TryPeek(out DateTimeOffset first) && first + minute <= now)
        {
            recent.Dequeue();
        }

        return recent;
    }
}

/// <summary>Numbers from 0 to 1 that a seed decides: where in its span a round or a target falls.</summary>
internal sealed class Scatter(ulong seed)
{
    /// <param name="index">0 for the round itself, then its targets.</param>
    public double Of(int round, int index) =>
        // The upper 53 bits are what a double holds.
        (Mix(Mix(seed ^ (ulong)round) ^ (ulong)index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
