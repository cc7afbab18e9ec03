using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What a stretch has to do with what could be a change of scale.</summary>
internal enum ScalePart
{
    /// <summary>It could be one, or has nothing to do with any: what fell far below one is another disruption.</summary>
    Within,

    /// <summary>It is what was lost apart from one: what it left is held against that scale.</summary>
    Beyond,

    /// <summary>Both, since the fall that could be one is sure by other evidence.</summary>
    Both,
}

/// <summary>
/// A stretch in which the fused probability is high, dated by the sources that see it best. It stays open while any of
/// those still sees the loss, whatever the others say: routing that recovers does not end a cut of access.
/// </summary>
internal sealed class Candidate(
    FusedMoment peak,
    FusedMoment sober,
    IReadOnlyList<Vote> lost,
    Instant firstHigh,
    FileSteps steps,
    DetectorProfile profile
)
{
    private readonly List<Vote> _leading = Leading(lost, profile);
    private readonly List<Vote> _lost = [.. lost];

    public FusedMoment Peak { get; private set; } = peak;

    /// <summary>When the fused probability was highest with less weight for what could be a change of scale.</summary>
    public FusedMoment Sober { get; private set; } = sober;

    /// <summary>True for a loss that one source sees for certain and other families contradict.</summary>
    public bool IsContradicted { get; init; }

    public ScalePart Part { get; private set; } =
        peak.IsBeyondScale ? ScalePart.Beyond : ScalePart.Within;

    /// <summary>When the fused probability was first high.</summary>
    private Instant First => firstHigh;

    /// <summary>When the fused probability was last high.</summary>
    public Instant LastHigh { get; private set; } = peak.At;

    /// <summary>True when it is dated by a lasting shift of level alone.</summary>
    public bool IsShift => _leading.Count > 0 && _leading.TrueForAll(vote => vote.Loss!.IsShift);

    /// <summary>True when all that it is dated by could be a change of scale.</summary>
    public bool IsInDoubt =>
        _leading.Count > 0 && _leading.TrueForAll(vote => steps.Of(vote) is not null);

    /// <summary>True when nothing but one family makes it likely.</summary>
    public bool IsLedBy(SignalFamily family) =>
        _leading.TrueForAll(vote => vote.Series.Signal.Family == family);

    /// <summary>True for a small shift of level that began days apart from all that leads: it is no part of this one.</summary>
    public bool IsApartOf(Loss loss) =>
        profile.IsSmallShift(loss)
        && _leading.Exists(vote => !vote.Loss!.IsShift)
        && !_leading.Exists(vote => vote.BeganNear(loss));

    /// <summary>What a series says that makes it likely; null when it is none of those.</summary>
    public Vote? LeadingOf(JudgedSeries series) =>
        _leading.Where(vote => vote.Series == series).Select(vote => (Vote?)vote).FirstOrDefault();

    /// <summary>
    /// The earliest leading loss, else the earliest of any. One that is much older than the first high moment is another
    /// story, and does not date this one where a later loss does.
    /// </summary>
    public InstantPair Onset =>
        Earliest(Dating(_leading))
            .Concat(Earliest(Dating(_lost)))
            .Concat(
                Dating(_leading).Select(loss => loss.Onset).OrderByDescending(onset => onset.Latest)
            )
            .Append(new InstantPair(firstHigh, firstHigh))
            .First();

    /// <summary>Null while any leading source still sees the loss.</summary>
    public InstantPair? End
    {
        get
        {
            if (_leading.Count == 0)
            {
                // Only people saw it: it is over when their last word has aged, which is not the same as a seen return.
                return null;
            }

            IEnumerable<Loss> ending = Dating(_leading);
            return ending.Any(loss => loss.End is null)
                ? null
                : ending.Select(loss => loss.End!.Value).MaxBy(end => end.Latest);
        }
    }

    public static IReadOnlyList<Candidate> From(
        List<FusedMoment> moments,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        var candidates = new List<Candidate>();
        int i = 0;
        while (i < moments.Count)
        {
            if (moments[i].Probability < profile.OpenAt)
            {
                i++;
                continue;
            }

            int first = i;
            int peak = i;
            int sober = i;
            while (
                i < moments.Count
                && moments[i].Probability >= profile.OpenAt
                && moments[i].IsBeyondScale == moments[first].IsBeyondScale
            )
            {
                peak = moments[i].Probability > moments[peak].Probability ? i : peak;
                sober = moments[i].Sober > moments[sober].Sober ? i : sober;
                i++;
            }

            Add(
                candidates,
                new Candidate(
                    moments[peak],
                    moments[sober],
                    LostAt(moments[peak], steps, profile),
                    moments[first].At,
                    steps,
                    profile
                )
                {
                    LastHigh = moments[i - 1].At,
                }
            );
        }

        // What was apart while it was in doubt, or began at another time, may be one by what came later.
        for (int before = int.MaxValue; candidates.Count < before; )
        {
            before = candidates.Count;
            List<Candidate> known = candidates;
            candidates = [];
            known.ForEach(candidate => Add(candidates, candidate));
        }

        return candidates;
    }

    private static void Add(List<Candidate> candidates, Candidate next)
    {
        Candidate? previous =
            candidates.FindLast(other => !other.IsApart(next) && other.IsOne(next))
            // Two that are dated by one moment would be told under one id.
            ?? candidates.FindLast(other => other.Onset.Latest == next.Onset.Latest);
        if (previous is null)
        {
            candidates.Add(next);
        }
        else
        {
            previous.Join(next);
        }
    }

    /// <summary>What was lost at a moment; beside what is more than a change of scale, not what may be one.</summary>
    private static List<Vote> LostAt(FusedMoment peak, FileSteps steps, DetectorProfile profile) =>
        [
            .. Fusion
                .VotesAt(steps.Series, peak.At, profile)
                .Where(vote =>
                    vote.IsLost
                    && vote.Loss is not null
                    && !(peak.IsBeyondScale && steps.Of(vote) is not null)
                ),
        ];

    /// <summary>When it began; of what could be a change of scale, when that was, however often its losses opened anew.</summary>
    private Instant FirstStep =>
        _leading.Select(vote => steps.Of(vote)?.At).OfType<Instant>().Append(Onset.Latest).Min();

    private static List<Vote> Leading(IReadOnlyList<Vote> lost, DetectorProfile profile)
    {
        List<Vote> leading = [.. lost.Where(vote => vote.Weight >= profile.LeadingWeight)];
        if (leading.Count == 0 && lost.Count > 0)
        {
            leading.Add(lost.MaxBy(vote => vote.Weight));
        }

        return leading;
    }

    /// <summary>Losses, and shifts of level where there is no loss. A level that stays low is not a cut that lasts.</summary>
    private IEnumerable<Loss> Dating(List<Vote> votes) =>
        votes.Select(vote => vote.Loss!).Where(loss => IsShift || !loss.IsShift);

    private IEnumerable<InstantPair> Earliest(IEnumerable<Loss> losses) =>
        losses
            .Where(loss => loss.IsShift || firstHigh - loss.Onset.Latest <= Loss.Near)
            .Select(loss => loss.Onset)
            .OrderBy(onset => onset.Latest)
            .ThenBy(onset => onset.Earliest);

    /// <summary>
    /// True when one of two is what could be a change of scale, not sure by itself, and the other is more than that and
    /// began more than a day later: what makes the one sure says nothing about the other.
    /// </summary>
    private bool IsApart(Candidate other)
    {
        if (Part == ScalePart.Both || other.Part == ScalePart.Both || Part == other.Part)
        {
            return false;
        }

        (Candidate within, Candidate beyond) =
            Part == ScalePart.Within ? (this, other) : (other, this);
        Duration later = beyond.Onset.Latest - within.FirstStep;
        return within.Sober.Sober < profile.ConfirmAt
            && (later > Loss.Near || later < Duration.Zero);
    }

    /// <summary>True when another one begins before this one has been over for long.</summary>
    private bool IsOne(Candidate later) =>
        End is not { } end || later.First <= end.Latest + Duration.FromHours(profile.MergeHours);

    private void Join(Candidate other)
    {
        Sober = other.Sober.Sober > Sober.Sober ? other.Sober : Sober;
        Peak = other.Peak.Probability > Peak.Probability ? other.Peak : Peak;
        _leading.AddRange(
            other._leading.Where(vote => _leading.TrueForAll(known => known.Loss != vote.Loss))
        );
        _lost.AddRange(
            other._lost.Where(vote => _lost.TrueForAll(known => known.Loss != vote.Loss))
        );
        Part = Part == other.Part ? Part : ScalePart.Both;
        LastHigh = Instant.Max(LastHigh, other.LastHigh);
    }
}
