using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Needs;
using Breakwater.Norms.Packs;
using Breakwater.Publications.Gaps;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Gaps;

/// <summary>
/// Counts gaps of the law over the findings on record. Of each disruption the last finding counts, under its last telling; what was
/// withdrawn, and what the reader may not see, does not.
/// </summary>
internal static class GapsOnRecord
{
    /// <summary>For the public: the entry of the command line.</summary>
    public static Task<GapLedger> Of(IRecords records) =>
        Of(new PublicView(records), LawAtHand.Read.Pack);

    /// <param name="pack">Lists its gaps first, also those that nothing meets; null: only those that findings name.</param>
    public static async Task<GapLedger> Of(PublicView view, LawPack? pack)
    {
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        IReadOnlyList<Case> cases = await Once(
                view,
                await Last(view, standing).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        ILookup<string, Need> needs = (await view.All<Need>("need").ConfigureAwait(false))
            .Select(recorded => recorded.Body)
            .Where(need => need is { Group: PopulationGroup.Residents, Service: Service.Messaging })
            .SelectMany(need =>
                need.Disruptions.Select(standing.Latest).Distinct().Select(id => (id, need))
            )
            .ToLookup(pair => pair.id, pair => pair.need, StringComparer.Ordinal);
        ILookup<string, Met> met = cases
            .SelectMany(one => one.Gaps.Select(gap => new Met(one, gap)))
            .ToLookup(one => one.Gap.Gap, StringComparer.Ordinal);
        IEnumerable<string> listed = (pack?.Gaps.Select(gap => gap.Id) ?? []).Union(
            met.Select(gap => gap.Key).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        return new GapLedger(
            DisruptionFindings.StandardOfProof,
            cases.Count,
            [
                .. listed.Select(gap =>
                    Count(
                        gap,
                        pack?.Gaps.FirstOrDefault(one => one.Id == gap),
                        [.. met[gap]],
                        needs
                    )
                ),
            ]
        );
    }

    private static GapCount Count(
        string id,
        Gap? gap,
        IReadOnlyList<Met> met,
        ILookup<string, Need> needs
    )
    {
        IGrouping<string, Met>[] disruptions =
        [
            .. met.GroupBy(one => one.Case.Latest, StringComparer.Ordinal),
        ];
        return new GapCount(
            id,
            gap?.Text ?? met[^1].Gap.Text,
            disruptions.Length,
            [
                .. met.GroupBy(one => one.Gap.Kind)
                    .OrderBy(kind => kind.Key)
                    .Select(kind => new GapMetAs(
                        kind.Key,
                        kind.Select(one => one.Case.Latest).Distinct().Count()
                    )),
            ],
            Sorted(met.SelectMany(one => one.Gap.Rules)),
            Sorted(met.SelectMany(one => one.Gap.Regimes)),
            [
                .. met.SelectMany(one => one.Gap.Outcomes)
                    .GroupBy(said => said.Outcome, StringComparer.Ordinal)
                    .OrderBy(said => said.Key, StringComparer.Ordinal)
                    .Select(said => new BodiesSay(
                        said.Key,
                        Sorted(said.SelectMany(one => one.Profiles))
                    )),
            ],
            Harm([.. disruptions.Select(one => one.Key)], needs),
            [
                .. disruptions
                    .Reverse()
                    .Take(GapLedger.IncidentsMax)
                    .Select(one => new GapIncident(
                        one.Key,
                        one.First().Case.Place,
                        [.. one.Select(part => part.Gap.Kind).Distinct().Order()],
                        one.First().Case.Finding,
                        one.First().Case.FactsHash
                    )),
            ]
        );
    }

    /// <summary>A need that several disruptions cause is one, and people of an area are among those of the place around it.</summary>
    private static GapHarm Harm(IReadOnlyList<string> disruptions, ILookup<string, Need> needs)
    {
        Need[] counted =
        [
            .. Need.Latest(disruptions.SelectMany(id => needs[id]))
                .Where(need => need.WithoutService is not null),
        ];
        CountRange[] apart =
        [
            .. counted
                .Where(need =>
                    !counted.Any(wide =>
                        !wide.Place.Equals(need.Place) && need.Place.IsWithin(wide.Place)
                    )
                )
                .Select(need => need.WithoutService!),
        ];
        return new GapHarm(
            apart.Length == 0
                ? null
                : new CountRange(apart.Sum(range => range.Low), apart.Sum(range => range.High)),
            disruptions.Count(id => needs[id].All(need => need.WithoutService is null))
        );
    }

    /// <summary>The last finding of each disruption that stands, in the order in which disruptions were first found on.</summary>
    private static async Task<IReadOnlyList<Case>> Last(PublicView view, StandingTellings standing)
    {
        var cases = new Dictionary<string, Case>(StringComparer.Ordinal);
        await foreach (
            Recorded<DisruptionFindings> recorded in view.Each<DisruptionFindings>(
                    Recording.FindingKind
                )
                .ConfigureAwait(false)
        )
        {
            DisruptionFindings finding = recorded.Body;
            string latest = standing.Latest(finding.Disruption);
            if (!standing.IsWithdrawn(latest))
            {
                cases[latest] = new Case(
                    latest,
                    finding.Place,
                    finding.Id,
                    finding.FactsHash,
                    finding.Gaps
                );
            }
        }

        return [.. cases.Values];
    }

    /// <summary>A disruption that is told to everybody and, otherwise, to few counts once for who may see both.</summary>
    private static async Task<IReadOnlyList<Case>> Once(PublicView view, IReadOnlyList<Case> cases)
    {
        var counted = cases.Select(one => one.Latest).ToHashSet(StringComparer.Ordinal);
        var told = new Dictionary<(Place, string?, string?), List<Disruption>>();
        await foreach (
            Recorded<Disruption> recorded in view.Each<Disruption>("disruption")
                .ConfigureAwait(false)
        )
        {
            Disruption disruption = recorded.Body;
            if (!counted.Contains(disruption.Id))
            {
                continue;
            }

            (Place, string?, string?) of = (
                disruption.Place,
                disruption.Network,
                disruption.Target
            );
            if (!told.TryGetValue(of, out List<Disruption>? before))
            {
                told[of] = before = [];
            }

            if (before.Exists(one => one.Id != disruption.Id && disruption.IsToldAgainBy(one)))
            {
                counted.Remove(disruption.Id);
            }
            else
            {
                before.Add(disruption);
            }
        }

        return [.. cases.Where(one => counted.Contains(one.Latest))];
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Case(
        string Latest,
        Place Place,
        string Finding,
        string FactsHash,
        IReadOnlyList<GapMet> Gaps
    );

    private sealed record Met(Case Case, GapMet Gap);
}
