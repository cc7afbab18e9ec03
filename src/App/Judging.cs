using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>How <c>detect</c> judged, so that a part of the same signals can be judged alike.</summary>
internal sealed record Judging(
    DetectorProfile Profile,
    Instant? Since,
    Instant? AsOf,
    IReadOnlyList<FeedGap> Gaps
)
{
    public Detection Detect(IReadOnlyList<Signal> signals) =>
        DisruptionsFromSignals.Detect(signals, Profile, Since, AsOf, Gaps);
}

/// <summary>
/// One detection as two tellings. What is closely held makes what it touches closely held, so the public telling is judged
/// from public signals alone: nobody can hide a loss by handing in something about it that is not public.
/// </summary>
/// <param name="Closed">Disruptions in which something closely held took part.</param>
/// <param name="Open">All that public signals say by themselves.</param>
internal sealed record Tellings(
    IReadOnlyList<Disruption> Closed,
    Detection Open,
    IReadOnlyList<Signal> OpenSignals
)
{
    public static bool IsOpen(Marking marking) => ReleaseCheck.Allows(marking, Audience.Public);

    public static Tellings Of(Detection all, IReadOnlyList<Signal> signals, Judging judging)
    {
        IReadOnlyList<Signal> open = [.. signals.Where(signal => IsOpen(signal.Marking))];
        if (open.Count == signals.Count)
        {
            return new Tellings([], all, signals);
        }

        var hidden = signals.Select(signal => signal.Source).ToHashSet(StringComparer.Ordinal);
        hidden.ExceptWith(open.Select(signal => signal.Source));
        Detection told = (
            judging with
            {
                Gaps = [.. judging.Gaps.Where(gap => !hidden.Contains(gap.Feed))],
            }
        ).Detect(open);
        var ids = told.Disruptions.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        Marking strictest = Marking.Strictest(signals.Select(signal => signal.Marking));
        return new Tellings(
            [
                .. all
                    .Disruptions.Where(disruption => !ids.Contains(disruption.Id))
                    // Public signals alone do not say it: something closely held decided, whatever its inputs are marked.
                    .Select(disruption =>
                        IsOpen(disruption.Marking)
                            ? disruption with
                            {
                                Marking = strictest,
                            }
                            : disruption
                    ),
            ],
            told,
            open
        );
    }
}
