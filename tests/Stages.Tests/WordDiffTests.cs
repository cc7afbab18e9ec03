using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.CommonPositionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What changed between two texts, word by word.</summary>
public sealed class WordDiffTests
{
    private static readonly string[] _words = ["a ", "b ", "cut\n", "الشبكة ", "x"];

    private static readonly Gen<string> _text = Gen.Int[0, 4]
        .Select(at => _words[at])
        .Array[0, 30]
        .Select(string.Concat);

    [Fact]
    public void A_word_that_changed_is_shown_and_the_rest_stays() =>
        Assert.Equal(
            [
                new DiffRun(DiffKind.Same, "A State "),
                new DiffRun(DiffKind.Removed, "shall "),
                new DiffRun(DiffKind.Added, "should "),
                new DiffRun(DiffKind.Same, "keep networks up."),
            ],
            WordDiff.Of("A State shall keep networks up.", "A State should keep networks up.")
        );

    [Fact]
    public void Both_texts_can_be_read_out_of_the_difference() =>
        Gen.Select(_text, _text)
            .Sample(
                (before, after) =>
                {
                    IReadOnlyList<DiffRun> runs = WordDiff.Of(before, after);
                    Assert.Equal(before, Without(runs, DiffKind.Added));
                    Assert.Equal(after, Without(runs, DiffKind.Removed));
                    Assert.Equal(before == after, runs.All(run => run.Kind == DiffKind.Same));
                },
                iter: 2_000
            );

    [Fact]
    public void What_is_too_long_to_compare_is_shown_as_replaced_and_nothing_is_lost()
    {
        string before = "begin " + string.Concat(Enumerable.Range(0, 1_500).Select(n => $"{n} "));
        string after =
            "begin " + string.Concat(Enumerable.Range(0, 1_500).Select(n => $"{-n - 1} "));
        IReadOnlyList<DiffRun> runs = WordDiff.Of(before, after);
        Assert.Equal(
            [DiffKind.Same, DiffKind.Removed, DiffKind.Added],
            runs.Select(run => run.Kind)
        );
        Assert.Equal(before, Without(runs, DiffKind.Added));
        Assert.Equal(after, Without(runs, DiffKind.Removed));
    }

    [Fact]
    public void Versions_differ_by_paragraphs_that_were_reworded_added_removed_or_moved()
    {
        CommonPosition state = Put(
            Drafted("one", "two", "three"),
            Words("three"),
            Words("one and a half", "p-1"),
            Words("four")
        );
        Assert.Equal(
            [
                ("p-3", ParagraphChange.Same, 3, 1),
                ("p-1", ParagraphChange.Reworded, 1, 2),
                ("p-2", ParagraphChange.Removed, 2, null),
                ("p-4", ParagraphChange.Added, (int?)null, (int?)3),
            ],
            state
                .Diff(1, 2)!
                .Paragraphs.Select(each => (each.Id, each.Change, each.Before, each.After))
        );
        Assert.Null(state.Diff(0, 2));
        Assert.Null(state.Diff(1, 3));
    }

    private static string Without(IReadOnlyList<DiffRun> runs, DiffKind kind) =>
        string.Concat(runs.Where(run => run.Kind != kind).Select(run => run.Text));
}
