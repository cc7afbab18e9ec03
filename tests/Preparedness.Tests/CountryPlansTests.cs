using Breakwater.Preparedness.CountryPlans;
using Breakwater.Preparedness.CountryPlans.Answering;
using Breakwater.Preparedness.CountryPlans.Opening;
using Breakwater.Preparedness.CountryPlans.Owning;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.AgreementsFixture;

namespace Breakwater.Preparedness.Tests;

/// <summary>What a country has, half has, has not, and what nobody knows.</summary>
public sealed class CountryPlansTests
{
    private static readonly PlanEvidence[] _link =
    [
        new(PlanEvidenceKind.Link, "https://example.org/plan.pdf"),
    ];

    private static readonly Checklist _checklist = new(
        "c",
        "1",
        [],
        [
            new("risk", null, Words("Risk"), [Item("risk-known"), Item("contacts", isFirst: true)]),
            new("drills", null, Words("Drills"), [Item("drill", months: 12), Item("staff")]),
        ]
    );

    private static Wording Words(string text) =>
        new(new Dictionary<string, string> { ["en"] = text });

    private static ChecklistItem Item(string id, bool isFirst = false, int months = 24) =>
        new(id, isFirst, months, "s", Words(id), Words(id), Words(id));

    private static CountryPlan Opened() =>
        Taken(
            null,
            OpenCountryPlan.Decide(null, new OpenCountryPlan("SD", Marking.Public), Operator, Start)
        );

    private static CountryPlan Taken(CountryPlan? state, Decided<CountryPlanEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(state, CountryPlan.Apply)!;
    }

    private static CountryPlan Answered(
        CountryPlan state,
        string item,
        PlanAnswer answer,
        Participant? by = null,
        Instant? at = null
    ) =>
        Taken(
            state,
            AnswerItem.Decide(
                state,
                new AnswerItem(item, answer, answer == PlanAnswer.Unknown ? [] : _link)
                {
                    Checklist = _checklist,
                },
                by ?? Operator,
                at ?? state.ChangedAt
            )
        );

    private static PlanCompleteness Of(CountryPlan? plan, Instant? asOf = null) =>
        PlanCompleteness.Of(_checklist, "SD", plan, asOf ?? Start);

    [Fact]
    public void Unknown_is_not_no()
    {
        Assert.Equal(new AnswerCounts(0, 0, 0, 4, 0), Of(null).All);
        AnswerCounts all = Of(Answered(Opened(), "drill", PlanAnswer.Yes)).All;
        Assert.Equal((1, 0, 3), (all.Yes, all.No, all.Unknown));
        Assert.Equal(1, all.ShareOfKnown);
        Assert.Equal(0.25, all.ShareLow);
        Assert.Equal(1, all.ShareHigh);
        Assert.Null(Of(null).All.ShareOfKnown);
    }

    [Fact]
    public void An_answer_rests_on_evidence_and_not_knowing_needs_none()
    {
        Decided<CountryPlanEvent> bare = AnswerItem.Decide(
            Opened(),
            new AnswerItem("drill", PlanAnswer.No, []) { Checklist = _checklist },
            Operator,
            Start
        );
        Assert.StartsWith("name the evidence", bare.Refusal!.Reason, StringComparison.Ordinal);
        Assert.Equal(
            PlanAnswer.Unknown,
            Answered(Opened(), "drill", PlanAnswer.Unknown).AnswerTo("drill")!.Answer
        );
    }

    [Theory]
    [InlineData(PlanEvidenceKind.Link, "ftp://x", "a link begins with https:// or http://")]
    [InlineData(
        PlanEvidenceKind.Document,
        "abc",
        "a document is named by its SHA-256 in 64 small hexadecimal letters"
    )]
    [InlineData(
        PlanEvidenceKind.Ledger,
        "fuel",
        "a subject is named by kind and id, as agreement/fuel-sd"
    )]
    [InlineData(
        PlanEvidenceKind.Statement,
        "we have one",
        "a statement needs its source: which office or organisation says so"
    )]
    public void Evidence_that_nobody_could_look_up_is_refused(
        PlanEvidenceKind kind,
        string reference,
        string reason
    ) =>
        Assert.Equal(
            reason,
            AnswerItem
                .Decide(
                    Opened(),
                    new AnswerItem("drill", PlanAnswer.Yes, [new(kind, reference)])
                    {
                        Checklist = _checklist,
                    },
                    Operator,
                    Start
                )
                .Refusal!.Reason
        );

