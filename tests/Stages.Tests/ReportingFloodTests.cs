using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>A hundred thousand reports of one origin are a few reports and a number.</summary>
public sealed class ReportingFloodTests
{
    private static readonly Instant _start = SignalsFixture.At(700);

    [Fact]
    public void A_hundred_thousand_reports_of_one_origin_leave_twenty_in_triage_and_one_lot()
    {
        (IReadOnlyList<ReportArrival> separate, IReadOnlyList<FloodCount> lots) = FloodGate.Sort(
            Arrivals(100_000, _ => "one"),
            FloodQuota.Default
        );
        Assert.Equal(20, separate.Count);
        FloodCount lot = Assert.Single(lots);
        Assert.Equal((99_980, "IR"), (lot.Number, lot.Place!.Key));
        Assert.True(lot.First < lot.Last);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public void Forged_reports_of_one_origin_leave_the_state_of_disruptions_unchanged(int number)
    {
        Detection detection = DisruptionsFixture.Detect([.. Signals(Arrivals(number, _ => "one"))]);
        Assert.Empty(detection.Disruptions);
        Flood told = Assert.Single(detection.Floods);
        Assert.Equal(number, told.Reports);
        Assert.Contains("one hand", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Forged_reports_of_one_origin_about_many_places_find_none_of_them_down()
    {
        Place[] places = [.. Enumerable.Range(0, 500).Select(i => Place.OfArea("IR", $"area {i}"))];
        Detection detection = DisruptionsFixture.Detect([
            .. Signals(Arrivals(10_000, _ => "one", i => places[i % places.Length])),
        ]);
        Assert.Empty(detection.Disruptions);
        Assert.NotEmpty(detection.Floods);
    }

    [Fact]
    public void Many_people_are_let_through_one_by_one()
    {
        (IReadOnlyList<ReportArrival> separate, IReadOnlyList<FloodCount> lots) = FloodGate.Sort(
            Arrivals(600, i => $"hand {i}"),
            FloodQuota.Default
        );
        Assert.Equal((600, 0), (separate.Count, lots.Count));
    }

    [Fact]
    public void A_hand_that_floods_goes_on_as_a_lot_until_it_has_been_silent_for_a_window()
    {
        var gate = new FloodGate(FloodQuota.Default);
        foreach (ReportArrival arrival in Arrivals(10_000, _ => "one"))
        {
            gate.Admit(arrival);
        }

        ReportArrival last = Arrivals(10_000, _ => "one").Last();
        ReportArrival soon = last with { At = last.At + Duration.FromMinutes(59) };
        ReportArrival late = soon with { At = soon.At + Duration.FromMinutes(60) };
        Assert.Equal(Admission.Counted, gate.Admit(soon));
        Assert.Equal(Admission.Separate, gate.Admit(late));
    }

    [Fact]
    public void Hands_without_number_do_not_fill_the_memory_and_are_not_let_in_by_that()
    {
        var gate = new FloodGate(FloodQuota.Default, handsMax: 100);
        int separate = Arrivals(10_000, i => $"hand {i}")
            .Count(arrival => gate.Admit(arrival) == Admission.Separate);
        Assert.Equal(101, gate.Hands);
        Assert.Equal(100 + FloodQuota.Default.Reports, separate);
        Assert.Equal(FloodGate.Crowd, Assert.Single(gate.Take()).Hand);
    }

    [Fact]
    public void What_was_not_kept_is_given_back_to_its_hand_and_ends_a_flood_that_was_none()
    {
        var gate = new FloodGate(new FloodQuota(2, Duration.FromHours(1)));
        ReportArrival arrival = Arrival(0);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(Admission.Separate, gate.Admit(arrival));
            gate.GiveBack(arrival);
        }

        Assert.Equal(Admission.Separate, gate.Admit(arrival));
        Assert.Equal(Admission.Separate, gate.Admit(arrival));
        Assert.Equal(Admission.Counted, gate.Admit(arrival));
    }

    [Fact]
    public void Lots_that_could_not_be_written_are_put_back_whole_and_stay_bounded()
    {
        var gate = new FloodGate(new FloodQuota(1, Duration.FromHours(1)));
        const int rounds = 10;
        const int places = 50;
        for (int round = 0; round < rounds; round++)
        {
            IReadOnlyList<FloodCount> taken = gate.Take();
            for (int place = 0; place < places; place++)
            {
                gate.Admit(Arrival((round * places) + place));
            }

            foreach (FloodCount lot in taken)
            {
                gate.PutBack(lot);
            }
        }

        IReadOnlyList<FloodCount> lots = gate.Take();
        Assert.Equal((rounds * places) - 1, lots.Sum(lot => lot.Number));
        Assert.InRange(lots.Count, 1, (2 * FloodGate.LotsOfOneHandMax) + 1);
    }

    private static ReportArrival Arrival(int place) =>
        new(
            "hand",
            Place.OfArea("IR", $"area {place}"),
            null,
            ServiceState.Down,
            ObserverKind.Unknown,
            Instant.FromUtc(2026, 1, 1, 0, 0)
        );

    [Fact]
    public void Lots_of_one_hand_are_bounded_and_what_is_beyond_names_no_place()
    {
        (_, IReadOnlyList<FloodCount> lots) = FloodGate.Sort(
            Arrivals(10_000, _ => "one", i => Place.OfArea("IR", $"area {i}")),
            FloodQuota.Default
        );
        Assert.Equal(FloodGate.LotsOfOneHandMax + 1, lots.Count);
        Assert.Single(lots, lot => lot.Place is null);
        Assert.Equal(9_980, lots.Sum(lot => lot.Number));
    }

    [Fact]
    public void Every_report_is_let_through_or_counted_and_equal_streams_give_equal_answers() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 40], Gen.Int[0, 30])
            .List[0, 300]
            .Sample(steps =>
            {
                Instant at = _start;
                ReportArrival[] arrivals =
                [
                    .. steps.Select(step =>
                        Arrival(
                            $"hand {step.Item1}",
                            Place.OfArea("IR", $"area {step.Item2}"),
                            at += Duration.FromMinutes(step.Item3)
                        )
                    ),
                ];
                (IReadOnlyList<ReportArrival> separate, IReadOnlyList<FloodCount> lots) =
                    FloodGate.Sort(arrivals, new FloodQuota(3, Duration.FromHours(1)));
                (_, IReadOnlyList<FloodCount> again) = FloodGate.Sort(
                    arrivals,
                    new FloodQuota(3, Duration.FromHours(1))
                );
                Assert.Equal(lots, again);
                return separate.Count + lots.Sum(lot => lot.Number) == arrivals.Length;
            });

