using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Blind stretches of samples that were let go of. One that goes on is joined to what follows, as if nothing had been.</summary>
internal sealed class SettledBlind
{
    private readonly List<Blind> stretches = [];

    /// <summary>The stretches that samples before a moment leave behind.</summary>
    /// <param name="going">The series whose samples are let go of; the others keep theirs, and what is told of them.</param>
    /// <returns>Null when a stretch near the moment cannot be cut there.</returns>
    public static IReadOnlyList<Blind>? Of(
        IReadOnlyList<Blind> blind,
        IReadOnlyList<JudgedSeries> all,
        IReadOnlyList<JudgedSeries> going,
        Instant until,
        Duration margin
    )
    {
        var left = new List<Blind>();
        foreach (Blind stretch in blind)
        {
            List<JudgedSeries> of =
            [
                .. all.Where(one =>
                    Blind.NameOf(one.Signal.Source, one.Signal.Place) == stretch.Feed
                ),
            ];
            bool isKept = of.Count > 0 && of.TrueForAll(one => !going.Contains(one));
            if (isKept || stretch.From >= until + margin)
            {
                continue;
            }

            if (stretch.To <= until - margin)
            {
                left.Add(stretch);
                continue;
            }

            if (of is not [var single] || Cut(stretch, single, until) is not { } cut)
            {
                return null;
            }

            left.Add(cut);
        }

        return left;
    }

    public void Add(IReadOnlyList<Blind> further)
    {
        List<Blind> joined = [.. Joined(further)];
        stretches.Clear();
        stretches.AddRange(joined);
    }

    /// <summary>What was settled, and what followed.</summary>
    public IEnumerable<Blind> Joined(IReadOnlyList<Blind> further)
    {
        var next = further.ToList();
        foreach (Blind stretch in stretches)
        {
            int at = next.FindIndex(one =>
                one.From == stretch.To
                && one with { From = stretch.From, To = stretch.To } == stretch
            );
            if (at < 0)
            {
                yield return stretch;
            }
            else
            {
                next[at] = next[at] with { From = stretch.From };
            }
        }

        foreach (Blind one in next)
        {
            yield return one;
        }
    }

    /// <summary>The part before the first sample that is kept, when samples go on through that moment without a pause.</summary>
    private static Blind? Cut(Blind stretch, JudgedSeries of, Instant until)
    {
        int first = of.FirstFrom(until);
        return
            first > 0
            && first < of.Count
            && stretch.From <= of.At(first - 1)
            && stretch.To > of.At(first)
            && of.States[first - 1] == of.States[first]
            && of.States[first] is SampleState.Unjudged or SampleState.Frozen
            && of.At(first - 1) + of.Signal.Step == of.At(first)
            ? stretch with
            {
                To = of.At(first),
            }
            : null;
    }
}