    [Fact]
    public void An_item_that_the_checklist_does_not_have_is_refused_with_the_nearest() =>
        Assert.Equal(
            "the checklist has no such item. Did you mean 'drill'?",
            AnswerItem
                .Decide(
                    Opened(),
                    new AnswerItem("dril", PlanAnswer.Yes, _link) { Checklist = _checklist },
                    Operator,
                    Start
                )
                .Refusal!.Reason
        );

    [Fact]
    public void The_last_answer_counts_and_what_another_organisation_said_stays_beside_it()
    {
        CountryPlan plan = Answered(Opened(), "drill", PlanAnswer.Yes);
        plan = Answered(plan, "drill", PlanAnswer.No, Supplier);
        ItemStanding drill = Of(plan).Items.Single(item => item.Item.Id == "drill");
        Assert.Equal(PlanAnswer.No, drill.Answer);
        Assert.Equal("supplier", drill.Given!.Organisation);
        Assert.Equal("operator", Assert.Single(drill.Otherwise).Organisation);
        plan = Answered(plan, "drill", PlanAnswer.No);
        Assert.Empty(plan.Otherwise("drill"));
    }

    [Fact]
    public void An_answer_grows_stale_and_keeps_what_it_said()
    {
        CountryPlan plan = Answered(Opened(), "drill", PlanAnswer.Yes);
        ItemStanding later = Of(plan, Start + Duration.FromDays(400))
            .Items.Single(item => item.Item.Id == "drill");
        Assert.True(later.IsStale);
        Assert.Equal(PlanAnswer.Yes, later.Answer);
        Assert.False(Of(plan, Start + Duration.FromDays(300)).Items[2].IsStale);
    }

    [Fact]
    public void What_cuts_people_off_at_once_is_fixed_first_and_what_is_unknown_is_found_out()
    {
        CountryPlan plan = Answered(Opened(), "drill", PlanAnswer.No);
        plan = Answered(plan, "risk-known", PlanAnswer.Yes);
        plan = Answered(plan, "contacts", PlanAnswer.Partly);
        PlanCompleteness completeness = Of(plan);
        Assert.Equal(["contacts", "drill"], completeness.FixFirst.Select(item => item.Item.Id));
        Assert.Equal(["staff"], completeness.FindOutFirst.Select(item => item.Item.Id));
    }

    [Fact]
    public void Two_dates_differ_by_what_was_said_between_them()
    {
        CountryPlan before = Answered(Opened(), "drill", PlanAnswer.No);
        Instant later = Start + Duration.FromDays(30);
        CountryPlan after = Answered(before, "drill", PlanAnswer.Yes, at: later);
        after = Answered(after, "staff", PlanAnswer.Partly, at: later);
        after = Taken(
            after,
            SetItemOwner.Decide(
                after,
                new SetItemOwner("staff", "operator") { Checklist = _checklist },
                Operator,
                later
            )
        );
        PlanDifference difference = PlanDifference.Of(
            _checklist,
            "SD",
            before,
            Start,
            after,
            later
        );
        Assert.Equal(2, difference.Same);
        Assert.Equal([ItemChange.Better], difference.Items[0].Changes);
        Assert.Equal([ItemChange.NowKnown, ItemChange.OtherOwner], difference.Items[1].Changes);
    }

    [Fact]
    public void Nothing_said_and_a_year_gone_is_a_difference_too()
    {
        CountryPlan plan = Answered(Opened(), "drill", PlanAnswer.Yes);
        ItemDifference item = Assert.Single(
            PlanDifference
                .Of(_checklist, "SD", plan, Start, plan, Start + Duration.FromDays(400))
                .Items
        );
        Assert.Equal([ItemChange.WentStale], item.Changes);
    }

    [Fact]
    public void An_answer_to_an_item_that_is_no_longer_asked_is_kept_and_counted_nowhere()
    {
        CountryPlan plan = Answered(Opened(), "staff", PlanAnswer.Yes);
        var newer = new Checklist("c", "2", [], [_checklist.Chapters[0]]);
        var completeness = PlanCompleteness.Of(newer, "SD", plan, Start);
        Assert.Equal(2, completeness.All.Items);
        Assert.Equal("staff", Assert.Single(completeness.NoLongerAsked).Item);
    }

    [Fact]
    public void A_country_is_named_by_its_code() =>
        Assert.Equal(
            "name the country by its two-letter code, such as SD",
            OpenCountryPlan
                .Decide(null, new OpenCountryPlan("Sudan", Marking.Public), Operator, Start)
                .Refusal!.Reason
        );
}
