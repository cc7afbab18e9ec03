using System.Text;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>
/// When one text is a copy of another that somebody changed a little. In doubt it is none: a copy that stands apart costs a reader
/// a minute, an opinion filed under another's is lost.
/// </summary>
/// <remarks>The numbers were found by trying on the hand-made pairs of <c>CopiesTests</c> and both generators of <c>CampaignTests</c>; decision 0052 tells how.</remarks>
internal static class SameWording
{
    /// <summary>Shorter texts are copies only when they are the same but for slips.</summary>
    private const int WordsMin = 6;

    /// <summary>One word in so many may be mistyped.</summary>
    private const int SlipsToWord = 4;

    /// <summary>More words in a row that only one text has are a statement of its own.</summary>
    private const int RunMax = 10;

    /// <summary>Fewer words that both have do not part what lies before and after them.</summary>
    private const int ApartMin = 3;

    /// <summary>Where both texts have so many words of weight in a row that the other lacks, each says something else; in a long one it may be a phrase.</summary>
    private const int InsteadMax = 2;
    private const int InsteadMaxLong = 3;
    private const int LongFrom = 60;

    /// <summary>A letter of a script without spaces is about half a word.</summary>
    private const double UnspacedWeight = 0.5;

    /// <returns>What it costs; null when they are no copies.</returns>
    public static int? Cost(Wording one, Wording other)
    {
        if (one.Exact == other.Exact)
        {
            return 0;
        }

        return
            one.Guards == other.Guards
            && MayBe(one, other)
            && Cost(one.Own, other.Own) is { } own
            && Cost(one.Quoted, other.Quoted) is { } quoted
            ? own + quoted
            : null;
    }

    private static int? Cost(IReadOnlyList<Term> one, IReadOnlyList<Term> other)
    {
        if (one.Count > Wording.TermsMax || other.Count > Wording.TermsMax)
        {
            // Beyond that the rests must be the same words.
            if (
                one.Count != other.Count
                || Hashing.Of(one.Skip(Wording.TermsMax))
                    != Hashing.Of(other.Skip(Wording.TermsMax))
            )
            {
                return null;
            }

            one = [.. one.Take(Wording.TermsMax)];
            other = [.. other.Take(Wording.TermsMax)];
        }

        int words = Math.Max(one.Count, other.Count);
        int most = Most(words);
        return
            Alignment.Of(one, other, most) is { } steps
            && steps.Count(IsSlip) <= words / SlipsToWord
            && !SayOther(steps, words < LongFrom ? InsteadMax : InsteadMaxLong)
            ? steps.Count(step => !step.IsSame)
            : null;
    }

    private static int Most(int words) =>
        words < WordsMin ? 0 : Math.Max(words / 6, (words * 2 / 5) - 4);

    /// <summary>False when so few words are the same that no alignment can be cheap enough. It costs a fraction of one.</summary>
    private static bool MayBe(Wording one, Wording other)
    {
        int words = Math.Max(one.Sorted.Count, other.Sorted.Count);
        int same = 0;
        int i = 0;
        int j = 0;
        while (i < one.Sorted.Count && j < other.Sorted.Count)
        {
            int order = one.Sorted[i].CompareTo(other.Sorted[j]);
            same += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return words - same <= Most(words) + (words / SlipsToWord) + 1;
    }

    private static bool SayOther(IReadOnlyList<Step> steps, int insteadMax)
    {
        (int One, int Other) run = default;
        (double One, double Other) instead = default;
        int same = 0;
        foreach (Step step in steps)
        {
            if (IsOther(step))
            {
                return true;
            }

            if (step.IsSame || IsSlip(step))
            {
                instead = default;
                run = ++same < ApartMin ? run : default;
                continue;
            }

            same = 0;
            run = (run.One + (step.One is null ? 0 : 1), run.Other + (step.Other is null ? 0 : 1));
            instead = (instead.One + Weight(step.One), instead.Other + Weight(step.Other));
            if (
                Math.Max(run.One, run.Other) > RunMax
                || Math.Min(instead.One, instead.Other) >= insteadMax
            )
            {
                return true;
            }
        }

        return IsNameForName(steps);
    }

    private static double Weight(Term? term) =>
        term is not { } word ? 0
        : Terms.IsUnspaced(Rune.GetRuneAt(word.Text, 0)) ? UnspacedWeight
        : Alignment.IsSlight(word) ? 0
        : 1;

    private static bool IsSlip(Step step) =>
        !step.IsSame
        && step is { One: { } one, Other: { } other }
        && Typing.IsSlip(one.Text, other.Text);

    /// <summary>A guard word more or less, or a word for its opposite.</summary>
    private static bool IsOther(Step step)
    {
        if (step.IsSame)
        {
            return false;
        }

        return step is { One: { } one, Other: { } other }
            ? GuardWords.AreOpposite(one.Text, other.Text)
                || (!GuardWords.AreOne(one, other) && GuardWords.AreIn([one, other]))
            : GuardWords.AreIn([(step.One ?? step.Other)!.Value]);
    }

    /// <summary>A name for another within the text. At its end it is whoever signs.</summary>
    private static bool IsNameForName(IReadOnlyList<Step> steps)
    {
        int last = steps.Count - 1;
        while (last >= 0 && !steps[last].IsSame)
        {
            last--;
        }

        return steps
            .Take(last)
            .Any(step =>
                step is { One: { IsName: true } one, Other: { IsName: true } other }
                && !step.IsSame
                && !Typing.IsSlip(one.Text, other.Text)
            );
    }
}
