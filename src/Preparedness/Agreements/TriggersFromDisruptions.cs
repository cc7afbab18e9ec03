using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

/// <summary>In the order of three-valued logic (Kleene): the least of several is their "and", the greatest their "or".</summary>
public enum Truth
{
    False,
    Unknown,
    True,
}

/// <summary>What a condition asked of a disruption, of an agreement or of the calendar.</summary>
public enum TriggerAspect
{
    /// <summary>Whether it goes on.</summary>
    Lasting,
    Kind,
    Place,
    Confirmed,
    Confidence,
    Duration,
    People,
    OtherAgreement,
    Calendar,
}

public enum AreaSeen
{
    Lost,
    NotLost,

    /// <summary>Nobody could see: neither.</summary>
    Blind,
}

/// <summary>How sure detection is that anything is lost.</summary>
public enum HowSure
{
    Suspected,

    /// <summary>Sources that can see disagree: neither confirmed nor not.</summary>
    Contradictory,
    Confirmed,
}

/// <summary>What is known of a disruption, as far as triggers ask. What is null is not known.</summary>
/// <param name="Kind">As <c>shutdown</c>.</param>
/// <param name="MayBe">Kinds that it may turn out to be while its kind is not settled.</param>
/// <param name="Areas">How parts of its place fare, where that was looked at.</param>
/// <param name="End">When it ended; null while it lasts or nobody sees.</param>
/// <param name="SeenUntil">Until when anybody could see that it lasts.</param>
/// <param name="PeopleShareLow">Share of people without service, at least; null when nobody reckoned it.</param>
public sealed record DisruptionFacts(
    string Id,
    string Kind,
    IReadOnlyList<string> MayBe,
    Place Place,
    IReadOnlyList<(Place Place, AreaSeen Seen)> Areas,
    HowSure HowSure,
    Confidence Confidence,
    InstantRange Onset,
    InstantRange? End,
    Instant? SeenUntil,
    double? PeopleShareLow,
    double? PeopleShareHigh
);

/// <param name="Condition">Its place in the trigger, from 1.</param>
/// <param name="Truth">As it counts: turned round where it must not hold.</param>
/// <param name="Asked">Each thing that it asked, before it is turned round.</param>
public sealed record ConditionFound(
    int Condition,
    int Alternative,
    Truth Truth,
    IReadOnlyList<AspectFound> Asked
);

public sealed record AspectFound(TriggerAspect Aspect, Truth Truth);

/// <param name="Always">What every trigger asks: that the disruption lasts and reaches where the agreement applies.</param>
/// <param name="LooksAgainAt">When time alone may change it; null for never.</param>
public sealed record TriggerFound(
    Truth Truth,
    IReadOnlyList<AspectFound> Always,
    IReadOnlyList<ConditionFound> Conditions,
    Instant? LooksAgainAt
)
{
    private IReadOnlyList<(Truth Truth, IReadOnlyList<ConditionFound> Conditions)> Alternatives =>
        [
            .. Conditions
                .GroupBy(condition => condition.Alternative)
                .Select(all =>
                    (all.Min(condition => condition.Truth), (IReadOnlyList<ConditionFound>)[.. all])
                ),
        ];

    /// <summary>What would have to be known to tell; empty where it can be told.</summary>
    public IReadOnlyList<TriggerAspect> NotKnown =>
        Truth != Truth.Unknown
            ? []
            :
            [
                .. Alternatives
                    .Where(all =>
                        Alternatives.Max(one => one.Truth) == Truth.Unknown
                        && all.Truth == Truth.Unknown
                    )
                    .SelectMany(all => all.Conditions)
                    .Where(condition => condition.Truth == Truth.Unknown)
                    .SelectMany(condition => condition.Asked)
                    .Concat(Always)
                    .Where(asked => asked.Truth == Truth.Unknown)
                    .Select(asked => asked.Aspect)
                    .Distinct()
                    .Order(),
            ];
}

/// <summary>From what is known of a disruption to whether the trigger of an agreement holds: yes, no, or not known and why.</summary>
public static class TriggersFromDisruptions
{
    /// <summary>
    /// How long a disruption is taken to last while nobody sees it. Chosen, not measured: public series come up to a day late, and
    /// a weekend may pass before somebody hands them in.
    /// </summary>
    public static Duration UnseenMax { get; } = Duration.FromDays(3);

    /// <param name="places">Of the agreement: where it applies, when a condition names no place of its own.</param>
    /// <param name="isUsed">Whether another agreement is used in this disruption; not known while nobody answered.</param>
    public static TriggerFound Evaluate(
        IReadOnlyList<TriggerCondition> trigger,
        IReadOnlyList<Place> places,
        DisruptionFacts disruption,
        Func<string, Truth> isUsed,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(trigger);
        ArgumentNullException.ThrowIfNull(disruption);
        ArgumentNullException.ThrowIfNull(isUsed);
        ConditionFound[] found =
        [
            .. trigger.Select(
                (condition, at) =>
                {
                    AspectFound[] asked =
                    [
                        .. condition.Source switch
                        {
                            TriggerSource.Disruption => Disruption(condition, disruption, now),
                            TriggerSource.Agreement => (AspectFound[])
                                [
                                    new(
                                        TriggerAspect.OtherAgreement,
                                        isUsed(condition.Agreement ?? "")
                                    ),
                                ],
                            _ =>
                            [
                                new(
                                    TriggerAspect.Calendar,
                                    Is(!(now < condition.Since) && !(now >= condition.Until))
                                ),
                            ],
                        },
                    ];
                    // A condition that asks nothing holds in every disruption.
                    Truth all = asked.Select(one => one.Truth).DefaultIfEmpty(Truth.True).Min();
                    return new ConditionFound(
                        at + 1,
                        condition.Alternative,
                        condition.IsNot ? Not(all) : all,
                        asked
                    );
                }
            ),
        ];
        AspectFound[] always =
        [
            new(TriggerAspect.Lasting, Lasts(disruption, now)),
            new(TriggerAspect.Place, Reaches(disruption, places)),
        ];
        // A trigger without conditions proposes nothing: people ask for what it lets happen.
        Truth truth = found
            .GroupBy(condition => condition.Alternative)
            .Select(all => all.Min(condition => condition.Truth))
            .DefaultIfEmpty(Truth.False)
            .Max();
        return new TriggerFound(
            always.Select(one => one.Truth).Append(truth).Min(),
            always,
            found,
            Again(trigger, disruption, now)
        );
    }

