using NodaTime;

namespace Breakwater.Preparedness.CountryPlans;

/// <summary>One item as it stands at a moment.</summary>
/// <param name="Answer">Unknown when nobody answered.</param>
/// <param name="Age">Since the answer; null for none.</param>
/// <param name="IsStale">True when the answer is older than it is good for. It keeps what it said.</param>
public sealed record ItemStanding(
    ChecklistItem Item,
    PlanAnswer Answer,
    ItemAnswer? Given,
    IReadOnlyList<ItemAnswer> Otherwise,
    ItemOwner? Owner,
    Duration? Age,
    bool IsStale
);

/// <summary>How many items stand how. What is unknown stands apart and is never counted as no.</summary>
public sealed record AnswerCounts(int Yes, int Partly, int No, int Unknown, int Stale)
{
    public int Items => Yes + Partly + No + Unknown;

    public int Known => Items - Unknown;

    /// <summary>Of what is known, with half a point for partly, 0 to 1; null when nothing is known.</summary>
    public double? ShareOfKnown => Known == 0 ? null : (Yes + (Partly / 2.0)) / Known;

    /// <summary>Of all items, if all that is unknown were no.</summary>
    public double ShareLow => Items == 0 ? 0 : (Yes + (Partly / 2.0)) / Items;

    /// <summary>Of all items, if all that is unknown were yes.</summary>
    public double ShareHigh => Items == 0 ? 1 : (Yes + (Partly / 2.0) + Unknown) / Items;

    public static AnswerCounts Of(IEnumerable<ItemStanding> items)
    {
        ItemStanding[] all = [.. items];
        return new AnswerCounts(
            all.Count(item => item.Answer == PlanAnswer.Yes),
            all.Count(item => item.Answer == PlanAnswer.Partly),
            all.Count(item => item.Answer == PlanAnswer.No),
            all.Count(item => item.Answer == PlanAnswer.Unknown),
            all.Count(item => item.IsStale)
        );
    }
}

/// <summary>What of the checklist a country has answered, and how.</summary>
/// <param name="NoLongerAsked">Answers to items that this version of the checklist does not have; kept, and counted nowhere.</param>
public sealed record PlanCompleteness(
    string Country,
    string Version,
    Instant AsOf,
    AnswerCounts All,
    IReadOnlyList<(ChecklistChapter Chapter, AnswerCounts Counts)> Chapters,
    IReadOnlyList<ItemStanding> Items,
    IReadOnlyList<ItemAnswer> NoLongerAsked
)
{
    private const double DaysPerMonth = 365.25 / 12;

    /// <param name="plan">Null for a country that has none: every item is unknown.</param>
    public static PlanCompleteness Of(
        Checklist checklist,
        string country,
        CountryPlan? plan,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(checklist);
        ItemStanding[] items =
        [
            .. checklist.Items.Select(item =>
            {
                ItemAnswer? given = plan?.AnswerTo(item.Id);
                Duration? age = given is null ? null : asOf - given.At;
                return new ItemStanding(
                    item,
                    given?.Answer ?? PlanAnswer.Unknown,
                    given,
                    plan?.Otherwise(item.Id) ?? [],
                    plan?.OwnerOf(item.Id),
                    age,
                    age > Duration.FromDays(item.ReviewMonths * DaysPerMonth)
                );
            }),
        ];
        return new PlanCompleteness(
            country,
            checklist.Version,
            asOf,
            AnswerCounts.Of(items),
            [
                .. checklist.Chapters.Select(chapter =>
                    (
                        chapter,
                        AnswerCounts.Of(items.Where(item => chapter.Items.Contains(item.Item)))
                    )
                ),
            ],
            items,
            [.. (plan?.Answers ?? []).Where(answer => checklist.Item(answer.Item) is null)]
        );
    }

    /// <summary>
    /// What to fix first: what cuts people off at once, then what is missing, half there or out of date. What is unknown is a question
    /// and stands in <see cref="FindOutFirst"/>.
    /// </summary>
    public IReadOnlyList<ItemStanding> FixFirst =>
        [
            .. Items
                .Where(item =>
                    item.Answer is PlanAnswer.No or PlanAnswer.Partly
                    || (item.IsStale && item.Answer == PlanAnswer.Yes)
                )
                .OrderByDescending(item => item.Item.IsFirst)
                .ThenBy(item =>
                    item.Answer switch
                    {
                        PlanAnswer.No => 0,
                        PlanAnswer.Partly => 1,
                        _ => 2,
                    }
                ),
        ];

    /// <summary>What nobody knows yet, what matters at once first.</summary>
    public IReadOnlyList<ItemStanding> FindOutFirst =>
        [
            .. Items
                .Where(item => item.Answer == PlanAnswer.Unknown)
                .OrderByDescending(item => item.Item.IsFirst),
        ];
}
