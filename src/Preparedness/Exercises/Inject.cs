using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises;

/// <summary>What an inject does when its moment comes.</summary>
public enum InjectKind
{
    /// <summary>Somebody is told something.</summary>
    Message,

    /// <summary>A report comes in, as from anybody.</summary>
    Report,

    /// <summary>Somebody says of a loss what it is, through the intake for what others say.</summary>
    Claim,

    /// <summary>A feed shows nothing from then on.</summary>
    FeedBlind,

    /// <summary>A contact point gives no answer from then on; those who play it keep silent.</summary>
    ContactSilent,

    /// <summary>Whoever made an offer takes it back.</summary>
    OfferWithdrawn,

    /// <summary>An authority answers a clearance.</summary>
    ClearanceAnswered,
}

/// <summary>Something that those who run an exercise bring into it, at a moment of the scenario.</summary>
public sealed record Inject
{
    public const int Max = 500;
    public const int TextMax = 2_000;

    public required string Id { get; init; }

    public required Instant At { get; init; }

    public required InjectKind Kind { get; init; }

    /// <summary>Who is told, by role; nobody by role and nobody by organisation is everybody.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Who is told, by organisation.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>What is told, by BCP 47 language; <c>en</c> is always there.</summary>
    public required IReadOnlyDictionary<string, string> Text { get; init; }

    /// <summary>The file of the feed, the contact, the id of the offer, or the authority; null for a message and a report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? About { get; init; }

    /// <summary>Until when a feed is blind or a contact silent; null for the rest of the exercise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? Until { get; init; }

    /// <summary>From when on everybody may know; null: it stays with those who were told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? OpenFrom { get; init; }

    /// <summary>True for what is not so. Only those who run the exercise see this.</summary>
    public bool IsFalse { get; init; }

    /// <summary>Null for all but a report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectedReport? Report { get; init; }

    /// <summary>Null for all but a claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectedClaim? Claim { get; init; }

    /// <summary>Of a clearance: true when the permit is given, false when it is denied; null for all other injects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsGiven { get; init; }

    /// <summary>Whether somebody is among those who are told, at a moment.</summary>
    public bool IsFor(IReadOnlySet<Role> roles, string? organisation, Instant now)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return (Roles.Count == 0 && Organisations.Count == 0)
            || OpenFrom <= now
            || Roles.Any(roles.Contains)
            || (organisation is not null && Organisations.Contains(organisation));
    }

    /// <summary>Why it cannot be brought in as it is; null when it can.</summary>
    public Refusal? WhyNot() =>
        Checks.Id(Id, "the id of the inject")
        ?? Checks.Known(Kind, "kind of inject")
        ?? (
            Text is null || !Text.TryGetValue("en", out string? english)
                ? Refusal.Invalid("an inject needs its text in English")
                : Checks.Needed(english, "the text of the inject")
        )
        ?? (
            Text!.Values.Any(text => text.Length > TextMax)
                ? Refusal.Invalid($"the text of an inject is longer than {TextMax} characters")
                : null
        )
        ?? Checks.List(Roles, "roles")
        ?? Checks.List(Organisations, "organisations")
        ?? (Until <= At ? Refusal.Invalid("an inject ends after it begins") : null)
        ?? Kind switch
        {
            InjectKind.Report when Report is null => Refusal.Invalid(
                "a report needs its place and what works there"
            ),
            InjectKind.Claim when Claim is null => Refusal.Invalid(
                "a claim needs its place, what is claimed, who says so and since when"
            ),
            InjectKind.ClearanceAnswered when IsGiven is null => Refusal.Invalid(
                "say whether the clearance is given or denied"
            ),
            InjectKind.Message or InjectKind.Report or InjectKind.Claim => null,
            _ => Checks.Id(About, "what the inject is about"),
        };
}

/// <summary>A report as anybody could send it. Words of services and states are those of the report form.</summary>
/// <param name="State"><c>working</c>, <c>degraded</c>, <c>down</c> or <c>unknown</c>.</param>
public sealed record InjectedReport(Place Place, string State, string? Network, Service? Service)
{
    /// <summary>When it was seen; null for the moment at which it comes in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? ObservedAt { get; init; }

    /// <summary>What kind of observer, such as <c>operator</c>; null for a resident. A word that no form knows counts as unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Observer { get; init; }
}

/// <summary>What somebody says of a loss. Its words are the text of the inject.</summary>
/// <param name="What">The kind of disruption, such as <c>registry-failure</c>, or the words of whoever claims it.</param>
/// <param name="By">Who says so, in words.</param>
public sealed record InjectedClaim(
    Place Place,
    string What,
    string By,
    InstantRange Onset,
    Actor Actor,
    string? Cause,
    string? Network
)
{
    /// <summary>The one service that is said to be lost; null for access as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Place>? FurtherPlaces { get; init; }
}
