using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

public enum AgreementKind
{
    /// <summary>Operators help each other with crews, power and equipment.</summary>
    MutualAid,

    /// <summary>Subscribers of one network use another one of the country.</summary>
    NationalRoaming,

    /// <summary>Spectrum and coverage across a border.</summary>
    CrossBorderSpectrum,

    /// <summary>Traffic of a country that lost its paths goes through a neighbour.</summary>
    CrossBorderTransit,

    FuelPriority,

    /// <summary>Crews reach sites to repair them.</summary>
    RepairAccess,

    StockSharing,

    SpareParts,

    /// <summary>Parties tell each other, and those who must not harm an asset, what happens to it.</summary>
    Notification,
}

/// <summary>What an agreement lets happen, when, for whom and for how long. What is not stated is not agreed.</summary>
/// <param name="Action">What may be done without asking again, in words of the parties.</param>
/// <param name="Quantity">How much of it; null where none is stated, which is not "any amount".</param>
/// <param name="Unit">Of the quantity: litres, terminals, crews.</param>
/// <param name="Groups">For whom; civilians and responders are stated apart (INV-05).</param>
/// <param name="Trigger">When its use is proposed; empty: people ask for it.</param>
/// <param name="Until">Null where no end is stated.</param>
/// <param name="TestMonths">How often the parties want to try it; null where they did not say.</param>
public sealed record AgreementTerms(
    AgreementKind Kind,
    IReadOnlyList<Place> Places,
    string Action,
    IReadOnlyList<PopulationGroup> Groups,
    IReadOnlyList<TriggerCondition> Trigger,
    IReadOnlyList<string> Conditions,
    Instant From,
    Instant? Until = null,
    decimal? Quantity = null,
    string? Unit = null,
    int? TestMonths = null
);

/// <summary>Who promises. By id when the organisation is on this node, else by name; each with its class.</summary>
/// <param name="Organisation">Null for one that has no account here.</param>
public sealed record AgreementParty(
    string Name,
    StakeholderClass Class,
    string? Organisation = null
)
{
    /// <summary>What acts of a party name it by.</summary>
    public string Key() => Organisation ?? Name;

    /// <summary>What two parties share of id and name, since they would sign for each other; null for nothing.</summary>
    public static string? Twice(IReadOnlyList<AgreementParty> parties) =>
        parties
            .SelectMany(party =>
                new[] { party.Name.Trim(), party.Key().Trim() }.Distinct(
                    StringComparer.OrdinalIgnoreCase
                )
            )
            .GroupBy(key => key, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1)
            ?.Key;
}

public enum PartyAnswer
{
    /// <summary>Silence is not consent (INV-04).</summary>
    NoAnswer,
    Accepted,
    Declined,
    Withdrew,
}

/// <summary>What one party said of the terms that lie before it.</summary>
/// <param name="Party">Its id, or its name where it has none here.</param>
/// <param name="Document">Where it is signed, when another party recorded it; null for its own act here.</param>
public sealed record PartySignature(
    string Party,
    PartyAnswer Answer,
    Instant? At,
    string? By,
    string? Reason,
    string? Document
);

public enum TestOutcome
{
    Tested,
    Failed,
}

/// <summary>One try of an agreement.</summary>
/// <param name="Exercise">The exercise that it was part of; null for none.</param>
public sealed record AgreementTest(
    Instant On,
    TestOutcome Result,
    string Findings,
    string By,
    string? Exercise
);
