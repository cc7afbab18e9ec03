using System.Globalization;
using Breakwater.Decisions.Missions;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.Initiatives;

/// <summary>From a walk to the lists that other initiatives keep. Only what an audience may see goes into any of them.</summary>
public static class GivenToInitiatives
{
    /// <param name="missions">Missions and what parties were told of them; only for <see cref="Initiative.Ocha"/>.</param>
    public static IReadOnlyList<InitiativeFile> Of(
        Initiative initiative,
        Walked walked,
        Audience audience,
        IReadOnlyList<(Mission Mission, IReadOnlyList<Notification> Told)>? missions = null
    )
    {
        ArgumentNullException.ThrowIfNull(walked);
        Released released = ReleaseCheck.For(walked, audience);
        Walked walk = released.Walk;
        return initiative switch
        {
            Initiative.Etc =>
            [
                MappedCsv.Of("etc-services", walk.Commitments.Select(one => Service(walk, one))),
                MappedCsv.Of("etc-fuel", Fuel(walk, released)),
            ],
            Initiative.ItuDcm =>
            [
                MappedCsv.Of("itu-status", walk.Restorations.Where(HasCountry).Select(Status)),
            ],
            Initiative.Keepiton =>
            [
                MappedCsv.Of(
                    "keepiton-list",
                    walk.Detection.Disruptions.Where(IsListed).Select(Listed)
                ),
            ],
            Initiative.Foc => [MappedCsv.Of("foc-gaps", Gaps(walk))],
            Initiative.Ocha =>
            [
                MappedCsv.Of(
                    "ocha-notifications",
                    (missions ?? [])
                        .Where(pair => ReleaseCheck.Allows(pair.Mission.Marking, audience))
                        .SelectMany(pair => Forms(pair.Mission, pair.Told, audience))
                ),
            ],
            Initiative.Pulse =>
            [
                MappedCsv.Of(
                    "pulse-intervals",
                    walk.Detection.Disruptions.Where(IsListed).Select(Interval)
                ),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(initiative)),
        };
    }

    /// <summary>A loss of access in a country; routes and registries have lists of their own.</summary>
    private static bool IsListed(Disruption disruption) =>
        disruption is { Place.Country: not null, Routing: null };

    private static bool HasCountry(Restoration restoration) =>
        restoration.Place.Country is not null;

    private static Dictionary<string, string?> Service(
        Walked walk,
        Decisions.Commitment commitment
    ) =>
        new(StringComparer.Ordinal)
        {
            ["who"] = commitment.Stakeholder,
            ["service"] = InitiativeMapping.NameOf(commitment.Service),
            ["country"] = commitment.Place.Country,
            ["area"] = AreaOf(commitment.Place),
            ["pcode"] = walk
                .Populations.FirstOrDefault(one => one.Place.Equals(commitment.Place))
                ?.Pcode,
            ["status"] = Checks.Word(commitment.State),
            ["start"] = At(
                commitment
                    .History.FirstOrDefault(step =>
                        step.State == Decisions.CommitmentState.Delivered
                    )
                    ?.At
            ),
            ["until"] = At(commitment.Until),
            ["targeted"] = Number(commitment.Civilians),
            ["targeted-responders"] = Number(commitment.Responders),
            ["source"] = $"Breakwater, {commitment.PlanId}",
        };

    /// <summary>By area, also where sites could be shown: together they tell where power is scarce, alone they tell where they are.</summary>
    private static IEnumerable<Dictionary<string, string?>> Fuel(Walked walk, Released released) =>
        walk
            .Assessment.TimeToDark.GroupBy(site => site.Place)
            .Where(area => area.Count() >= ReleaseCheck.SmallestGroupOfSites)
            .Select(area =>
                Fuel(
                    area.Key,
                    area.Count(),
                    area.Min(site => site.Hours),
                    area.Count(site => site.Hours is null)
                )
            )
            .Concat(
                released.PowerByArea.Select(area =>
                    Fuel(area.Place, area.Sites, area.FirstHours, area.Unknown)
                )
            );

    private static Dictionary<string, string?> Fuel(
        Place place,
        int sites,
        double? hours,
        int unknown
    ) =>
        new(StringComparer.Ordinal)
        {
            ["country"] = place.Country,
            ["area"] = AreaOf(place),
            ["sites"] = Number(sites),
            ["first-hours"] = Number(hours),
            ["unknown"] = Number(unknown),
        };

    private static Dictionary<string, string?> Status(Restoration restoration) =>
        new(StringComparer.Ordinal)
        {
            ["country"] = restoration.Place.Country,
            ["area"] = AreaOf(restoration.Place),
            ["service-seen"] = restoration.ServiceSeen,
            ["status"] = Checks.Word(restoration.State),
            ["start-earliest"] = At(restoration.Start?.Earliest),
            ["start-latest"] = At(restoration.Start?.Latest),
            ["share"] = Number(restoration.ShareRestored),
            ["measured-by"] = restoration.MeasuredBy,
            ["origin"] = Checks.Word(restoration.Origin),
        };

