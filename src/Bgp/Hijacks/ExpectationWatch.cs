using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>
/// Holds every announcement against what is expected of its prefix, in all dimensions of <see cref="HijackType"/>: origin,
/// first neighbour, squatting, sub-prefix and export. Announcements of other prefixes cost one look-up.
/// </summary>
/// <param name="expectations">What holders of prefixes said.</param>
public sealed class ExpectationWatch(Expectations expectations) : IRouteVisitor
{
    /// <summary>Stretches kept; further ones are counted.</summary>
    public const int SpellsMax = 1_000_000;

    private readonly record struct Key(IpPrefix Prefix, HijackType Type, Asn? Suspect);

    private readonly Dictionary<Key, List<PeerSpell>> spells = [];
    private readonly Dictionary<
        (string Feed, UInt128 Address, IpPrefix Prefix, uint PathId),
        (Key Key, int Spell)
    > held = [];
    private readonly Dictionary<IpPrefix, HashSet<Asn>> hearing = [];
    private int input;
    private string feed = "";
    private int count;

    /// <summary>Stretches that did not fit.</summary>
    public long SpellsBeyondLimit { get; private set; }

    /// <inheritdoc cref="OriginWatch.From"/>
    public void From(int inputIndex, string feedName) => (input, feed) = (inputIndex, feedName);

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        if (expectations.Count == 0)
        {
            return;
        }

        IpPrefix prefix = nlri.Prefix;
        if (record.IsLocal || expectations.Covering(prefix).Count == 0)
        {
            return;
        }

        Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
        int length = CleanPath.Read(attributes.AsPath, hops, out bool hasOrigin);
        Classified classified = HijackClassification.Classify(
            prefix,
            hops[..length],
            hasOrigin,
            expectations
        );
        Hear(classified.Known ?? prefix, peer.Asn);
        var key = new Key(prefix, classified.Type, classified.Suspect);
        (string, UInt128, IpPrefix, uint) session = (feed, peer.Address, prefix, nlri.PathId ?? 0);
        if (held.TryGetValue(session, out (Key Key, int Spell) before) && before.Key == key)
        {
            return;
        }

        Asn? origin = hasOrigin && length > 0 ? new Asn(hops[length - 1]) : null;
        End(session, record, SpellEnd.Replaced, origin);
        if (!classified.Type.IsDeparture)
        {
            return;
        }

        if (count == SpellsMax)
        {
            SpellsBeyondLimit++;
            return;
        }

        if (!spells.TryGetValue(key, out List<PeerSpell>? of))
        {
            spells.Add(key, of = []);
        }

        count++;
        held[session] = (key, of.Count);
        of.Add(
            new PeerSpell(
                peer.Asn,
                OriginWatch.AddressOf(peer),
                feed,
                record.At,
                null,
                SpellEnd.Open,
                null,
                [.. hops[..length].ToArray().Select(hop => new Asn(hop))],
                PlaceOf(record),
                null
            )
        );
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        if (held.Count > 0)
        {
            End(
                (feed, peer.Address, nlri.Prefix, nlri.PathId ?? 0),
                record,
                SpellEnd.Withdrawn,
                null
            );
        }
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    ) => Announced(record, peer, nlri, attributes);

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (from != SessionState.Established || to == SessionState.Established)
        {
            return;
        }

        UInt128 address = peer.Address;
        foreach (
            (string, UInt128, IpPrefix, uint) session in held
                .Keys.Where(key => key.Feed == feed && key.Address == address)
                .ToArray()
        )
        {
            End(session, record, SpellEnd.SessionLost, null);
        }
    }

    /// <summary>All departures from the expectations, in order of time, then prefix, then suspect.</summary>
    public IReadOnlyList<OriginDeparture> Departures(DepartureContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var gap = Duration.FromMinutes(context.Profile.SameDepartureMinutes);
        return
        [
            .. spells
                .SelectMany(pair =>
                    Waves(pair.Value, gap).Select(wave => Departure(pair.Key, wave, context))
                )
                .OrderBy(departure => departure.From)
                .ThenBy(departure => departure.Prefix)
                .ThenBy(departure => departure.Origin.Number)
                .ThenBy(departure => departure.Type.ToString(), StringComparer.Ordinal),
        ];
    }

    private OriginDeparture Departure(Key key, List<PeerSpell> wave, DepartureContext context)
    {
        IReadOnlyList<Expectation> rules = expectations.Covering(key.Prefix);
        Asn announced = wave[0].Path is [.., var last] ? last : default;
        List<KnownOrigin> known =
        [
            .. rules
                .SelectMany(rule => rule.Origins ?? [])
                .Distinct()
                .Select(asn => new KnownOrigin(asn, 0)),
        ];
        Asn origin = key.Suspect ?? announced;
        return new OriginDeparture
        {
            Prefix = key.Prefix,
            Origin = origin,
            KnownPrefix = rules[0].Prefix,
            Known = known,
            Basis = ExpectationBasis.Configured,
            Type = key.Type,
            Spells = wave,
            PeersSeen = wave.Select(spell => spell.Peer).Distinct().Count(),
            PeersHearing = hearing.GetValueOrDefault(rules[0].Prefix)?.Count ?? 0,
            Facts = new DepartureFacts
            {
                Validity = context.ValidityOf(key.Prefix, announced),
                IsKnownValid = known.Exists(one =>
                    context.ValidityOf(key.Prefix, one.Origin).State == RouteValidity.Valid
                ),
                PeersReturned = wave.Where(spell => known.Exists(one => one.Origin == spell.Next))
                    .Select(spell => spell.Peer)
                    .Distinct()
                    .Count(),
                IsSibling =
                    context.AreSiblings is { } areSiblings
                    && known.Exists(one => areSiblings(one.Origin, origin)),
            },
        };
    }

    private static IEnumerable<List<PeerSpell>> Waves(List<PeerSpell> all, Duration gap)
    {
        List<PeerSpell> wave = [];
        Instant? until = Instant.MinValue;
        foreach (PeerSpell spell in all.OrderBy(spell => spell.From))
        {
            if (wave.Count > 0 && until is { } ended && spell.From - ended > gap)
            {
                yield return wave;
                wave = [];
                until = Instant.MinValue;
            }

            wave.Add(spell);
            until = until is { } known && spell.To is { } to ? Instant.Max(known, to) : null;
        }

        if (wave.Count > 0)
        {
            yield return wave;
        }
    }

    private void Hear(IpPrefix known, Asn peer)
    {
        if (!hearing.TryGetValue(known, out HashSet<Asn>? of))
        {
            hearing.Add(known, of = []);
        }

        of.Add(peer);
    }

    private void End(
        (string Feed, UInt128 Address, IpPrefix Prefix, uint PathId) session,
        in MrtRecord record,
        SpellEnd end,
        Asn? next
    )
    {
        if (held.Remove(session, out (Key Key, int Spell) place))
        {
            List<PeerSpell> of = spells[place.Key];
            bool isSeen = end != SpellEnd.SessionLost;
            of[place.Spell] = of[place.Spell] with
            {
                To = isSeen ? record.At : null,
                End = end,
                Next = next,
                Ended = isSeen ? PlaceOf(record) : null,
            };
        }
    }

    private RecordPlace PlaceOf(in MrtRecord record) =>
        new(input, record.Index + 1, record.Offset, record.Length);
}
