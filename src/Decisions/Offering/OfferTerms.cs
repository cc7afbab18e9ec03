using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Offering;

/// <summary>Why terms cannot stand; null when they can.</summary>
internal static class OfferTerms
{
    private const double LeadDaysMax = 3_660;

    public static Refusal? WhyNot(
        string id,
        Offer? terms,
        IReadOnlyList<Earmark>? earmarks,
        Instant? expires,
        Participant by,
        Instant now
    ) =>
        terms is null ? Refusal.Invalid("the terms are missing")
        : terms.Id != id ? Refusal.Invalid("the terms have another id")
        : by.Organisation is null || by.Organisation != terms.Stakeholder
            ? Refusal.NotAllowed("an organisation makes its own offers only")
        : WhyNotTexts(terms)
            ?? WhyNotNumbers(terms)
            ?? Checks.List(earmarks, "earmarks")
            ?? earmarks!
                .Select(earmark =>
                    Checks.Needed(earmark.Text, "the text of an earmark")
                    ?? (earmark.Group is { } group ? Checks.Known(group, "population group") : null)
                )
                .FirstOrDefault(no => no is not null)
            ?? (
                expires <= now || terms.UntilOffered <= now
                    ? Refusal.Invalid("it ends before it begins")
                    : null
            );

    private static Refusal? WhyNotTexts(Offer terms) =>
        Checks.Needed(terms.Asset, "the asset")
        ?? Checks.Text(terms.Source, "the source")
        ?? Checks.List(terms.Places, "places")
        ?? (terms.Places.Count == 0 ? Refusal.Invalid("no place is named") : null)
        ?? Checks.List(terms.Groups, "population groups")
        ?? terms
            .Groups.Select(group => Checks.Known(group, "population group"))
            .FirstOrDefault(no => no is not null)
        ?? (terms.Means is null ? null : Checks.List(terms.Means, "means"))
        ?? (terms.Means ?? [])
            .Select(means => Checks.Known(means, "means"))
            .FirstOrDefault(no => no is not null)
        ?? (terms.Networks is null ? null : Checks.Texts(terms.Networks, "networks"))
        ?? Checks.Texts(terms.Clearances, "clearances")
        ?? Checks.Texts(terms.Conditions, "conditions")
        ?? Checks.Known(terms.Service, "service")
        ?? Checks.Known(terms.Origin, "origin");

    /// <summary>Written so that what is no number at all fails too.</summary>
    private static Refusal? WhyNotNumbers(Offer terms) =>
        terms.Quantity <= 0 || terms.PeoplePerUnit < 0 || terms.UnitCostUsd < 0
            ? Refusal.Invalid("a quantity, people per unit or cost is below what is possible")
        : terms.UsableShare is not (>= 0 and <= 1) || terms.Exposure is not (>= 0 and <= 1)
            ? Refusal.Invalid("a share or an exposure lies between 0 and 1")
        : terms.LeadDays is not (>= 0 and <= LeadDaysMax)
            ? Refusal.Invalid("the lead time is zero days to ten years")
        : null;
}