    public static Truth Not(Truth truth) =>
        truth switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            _ => Truth.Unknown,
        };

    private static IEnumerable<AspectFound> Disruption(
        TriggerCondition condition,
        DisruptionFacts disruption,
        Instant now
    )
    {
        if (condition.Kinds is { Count: > 0 } kinds)
        {
            yield return new(
                TriggerAspect.Kind,
                kinds.Contains(disruption.Kind, StringComparer.Ordinal) ? Truth.True
                    : kinds.Any(kind => disruption.MayBe.Contains(kind, StringComparer.Ordinal))
                        ? Truth.Unknown
                    : Truth.False
            );
        }

        if (condition.Within is { } within)
        {
            yield return new(TriggerAspect.Place, Reaches(disruption, within));
        }

        if (condition.IsConfirmed)
        {
            yield return new(
                TriggerAspect.Confirmed,
                disruption.HowSure switch
                {
                    HowSure.Confirmed => Truth.True,
                    HowSure.Contradictory => Truth.Unknown,
                    _ => Truth.False,
                }
            );
        }

        if (condition.ConfidenceMin is { } confidence)
        {
            yield return new(
                TriggerAspect.Confidence,
                Is(disruption.Confidence.Probability >= confidence)
            );
        }

        if (condition.LastsMin is { } length)
        {
            yield return new(TriggerAspect.Duration, LastsFor(disruption, length, now));
        }

        if (condition.PeopleShareMin is { } share)
        {
            yield return new(
                TriggerAspect.People,
                disruption.PeopleShareLow >= share ? Truth.True
                    : disruption.PeopleShareHigh < share ? Truth.False
                    : Truth.Unknown
            );
        }
    }

    /// <summary>What ended needs no help that was agreed for while it lasts; what nobody saw for long may have ended.</summary>
    private static Truth Lasts(DisruptionFacts disruption, Instant now) =>
        disruption.End is not null ? Truth.False
        : now - disruption.SeenUntil >= UnseenMax ? Truth.Unknown
        : Truth.True;

    private static Truth LastsFor(DisruptionFacts disruption, Duration length, Instant now)
    {
        Instant seen = Instant.Min(disruption.SeenUntil ?? now, now);
        return seen - disruption.Onset.Latest >= length ? Truth.True
            : now - disruption.Onset.Earliest < length ? Truth.False
            : Truth.Unknown;
    }

    /// <summary>Whether a disruption reaches one of some places.</summary>
    private static Truth Reaches(DisruptionFacts disruption, IReadOnlyList<Place> places) =>
        places.Select(place => Reaches(disruption, place)).DefaultIfEmpty(Truth.False).Max();

    private static Truth Reaches(DisruptionFacts disruption, Place place)
    {
        Place where = disruption.Place;
        if (where.IsWithin(place))
        {
            return Truth.True;
        }

        if (place.IsWithin(where))
        {
            // The whole is lost; whether this part of it is too says only who looked at the parts.
            AreaSeen[] seen =
            [
                .. disruption
                    .Areas.Where(area => place.IsWithin(area.Place) || area.Place.IsWithin(place))
                    .Select(area => area.Seen),
            ];
            return seen.Contains(AreaSeen.Lost) ? Truth.True
                : seen.Length > 0 && seen.All(one => one == AreaSeen.NotLost) ? Truth.False
                : Truth.Unknown;
        }

        // A network or an address block lies in countries that its name does not say.
        return
            (where.Asn is not null || where.Prefix is not null)
            && where.Country is null
            && place.Country is not null
            ? Truth.Unknown
            : Truth.False;
    }

    /// <summary>The next moment at which a duration is reached or a stretch of the calendar begins or ends.</summary>
    private static Instant? Again(
        IReadOnlyList<TriggerCondition> trigger,
        DisruptionFacts disruption,
        Instant now
    ) =>
        trigger
            .SelectMany(condition =>
                (Instant?[])
                    [
                        condition.Since,
                        condition.Until,
                        condition.LastsMin is { } least && disruption.End is null
                            ? disruption.Onset.Earliest + least
                            : null,
                        condition.LastsMin is { } most && disruption.End is null
                            ? disruption.Onset.Latest + most
                            : null,
                    ]
            )
            .Append(disruption.End is null ? disruption.SeenUntil + UnseenMax : null)
            .Where(at => at > now)
            .Min();

    private static Truth Is(bool holds) => holds ? Truth.True : Truth.False;
}
