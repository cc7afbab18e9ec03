using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

/// <summary>What the other agreements of the node wait for, and which kinds of disruptions there are: read by whoever calls.</summary>
/// <param name="Waits">For each agreement on record the ids that its trigger names.</param>
public sealed record AgreementsOnRecord(
    IReadOnlyCollection<string> Kinds,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Waits
)
{
    public static AgreementsOnRecord None { get; } =
        new([], new Dictionary<string, IReadOnlyList<string>>());
}

/// <summary>What must hold before anything is entered of an agreement.</summary>
internal static class AgreementRules
{
    private const int PlacesMax = 50;
    private const int MonthsMax = 120;
    private const decimal QuantityMax = 1_000_000_000_000;

    public static Refusal? Standing(Agreement? state, Instant now) =>
        state is null ? Checks.Missing("agreement") : Checks.Order(state.ChangedAt, now);

    /// <summary>The party that somebody acts for: their own, or one without an account here, with the document where it said so.</summary>
    public static (string? Key, Refusal? No) Acts(
        Agreement state,
        Participant by,
        string? party,
        string? document
    )
    {
        AgreementParty? own = state.PartyOf(by.Organisation);
        if (own is null)
        {
            return (null, Refusal.NotAllowed("your organisation is no party of this agreement"));
        }

        if (string.IsNullOrWhiteSpace(party) || party == own.Key())
        {
            return (own.Key(), null);
        }

        AgreementParty? other = state.Parties.FirstOrDefault(one => one.Key() == party);
        return other is null ? (null, Refusal.Invalid("no party of this agreement is called so"))
            : other.Organisation is not null
                ? (null, Refusal.NotAllowed("only its own people act for a party of this node"))
            : OpenText.Needed(document, "the document in which the party says so") is { } no
                ? (null, no)
            : (other.Key(), null);
    }

    public static Refusal? Parties(IReadOnlyList<AgreementParty>? parties, Participant by) =>
        Checks.List(parties, "parties")
        ?? (
            parties!.Count is < 2 or > Agreement.PartiesMax
                ? Refusal.Invalid($"an agreement has from 2 to {Agreement.PartiesMax} parties")
                : null
        )
        ?? parties
            .Select(party =>
                OpenText.Name(party.Name, "the name of a party")
                ?? Checks.Known(party.Class, "stakeholder class")
                ?? (
                    party.Organisation is null
                        ? null
                        : Checks.Id(party.Organisation, "the organisation of a party")
                )
            )
            .FirstOrDefault(no => no is not null)
        ?? (
            AgreementParty.Twice(parties) is { } twice
                ? Refusal.Invalid($"'{twice}' is listed twice")
                : null
        )
        ?? (
            by.Organisation is null || parties.All(party => party.Organisation != by.Organisation)
                ? Refusal.NotAllowed("an organisation proposes agreements that it is a party of")
                : null
        );

    public static Refusal? Terms(string id, AgreementTerms? terms, AgreementsOnRecord known) =>
        terms is null
            ? Refusal.Invalid("the terms are missing")
            : Checks.Known(terms.Kind, "kind of agreement")
                ?? Places(terms.Places)
                ?? OpenText.Needed(terms.Action, "what it lets happen")
                ?? Checks.List(terms.Groups, "population groups")
                ?? terms
                    .Groups.Select(group => Checks.Known(group, "population group"))
                    .FirstOrDefault(no => no is not null)
                ?? OpenText.List(terms.Conditions, "conditions")
                ?? Checks.List(terms.Trigger, "conditions of the trigger")
                ?? Numbers(terms)
                ?? Condition(terms, known)
                ?? Waits(id, terms, known);

    private static Refusal? Places(IReadOnlyList<Place>? places) =>
        Checks.List(places, "places")
        ?? (
            places!.Count is 0 or > PlacesMax
                ? Refusal.Invalid($"an agreement names from 1 to {PlacesMax} places")
            : places.Any(place => place.IsNowhere) ? Refusal.Invalid("a place names nothing")
            : places.FirstOrDefault(place =>
                place.Country is { } country && !Countries.IsCode(country)
            )
                is { } odd
                ? Refusal.Invalid($"'{odd.Country}' is no code of a country")
            : null
        );

    private static Refusal? Numbers(AgreementTerms terms) =>
        terms.Until <= terms.From ? Refusal.Invalid("the agreement ends before it begins")
        : terms.Quantity is <= 0 or > QuantityMax
            ? Refusal.Invalid("a quantity is greater than zero")
        : terms.Quantity is not null && string.IsNullOrWhiteSpace(terms.Unit)
            ? Refusal.Invalid("name the unit of the quantity")
        : terms.TestMonths is < 1 or > MonthsMax
            ? Refusal.Invalid($"tests are 1 to {MonthsMax} months apart")
        : OpenText.Optional(terms.Unit, "the unit");

    private static Refusal? Condition(AgreementTerms terms, AgreementsOnRecord known) =>
        Trigger.WhyNot(terms.Trigger, known.Kinds) is [var (at, reason), ..]
            ? Refusal.Invalid(at == 0 ? reason : $"condition {at} of the trigger: {reason}")
            : null;

    private static Refusal? Waits(string id, AgreementTerms terms, AgreementsOnRecord known)
    {
        IReadOnlyList<string> waits = Trigger.WaitsFor(terms.Trigger);
        if (waits.Contains(id, StringComparer.Ordinal))
        {
            return Refusal.Invalid("the trigger waits for the agreement itself");
        }

        if (waits.FirstOrDefault(other => !known.Waits.ContainsKey(other)) is { } missing)
        {
            return Refusal.Invalid(
                $"the trigger waits for an agreement that is not on record: '{missing}'"
            );
        }

        var all = new Dictionary<string, IReadOnlyList<string>>(known.Waits, StringComparer.Ordinal)
        {
            [id] = waits,
        };
        return TriggerCycles.Of(all).FirstOrDefault(cycle => cycle.Contains(id)) is { } circle
            ? Refusal.Invalid($"the triggers wait for each other: {TriggerCycles.Named(circle)}")
            : null;
    }
}
