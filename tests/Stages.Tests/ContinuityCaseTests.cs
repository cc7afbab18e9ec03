using Breakwater.Decisions.Continuity;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Cases about the continuity of core resources.</summary>
public sealed class ContinuityCaseTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 8, 0);

    private static readonly Participant _member = new(
        "p-1",
        "network-group",
        StakeholderClass.TechnicalCommunity,
        new HashSet<Role> { Role.Representative }
    );

    private static readonly Place _registry = Place.OfFunction("rir:made-up");

    private static readonly Place _names = Place.OfFunction("rir:made-up/reverse-dns");

    private static OpenCase Opening(Place? place = null, params IReadOnlyList<Place> functions) =>
        new(
            "case-1",
            ContinuityType.RegistryGovernance,
            "Who answers for the registry",
            place ?? _registry,
            "a registry",
            null,
            null,
            "nobody counts them",
            functions,
            [],
            Origin.Reported,
            Marking.Public
        );

    private static ContinuityCase Opened(params IReadOnlyList<Place> functions) =>
        Then(null, OpenCase.Decide(null, Opening(null, functions), _member, _now));

    private static ContinuityCase Then(ContinuityCase? state, Decided<ContinuityEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(state, ContinuityCase.Apply)!;
    }

    private static ContinuityCase Seen(ContinuityCase state, Place function, FunctionState seen) =>
        Then(
            state,
            ObserveFunction.Decide(
                state,
                new ObserveFunction(function, seen, "an answer to a query", "a measurer", _now),
                _member,
                _now
            )
        );

    [Fact]
    public void INV_11_A_case_needs_no_disruption_no_damage_and_no_area()
    {
        ContinuityCase one = Opened();
        Assert.Equal("open", one.Standing);
        Assert.Empty(one.Disruptions);
        Assert.Null(one.Place.Country);
        // The whole stands for its parts where nobody names any.
        Assert.Equal(_registry, Assert.Single(one.Functions).Function);
    }

    [Fact]
    public void A_country_is_no_core_resource() =>
        Assert.Contains(
            "no area",
            OpenCase.Decide(null, Opening(Place.OfCountry("TO")), _member, _now).Refusal!.Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void Users_at_risk_may_be_unknown_and_the_reason_is_owed() =>
        Assert.NotNull(
            OpenCase.Decide(null, Opening() with { UsersSource = "" }, _member, _now).Refusal
        );

    [Fact]
    public void A_deadline_that_passed_is_missed_and_said_so_by_time_alone()
    {
        ContinuityCase one = Opened();
        Instant due = _now + Duration.FromDays(2);
        one = Then(
            one,
            SetDeadline.Decide(
                one,
                new SetDeadline("vote", "hold the vote", due, "a court"),
                _member,
                _now
            )
        );
        Assert.Equal(due, one.DueAt);
        one = Then(one, ContinuityCase.Elapse(one, due));
        Assert.Equal(DeadlineState.Missed, Assert.Single(one.Deadlines).State);
        Assert.Equal("deadline-missed", one.Standing);
        Assert.Null(one.DueAt);
    }

    [Fact]
    public void What_is_met_after_its_time_is_met_late_whether_or_not_the_clock_came_round_first()
    {
        ContinuityCase one = Opened();
        Instant due = _now + Duration.FromDays(2);
        one = Then(
            one,
            SetDeadline.Decide(
                one,
                new SetDeadline("vote", "hold the vote", due, "a court"),
                _member,
                _now
            )
        );
        ContinuityCase late = Then(
            one,
            MeetDeadline.Decide(
                one,
                new MeetDeadline("vote", "minutes"),
                _member,
                due + Duration.FromHours(1)
            )
        );
        Assert.Equal(DeadlineState.MetLate, Assert.Single(late.Deadlines).State);
    }

    [Fact]
    public void It_closes_as_restored_only_when_every_function_was_seen_to_work()
    {
        ContinuityCase one = Seen(
            Opened(_names, Place.OfFunction("rir:made-up/whois")),
            _names,
            FunctionState.Working
        );
        Refusal? no = CloseCase
            .Decide(one, new CloseCase(CaseEnding.Restored, "it works"), _member, _now)
            .Refusal;
        Assert.Contains("whois is unknown", no!.Reason, StringComparison.Ordinal);
        one = Seen(one, Place.OfFunction("rir:made-up/whois"), FunctionState.Working);
        one = Then(
            one,
            CloseCase.Decide(one, new CloseCase(CaseEnding.Restored, "it works"), _member, _now)
        );
        Assert.Equal("restored", one.Standing);
        Assert.NotNull(
            NameContact.Decide(one, new NameContact("AS64500", "origin"), _member, _now).Refusal
        );
    }

    [Fact]
    public void What_is_seen_without_evidence_is_refused_and_unknown_needs_none()
    {
        ContinuityCase one = Opened(_names);
        Assert.NotNull(
            ObserveFunction
                .Decide(
                    one,
                    new ObserveFunction(_names, FunctionState.Down, "", "a measurer", _now),
                    _member,
                    _now
                )
                .Refusal
        );
        Then(
            one,
            ObserveFunction.Decide(
                one,
                new ObserveFunction(_names, FunctionState.Unknown, "", "a measurer", _now),
                _member,
                _now
            )
        );
    }

    [Fact]
    public void A_checklist_answers_its_own_items_and_yes_rests_on_evidence()
    {
        ContinuityCase one = Opened();
        Assert.NotNull(
            CheckItem
                .Decide(one, new CheckItem("mandate", ItemAnswered.Yes, ""), _member, _now)
                .Refusal
        );
        Refusal? wrong = CheckItem
            .Decide(one, new CheckItem("mandat", ItemAnswered.No, ""), _member, _now)
            .Refusal;
        Assert.Contains("mandate", wrong!.Reason, StringComparison.Ordinal);
        one = Then(
            one,
            CheckItem.Decide(
                one,
                new CheckItem("mandate", ItemAnswered.Partly, "a letter"),
                _member,
                _now
            )
        );
        one = Then(
            one,
            CheckItem.Decide(
                one,
                new CheckItem("mandate", ItemAnswered.No, "it was withdrawn"),
                _member,
                _now
            )
        );
        Assert.Equal(ItemAnswered.No, Assert.Single(one.Answers).Answer);
    }

    [Fact]
    public void Every_type_has_a_checklist_in_three_languages_with_ids_that_are_its_own()
    {
        foreach (ContinuityType type in Enum.GetValues<ContinuityType>())
        {
            IReadOnlyList<CaseItem> items = CaseChecklists.Of(type);
            Assert.Equal(items.Count, items.Select(item => item.Id).Distinct().Count());
            Assert.All(
                items,
                item =>
                    Assert.Equal(["ar", "en", "fr"], item.Text.Keys.Order(StringComparer.Ordinal))
            );
        }
    }
}
