using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Gaps;

/// <summary>
/// In which phases a thing helps, by what it does. These rules are a judgement, stated in <c>docs/gap-matrix.md</c>; one thing may help
/// in several phases and then stands in each.
/// </summary>
public static class PhasesOf
{
    /// <param name="isStanding">True when it is made before, and apart from, any response.</param>
    public static IReadOnlyList<Phase> Offer(Offer offer, bool isStanding)
    {
        ArgumentNullException.ThrowIfNull(offer);
        Phase used = Used(
            offer.Service,
            offer.Networks is not null || offer.Means?.Contains(OfferMeans.RepairCrew) == true
        );
        return isStanding ? [Phase.Prepare, used] : [used];
    }

    /// <param name="bringsBack">True when it restores networks that were there, rather than serving beside them.</param>
    public static IReadOnlyList<Phase> Commitment(Service service, bool bringsBack) =>
        [Used(service, bringsBack)];

    /// <param name="isOfNetworks">True when it is known which networks are cut: then bringing them back would meet it too.</param>
    public static IReadOnlyList<Phase> Need(Service service, bool isOfNetworks) =>
        service == Service.CoreFunction ? [Phase.Resilience, Phase.Recover]
        : isOfNetworks ? [Phase.Mitigate, Phase.Recover]
        : [Phase.Mitigate];

    /// <summary>Null for a kind that these rules do not know.</summary>
    /// <param name="kind">One kebab-case word, such as <c>mutual-aid</c>.</param>
    public static IReadOnlyList<Phase>? Agreement(string kind) =>
        kind switch
        {
            "mutual-aid" or "stock-sharing" or "cross-border-spectrum" =>
            [
                Phase.Prepare,
                Phase.Mitigate,
            ],
            "roaming" => [Phase.Resilience, Phase.Mitigate],
            "fuel-priority" => [Phase.Resilience],
            "repair-access" => [Phase.PreventAndProtect, Phase.Recover],
            "notification" => [Phase.PreventAndProtect],
            _ => null,
        };

    private static Phase Used(Service service, bool bringsBack) =>
        bringsBack ? Phase.Recover
        : service == Service.CoreFunction ? Phase.Resilience
        : Phase.Mitigate;
}
