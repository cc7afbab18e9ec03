using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.CountryPlans;

public enum PlanAnswer
{
    /// <summary>Nobody knows, or nobody answered. It is not no.</summary>
    Unknown,
    Yes,
    Partly,
    No,
}

public enum PlanEvidenceKind
{
    Link,

    /// <summary>A document by its SHA-256.</summary>
    Document,

    /// <summary>A subject of the ledger, as <c>agreement/…</c>.</summary>
    Ledger,

    /// <summary>What somebody says, with who says it.</summary>
    Statement,
}

/// <summary>On what an answer rests.</summary>
/// <param name="Reference">The address, the hash, the subject, or what is said.</param>
/// <param name="Source">Who stands behind it: an office or an organisation, never a person.</param>
public sealed record PlanEvidence(PlanEvidenceKind Kind, string Reference, string? Source = null);

/// <summary>What one organisation last answered to one item.</summary>
/// <param name="Version">Of the checklist.</param>
public sealed record ItemAnswer(
    string Item,
    PlanAnswer Answer,
    IReadOnlyList<PlanEvidence> Evidence,
    string? Note,
    string By,
    string? Organisation,
    Instant At,
    string Version
);

/// <param name="Owner">The organisation that sees to it, by id or by name.</param>
/// <param name="Due">By when it wants to have done so; null where it did not say.</param>
public sealed record ItemOwner(string Item, string Owner, Instant? Due, string By, Instant At);

/// <summary>
/// How far a country has come along the checklist, as organisations say. The last answer counts; the last of every other organisation
/// stays beside it, and all are in the ledger.
/// </summary>
public sealed record CountryPlan : ISubject<CountryPlan, CountryPlanEvent>
{
    /// <summary>Of one item: more organisations than this answer in other ways.</summary>
    public const int AnswersMax = 40;

    static string ISubject<CountryPlan, CountryPlanEvent>.Kind => "country-plan";

    /// <summary>The country: ISO 3166-1 alpha-2.</summary>
    public required string Id { get; init; }

    /// <summary>Newest last; one for each item and organisation.</summary>
    public required IReadOnlyList<ItemAnswer> Answers { get; init; }

    public required IReadOnlyList<ItemOwner> Owners { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Answers.Count == 0 ? "unanswered" : "open";

    [JsonIgnore]
    public Place? Place => Place.OfCountry(Id);

    /// <summary>The answer that counts; null when nobody answered.</summary>
    public ItemAnswer? AnswerTo(string item) => Answers.LastOrDefault(one => one.Item == item);

    /// <summary>What other organisations last answered, where it is something else.</summary>
    public IReadOnlyList<ItemAnswer> Otherwise(string item) =>
        AnswerTo(item) is { } last
            ?
            [
                .. Answers.Where(one =>
                    one.Item == item && one != last && one.Answer != last.Answer
                ),
            ]
            : [];

    public ItemOwner? OwnerOf(string item) => Owners.FirstOrDefault(one => one.Item == item);

    public static CountryPlan Apply(CountryPlan? before, CountryPlanEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is CountryPlanOpened opened)
        {
            return new CountryPlan
            {
                Id = opened.Country,
                Answers = [],
                Owners = [],
                OpenedAt = opened.At,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        CountryPlan after = happened switch
        {
            PlanItemAnswered answered => before with
            {
                Answers =
                [
                    .. before.Answers.Where(one =>
                        one.Item != answered.Answer.Item
                        || one.Organisation != answered.Answer.Organisation
                    ),
                    answered.Answer,
                ],
            },
            PlanItemOwned owned => before with
            {
                Owners = [.. before.Owners.Where(one => one.Item != owned.Owner.Item), owned.Owner],
            },
            _ => throw new InvalidOperationException(
                $"a country plan knows no {happened.GetType()}"
            ),
        };
        return after with { ChangedAt = happened.At };
    }
}

/// <summary>What becomes known of the plan of a country.</summary>
public abstract record CountryPlanEvent(Instant At, string By);

public sealed record CountryPlanOpened(Instant At, string By, string Country, Marking Marking)
    : CountryPlanEvent(At, By);

public sealed record PlanItemAnswered(Instant At, string By, ItemAnswer Answer)
    : CountryPlanEvent(At, By);

public sealed record PlanItemOwned(Instant At, string By, ItemOwner Owner)
    : CountryPlanEvent(At, By);
