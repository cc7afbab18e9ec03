using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.CommonPositionsFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>What several classes can say together, without votes and without losing who disagrees.</summary>
public sealed class CommonPositionsTests
{
    private static readonly Participant _other = Of("families", StakeholderClass.AffectedCommunity);

    [Fact]
    public void A_paragraph_keeps_its_id_and_its_wording_until_its_words_change()
    {
        CommonPosition first = Drafted("one", "two", "three");
        CommonPosition second = Put(
            first,
            Words("three"),
            Words("two, and more", "p-2"),
            Words("four")
        );
        Assert.Equal(
            [("p-3", 1), ("p-2", 2), ("p-4", 2)],
            second.Paragraphs.Select(each => (each.Id, each.Since))
        );
        Assert.Equal(first.Paragraphs, second.TextOf(1));
        Assert.NotEqual(first.Hash, second.Hash);
        Assert.Equal(second.Hash, second.Latest.Hash);
        ReadsBack(second);
    }

    [Fact]
    public void The_id_of_a_paragraph_that_went_out_is_never_given_again()
    {
        CommonPosition without = Put(Drafted("one", "two"), Words("one"));
        Assert.Equal(
            ["p-1", "p-3"],
            Put(without, Words("one"), Words("two")).Paragraphs.Select(each => each.Id)
        );
    }

    [Fact]
    public void The_same_text_again_is_no_version() =>
        Assert.Empty(
            PutVersion
                .Decide(Drafted("one"), new PutVersion([Words(" one\r\n")], "nothing"), Pen, Now)
                .Events
        );

    [Theory]
    [InlineData("not a rule", null, null)]
    [InlineData(null, "g-9", null)]
    [InlineData(null, "G-", null)]
    [InlineData(null, null, " ")]
    [InlineData(null, null, null)]
    public void A_paragraph_that_cites_nothing_or_no_such_thing_is_refused(
        string? rule,
        string? gap,
        string? source
    ) =>
        Refused(
            RefusalKind.Invalid,
            DraftCommonPosition.Decide(
                null,
                new DraftCommonPosition(
                    "position-1",
                    "On cuts",
                    [
                        new ParagraphDraft(
                            "text",
                            rule is null ? null : [rule],
                            source is null ? null : [source],
                            gap is null ? null : [gap]
                        ),
                    ]
                ),
                Pen,
                Now
            )
        );

    [Fact]
    public void What_is_too_much_is_refused_with_the_limit()
    {
        string[] many = [.. Enumerable.Range(0, 51).Select(n => $"paragraph {n}")];
        Decided<CommonPositionEvent> Draft(
            string title,
            IReadOnlyList<ParagraphDraft> paragraphs
        ) =>
            DraftCommonPosition.Decide(
                null,
                new DraftCommonPosition("position-1", title, paragraphs),
                Pen,
                Now
            );
        Assert.Contains(
            "50",
            Refused(RefusalKind.TooMuch, Draft("t", [.. many.Select(text => Words(text))])).Reason,
            StringComparison.Ordinal
        );
        Refused(RefusalKind.Invalid, Draft(new string('t', 201), [Words("one")]));
        Refused(RefusalKind.Invalid, Draft("t", [Words(new string('w', 4_001))]));
        Refused(
            RefusalKind.TooMuch,
            Draft("t", [.. Enumerable.Repeat(Words(new string('w', 4_000)), 7)])
        );
        Refused(RefusalKind.Invalid, Draft("t", []));
        Refused(RefusalKind.Invalid, Draft("t", null!));
    }

    [Fact]
    public void Only_who_drafted_it_words_it_and_a_draft_is_spoken_to_by_nobody()
    {
        CommonPosition drafted = Drafted("one");
        Refused(
            RefusalKind.NotAllowed,
            PutVersion.Decide(drafted, new PutVersion([Words("two")], "better"), _other, Now)
        );
        Refused(RefusalKind.WrongState, Object(drafted, _other));
        Refused(RefusalKind.WrongState, Dissenting(drafted, _other));
        Assert.Equal("consultation", Consulted("one").Standing);
    }

