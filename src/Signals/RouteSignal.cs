using System.Text.Json.Serialization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// A prefix announced with an origin that departs from the known ones, as peers of collectors saw it. It tells what was
/// seen; whether that is a hijack is judged later.
/// </summary>
public sealed record RouteSignal : Signal
{
    /// <summary>The departing route: origin, known origins, who held it from when to when.</summary>
    public required OriginDeparture Departure { get; init; }

    /// <summary>Where the VRPs came from and how old they were; null when there were none.</summary>
    public RpkiSource? Rpki { get; init; }

    /// <summary>Sessions of peers went down in the window, so that an end may be unseen.</summary>
    public long PeerResets { get; init; }

    /// <summary>The end of the window read: what is open then was still held.</summary>
    public required Instant ReadUntil { get; init; }

    /// <summary>Who still holds the route, in plain numbers.</summary>
    [JsonIgnore]
    public RouteHeld Held =>
        new(
            Departure.Origin,
            Departure.From,
            Departure.Spells.Select(spell => spell.Address).Distinct().Count(),
            Departure
                .Spells.Where(spell => spell.To is null)
                .Select(spell => spell.Address)
                .Distinct()
                .Count(),
            Departure.Spells.Max(spell => spell.From),
            Departure.To
        );

    /// <summary>The signal as it stood at a moment: what came and went later is unseen; null when nothing had come yet.</summary>
    public RouteSignal? Until(Instant limit)
    {
        IReadOnlyList<PeerSpell> spells =
        [
            .. Departure
                .Spells.Where(spell => spell.From < limit)
                .Select(spell =>
                    spell.To < limit
                        ? spell
                        : spell with
                        {
                            To = null,
                            End = SpellEnd.Open,
                            Next = null,
                            Ended = null,
                        }
                ),
        ];
        return spells.Count == 0
            ? null
            : this with
            {
                ReadUntil = Instant.Min(ReadUntil, limit),
                Departure = Departure with
                {
                    Spells = spells,
                    PeersSeen = spells
                        .Select(spell => (spell.Peer, spell.Peer.Number == 0 ? spell.Address : ""))
                        .Distinct()
                        .Count(),
                    Facts = Departure.Facts with
                    {
                        PeersReturned = spells
                            .Where(spell =>
                                spell.Next is { } next
                                && Departure.Known.Any(known => known.Origin == next)
                            )
                            .Select(spell => spell.Peer)
                            .Distinct()
                            .Count(),
                    },
                },
            };
    }
}

/// <summary>Validated ROA payloads as given.</summary>
/// <param name="Name">The file or cache.</param>
/// <param name="Count">How many; zero is a fault of the source and says nothing of routes.</param>
/// <param name="AgeMinutes">From their time to that of the event; null when they tell no time.</param>
public sealed record RpkiSource(string Name, string? Sha256, int Count, long? AgeMinutes);

/// <summary>How far a departing route was let go of.</summary>
/// <param name="Origin">Who announced it.</param>
/// <param name="Peers">Peers that took it.</param>
/// <param name="Holding">Of them, those not seen to let go of it.</param>
/// <param name="LastTaken">When a peer last took it.</param>
/// <param name="Until">When the last peer let go of it; null while one was not seen to.</param>
public readonly record struct RouteHeld(
    Asn Origin,
    Instant From,
    int Peers,
    int Holding,
    Instant LastTaken,
    Instant? Until
);
