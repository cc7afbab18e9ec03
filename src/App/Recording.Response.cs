using Breakwater.Decisions.Scoping;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>What a response works out for itself, with the ids of what it came from.</summary>
public static partial class Recording
{
    public static Draft Of(Need need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return DraftOf("need", need.Id, need, need.Disruptions, need.Marking, []);
    }

    public static Draft Of(TimeToDark site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return DraftOf("time-to-dark", site.SiteId, site, [], site.Marking, []);
    }

    public static Draft Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return DraftOf(
            "plan",
            plan.Id,
            plan,
            [.. plan.Needs, .. plan.Lines.Select(line => line.OfferId), .. plan.Findings],
            plan.Marking,
            []
        );
    }

    internal static Draft Of(ScopeJudgement judgement) =>
        DraftOf(
            "scope",
            ContentId.Of("scope", judgement),
            judgement,
            [judgement.DisruptionId],
            judgement.Marking,
            []
        );

    public static Draft Of(Restoration restoration)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        return DraftOf(
            "restoration",
            restoration.Id,
            restoration,
            [restoration.DisruptionId, .. restoration.Commitments],
            restoration.Marking,
            restoration.Evidence
        );
    }

    /// <summary>The disruption that a measurement opened, and how it is told from now on.</summary>
    internal static IEnumerable<Draft> Of(Relapse relapse, Instant now)
    {
        if (relapse.IsOpened)
        {
            yield return DraftOf(
                "disruption",
                relapse.Disruption.Id,
                relapse.Disruption,
                [
                    .. relapse.Disruption.Links.Select(link => link.DisruptionId),
                    .. relapse.Lost.Select(restoration => restoration.Id),
                ],
                relapse.Disruption.Marking,
                relapse.Disruption.Evidence
            );
        }

        foreach (
            Revision revision in relapse.InsteadOf is { } opened
                ? Revision.Between([opened], [relapse.Disruption], now)
                : []
        )
        {
            yield return Of(
                revision,
                Marking.Strictest([relapse.Disruption.Marking, relapse.InsteadOf!.Marking])
            );
        }
    }
}