    [Fact]
    public void An_objection_names_the_text_it_asks_for_and_blocks_until_it_is_answered_or_kept()
    {
        CommonPosition state = Endorse(
            Endorse(Consulted("one"), "families", StakeholderClass.AffectedCommunity),
            "carrier",
            StakeholderClass.PrivateSector
        );
        Refused(
            RefusalKind.Invalid,
            ObjectToParagraph.Decide(state, new ObjectToParagraph("p-1", "no", " "), _other, Now)
        );
        CommonPosition objected = After(state, Object(state, _other));
        Assert.Contains(
            "objection 1 is neither answered nor kept as dissent",
            Refused(RefusalKind.WrongState, Adopt(objected)).Reason,
            StringComparison.Ordinal
        );
        CommonPosition answered = After(
            objected,
            AnswerRemark.Decide(objected, new AnswerRemark(1, "the treaty binds States"), Pen, Now)
        );
        Assert.Equal("adopted", After(answered, Adopt(answered)).Standing);
        CommonPosition kept = After(objected, Dissenting(objected, _other, objection: 1));
        Assert.Equal(2, kept.Remarks[0].KeptAs);
        CommonPosition adopted = After(kept, Adopt(kept));
        Assert.Equal("we read it otherwise", adopted.Remarks[1].Text);
        ReadsBack(adopted);
    }

    [Fact]
    public void What_is_taken_up_names_a_later_version_that_stands()
    {
        CommonPosition objected = Consulted("one");
        objected = After(objected, Object(objected, _other));
        foreach (int version in (int[])[0, 1, 2])
        {
            Refused(
                RefusalKind.Invalid,
                AnswerRemark.Decide(objected, new AnswerRemark(1, "done", version), Pen, Now)
            );
        }

        CommonPosition put = Put(objected, Words("States and operators", "p-1"));
        Assert.Equal(
            2,
            After(put, AnswerRemark.Decide(put, new AnswerRemark(1, "done", 2), Pen, Now))
                .Remarks[0]
                .Answer!.TakenUpIn
        );
    }

    [Fact]
    public void Nobody_takes_back_answers_or_keeps_what_another_said()
    {
        CommonPosition state = Consulted("one");
        state = After(state, Object(state, _other));
        state = After(state, Dissenting(state, _other));
        Participant colleague = Of("families", StakeholderClass.AffectedCommunity, "another");
        Refused(
            RefusalKind.NotAllowed,
            WithdrawRemark.Decide(state, new WithdrawRemark(2), colleague, Now)
        );
        Refused(RefusalKind.NotAllowed, Dissenting(state, colleague, objection: 1));
        Refused(
            RefusalKind.Invalid,
            AnswerRemark.Decide(state, new AnswerRemark(2, "no, it is so"), Pen, Now)
        );
        CommonPosition own = After(state, Object(state, Pen));
        Refused(
            RefusalKind.NotAllowed,
            AnswerRemark.Decide(own, new AnswerRemark(3, "we answer us"), Pen, Now)
        );
        Assert.False(
            After(state, WithdrawRemark.Decide(state, new WithdrawRemark(2), _other, Now))
                .Remarks[1]
                .Stands
        );
    }

    [Fact]
    public void Anybody_dissents_and_many_voices_keep_no_organisation_out()
    {
        CommonPosition state = Consulted("one");
        for (int n = 0; n < 300; n++)
        {
            state = After(
                state,
                Dissenting(state, Of(null, person: $"voice {n}", roles: Role.Reporter))
            );
        }

        Refused(
            RefusalKind.TooMuch,
            Dissenting(state, Of(null, person: "one more", roles: Role.Reporter))
        );
        Assert.Equal(301, After(state, Dissenting(state, _other)).Remarks.Count);
    }

    [Fact]
    public void No_organisation_is_said_to_think_what_a_member_says_who_does_not_speak_for_it()
    {
        CommonPosition state = Consulted("one");
        Assert.False(After(state, Dissenting(state, _other)).Remarks[0].IsVoice);
        Assert.True(
            After(state, Dissenting(state, Of("families", roles: Role.Analyst))).Remarks[0].IsVoice
        );
    }

