using NodaTime;

namespace Breakwater.Preparedness.CountryPlans;

public enum ItemChange
{
    /// <summary>Unknown before, answered now.</summary>
    NowKnown,

    /// <summary>Answered before, unknown now.</summary>
    NoLongerKnown,
    Better,
    Worse,

    /// <summary>The same answer, given again: by somebody else, on other evidence, or later.</summary>
    SaidAgain,

    /// <summary>Nothing was said, and meanwhile the answer has become too old.</summary>
    WentStale,

    /// <summary>Another organisation sees to it.</summary>
    OtherOwner,
}

public sealed record ItemDifference(
    ChecklistItem Item,
    IReadOnlyList<ItemChange> Changes,
    ItemStanding Before,
    ItemStanding After
);

/// <summary>What changed on the checklist of a country between two moments, item by item.</summary>
/// <param name="Same">Items that stand as they stood.</param>
public sealed record PlanDifference(
    PlanCompleteness Before,
    PlanCompleteness After,
    IReadOnlyList<ItemDifference> Items,
    int Same
)
{
    /// <param name="before">The plan as of the first moment; null when there was none.</param>
    public static PlanDifference Of(
        Checklist checklist,
        string country,
        CountryPlan? before,
        Instant from,
        CountryPlan? after,
        Instant until
    )
    {
        var first = PlanCompleteness.Of(checklist, country, before, from);
        var second = PlanCompleteness.Of(checklist, country, after, until);
        ItemDifference[] items =
        [
            .. first
                .Items.Zip(
                    second.Items,
                    (was, now) => new ItemDifference(was.Item, [.. Changes(was, now)], was, now)
                )
                .Where(item => item.Changes.Count > 0),
        ];
        return new PlanDifference(first, second, items, first.Items.Count - items.Length);
    }

    private static IEnumerable<ItemChange> Changes(ItemStanding was, ItemStanding now)
    {
        if (was.Answer != now.Answer)
        {
            yield return was.Answer == PlanAnswer.Unknown ? ItemChange.NowKnown
            : now.Answer == PlanAnswer.Unknown ? ItemChange.NoLongerKnown
            : Rank(now.Answer) > Rank(was.Answer) ? ItemChange.Better
            : ItemChange.Worse;
        }
        else if (was.Given?.At != now.Given?.At)
        {
            yield return ItemChange.SaidAgain;
        }

        if (!was.IsStale && now.IsStale)
        {
            yield return ItemChange.WentStale;
        }

        if (was.Owner?.Owner != now.Owner?.Owner)
        {
            yield return ItemChange.OtherOwner;
        }
    }

    private static int Rank(PlanAnswer answer) =>
        answer switch
        {
            PlanAnswer.Yes => 2,
            PlanAnswer.Partly => 1,
            _ => 0,
        };
}
