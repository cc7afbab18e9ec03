using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.CommonPositionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Two promises to whoever disagrees and whoever endorses, under any commands in any order.</summary>
public sealed class CommonPositionsPropertyTests
{
    /// <summary>What somebody tries, and by which choice.</summary>
    private sealed record Try(int Command, int Who, int Choice);

    private static readonly Gen<Try[]> _tries = Gen.Select(
            Gen.Int[0, 9],
            Gen.Int[0, 4],
            Gen.Int[0, 1_000]
        )
        .Select((command, who, choice) => new Try(command, who, choice))
        .Array[0, 40];

    private static Participant Who(int who) =>
        who == 0
            ? Pen
            : Of(who == 4 ? null : $"organisation {who}", (StakeholderClass)who, $"person {who}");

    [Fact]
    public void Dissent_is_never_lost_whatever_comes_after_it()
    {
        int outlived = 0;
        _tries.Sample(
            tries =>
            {
                CommonPosition state = Consulted("one", "two", "three");
                var said =
                    new Dictionary<int, (string Text, string Paragraph, int Version, string By)>();
                foreach (Try each in tries)
                {
                    Decided<CommonPositionEvent> decided = Do(state, each);
                    foreach (CommonPositionEvent happened in decided.Events)
                    {
                        CommonPosition before = state;
                        state = CommonPosition.Apply(state, happened);
                        if (happened is ParagraphRemarked { Kind: RemarkKind.Dissent } dissent)
                        {
                            said[state.Remarks.Count] = (
                                dissent.Text,
                                dissent.Paragraph,
                                before.Versions.Count,
                                dissent.By
                            );
                        }
                        else if (
                            happened is RemarkWithdrawn withdrawn
                            && said.TryGetValue(withdrawn.Remark, out var taken)
                        )
                        {
                            Assert.Equal(taken.By, withdrawn.By);
                            said.Remove(withdrawn.Remark);
                        }
                    }

                    foreach ((int number, var dissent) in said)
                    {
                        Remark kept = state.Remarks[number - 1];
                        Assert.True(kept.Stands);
                        Assert.Equal(
                            (number, dissent.Text, dissent.Paragraph, dissent.Version, dissent.By),
                            (kept.Number, kept.Text, kept.Paragraph, kept.Version, kept.By)
                        );
                        Assert.Contains(
                            state.TextOf(kept.Version)!,
                            paragraph => paragraph.Id == kept.Paragraph
                        );
                        if (state.Versions.Count > kept.Version)
                        {
                            Interlocked.Increment(ref outlived);
                        }
                    }
                }
            },
            iter: 500
        );
        // Draws in which nothing came after a dissent would show nothing.
        Assert.True(outlived > 500, $"{outlived}");
    }

    [Fact]
    public void An_endorsement_lapses_exactly_when_a_paragraph_that_it_covers_changes()
    {
        int lapses = 0;
        int held = 0;
        _tries.Sample(
            tries =>
            {
                CommonPosition state = Consulted("one", "two", "three");
                foreach (Try each in tries)
                {
                    CommonPosition before = state;
                    state = Do(state, each).Events.Aggregate(state, CommonPosition.Apply);
                    for (int at = 0; at < before.Endorsements.Count; at++)
                    {
                        Endorsement then = before.Endorsements[at];
                        // Worked out from the texts alone, as somebody who compares two prints would.
                        string[] changed =
                        [
                            .. then.Covers.Where(id => Text(state, id) != Text(before, id)),
                        ];
                        bool lapsed =
                            then.State == EndorsementState.Holds
                            && state.Endorsements[at].State == EndorsementState.Lapsed;
                        Assert.Equal(
                            then.State == EndorsementState.Holds && changed.Length > 0,
                            lapsed
                        );
                        if (
                            state.Versions.Count > before.Versions.Count
                            && state.Endorsements[at].State == EndorsementState.Holds
                        )
                        {
                            Interlocked.Increment(ref held);
                        }

                        if (lapsed)
                        {
                            Interlocked.Increment(ref lapses);
                            Assert.Equal(changed, state.Endorsements[at].LapsedOver);
                            Assert.Equal(state.Versions.Count, state.Endorsements[at].LapsedIn);
                        }
                    }
                }
            },
            iter: 500
        );
        Assert.True(lapses > 200 && held > 200, $"{lapses} {held}");
    }

    private static string? Text(CommonPosition state, string id) =>
        state.Paragraphs.FirstOrDefault(paragraph => paragraph.Id == id)?.Text;

    private static Decided<CommonPositionEvent> Do(CommonPosition state, Try each)
    {
        Participant by = Who(each.Who);
        string paragraph = state.Paragraphs[each.Choice % state.Paragraphs.Count].Id;
        int remark = 1 + (each.Choice % Math.Max(1, state.Remarks.Count));
        return each.Command switch
        {
            0 or 1 => PutVersion.Decide(
                state,
                new PutVersion(Changed(state, each.Choice), "as asked"),
                Pen,
                Now
            ),
            2 => Dissenting(state, by, paragraph),
            3 => Object(state, by),
            4 => Dissenting(state, by, "p-1", remark),
            5 => AnswerRemark.Decide(state, new AnswerRemark(remark, "seen"), Pen, Now),
            6 => WithdrawRemark.Decide(state, new WithdrawRemark(remark), by, Now),
            7 => EndorseVersion.Decide(
                state,
                new EndorseVersion(state.Hash, each.Choice % 3 == 0 ? [paragraph] : []),
                by,
                Now
            ),
            8 when each.Choice % 5 == 0 => Adopt(state),
            8 => WithdrawEndorsement.Decide(state, new WithdrawEndorsement("we left"), by, Now),
            _ => EndorseVersion.Decide(state, new EndorseVersion(state.Hash), by, Now),
        };
    }

    /// <summary>One paragraph reworded, taken out, added or moved; ids named or left to the words.</summary>
    private static ParagraphDraft[] Changed(CommonPosition state, int choice)
    {
        var drafts = state
            .Paragraphs.Select(each => Words(each.Text, choice % 2 == 0 ? each.Id : null))
            .ToList();
        int at = choice % drafts.Count;
        switch (choice / 2 % 4)
        {
            case 0:
                drafts[at] = Words($"reworded {choice % 7}", state.Paragraphs[at].Id);
                break;
            case 1 when drafts.Count > 1:
                drafts.RemoveAt(at);
                break;
            case 2 when drafts.Count < 8:
                drafts.Insert(at, Words($"added {choice % 7}"));
                break;
            default:
                drafts.Reverse();
                break;
        }

        return [.. drafts];
    }
}
