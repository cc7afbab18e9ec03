using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What a signal said at a knowledge date. What came to be known later is cut, as far as the signal tells when that was.</summary>
internal static class KnownSignals
{
    /// <returns>Null when nothing of it was known.</returns>
    public static Signal? Before(Signal signal, Instant limit) =>
        signal switch
        {
            SeriesSignal series => Before(series, limit),
            ReportSignal report => report.ReceivedAt < limit ? report : null,
            RouteSignal route => route.Until(limit),
            LeakSignal leak => leak.Until(limit),
            DelegationSignal delegation => delegation.Zone.At is { } made && made >= limit
                ? null
                : delegation,
            ClaimSignal claim => Before(claim, limit),
            ContextSignal context => Before(context, limit),
            AssertionSignal assertion => assertion.StatedOn > limit.InUtc().Date ? null : assertion,
            _ => signal,
        };

    private static SeriesSignal Before(SeriesSignal series, Instant limit)
    {
        IReadOnlyList<Sample> samples = [.. series.Samples.TakeWhile(sample => sample.At < limit)];
        return series with
        {
            Samples = samples,
            Counts = series.Counts is { } counts ? [.. counts.Take(samples.Count)] : null,
        };
    }

    /// <summary>When a claim was made is not told; nobody described a disruption, or its end, before it was there.</summary>
    private static ClaimSignal? Before(ClaimSignal signal, Instant limit) =>
        signal.Claim.Start is { } start && start.Earliest >= limit ? null
        : signal.Claim.End is { } end && end.Earliest >= limit
            ? signal with
            {
                Claim = signal.Claim with { End = null },
            }
        : signal;

    /// <summary>What is planned can be known before; what befalls a place cannot, and neither can its end.</summary>
    private static ContextSignal? Before(ContextSignal signal, Instant limit) =>
        IsPlanned(signal.Circumstance) ? signal
        : signal.Start.Earliest >= limit ? null
        : signal.End is { } end && end.Earliest >= limit ? signal with { End = null }
        : signal;

    private static bool IsPlanned(Circumstance circumstance) =>
        circumstance
            is Circumstance.ExamPeriod
                or Circumstance.Election
                or Circumstance.Curfew
                or Circumstance.ShutdownOrder
                or Circumstance.Maintenance
                or Circumstance.RegistryDecision;
}
