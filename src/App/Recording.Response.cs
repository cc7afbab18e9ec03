using Breakwater.Ledger;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Restorations;

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
            [.. plan.Needs, .. plan.Lines.Select(line => line.OfferId)],
            plan.Marking,
            []
        );
    }

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
}
