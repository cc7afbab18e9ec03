using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

public enum OfferState
{
    Open,
    Withdrawn,
    Expired,
}

/// <summary>An offer as it stands: its terms, for what alone it may be used, and until when it can be taken up. It is not a delivery.</summary>
public sealed record StandingOffer : ISubject<StandingOffer, OfferEvent>
{
    static string ISubject<StandingOffer, OfferEvent>.Kind => "offer";

    public required string Id { get; init; }

    public required string? Parent { get; init; }

    public required Offer Terms { get; init; }

    public required IReadOnlyList<Earmark> Earmarks { get; init; }

    /// <summary>Until when it can be taken up; null when none is stated. The end of the service itself is in the terms.</summary>
    public required Instant? Expires { get; init; }

    public required OfferState State { get; init; }

    public required string EndReason { get; init; }

    public required string OfferedBy { get; init; }

    public required Instant OfferedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>When nobody can take it up any more, whichever date comes first.</summary>
    [JsonIgnore]
    public Instant? EndsAt =>
        (Expires, Terms.UntilOffered) switch
        {
            ({ } expires, { } until) => Instant.Min(expires, until),
            (var expires, var until) => expires ?? until,
        };

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public Instant? DueAt => State == OfferState.Open ? EndsAt : null;

    [JsonIgnore]
    public Place? Place => Terms.Places is [var only] ? only : null;

    [JsonIgnore]
    public string Words =>
        $"{Terms.Asset} {Terms.Stakeholder} {string.Join(' ', Terms.Conditions)} {string.Join(' ', Earmarks.Select(earmark => earmark.Text))}";

    /// <summary>The terms as plans take them: what nobody was promised yet, where and for whom alone it may be used.</summary>
    /// <param name="promised">Units that commitments hold, in whatever response.</param>
    public Offer ToOffer(int promised) =>
        Terms with
        {
            Quantity = Math.Max(0, Terms.Quantity - promised),
            Places = Earmarks
                .Select(earmark => earmark.Place)
                .OfType<Place>()
                .Aggregate(Terms.Places, Within),
            Groups = Earmarks
                .Select(earmark => earmark.Group)
                .OfType<PopulationGroup>()
                .Aggregate(
                    Terms.Groups,
                    (groups, only) => [.. groups.Where(group => group == only)]
                ),
        };

    public static StandingOffer Apply(StandingOffer? before, OfferEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is OfferMade made)
        {
            return new StandingOffer
            {
                Id = made.Id,
                Parent = made.Parent,
                Terms = made.Terms,
                Earmarks = made.Earmarks,
                Expires = made.Expires,
                State = OfferState.Open,
                EndReason = "",
                OfferedBy = made.By,
                OfferedAt = made.At,
                ChangedAt = made.At,
                Marking = made.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        StandingOffer after = happened switch
        {
            OfferChanged changed => before with
            {
                Terms = changed.Terms,
                Earmarks = changed.Earmarks,
                Expires = changed.Expires,
            },
            OfferWithdrawn withdrawn => before with
            {
                State = OfferState.Withdrawn,
                EndReason = withdrawn.Reason,
            },
            OfferExpired => before with
            {
                State = OfferState.Expired,
                EndReason = "its end date passed",
            },
            OfferPromised => before,
            _ => throw new InvalidOperationException($"an offer knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    private static IReadOnlyList<Place> Within(IReadOnlyList<Place> places, Place only) =>
        [
            .. places.Where(place => place.IsWithin(only)),
            .. places.Any(place => !place.Equals(only) && only.IsWithin(place))
                ? [only]
                : (Place[])[],
        ];

    public static Decided<OfferEvent> Elapse(StandingOffer state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is { } end && end <= now
            ? new OfferExpired(now, Checks.Time, end)
            : Decided<OfferEvent>.Nothing;
    }
}

/// <summary>What happens to an offer.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record OfferEvent(Instant At, string By);

public sealed record OfferMade(
    Instant At,
    string By,
    string Id,
    string? Parent,
    Offer Terms,
    IReadOnlyList<Earmark> Earmarks,
    Instant? Expires,
    Marking Marking
) : OfferEvent(At, By);

public sealed record OfferChanged(
    Instant At,
    string By,
    Offer Terms,
    IReadOnlyList<Earmark> Earmarks,
    Instant? Expires,
    string Reason
) : OfferEvent(At, By)
{
    /// <summary>False when all that changed is that there is more of it: no plan that rests on it can lack anything by that.</summary>
    public bool MayLack { get; init; } = true;
}

public sealed record OfferWithdrawn(Instant At, string By, string Reason) : OfferEvent(At, By);

/// <summary>
/// Units of it were pledged under an adopted plan; how many are promised the commitments say. It stands on the offer so that two
/// plans that are adopted at one moment cannot both promise the last unit.
/// </summary>
public sealed record OfferPromised(Instant At, string By, string PlanId, int Units)
    : OfferEvent(At, By);

/// <param name="Since">When it ended, which may be before anybody looked.</param>
public sealed record OfferExpired(Instant At, string By, Instant Since) : OfferEvent(At, By);
