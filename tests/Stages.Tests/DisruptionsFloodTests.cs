using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Reports in numbers that no people of a place hand in: they weigh little, and it is told.</summary>
public sealed class DisruptionsFloodTests
{
    private const int Day = StepsPerDay;

    [Fact]
    public void A_hundred_thousand_forged_reports_from_one_hand_weigh_less_than_one_and_are_told()
    {
        string[] observers = ["resident", "operator", "measurer", "volunteer"];
        Signal[] flood =
        [
            .. Enumerable
                .Range(0, 100_000)
                .Select(i =>
                    Report(i / 5000, ServiceState.Down, observers[i % 4]) with
                    {
                        Id = $"signal-forged-{i}",
                    }
                ),
        ];
        Detection detection = Detect(flood);
        Assert.DoesNotContain(
            detection.Disruptions,
            disruption => disruption.Confidence.Probability > 0.2
        );
        Flood told = Assert.Single(detection.Floods);
        Assert.Equal(100_000, told.Reports);
        Assert.Contains("one hand", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_that_says_all_is_well_does_not_hide_a_measured_loss()
    {
        Signal[] flood =
        [
            .. Enumerable
                .Range(0, 5000)
                .Select(i =>
                    Report(
                        700 + (i / 500),
                        ServiceState.Working,
                        i % 2 == 0 ? "resident" : "operator"
                    ) with
                    {
                        Id = $"signal-forged-{i}",
                    }
                ),
        ];
        Disruption disruption = Assert.Single(
            Detect([
                Cut(SignalFamily.Probing, 20 * Day, 700, int.MaxValue, 0.02),
                Cut(SignalFamily.Application, 20 * Day, 700, int.MaxValue, 0.02),
                .. flood,
            ]).Disruptions
        );
        Assert.True(disruption.Confidence.Probability > 0.9);
        Assert.Contains(
            disruption.SubjectTo,
            caveat => caveat.StartsWith("flood of reports", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(200, 0.4)]
    [InlineData(201, 0.09)]
    [InlineData(4_999, 0.09)]
    [InlineData(5_001, 0.09)]
    public void A_flood_weighs_as_one_from_its_first_report_on(int reports, double most)
    {
        Detection detection = Detect(Forged(reports, _ => Iran));
        double highest = detection
            .Disruptions.Select(disruption => disruption.Confidence.Probability)
            .DefaultIfEmpty(0)
            .Max();
        Assert.InRange(highest, 0, most);
        Assert.Equal(reports > 200, detection.Floods.Count > 0);
    }

    [Fact]
    public void Reports_repeated_by_many_inputs_are_of_one_hand()
    {
        Signal[] repeated =
        [
            .. Enumerable
                .Range(0, 40)
                .SelectMany(file =>
                    Forged(150, _ => Iran)
                        .Select(report =>
                            report with
                            {
                                Id = $"{report.Id}-{file}",
                                Evidence =
                                [
                                    report.Evidence[0] with
                                    {
                                        Sha256 = $"{file:x64}",
                                        File = $"reports-{file}.json",
                                    },
                                ],
                            }
                        )
                ),
        ];
        Detection detection = Detect(repeated);
        Assert.Empty(detection.Disruptions);
        Flood told = Assert.Single(detection.Floods);
        Assert.Equal(6_000, told.Reports);
        Assert.Contains("40 inputs that repeat each other", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_people_who_say_the_same_at_one_time_are_many()
    {
        Signal[] people =
        [
            .. Forged(600, _ => Iran)
                .Select((report, i) => report with { ObservedAt = At(700), Hand = $"hand {i}" }),
        ];
        Detection detection = Detect(people);
        Assert.Empty(detection.Floods);
        Assert.Single(detection.Disruptions);
    }

    [Fact]
    public void One_hand_that_reports_about_thousands_of_places_finds_none_of_them_down()
    {
        Detection detection = Detect(
            Forged(
                4_998,
                i => Place.OfCountry($"{(char)('A' + (i / 2 % 26))}{(char)('A' + (i / 52 % 26))}")
            )
        );
        Assert.Empty(detection.Disruptions);
        Assert.Contains(
            "places from one hand",
            Assert.Single(detection.Floods).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_people_alone_say_of_other_areas_is_no_evidence_of_kind()
    {
        SeriesSignal dark = Cut(SignalFamily.Probing, 20 * Day, 700, int.MaxValue, 0);
        Signal[] areas =
        [
            .. Enumerable
                .Range(0, 80)
                .Select(i =>
                    Report(
                        700,
                        ServiceState.Down,
                        i % 2 == 0 ? "resident" : "operator",
                        place: Place.OfArea("IR", $"area {i / 2}")
                    ) with
                    {
                        Id = $"signal-forged-{i}",
                        Hand = $"hand {i}",
                    }
                ),
        ];
        Disruption Of(params Signal[] signals) =>
            Detect(signals).Disruptions.Single(one => one.Place.Equals(Iran));
        static string Said(Disruption disruption) =>
            string.Join('\n', disruption.Kinds!.Kinds.Select(kind => kind.ToString()));
        Assert.Equal(Said(Of(dark)), Said(Of([dark, .. areas])));
    }

    [Fact]
    public void Reports_are_counted_twice_at_most_however_many_moments_there_are()
    {
        ReportSignal[] reports =
        [
            .. Forged(20_000, _ => Iran)
                .Select((report, i) => report with { Observer = $"observer {i}" }),
        ];
        var votes = new ReportVotes(reports, new HashSet<string>(), DetectorProfile.Default);
        foreach (ReportSignal report in reports)
        {
            Assert.NotNull(votes.At(report.ObservedAt));
        }

        Assert.InRange(votes.Counted, reports.Length, 2 * reports.Length);
    }

    /// <summary>Reports of one file about losses within a few hours, by observers of two kinds.</summary>
    private static ReportSignal[] Forged(int count, Func<int, Place> place) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    Report(
                        700 + (i * 12 / count),
                        ServiceState.Down,
                        i % 2 == 0 ? "resident" : "operator",
                        place: place(i)
                    ) with
                    {
                        Id = $"signal-forged-{i:00000}",
                        ObservedAt = At(700) + Duration.FromSeconds(i),
                    }
                ),
        ];
}
