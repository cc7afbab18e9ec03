using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Judges departures of origins on routing evidence alone. Each becomes a hijack or is set aside with its reasons; the
/// judgement is of the route, never of whoever announced it. It begins with the first announcement and ends when every
/// monitor that saw it has let go of it.
/// </summary>
internal static class HijacksFromSignals
{
    public static (IReadOnlyList<Disruption> Hijacks, IReadOnlyList<SetAside> SetAside) Judge(
        IReadOnlyList<RouteSignal> signals,
        HijackProfile profile
    )
    {
        List<Disruption> hijacks = [];
        List<SetAside> setAside = [];
        foreach (RouteSignal signal in signals.OrderBy(signal => signal.Id, StringComparer.Ordinal))
        {
            OriginDeparture departure = signal.Departure;
            HijackJudgement judgement = HijackTags.Judge(departure, profile);
            if (judgement.IsSetAside)
            {
                setAside.Add(
                    new SetAside(
                        signal.Place,
                        departure.Origin,
                        departure.Facts.IsUndecided
                            ? []
                            : [.. departure.Known.Select(known => known.Origin)],
                        departure.From,
                        judgement.Score,
                        judgement.Tags
                    )
                    {
                        Note = departure.Facts.IsUndecided
                            ? HijackWords.Undecided(Origins(departure))
                            : null,
                    }
                );
            }
            else
            {
                hijacks.Add(HijackOf(signal, judgement, profile));
            }
        }

        return (
            hijacks,
            [
                .. setAside
                    .OrderBy(one => one.From)
                    .ThenBy(one => one.Place.Key, StringComparer.Ordinal)
                    .ThenBy(one => one.Origin.Number),
            ]
        );
    }

    private static Disruption HijackOf(
        RouteSignal signal,
        HijackJudgement judgement,
        HijackProfile profile
    )
    {
        OriginDeparture departure = signal.Departure;
        var facts = new RoutingFacts
        {
            Type = departure.Type,
            Prefix = departure.Prefix,
            KnownPrefix = departure.KnownPrefix,
            SuspectOrigins =
                departure.Facts.IsUndecided
                    ? [.. Origins(departure).OrderBy(origin => origin.Number)]
                : departure.Origin.Number == 0 ? []
                : [departure.Origin],
            ExpectedOrigins = departure.Facts.IsUndecided
                ? []
                : [.. departure.Known.Select(known => known.Origin)],
            ExpectedFrom = departure.Basis,
            Rpki = HijackWords.Rpki(departure.Facts.Validity, signal.Rpki),
            Peers =
            [
                .. departure.Spells.Select(spell => new RoutingPeer(
                    spell.Peer,
                    spell.Address,
                    spell.Feed,
                    spell.From,
                    spell.To,
                    spell.End,
                    spell.Path
                )),
            ],
            PeersSeen = departure.PeersSeen,
            PeersHearing = departure.PeersHearing,
            Episodes = Episodes(departure),
            Tags = judgement.Tags,
            Score = judgement.Score,
        };
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new
                {
                    signal.Id,
                    facts,
                    profile = $"{profile.Name} {profile.Version}",
                    version = DisruptionsFromSignals.MethodVersion,
                }
            ),
            Kind = DisruptionKind.Hijack,
            State = StateOf(departure, judgement, profile),
            Place = signal.Place,
            Asns = facts.SuspectOrigins,
            Start = departure.From,
            // A message has a moment, unlike a sample: nothing lies between not yet and now.
            Onset = new InstantRange(departure.From, departure.From),
            End = departure.To is { } to ? new InstantRange(to, to) : null,
            Confidence = judgement.Confidence,
            Severity = [],
            Sources = [.. judgement.Tags.Select(tag => VerdictOf(tag, signal, profile))],
            Claims = [],
            Links = [],
            Notes = [.. HijackWords.Notes(signal, facts, profile)],
            Origin = signal.Origin,
            Marking = signal.Marking,
            Signals = [signal.Id],
            Evidence = signal.Evidence,
            Detector = string.Create(
                CultureInfo.InvariantCulture,
                $"{profile.Name} {profile.Version}, method {DisruptionsFromSignals.MethodVersion}"
            ),
            Routing = facts,
        };
    }

    private static IEnumerable<Asn> Origins(OriginDeparture departure) =>
        departure.Known.Select(known => known.Origin).Append(departure.Origin);

    /// <summary>The RPKI that authorises a suspect contradicts the routes; otherwise the confidence decides.</summary>
    private static DisruptionState StateOf(
        OriginDeparture departure,
        HijackJudgement judgement,
        HijackProfile profile
    ) =>
        departure.To is not null ? DisruptionState.Closed
        : departure.Facts.Validity.State == RouteValidity.Valid ? DisruptionState.Contradictory
        : judgement.Confidence.Probability >= profile.ConfirmAt ? DisruptionState.Confirmed
        : DisruptionState.Suspected;

    private static SourceVerdict VerdictOf(
        RoutingTag tag,
        RouteSignal signal,
        HijackProfile profile
    ) =>
        new(
            tag.Tag.Contains("rpki", StringComparison.Ordinal)
                ? signal.Rpki?.Name ?? "RPKI"
                : signal.Source,
            SignalFamily.Routing,
            tag.Score > 0 ? Verdict.Agrees
                : tag.Score < 0 ? Verdict.Disagrees
                : Verdict.Absent,
            tag.Tag,
            Math.Round(tag.Score * profile.LogOddsPerPoint, 3)
        );

    private static List<Episode> Episodes(OriginDeparture departure)
    {
        List<Episode> episodes = [];
        foreach (PeerSpell spell in departure.Spells)
        {
            if (episodes.Count > 0 && (episodes[^1].To is not { } to || spell.From <= to))
            {
                Instant? until =
                    episodes[^1].To is { } known && spell.To is { } end
                        ? Instant.Max(known, end)
                        : null;
                episodes[^1] = episodes[^1] with { To = until };
            }
            else
            {
                episodes.Add(new Episode(spell.From, spell.To));
            }
        }

        return episodes;
    }
}
