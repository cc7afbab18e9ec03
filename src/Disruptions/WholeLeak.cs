using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// What one AS passed on from one neighbour, to any number of others, at the same time: one slip of one configuration.
/// </summary>
/// <param name="Signals">One for each receiver and stretch of time, the earliest first.</param>
internal sealed record WholeLeak(IReadOnlyList<LeakSignal> Signals)
{
    /// <summary>Stretches of evidence listed for one file.</summary>
    private const int EvidenceMax = 64;

    public Asn Leaker => Signals[0].Episode.Segment.Leaker;

    public Place Place => Signals[0].Place;

    public Instant Since => Signals[0].Episode.Since;

    public string Source =>
        string.Join(
            '+',
            Signals
                .SelectMany(signal => signal.Source.Split('+'))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    public bool IsOlder { get; } = Signals.Any(signal => signal.Episode.IsOlder);

    /// <summary>Open while one receiver shows it.</summary>
    public LeakEnd End { get; } =
        Signals.Any(signal => signal.Episode.End == LeakEnd.Open) ? LeakEnd.Open
        : Signals.Any(signal => signal.Episode.End == LeakEnd.OutOfSight) ? LeakEnd.OutOfSight
        : LeakEnd.Ended;

    public Instant? Until =>
        End == LeakEnd.Open ? null : Signals.Max(signal => signal.Episode.Until);

    /// <summary>One of each kind for each receiver, strongest first.</summary>
    public IReadOnlyList<LeakFinding> Findings { get; } =
    [
        .. Signals
            .SelectMany(signal => signal.Episode.Findings)
            .Distinct()
            .OrderBy(finding => finding.Kind)
            .ThenBy(finding => finding.To.Number),
    ];

    public IReadOnlyList<Asn> Receivers { get; } =
    [.. Signals.Select(signal => signal.Episode.Segment.To).Distinct().OrderBy(asn => asn.Number)];

    public IReadOnlyList<IpPrefix> Prefixes { get; } =
    [.. Signals.SelectMany(signal => signal.Episode.Prefixes).Distinct().Order()];

    /// <summary>Distinct AS numbers of the peers that showed it to any receiver.</summary>
    public IReadOnlyList<Asn> Peers { get; } =
    [.. Signals.SelectMany(signal => signal.Episode.Peers).Distinct().OrderBy(asn => asn.Number)];

    public int Origins { get; } =
        Signals.SelectMany(signal => signal.Episode.Origins).Distinct().Count();

    /// <summary>An upper bound: receivers may have had their most routes at different times.</summary>
    public int RoutesMax { get; } = Signals.Sum(signal => signal.Episode.RoutesMax);

    public IReadOnlyList<Evidence> Evidence =>
        Signals is [var one]
            ? one.Evidence
            :
            [
                .. Signals
                    .SelectMany(signal => signal.Evidence)
                    .GroupBy(evidence => (evidence.Sha256, evidence.File))
                    .OrderBy(group => group.Key.File, StringComparer.Ordinal)
                    .ThenBy(group => group.Key.Sha256, StringComparer.Ordinal)
                    .Select(group => Joined([.. group])),
            ];

    /// <summary>The leaks of all signals by leaker, neighbour and time; pauses as long as the profile allows join.</summary>
    public static IReadOnlyList<WholeLeak> Of(
        IReadOnlyList<LeakSignal> signals,
        HijackProfile profile
    )
    {
        List<WholeLeak> leaks = [];
        foreach (
            IGrouping<(Asn Leaker, Asn From), LeakSignal> group in signals.GroupBy(signal =>
                (signal.Episode.Segment.Leaker, signal.Episode.Segment.From)
            )
        )
        {
            List<LeakSignal> near = [];
            Instant? until = null;
            foreach (
                LeakSignal signal in group
                    .OrderBy(signal => signal.Episode.Since)
                    .ThenBy(signal => signal.Episode.Segment)
                    .ThenBy(signal => signal.Id, StringComparer.Ordinal)
            )
            {
                if (
                    near.Count > 0
                    && until is { } end
                    && signal.Episode.Since - end
                        > Duration.FromMinutes(profile.SameDepartureMinutes)
                )
                {
                    leaks.Add(new WholeLeak(near));
                    near = [];
                }

                until =
                    near.Count == 0 ? signal.Episode.Until
                    : until is { } known && signal.Episode.Until is { } other
                        ? Instant.Max(known, other)
                    : null;
                near.Add(signal);
            }

            leaks.Add(new WholeLeak(near));
        }

        return
        [
            .. leaks.OrderBy(leak => leak.Since).ThenBy(leak => leak.Signals[0].Episode.Segment),
        ];
    }

    private static Evidence Joined(Evidence[] parts)
    {
        (string Row, string Bytes)[] places =
        [
            .. parts
                .SelectMany(part => (part.Rows ?? "").Split(',').Zip((part.Bytes ?? "").Split(',')))
                .Distinct()
                .OrderBy(place =>
                    long.TryParse(
                        place.First,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out long row
                    )
                        ? row
                        : long.MaxValue
                )
                .Take(EvidenceMax),
        ];
        return parts[0] with
        {
            Rows = string.Join(',', places.Select(place => place.Row)),
            Bytes = string.Join(',', places.Select(place => place.Bytes)),
        };
    }
}
