using Breakwater.Preparedness.Agreements;
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

    public static IReadOnlyList<Phase> Agreement(AgreementKind kind) =>
        kind switch
        {
            AgreementKind.MutualAid
            or AgreementKind.StockSharing
            or AgreementKind.CrossBorderSpectrum => [Phase.Prepare, Phase.Mitigate],
            AgreementKind.SpareParts => [Phase.Prepare, Phase.Recover],
            AgreementKind.NationalRoaming or AgreementKind.CrossBorderTransit =>
            [
                Phase.Resilience,
                Phase.Mitigate,
            ],
            AgreementKind.FuelPriority => [Phase.Resilience],
            AgreementKind.RepairAccess => [Phase.PreventAndProtect, Phase.Recover],
            AgreementKind.Notification => [Phase.PreventAndProtect],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    private static Phase Used(Service service, bool bringsBack) =>
        bringsBack ? Phase.Recover
        : service == Service.CoreFunction ? Phase.Resilience
        : Phase.Mitigate;
}