    [Fact]
    public void A_lot_grows_and_stays_one_record()
    {
        FloodCount count = FloodGate
            .Sort(Arrivals(1_000, _ => "one"), FloodQuota.Default)
            .Lots.Single();
        FloodLot lot = Lot(null, count);
        FloodLot grown = Lot(
            lot,
            count with
            {
                Number = 20,
                Last = count.Last + Duration.FromHours(1),
            }
        );
        Assert.Equal((1_000, count.First), (grown.Number, grown.First));
        Refused(
            RefusalKind.WrongState,
            CountLot.Decide(
                grown,
                new("lot-1", count with { Hand = "two" }),
                ReportingFixture.Anybody,
                _start
            )
        );
        ReadsBack(grown);
    }

    private static FloodLot Lot(FloodLot? before, FloodCount count, string id = "lot-1") =>
        After(before, CountLot.Decide(before, new(id, count), ReportingFixture.Anybody, _start));

    /// <summary>What detection sees of a stream: reports that were let through, received one by one, and lots.</summary>
    private static IReadOnlyList<ReportSignal> Signals(IEnumerable<ReportArrival> arrivals)
    {
        (IReadOnlyList<ReportArrival> separate, IReadOnlyList<FloodCount> lots) = FloodGate.Sort(
            arrivals,
            FloodQuota.Default
        );
        return SignalsFromFieldReports.Of(
            separate.Select(
                (arrival, i) =>
                    After<FieldReport, FieldReportEvent>(
                        null,
                        ReceiveReport.Decide(
                            null,
                            ReportingFixture.Command with
                            {
                                Id = $"report-{i}",
                                Place = arrival.Place,
                                Hand = arrival.Hand,
                                State = arrival.State,
                                Observer = arrival.Observer,
                                ObservedAt = arrival.At,
                            },
                            ReportingFixture.Anybody,
                            arrival.At
                        )
                    )
            ),
            lots.Select((count, i) => Lot(null, count, $"lot-{i}"))
        );
    }

    private static IEnumerable<ReportArrival> Arrivals(
        int number,
        Func<int, string> hand,
        Func<int, Place>? place = null
    ) =>
        Enumerable
            .Range(0, number)
            .Select(i =>
                Arrival(
                    hand(i),
                    place?.Invoke(i) ?? SignalsFixture.Iran,
                    _start + Duration.FromMilliseconds(50 * i)
                ) with
                {
                    Observer = i % 2 == 0 ? ObserverKind.Resident : ObserverKind.Operator,
                }
            );

    private static ReportArrival Arrival(string hand, Place place, Instant at) =>
        new(hand, place, null, ServiceState.Down, ObserverKind.Resident, at);
}
