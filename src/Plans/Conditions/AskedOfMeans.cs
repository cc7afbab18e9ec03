using Breakwater.Vocabulary;

namespace Breakwater.Plans;

/// <summary>By what the thing asked for is known to be there.</summary>
internal enum ShownBy
{
    /// <summary>A licence or frequency clearance.</summary>
    Licence,

    /// <summary>An import or access clearance: the State asked for the help, or consented to it.</summary>
    Consent,

    /// <summary>A notification of a mission, which follows the adoption of a plan.</summary>
    Notification,

    /// <summary>How the line is carried out.</summary>
    Conduct,
}

/// <summary>What a rule asks of whoever brings certain means, where the rule may apply.</summary>
internal sealed record AskedOfMeans(
    OfferMeans Means,
    string Rule,
    string? Gap,
    ShownBy By,
    string Asks
)
{
    public static IReadOnlyList<AskedOfMeans> All { get; } =
    [
        new(
            OfferMeans.SatelliteTerminal,
            "ITU-RR18-LICENCE",
            "G-12",
            ShownBy.Licence,
            "a licence of the territorial administration for the terminals; the rule has no humanitarian exception"
        ),
        new(
            OfferMeans.SatelliteTerminal,
            "ITU-45-INTERFERENCE",
            null,
            ShownBy.Conduct,
            "transmit as assigned, and answer a complaint of interference through the administrations"
        ),
        new(
            OfferMeans.ReliefEquipment,
            "TAMPERE-RELIEF",
            "G-10",
            ShownBy.Consent,
            "a request or consent of the State for telecommunication relief, on record"
        ),
        new(
            OfferMeans.RepairCrew,
            "IHL-CIVDEF-REPAIR",
            "G-11",
            ShownBy.Notification,
            "a deconfliction notification to each party before the crew leaves; a crew has no status of its own unless it is civil-defence or relief personnel, and no notification gives it one"
        ),
        new(
            OfferMeans.SharedSite,
            "IHL-PASSIVE",
            "G-04",
            ShownBy.Conduct,
            "place no shared equipment on a military site, and keep civilian and military parts apart"
        ),
        new(
            OfferMeans.SharedSite,
            "IHL-MEDICAL",
            null,
            ShownBy.Conduct,
            "leave what medical units depend on working, and place nothing with them that could be taken for military"
        ),
        new(
            OfferMeans.NeutralInfrastructure,
            "IHL-NEUTRAL",
            null,
            ShownBy.Conduct,
            "open to every side alike, and no installation of a party on neutral ground"
        ),
    ];
}