    [Fact]
    public void An_endorsement_binds_to_the_version_that_was_read()
    {
        CommonPosition first = Consulted("one");
        CommonPosition second = Put(first, Words("two", "p-1"));
        Assert.Contains(
            "version 2 is the latest",
            Refused(
                RefusalKind.WrongState,
                EndorseVersion.Decide(second, new EndorseVersion(first.Hash), _other, Now)
            ).Reason,
            StringComparison.Ordinal
        );
        Refused(
            RefusalKind.NotAllowed,
            EndorseVersion.Decide(
                second,
                new EndorseVersion(second.Hash),
                Of("families", roles: Role.LegalAnalyst),
                Now
            )
        );
        Refused(
            RefusalKind.Invalid,
            EndorseVersion.Decide(second, new EndorseVersion(second.Hash, ["p-1"]), _other, Now)
        );
    }

    [Fact]
    public void Two_classes_stand_behind_each_paragraph_or_it_is_not_adopted_however_many_endorse()
    {
        CommonPosition state = Consulted("one", "two");
        foreach (string organisation in (string[])["a", "b", "c", "d"])
        {
            state = Endorse(state, organisation, StakeholderClass.Government);
        }

        Assert.Equal(2, state.Lacking.Count);
        state = Endorse(state, "families", StakeholderClass.AffectedCommunity, "p-2");
        Assert.Equal(
            ["paragraph 2 is endorsed by 1 of 2 stakeholder classes that are needed"],
            state.Lacking
        );
        Refused(RefusalKind.WrongState, Adopt(state));
        state = Endorse(state, "carrier", StakeholderClass.PrivateSector, "p-1");
        CommonPosition adopted = After(state, Adopt(state));
        Assert.Empty(adopted.Lacking);
        CommonPosition left = After(
            adopted,
            WithdrawEndorsement.Decide(
                adopted,
                new WithdrawEndorsement("we were asked to"),
                Of("carrier", StakeholderClass.PrivateSector),
                Now
            )
        );
        Assert.Equal("adopted", left.Standing);
        Assert.Single(left.Lacking);
    }

    [Fact]
    public void A_paragraph_that_was_added_is_covered_by_nobody_who_did_not_see_it()
    {
        CommonPosition state = Endorse(
            Consulted("one"),
            "families",
            StakeholderClass.AffectedCommunity
        );
        CommonPosition more = Put(state, Words("one"), Words("two"));
        Assert.Equal(EndorsementState.Holds, more.Endorsements[0].State);
        Assert.Empty(more.ClassesBehind("p-2"));
    }

    [Fact]
    public void An_adopted_text_stands_and_gives_way_only_to_another_that_is_adopted()
    {
        CommonPosition state = Endorse(
            Endorse(Consulted("one"), "families", StakeholderClass.AffectedCommunity),
            "carrier",
            StakeholderClass.PrivateSector
        );
        CommonPosition adopted = After(state, Adopt(state));
        Refused(
            RefusalKind.WrongState,
            PutVersion.Decide(adopted, new PutVersion([Words("two")], "better"), Pen, Now)
        );
        Assert.Single(After(adopted, Dissenting(adopted, _other)).Remarks);
        Decided<CommonPositionEvent> By(CommonPosition? newer, Participant by) =>
            Supersede.Decide(
                adopted,
                new Supersede("position-2", "law moved on") { Newer = newer },
                by,
                Now
            );
        Refused(RefusalKind.Invalid, By(null, Pen));
        Refused(RefusalKind.Invalid, By(state with { Id = "position-2" }, Pen));
        Refused(RefusalKind.NotAllowed, By(adopted with { Id = "position-2" }, _other));
        CommonPosition theirs = adopted with
        {
            Id = "position-2",
            PenHolder = _other.Organisation!,
        };
        Refused(RefusalKind.NotAllowed, By(theirs, _other));
        CommonPosition old = After(adopted, By(adopted with { Id = "position-2" }, Pen));
        Assert.Equal(("superseded", "position-2"), (old.Standing, old.SupersededBy));
        Refused(RefusalKind.WrongState, Dissenting(old, _other));
    }
}
