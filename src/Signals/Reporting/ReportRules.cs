using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>What every report must say, by whichever way it came in, and the signal that it becomes.</summary>
internal static class ReportRules
{
    /// <summary>Null for a report that can be used, else what is wrong with its times.</summary>
    public static string? WhyNot(Instant observedAt, Instant receivedAt) =>
        observedAt < SampleLine.EarliestTime || receivedAt > SampleLine.LatestTime
            ? $"{observedAt} is no time that anybody can report on"
        : observedAt > receivedAt ? "observedAt is after receivedAt"
        : null;

    /// <summary>Null for a report that says where it is about and what kind of observer saw it.</summary>
    public static string? WhyNot(Place? place, string? observer) =>
        place is not { Key: not "unknown" } || string.IsNullOrWhiteSpace(observer)
            ? "the report has no place or no observer"
            : null;

    /// <summary>What people say is a signal of its own family, attributed to a kind of observer and to nobody.</summary>
    public static ReportSignal Signal(
        string id,
        Place place,
        string? network,
        Service? service,
        ServiceState state,
        string observer,
        Instant observedAt,
        Instant receivedAt,
        Origin origin,
        Marking marking,
        Evidence evidence
    ) =>
        new()
        {
            Id = id,
            Source = $"field report by {observer}",
            Family = SignalFamily.HumanReport,
            Place = place,
            Network = network,
            Origin = origin,
            Marking = marking,
            Evidence = [evidence],
            ObservedAt = observedAt,
            ReceivedAt = receivedAt,
            Service = service,
            State = state,
            Observer = observer,
        };
}
