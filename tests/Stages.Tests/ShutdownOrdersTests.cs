using System.Text.RegularExpressions;
using Breakwater.Decisions.Orders;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>What is known of orders to cut people off, by whom, and which facts it proposes: never one that takes an assessor.</summary>
public sealed class ShutdownOrdersTests
{
    private static readonly Instant _now = DossiersFixture.Start;

    private static readonly OrderAccount _silent = new(
        "a news site",
        OrderKnown.ReportedByOthers,
        new Confidence(0.6),
        "the ministry of communications",
        [],
        null,
        null,
        null,
        null,
        [Service.Web],
        [],
        [Addressee.MobileOperators],
        null,
        null,
        [],
        [],
        null,
        null,
        null,
        null,
        null
    );

    private static readonly OrderAccount _full = _silent with
    {
        Source = "the official gazette",
        Known = OrderKnown.Published,
        LegalBasis = ["Telecommunications Act, section 5"],
        IssuedAt = _now - Duration.FromDays(2),
        PublishedAt = _now - Duration.FromDays(1),
        Since = _now,
        Until = _now + Duration.FromDays(7),
        StatedReasons = "examinations",
        Reviews = [_now + Duration.FromDays(2), _now + Duration.FromDays(4)],
        TextUrl = "https://example.org/gazette",
    };

    [Fact]
    public void What_an_account_does_not_state_is_unknown_and_an_order_that_cites_no_law_is_not_without_one() =>
        Assert.Empty(OrdersToFacts.Propose([Registered(_silent)]));

    [Fact]
    public void A_full_account_proposes_six_facts_with_their_source_and_confidence()
    {
        IReadOnlyList<ProposedFact> facts = OrdersToFacts.Propose([Registered(_full)]);
        Assert.Equal(
            [
                OrdersToFacts.Written,
                OrdersToFacts.Published,
                OrdersToFacts.Reasoned,
                OrdersToFacts.TimeLimited,
                OrdersToFacts.Reviewed,
            ],
            facts.Select(fact => fact.Fact)
        );
        Assert.All(
            facts,
            fact =>
            {
                Assert.True(fact.Value);
                Assert.Equal("the official gazette", fact.Source);
                Assert.Equal(new Confidence(0.6), fact.Confidence);
            }
        );
    }

    [Fact]
    public void Accounts_that_contradict_each_other_are_kept_and_propose_both()
    {
        ShutdownOrder order = Then(
            Registered(_full),
            AddOrderAccount.Decide(
                Registered(_full),
                new AddOrderAccount(_silent with { HasEnd = Said.No }),
                By(),
                _now
            )
        );
        Assert.Equal(2, order.Accounts.Count);
        ProposedFact[] ends =
        [
            .. OrdersToFacts.Propose([order]).Where(fact => fact.Fact == OrdersToFacts.TimeLimited),
        ];
        Assert.Equal([true, false], ends.Select(fact => fact.Value));
    }

    [Fact]
    public void Confirmed_takes_a_document_that_somebody_saw_and_a_denial_stands_beside_it()
    {
        ShutdownOrder alleged = Registered(_silent);
        Assert.Equal("alleged", alleged.Standing);
        Assert.Equal(RefusalKind.WrongState, Status(alleged, OrderStatus.Confirmed).Refusal!.Kind);
        ShutdownOrder denied = Then(alleged, Status(alleged, OrderStatus.Denied));
        Assert.Equal("denied", denied.Standing);

        ShutdownOrder confirmed = Then(
            Registered(_full),
            Status(Registered(_full), OrderStatus.Confirmed)
        );
        Assert.Equal("confirmed", confirmed.Standing);
        ShutdownOrder both = Then(confirmed, Status(confirmed, OrderStatus.Denied));
        Assert.Equal("contradictory", both.Standing);
        Assert.All(OrdersToFacts.Propose([both]), fact => Assert.True(fact.IsContested));
        Assert.Equal("lifted", Then(confirmed, Status(confirmed, OrderStatus.Lifted)).Standing);
    }

    [Fact]
    public void What_is_inferred_from_measurements_says_nothing_of_a_text()
    {
        OrderAccount inferred = _silent with
        {
            Known = OrderKnown.InferredFromMeasurements,
            IsWritten = Said.Yes,
        };
        Assert.Empty(OrdersToFacts.Propose([Registered(inferred)]));
        Assert.NotNull(Register(inferred with { LegalBasis = ["an act"] }).Refusal);
    }

    [Fact]
    public void An_area_below_the_first_level_and_an_account_at_odds_with_itself_are_refused()
    {
        Assert.Contains(
            "first level",
            Register(_full, Place.OfArea("SD", "Khartoum", "Bahri")).Refusal!.Reason,
            StringComparison.Ordinal
        );
        Assert.Null(Register(_full, Place.OfArea("SD", "Khartoum")).Refusal);
        Assert.Contains(
            "two accounts",
            Register(_full with { HasEnd = Said.No }).Refusal!.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ends before",
            Register(_full with { Until = _now - Duration.FromDays(9) }).Refusal!.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_fact_that_takes_an_assessor_is_proposed()
    {
        string? shared = Environment.GetEnvironmentVariable("BREAKWATER_SHARED");
        Assert.SkipWhen(
            shared is null,
            "BREAKWATER_SHARED names no folder with the rule catalogue"
        );
        string rules = File.ReadAllText(Path.Combine(shared!, "norms", "norms-rules.yaml"));
        string[] evaluative = Regex
            .Match(rules, @"^evaluative: \[(?<ids>[^\]]*)\]", RegexOptions.Multiline)
            .Groups["ids"]
            .Value.Split(", ");
        Assert.True(evaluative.Length > 40);
        Assert.DoesNotContain(
            OrdersToFacts.Propose([Registered(_full)]),
            fact => evaluative.Contains(fact.Fact)
        );
    }

    private static Participant By() => DossiersFixture.Of("a");

    private static Decided<ShutdownOrderEvent> Register(
        OrderAccount account,
        Place? place = null
    ) =>
        RegisterOrder.Decide(
            null,
            new RegisterOrder(
                "o-1",
                "Cut during examinations",
                place ?? Place.OfCountry("SD"),
                account,
                ["disruption-1"],
                Marking.Public
            ),
            By(),
            _now
        );

    private static ShutdownOrder Registered(OrderAccount account) => Then(null, Register(account));

    private static Decided<ShutdownOrderEvent> Status(ShutdownOrder order, OrderStatus status) =>
        RecordOrderStatus.Decide(
            order,
            new RecordOrderStatus(status, "a spokesperson’s office", null, new Confidence(0.7)),
            By(),
            _now
        );

    private static ShutdownOrder Then(ShutdownOrder? state, Decided<ShutdownOrderEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(state, ShutdownOrder.Apply)!;
    }
}
