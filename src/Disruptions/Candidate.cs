using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// A stretch in which the fused probability is high, dated by the sources that see it best. It stays open while any of
/// those still sees the loss, whatever the others say: routing that recovers does not end a cut of access.
/// </summary>
internal sealed class Candidate(Fused peak, IReadOnlyList<Vote> leading, Instant firstHigh)
{
    private static readonly Duration _onsetReach = Duration.FromHours(24);
    private readonly Instant _firstHigh = firstHigh;
    private readonly List<Vote> _leading = [.. leading];

    public Fused Peak { get; private set; } = peak;

    /// <summary>When the fused probability was last high.</summary>
    public Instant LastHigh { get; private set; } = peak.At;

    /// <summary>The earliest leading loss. One that is much older than the first high moment is another story, and does not date this one.</summary>
    public InstantPair Onset =>
        _leading
            .Select(vote => vote.Loss!.Onset)
            .Where(onset => _firstHigh - onset.Latest <= _onsetReach)
            .OrderBy(onset => onset.Latest)
            .ThenBy(onset => onset.Earliest)
            .Append(new InstantPair(_firstHigh, _firstHigh))
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

            return _leading.Any(vote => vote.Loss!.End is null)
                ? null
                : _leading.Select(vote => vote.Loss!.End!.Value).MaxBy(end => end.Latest);
        }
    }

    public static IReadOnlyList<Candidate> From(
        IReadOnlyList<Fused> moments,
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

            int start = i;
            while (i < moments.Count && moments[i].Probability >= profile.OpenAt)
            {
                i++;
            }

            Add(candidates, [.. moments.Skip(start).Take(i - start)], profile);
        }

        return candidates;
    }

    private static void Add(
        List<Candidate> candidates,
        IReadOnlyList<Fused> run,
        DetectorProfile profile
    )
    {
        Fused peak = run.MaxBy(moment => moment.Probability)!;
        List<Vote> lost =
        [
            .. peak.Votes.Where(vote => vote.Loss is not null && vote.State == SampleState.Lost),
        ];
        List<Vote> leading = [.. lost.Where(vote => vote.Weight >= profile.LeadingWeight)];
        if (leading.Count == 0 && lost.Count > 0)
        {
            leading.Add(lost.MaxBy(vote => vote.Weight));
        }

        if (
            candidates.LastOrDefault() is { } previous
            && (
                previous.End is not { } end
                || run[0].At <= end.Latest + Duration.FromHours(profile.MergeHours)
            )
        )
        {
            previous.Join(peak, leading, run[^1].At);
            return;
        }

        candidates.Add(new Candidate(peak, leading, run[0].At) { LastHigh = run[^1].At });
    }

    private void Join(Fused peak, IReadOnlyList<Vote> leading, Instant lastHigh)
    {
        Peak = peak.Probability > Peak.Probability ? peak : Peak;
        _leading.AddRange(
            leading.Where(vote => _leading.TrueForAll(known => known.Loss != vote.Loss))
        );
        LastHigh = lastHigh;
    }
}
