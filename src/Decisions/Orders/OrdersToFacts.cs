using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Orders;

/// <summary>A fact that an account of an order proposes to the norms, with whom it comes from.</summary>
/// <param name="IsContested">True where another source denies that there is such an order.</param>
public sealed record ProposedFact(
    string Fact,
    bool Value,
    Confidence Confidence,
    string Order,
    string Account,
    string Source,
    string Reason,
    bool IsContested,
    Marking Marking
);

/// <summary>
/// From orders to the facts that can be read off them. It proposes nothing that takes an assessor, such as whether a law is precise
/// or an aim shown. What an account does not state is unknown and is not in the list; accounts that contradict each other propose both.
/// </summary>
public static class OrdersToFacts
{
    public const string Written = "m.order_written";
    public const string Published = "m.order_published";
    public const string Reasoned = "m.order_reasoned";
    public const string TimeLimited = "m.time_limited";
    public const string Reviewed = "m.review_periodic";

    public static IReadOnlyList<ProposedFact> Propose(IEnumerable<ShutdownOrder> orders) =>
        [
            .. orders
                .OrderBy(order => order.Id, StringComparer.Ordinal)
                .Where(order => !IsOnlyDenied(order))
                .SelectMany(
                    order => order.Accounts,
                    (order, kept) =>
                        Of(kept.Account)
                            .Select(found => new ProposedFact(
                                found.Fact,
                                found.Value,
                                kept.Account.Confidence,
                                order.Id,
                                kept.Id,
                                kept.Account.Source,
                                found.Reason,
                                order.Says(OrderStatus.Denied),
                                order.Marking
                            ))
                )
                .SelectMany(facts => facts),
        ];

    /// <summary>Said to be none, and seen by nobody: nothing can be read off it.</summary>
    private static bool IsOnlyDenied(ShutdownOrder order) =>
        order.Says(OrderStatus.Denied)
        && !order.Says(OrderStatus.Confirmed)
        && !order.Accounts.Any(kept => OrderRules.IsSeen(kept.Account));

    private static IEnumerable<(string Fact, bool Value, string Reason)> Of(OrderAccount account)
    {
        // How networks behave shows that something was done, and nothing of a text.
        if (account.Known == OrderKnown.InferredFromMeasurements)
        {
            return [];
        }

        return
        [
            .. One(
                Written,
                account.IsWritten,
                OrderRules.IsSeen(account),
                "its document is on record"
            ),
            .. One(
                Published,
                account.IsPublished,
                account.PublishedAt is not null || account.Known == OrderKnown.Published,
                "it was published"
            ),
            .. One(
                Reasoned,
                account.GivesReasons,
                !string.IsNullOrWhiteSpace(account.StatedReasons),
                "its stated reasons are on record"
            ),
            .. One(TimeLimited, account.HasEnd, account.Until is not null, "it names when it ends"),
            .. One(
                Reviewed,
                account.HasReview,
                account.Reviews.Count > 1,
                "it names dates on which it is reviewed"
            ),
        ];
    }

    private static IEnumerable<(string Fact, bool Value, string Reason)> One(
        string fact,
        Said said,
        bool isShown,
        string shown
    ) =>
        isShown ? [(fact, true, shown)]
        : said == Said.NotStated ? []
        :
        [
            (
                fact,
                said == Said.Yes,
                said == Said.Yes ? "the source says so" : "the source says that it is not so"
            ),
        ];
}
