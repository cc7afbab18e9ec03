using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>
/// Iran, December 2025 and January 2026: five sources every half hour. The shutdown begins between 16:00 and 17:00 UTC on
/// 8 January and probing returns on 27 January. A list tells of local cuts from 29 December on, so the days from then are
/// neither quiet nor an event.
/// </summary>
internal static class Iran2026
{
    public const string Folder = "data/outages/iran-2026-01-ioda";
    public static readonly Instant LocalCuts = Instant.FromUtc(2025, 12, 29, 0, 0);
    public static readonly Instant Onset = Instant.FromUtc(2026, 1, 8, 16, 30);
    public static readonly Instant End = Instant.FromUtc(2026, 1, 27, 8, 30);
    private static readonly Instant _begin = Instant.FromUtc(2025, 12, 1, 0, 0);
    private static readonly Instant _last = Instant.FromUtc(2026, 1, 29, 16, 0);

    public static IReadOnlyList<SeriesSignal>? Series(Reference reference) =>
        reference.Open(Folder) is { } file
            ? [.. IodaCsv.Read(file, Place.OfCountry("IR")).Signals.OfType<SeriesSignal>()]
            : null;

    public static CaseSet Make(IReadOnlyList<SeriesSignal> series) =>
        new(
            "iran-2026-01",
            LabelOrigin.Real,
            "One place, five sources, one event (8 to 27 January). Quiet time is 8 to 28 December; 29 December to 8 January and the time after the return are unlabelled.",
            [
                new Case
                {
                    Id = "iran-2026-01",
                    Group = "iran-2026-01",
                    Series = series,
                    Labels =
                    [
                        new Label(
                            "shutdown of 8 January 2026",
                            new InstantRange(
                                Onset - Duration.FromMinutes(30),
                                Onset + Duration.FromMinutes(30)
                            ),
                            End
                        ),
                    ],
                    Scored = new TimeWindow(_begin + Duration.FromDays(7), _last),
                    Unlabelled =
                    [
                        new TimeWindow(LocalCuts, Onset - Duration.FromMinutes(30)),
                        new TimeWindow(End, _last),
                    ],
                },
            ],
            BlockDays: 7,
            IsSplit: false
        );

    /// <summary>December before the local cuts, for cuts of our own. Groups by the onset would split one stretch: it stays whole.</summary>
    public static Case Quiet(IReadOnlyList<SeriesSignal> series) =>
        new()
        {
            Id = "iran-2025-12",
            Group = "iran-2025-12",
            Series =
            [
                .. series.Select(one => Reference.Between(one, new TimeWindow(_begin, LocalCuts))),
            ],
            Labels = [],
            Scored = new TimeWindow(_begin + Duration.FromDays(14), LocalCuts),
        };
}
