using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

/// <summary>What one condition of a trigger looks at.</summary>
public enum TriggerSource
{
    /// <summary>The disruption at hand.</summary>
    Disruption,

    /// <summary>Whether another agreement is used in the disruption at hand.</summary>
    Agreement,

    /// <summary>The calendar.</summary>
    Time,
}

/// <summary>
/// One condition of a trigger. A trigger is a list of them: those with the same alternative must all hold, and one alternative is
/// enough. Every combination of all, any and not can be written so, it is two deep by construction, and in three-valued logic the
/// two forms agree.
/// </summary>
/// <param name="Alternative">1 to <see cref="Trigger.AlternativesMax"/>.</param>
/// <param name="IsNot">True: it must not hold.</param>
/// <param name="Kinds">Kinds of disruption, as <c>outage</c>; empty for any.</param>
/// <param name="Within">Where the disruption must reach; null: anywhere in the places of the agreement.</param>
/// <param name="IsConfirmed">True: a suspected disruption is not enough.</param>
/// <param name="ConfidenceMin">0 to 1; null for any.</param>
/// <param name="LastsMin">Null for any.</param>
/// <param name="PeopleShareMin">Share of people there who lost service, 0 to 1; null for any.</param>
/// <param name="Agreement">Id of the other agreement.</param>
/// <param name="Since">Not before.</param>
/// <param name="Until">Not from then on.</param>
public sealed record TriggerCondition(
    TriggerSource Source,
    int Alternative = 1,
    bool IsNot = false,
    IReadOnlyList<string>? Kinds = null,
    Place? Within = null,
    bool IsConfirmed = false,
    double? ConfidenceMin = null,
    Duration? LastsMin = null,
    double? PeopleShareMin = null,
    string? Agreement = null,
    Instant? Since = null,
    Instant? Until = null
);

/// <summary>What must hold of a trigger as it is written.</summary>
public static class Trigger
{
    public const int ConditionsMax = 40;
    public const int AlternativesMax = 10;
    private const int KindsMax = 20;

    /// <summary>Ids of the agreements that a trigger waits for, each once.</summary>
    public static IReadOnlyList<string> WaitsFor(IReadOnlyList<TriggerCondition> trigger) =>
        [
            .. trigger
                .Select(condition => condition.Agreement)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Why a trigger cannot be taken as it is written, each reason with the number of the condition; empty when it can.</summary>
    /// <param name="kinds">Kinds of disruptions that there are.</param>
    public static IReadOnlyList<(int Condition, string Reason)> WhyNot(
        IReadOnlyList<TriggerCondition> trigger,
        IReadOnlyCollection<string> kinds
    ) =>
        trigger.Count > ConditionsMax
            ? [(0, $"a trigger has at most {ConditionsMax} conditions")]
            :
            [
                .. trigger.SelectMany(
                    (condition, at) => WhyNot(condition, kinds).Select(reason => (at + 1, reason))
                ),
            ];

    private static IEnumerable<string> WhyNot(
        TriggerCondition condition,
        IReadOnlyCollection<string> kinds
    )
    {
        if (!Enum.IsDefined(condition.Source))
        {
            return ["a condition looks at a disruption, an agreement or the time"];
        }

        IEnumerable<string?> reasons =
        [
            condition.Alternative is < 1 or > AlternativesMax
                ? $"an alternative is a number from 1 to {AlternativesMax}"
                : null,
            .. condition.Source switch
            {
                TriggerSource.Disruption => OfDisruption(condition, kinds),
                TriggerSource.Agreement => (string?[])
                    [Checks.Id(condition.Agreement, "the agreement that it waits for")?.Reason],
                _ =>
                [
                    condition.Since is null && condition.Until is null
                        ? "a condition on time names its beginning, its end or both"
                    : condition.Until <= condition.Since ? "it ends before it begins"
                    : null,
                ],
            },
            Stray(condition),
        ];
        return reasons.OfType<string>();
    }

    private static IEnumerable<string?> OfDisruption(
        TriggerCondition condition,
        IReadOnlyCollection<string> kinds
    ) =>
        [
            condition.Kinds is { Count: > KindsMax } ? $"at most {KindsMax} kinds are named" : null,
            .. (condition.Kinds ?? [])
                .Take(KindsMax)
                .Where(kind => !kinds.Contains(kind))
                .Select(kind =>
                    $"there is no kind of disruption '{Short(kind)}'{Near(Short(kind), kinds)}"
                ),
            condition.Within is { IsNowhere: true } ? "the place names nothing" : null,
            condition.ConfidenceMin is not (null or (>= 0 and <= 1))
                ? "a confidence lies between 0 and 1"
                : null,
            condition.PeopleShareMin is not (null or (>= 0 and <= 1))
                ? "a share of people lies between 0 and 1"
                : null,
            condition.LastsMin is { } lasts
            && (lasts < Duration.Zero || lasts > Duration.FromDays(366))
                ? "a disruption lasts from nothing to a year"
                : null,
        ];

    /// <summary>What a condition of another kind says would be passed over in silence.</summary>
    private static string? Stray(TriggerCondition condition) =>
        condition.Source != TriggerSource.Agreement && condition.Agreement is not null
            ? "only a condition on an agreement names one"
        : condition.Source != TriggerSource.Time
        && (condition.Since is not null || condition.Until is not null)
            ? "only a condition on time has a beginning or an end"
        : condition.Source != TriggerSource.Disruption
        && (
            condition.Kinds is { Count: > 0 }
            || condition.Within is not null
            || condition.IsConfirmed
            || condition.ConfidenceMin is not null
            || condition.LastsMin is not null
            || condition.PeopleShareMin is not null
        )
            ? "only a condition on a disruption names kind, place, confidence, duration or people"
        : null;

    private static string Near(string kind, IReadOnlyCollection<string> kinds) =>
        Nearest.Of(kind, kinds) is { } near
            ? $" (did you mean '{near}'?)"
            : $" (known: {string.Join(", ", kinds.Order(StringComparer.Ordinal))})";

    private static string Short(string? text) =>
        text is null ? ""
        : text.Length > 40 ? text[..40]
        : text;
}
