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
            _ => throw new InvalidOperationException($"an offer knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

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
) : OfferEvent(At, By);

public sealed record OfferWithdrawn(Instant At, string By, string Reason) : OfferEvent(At, By);

/// <param name="Since">When it ended, which may be before anybody looked.</param>
public sealed record OfferExpired(Instant At, string By, Instant Since) : OfferEvent(At, By);
