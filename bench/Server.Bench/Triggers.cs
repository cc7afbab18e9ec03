using System.Diagnostics;
using System.Globalization;
using Breakwater.App;
using Breakwater.App.Agreements;
using Breakwater.App.Subjects;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Preparedness.Agreements;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Server.Bench;

/// <summary>What it costs to look whether triggers are met: 1,000 agreements in force against 1,000 disruptions that go on.</summary>
internal static class Triggers
{
    private const int Each = 1_000;
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 8, 0);

    /// <param name="countries">Over how many both are spread.</param>
    /// <param name="isMet">False for triggers that ask for more than is known, so that all is looked at and nothing proposed.</param>
    public static async Task Measure(string parent, int countries, bool isMet)
    {
        string folder = Path.Combine(parent, $"trigger-bench-{Guid.NewGuid():n}");
        try
        {
            await using SqlRecords records = DataFolder.Open(folder);
            var clock = new Standing();
            await Fill(records, countries, isMet);
            var watch = new TriggerWatch(
                records,
                Catalogue.Known,
                new Roll(records, clock, new Trouble(TimeProvider.System, TextWriter.Null))
            );
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            var time = Stopwatch.StartNew();
            int happened = await watch.Once(_now, CancellationToken.None);
            double first = time.Elapsed.TotalSeconds;
            double megabytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6;
            time.Restart();
            await watch.Once(_now + Duration.FromSeconds(5), CancellationToken.None);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {countries} | {(isMet ? "met" : "not known")} | {happened} | {first:0.00} | {megabytes:0} | {time.Elapsed.TotalSeconds:0.000} |"
                )
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Fill(SqlRecords records, int countries, bool isMet)
    {
        string[] codes = [.. Countries.Codes.Take(countries)];
        await Recording.Append(
            records,
            "detections",
            [
                .. Enumerable
                    .Range(0, Each)
                    .Select(at => Of($"disruption-{at}", Place.OfCountry(codes[at % countries])))
                    .Select(one =>
                        ProductRecorded
                            .Of(one.Id, "disruption", one, [])
                            .ToDraft(one.Marking, "bench", [])
                    ),
            ],
            CancellationToken.None
        );
        foreach (int[] some in Enumerable.Range(0, Each).Chunk(200))
        {
            var work = new Workspace(records);
            foreach (int at in some)
            {
                string id = $"agreement-{at}";
                work.Stage(
                    await work.Load<Agreement, AgreementEvent>(id),
                    Agreed(id, Place.OfCountry(codes[at % countries]), isMet),
                    "bench"
                );
            }

            await work.Commit(null, CancellationToken.None);
        }
    }

    private static AgreementEvent[] Agreed(string id, Place place, bool isMet)
    {
        AgreementParty[] parties =
        [
            new("One", StakeholderClass.PrivateSector, "one"),
            new("Another", StakeholderClass.PrivateSector, "another"),
        ];
        Instant at = _now - Duration.FromDays(30);
        return
        [
            new AgreementProposed(
                at,
                "bench",
                id,
                "Fuel first",
                parties,
                new AgreementTerms(
                    AgreementKind.FuelPriority,
                    [place],
                    "Exchanges get fuel first",
                    [],
                    [
                        new TriggerCondition(TriggerSource.Disruption, IsConfirmed: true),
                        new TriggerCondition(
                            TriggerSource.Disruption,
                            PeopleShareMin: isMet ? null : 0.5
                        ),
                    ],
                    [],
                    at
                ),
                Marking.Public
            ),
            .. parties.Select(party => new AgreementSigned(at, "bench", party.Key(), null)),
            new AgreementBegan(at, "bench"),
        ];
    }

    private static Disruption Of(string id, Place place) =>
        new()
        {
            Id = id,
            Kind = DisruptionKind.Outage,
            State = DisruptionState.Confirmed,
            Place = place,
            Asns = [],
            Start = _now - Duration.FromHours(5),
            Onset = new InstantRange(_now - Duration.FromHours(6), _now - Duration.FromHours(5)),
            End = null,
            Confidence = new Confidence(0.9),
            Severity = [],
            Sources = [],
            Claims = [],
            Links = [],
            Notes = [],
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Signals = [],
            Evidence = [],
            Detector = "bench",
        };

    private sealed class Standing : IClock
    {
        public Instant GetCurrentInstant() => _now;
    }
}
