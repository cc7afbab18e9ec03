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
    IReadOnlyList<Vote> leading,
    Instant firstHigh
)
{
    private static readonly Duration _onsetReach = Duration.FromHours(24);
    private readonly List<Vote> _leading = [.. leading];

    public FusedMoment Peak { get; private set; } = peak;

    /// <summary>When the fused probability was highest with less weight for what could be a change of scale.</summary>
    public FusedMoment Sober { get; private set; } = sober;

    /// <summary>True for a loss that one source sees for certain and other families contradict.</summary>
    public bool IsContradicted { get; init; }

    public ScalePart Part { get; private set; }

    /// <summary>When the fused probability was last high.</summary>
    public Instant LastHigh { get; private set; } = peak.At;

    /// <summary>True when it is dated by a lasting shift of level alone.</summary>
    public bool IsShift => _leading.Count > 0 && _leading.TrueForAll(vote => vote.Loss!.IsShift);

    /// <summary>What it is dated by: losses, and shifts of level where there is no loss. A level that stays low is not a cut that lasts.</summary>
    private IEnumerable<Loss> Dating =>
        _leading.Select(vote => vote.Loss!).Where(loss => IsShift || !loss.IsShift);

    /// <summary>
    /// The earliest leading loss. One that is much older than the first high moment is another story, and does not date this
    /// one where a later loss does.
    /// </summary>
    public InstantPair Onset =>
        Dating
            .Where(loss => loss.IsShift || firstHigh - loss.Onset.Latest <= _onsetReach)
            .Select(loss => loss.Onset)
            .OrderBy(onset => onset.Latest)
            .ThenBy(onset => onset.Earliest)
            .Concat(Dating.Select(loss => loss.Onset).OrderByDescending(onset => onset.Latest))
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

            return Dating.Any(loss => loss.End is null)
                ? null
                : Dating.Select(loss => loss.End!.Value).MaxBy(end => end.Latest);
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
                moments[first].At,
                moments[peak],
                moments[sober],
                moments[i - 1].At,
                steps,
                profile
            );
        }

        return candidates;
    }

    private static void Add(
        List<Candidate> candidates,
        Instant firstHigh,
        FusedMoment peak,
        FusedMoment sober,
        Instant lastHigh,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        List<Vote> lost =
        [
            .. Fusion
                .VotesAt(steps.Series, peak.At, profile)
                .Where(vote =>
                    vote.IsLost
                    && vote.Loss is not null
                    && !(peak.IsBeyondScale && steps.Of(vote) is not null)
                ),
        ];
        List<Vote> leading = [.. lost.Where(vote => vote.Weight >= profile.LeadingWeight)];
        if (leading.Count == 0 && lost.Count > 0)
        {
            leading.Add(lost.MaxBy(vote => vote.Weight));
        }

        if (
            candidates.FindLast(other => !other.IsApart(peak, sober, profile)) is { } previous
            && (
                previous.End is not { } end
                || firstHigh <= end.Latest + Duration.FromHours(profile.MergeHours)
            )
        )
        {
            previous.Join(peak, sober, leading, lastHigh);
            return;
        }

        candidates.Add(
            new Candidate(peak, sober, leading, firstHigh)
            {
                Part = PartOf(peak),
                LastHigh = lastHigh,
            }
        );
    }

    /// <summary>
    /// True when one of two is what could be a change of scale, not sure by itself, and the other is more than that: what
    /// makes the one sure says nothing about the other.
    /// </summary>
    private bool IsApart(in FusedMoment peak, in FusedMoment sober, DetectorProfile profile) =>
        Part != ScalePart.Both
        && Part != PartOf(peak)
        && (Part == ScalePart.Beyond ? sober : Sober).Sober < profile.ConfirmAt;

    private static ScalePart PartOf(in FusedMoment peak) =>
        peak.IsBeyondScale ? ScalePart.Beyond : ScalePart.Within;

    private void Join(
        FusedMoment peak,
        FusedMoment sober,
        IReadOnlyList<Vote> leading,
        Instant lastHigh
    )
    {
        Sober = sober.Sober > Sober.Sober ? sober : Sober;
        Peak = peak.Probability > Peak.Probability ? peak : Peak;
        _leading.AddRange(
            leading.Where(vote => _leading.TrueForAll(known => known.Loss != vote.Loss))
        );
        Part = Part == PartOf(peak) ? Part : ScalePart.Both;
        LastHigh = lastHigh;
    }
}
