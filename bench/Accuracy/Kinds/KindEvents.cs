using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Kinds;

/// <summary>One row of IODA's list of investigated outages, as a disruption without its cause.</summary>
/// <param name="Truth">The kind that its cause belongs to; null for rows that are not scored.</param>
/// <param name="Group">The event that the row is part of; rows of one event are never split.</param>
internal sealed record KindEvent(
    Disruption Disruption,
    string? Cause,
    DisruptionKind? Truth,
    string Country,
    string Group
);

/// <summary>IODA's list as disruptions: times, places and what people saw, never the cause.</summary>
internal static class KindEvents
{
    public const string File =
        "data/outages/ioda_sigcomm23/ioda_investigated_outages_cleaned_phase1+2.csv.gz";

    /// <summary>The list gives times in rounds of ten minutes: the onset lies in the round before.</summary>
    private static readonly Duration _round = Duration.FromMinutes(10);

    /// <summary>Rows of one country with less than this between them are one event.</summary>
    private static readonly Duration _sameEvent = Duration.FromDays(30);

    public static IReadOnlyList<KindEvent> Read(string sharedFolder)
    {
        string path = Path.Combine(sharedFolder, File);
        using var plain = new MemoryStream();
        using (
            var packed = new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress)
        )
        {
            packed.CopyTo(plain);
        }

        return Read(SourceFile.Of(Path.GetFileName(path), plain.ToArray()));
    }

    public static IReadOnlyList<KindEvent> Read(SourceFile list) =>
        Grouped([.. SignalsFromEvents.Read(list).Signals.OfType<ClaimSignal>().Select(Of)]);

    private static KindEvent Of(ClaimSignal signal)
    {
        Claim claim = signal.Claim;
        string cause = claim.Cause?.Split(':')[0] ?? "";
        return new KindEvent(
            new Disruption
            {
                Id = signal.Id,
                Kind = DisruptionKind.Outage,
                State = claim.End is null ? DisruptionState.Suspected : DisruptionState.Closed,
                Place = signal.Place,
                Network = signal.Network,
                Asns = [],
                Start = claim.Start!.Latest,
                Onset = new InstantRange(claim.Start.Earliest - _round, claim.Start.Latest),
                End = claim.End is { } end
                    ? new InstantRange(end.Earliest - _round, end.Latest)
                    : null,
                Confidence = new Confidence(0.5),
                Severity = [],
                Sources = Sources(claim.Wording),
                Claims = [],
                Links = [],
                Notes = [],
                Origin = signal.Origin,
                Marking = signal.Marking,
                Signals = [signal.Id],
                Evidence = signal.Evidence,
                Detector = "IODA's list",
            },
            cause,
            cause switch
            {
                "Government-Ordered" or "Exams" => DisruptionKind.Shutdown,
                "Cable-Cut" => DisruptionKind.CableCut,
                "Power-Outage" => DisruptionKind.PowerLoss,
                _ => null,
            },
            Part(claim.Wording, "country ") ?? signal.Place.Key,
            ""
        );
    }

    /// <summary>What people saw in each signal. A listed row was seen in something, also when nobody noted in what.</summary>
    private static List<SourceVerdict> Sources(string wording)
    {
        string seen = Part(wording, "seen by people in: ") ?? "";
        List<SourceVerdict> sources = [];
        foreach (
            (string word, SignalFamily family) in (ReadOnlySpan<(string, SignalFamily)>)
                [
                    ("routing", SignalFamily.Routing),
                    ("probing", SignalFamily.Probing),
                    ("telescope", SignalFamily.Telescope),
                ]
        )
        {
            Verdict verdict =
                seen.Contains($"{word} yes", StringComparison.Ordinal) ? Verdict.Agrees
                : seen.Contains($"{word} no,", StringComparison.Ordinal)
                || seen.EndsWith($"{word} no", StringComparison.Ordinal)
                    ? Verdict.Disagrees
                : Verdict.Absent;
            sources.Add(new SourceVerdict(word, family, verdict, word, 0));
        }

        return sources.Exists(source => source.Verdict == Verdict.Agrees)
            ? sources
            : [new SourceVerdict("unnamed", SignalFamily.HumanReport, Verdict.Agrees, "listed", 0)];
    }

    private static string? Part(string wording, string name) =>
        wording.Split("; ").FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))
            is { } found
            ? found[name.Length..]
            : null;

    /// <summary>Chains of scored rows of a country make events; rows that are not scored only stand around them.</summary>
    private static IReadOnlyList<KindEvent> Grouped(IReadOnlyList<KindEvent> rows)
    {
        Dictionary<string, string> groupOf = new(StringComparer.Ordinal);
        foreach (
            IGrouping<string, KindEvent> country in rows.Where(row => row.Truth is not null)
                .GroupBy(row => row.Country)
        )
        {
            string group = "";
            Instant last = Instant.MinValue;
            foreach (KindEvent row in country.OrderBy(row => row.Disruption.Start))
            {
                if (group.Length == 0 || row.Disruption.Start - last > _sameEvent)
                {
                    group = $"{country.Key} {row.Disruption.Start.InUtc().Date:uuuu-MM-dd}";
                }

                last = row.Disruption.Start;
                groupOf[row.Disruption.Id] = group;
            }
        }

        return
        [
            .. rows.Select(row =>
                row with
                {
                    Group = groupOf.GetValueOrDefault(row.Disruption.Id, ""),
                }
            ),
        ];
    }

    /// <summary>
    /// Half of the events of each kind, chosen by the hash of their names so that nobody chooses. The training half comes first.
    /// </summary>
    public static (IReadOnlySet<string> Training, IReadOnlySet<string> HeldOut) Split(
        IReadOnlyList<KindEvent> rows
    )
    {
        HashSet<string> training = new(StringComparer.Ordinal);
        HashSet<string> heldOut = new(StringComparer.Ordinal);
        foreach (
            IGrouping<DisruptionKind, (string Group, DisruptionKind Kind)> kind in rows.Where(row =>
                    row.Truth is not null
                )
                .GroupBy(row => row.Group)
                .Select(group =>
                    (
                        Group: group.Key,
                        Kind: group
                            .GroupBy(row => row.Truth!.Value)
                            .OrderByDescending(same => same.Count())
                            .ThenBy(same => same.Key)
                            .First()
                            .Key
                    )
                )
                .GroupBy(group => group.Kind)
        )
        {
            int index = 0;
            foreach (
                string group in kind.Select(item => item.Group)
                    .OrderBy(
                        name => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))),
                        StringComparer.Ordinal
                    )
            )
            {
                (index++ % 2 == 0 ? training : heldOut).Add(group);
            }
        }

        return (training, heldOut);
    }
}