    private static Dictionary<string, string?> Listed(Disruption disruption)
    {
        Claim? claim = disruption.Claims.Count == 1 ? disruption.Claims[0] : null;
        bool isDay = disruption.Onset.Latest - disruption.Onset.Earliest > Duration.FromDays(1);
        return new(StringComparer.Ordinal)
        {
            ["start-certainty"] = isDay ? "Estimated" : "Actual",
            ["start"] = At(disruption.Onset.Latest),
            ["country-name"] = disruption.Place.Country,
            ["scope"] = disruption.Place.Area is null
                ? "It affected locations in more than one state, province, or region"
                : "It affected more than one city in the same state, province, or region",
            ["area"] = AreaOf(disruption.Place),
            ["type"] = disruption.Kind == DisruptionKind.Throttling ? "Throttle" : "Shutdown",
            ["network"] = disruption.Network,
            ["extent"] = disruption.Target is { } target
                ? $"Service-based: {target}"
                : "Full network",
            // Claims that differ are no word of ours: the column stays empty.
            ["actor"] = claim is null ? null : Checks.Word(claim.Actor),
            ["decision-maker"] = null,
            ["cause"] = claim?.Cause,
            ["details"] = claim?.Wording,
            ["source"] = string.Join(
                "; ",
                disruption.Sources.Select(source => source.Name).Distinct()
            ),
            ["evidence"] = string.Join(
                " ",
                disruption
                    .Evidence.Select(evidence => $"sha256:{evidence.Sha256}")
                    .Distinct()
                    .Prepend(disruption.Id)
            ),
            ["status"] = disruption.End is null ? "Ongoing" : "Ended",
            ["end"] = At(disruption.End?.Latest),
        };
    }

    private static Dictionary<string, string?> Interval(Disruption disruption) =>
        new(StringComparer.Ordinal)
        {
            ["start"] = At(disruption.Onset.Latest),
            ["end"] = At(disruption.End?.Latest),
            ["country"] = disruption.Place.Country,
            ["area"] = AreaOf(disruption.Place),
            ["type"] = Checks.Word(disruption.Kind),
            ["scope"] =
                disruption.Target
                ?? disruption.Network
                ?? (disruption.Place.Area is null ? "national" : "regional"),
            ["evidence"] = disruption.Id,
        };

    private static IEnumerable<Dictionary<string, string?>> Gaps(Walked walk)
    {
        Plan? plan = walk.Plans.Count == 0 ? null : walk.Plans[0];
        foreach (Need need in walk.Assessment.Needs)
        {
            UnservedNeed? open = plan?.Unserved.FirstOrDefault(one => one.NeedId == need.Id);
            if (plan is null || open is not null || need.WithoutService is null)
            {
                yield return new(StringComparer.Ordinal)
                {
                    ["country"] = need.Place.Country ?? need.Place.Key,
                    ["area"] = AreaOf(need.Place),
                    ["group"] = Checks.Word(need.Group),
                    ["service"] = need.Target ?? InitiativeMapping.NameOf(need.Service),
                    ["low"] = Number(open?.People ?? need.WithoutService?.Low),
                    ["high"] = Number(open?.People ?? need.WithoutService?.High),
                    ["why"] = need.WithoutService is null
                        ? string.Join("; ", need.Unknowns)
                        : open?.Why ?? "not in the plan",
                };
            }
        }

        foreach (
            var gap in walk.Norms?.Found.Findings.SelectMany(finding =>
                finding.Gaps.Select(met => (finding.Place, met.Gap))
            )
                ?? []
        )
        {
            yield return new(StringComparer.Ordinal)
            {
                ["country"] = gap.Place.Country ?? gap.Place.Key,
                ["area"] = AreaOf(gap.Place),
                ["why"] = $"gap of law {gap.Gap}",
            };
        }
    }

    private static IEnumerable<Dictionary<string, string?>> Forms(
        Mission mission,
        IReadOnlyList<Notification> told,
        Audience audience
    ) =>
        told.Where(one => ReleaseCheck.Allows(one.Marking, audience))
            .Select(one => new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["id"] = one.Id,
                ["who"] = string.Join("; ", mission.Terms.Organisations),
                ["purpose"] = Checks.Word(mission.Terms.Purpose),
                ["country"] = one.Area.Country,
                ["area"] = AreaOf(one.Area),
                ["since"] = At(mission.Terms.Since),
                ["until"] = At(mission.Terms.Until),
                ["crew-size"] = Number(mission.Terms.CrewSize),
                ["party"] = one.Party,
                ["sent"] = At(one.SentAt),
                ["answer"] = Checks.Word(one.Answer),
                ["statement"] = one.Statement,
            });

    private static string? AreaOf(Place place) =>
        place.Area is null ? null : string.Join('/', place.Area);

    private static string? At(Instant? at) =>
        at is { } known && known != Instant.MaxValue ? known.ToString() : null;

    private static string? Number(double? number) =>
        number?.ToString("0.###", CultureInfo.InvariantCulture);
}
