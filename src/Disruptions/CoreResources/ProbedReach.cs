using System.Globalization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What probes say of one address.</summary>
/// <param name="ReachedFrom">Vantage points that got an answer at their latest probe.</param>
/// <param name="NotReachedFrom">Vantage points that got none, and that could see.</param>
/// <param name="LastReached">The latest answer before the first of the failures that last; null when there was none.</param>
/// <param name="SilentSince">The first of the failures that last; null when it is reached or unknown.</param>
internal sealed record AddressReach(
    ServerReach State,
    int ReachedFrom,
    int NotReachedFrom,
    Instant? LastReached,
    Instant? SilentSince,
    IReadOnlyList<Evidence> Evidence
)
{
    public static AddressReach Unknown { get; } = new(ServerReach.Unknown, 0, 0, null, null, []);
}

/// <summary>
/// Probes of servers, by address. A vantage point of which every address of a family is silent is blind itself, not proof
/// that all of them are down.
/// </summary>
internal sealed class ProbedReach
{
    /// <summary>Probes older than this before the newest say nothing of now.</summary>
    private static readonly Duration _fresh = Duration.FromHours(6);

    /// <summary>From so many silent addresses on, and not one that answers, a vantage point counts as blind.</summary>
    private const int BlindAddressesMin = 3;

    private readonly Dictionary<IpPrefix, AddressReach> reach = [];

    public ProbedReach(IReadOnlyList<ServerProbes> files)
    {
        List<Row> rows =
        [
            .. files.SelectMany(file => file.Probes.Select(probe => new Row(probe, file))),
        ];
        Newest = rows.Count == 0 ? null : rows.Max(row => row.Probe.At);
        List<Row> fresh = [.. rows.Where(row => row.Probe.At >= Newest - _fresh)];
        HashSet<(string?, bool)> blind = [.. BlindVantages(fresh)];
        foreach (IGrouping<IpPrefix, Row> address in fresh.GroupBy(row => row.Probe.Address))
        {
            reach[address.Key] = Of([
                .. address.Where(row => !blind.Contains((row.Probe.From, row.Probe.Address.IsV6))),
            ]);
        }
    }

    /// <summary>Time of the latest probe; null without probes.</summary>
    public Instant? Newest { get; }

    /// <summary>Vantage points that could see nothing of a family.</summary>
    public IReadOnlyList<Blind> Blind { get; private set; } = [];

    public AddressReach this[IpPrefix address] =>
        reach.GetValueOrDefault(address, AddressReach.Unknown);

    private IEnumerable<(string? From, bool IsV6)> BlindVantages(List<Row> fresh)
    {
        var blind = new List<Blind>();
        foreach (
            var vantage in fresh
                .GroupBy(row => (row.Probe.From, row.Probe.Address.IsV6))
                .OrderBy(vantage => vantage.Key.From, StringComparer.Ordinal)
                .ThenBy(vantage => vantage.Key.IsV6)
        )
        {
            int addresses = vantage.Select(row => row.Probe.Address).Distinct().Count();
            // An answer that refuses is an answer: the line works.
            bool hasAnswer = vantage.Any(row =>
                row.Probe.Outcome is ProbeOutcome.Reached or ProbeOutcome.Refused
            );
            if (hasAnswer || addresses < BlindAddressesMin)
            {
                continue;
            }

            blind.Add(
                new Blind(
                    vantage.Key.From is { } from ? $"probes from {from}" : "probes",
                    vantage.Min(row => row.Probe.At),
                    vantage.Max(row => row.Probe.At),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"none of {addresses} {(vantage.Key.IsV6 ? "IPv6" : "IPv4")} addresses answered: the vantage point itself may be cut off"
                    )
                )
            );
            yield return vantage.Key;
        }

        Blind = blind;
    }

    private static AddressReach Of(List<Row> rows)
    {
        List<List<Row>> vantages =
        [
            .. rows.Where(row => row.Probe.Outcome != ProbeOutcome.Unknown)
                .GroupBy(row => row.Probe.From)
                .OrderBy(vantage => vantage.Key, StringComparer.Ordinal)
                .Select(vantage =>
                    vantage
                        .OrderBy(row => row.Probe.At)
                        .ThenBy(row => row.File.Sha256, StringComparer.Ordinal)
                        .ThenBy(row => row.Probe.Row)
                        .ToList()
                ),
        ];
        int reached = vantages.Count(IsReached);
        int silent = vantages.Count - reached;
        if (vantages.Count == 0)
        {
            return AddressReach.Unknown;
        }

        IReadOnlyList<Evidence> evidence =
        [
            .. vantages.Select(vantage => vantage[^1].Evidence),
        ];
        if (reached > 0)
        {
            return new(ServerReach.Reached, reached, silent, null, null, evidence);
        }

        Instant? lastReached = vantages
            .SelectMany(vantage => vantage)
            .Where(row => row.Probe.Outcome == ProbeOutcome.Reached)
            .Select(row => (Instant?)row.Probe.At)
            .Max();
        Instant since = vantages
            .SelectMany(vantage => vantage)
            .Where(row => lastReached is not { } answered || row.Probe.At > answered)
            .Select(row => row.Probe.At)
            .DefaultIfEmpty(vantages.Max(vantage => vantage[^1].Probe.At))
            .Min();
        return new(ServerReach.NotReached, 0, silent, lastReached, since, evidence);
    }

    private static bool IsReached(List<Row> vantage) =>
        vantage[^1].Probe.Outcome == ProbeOutcome.Reached;

    private readonly record struct Row(ServerProbe Probe, ServerProbes File)
    {
        public Evidence Evidence =>
            new(File.Sha256, File.Name, Probe.Row.ToString(CultureInfo.InvariantCulture));
    }
}
