using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A change is told as what changed; what is closely held neither leaks into a telling nor takes its place.</summary>
public sealed class DisruptionsRevisedTests
{
    private const int Day = StepsPerDay;

    private static readonly Marking _held = new(Distribution.Group, Tlp.Amber);

    private static readonly SeriesSignal _cut = Cut(
        SignalFamily.Probing,
        12 * Day,
        400,
        480,
        0.05,
        Iran
    );

    private static Disruption One(params IReadOnlyList<Signal> signals) =>
        Assert.Single(Detect(signals).Disruptions, one => one.Place.Equals(Iran));

    private static string Change(Disruption was, Disruption now) =>
        Assert.Single(Assert.Single(Revision.Between([was], [now], At(500))).Changes);

    [Fact]
    public void An_end_that_is_known_more_closely_is_told_as_a_range()
    {
        Disruption now = One(_cut);
        Disruption was = now with
        {
            End = now.End! with { Earliest = now.End.Earliest - Duration.FromHours(2) },
        };
        Assert.Equal(
            $"ended between {now.End!.Earliest} and {now.End.Latest}, was between {was.End.Earliest} and {was.End.Latest}",
            Change(was, now)
        );
    }

    [Fact]
    public void A_beginning_that_is_known_more_closely_is_told_as_a_range()
    {
        Disruption now = One(_cut);
        Disruption was = now with
        {
            Onset = now.Onset with { Earliest = now.Onset.Earliest - Duration.FromHours(2) },
        };
        Assert.Equal(
            $"began between {now.Onset.Earliest} and {now.Onset.Latest}, was between {was.Onset.Earliest} and {was.Onset.Latest}",
            Change(was, now)
        );
    }

    [Fact]
    public void No_change_names_twice_the_same_value()
    {
        Disruption now = One(_cut);
        Disruption was = now with { End = null, State = DisruptionState.Suspected };
        Assert.All(
            Revision.Between([was], [now], At(500)).SelectMany(one => one.Changes),
            change =>
                Assert.NotEqual(
                    change.Split(", was ")[0].Split(' ')[^1],
                    change.Split(", was ")[^1]
                )
        );
    }

    [Fact]
    public void Two_tellings_that_turn_out_to_be_one_are_revised_and_not_withdrawn()
    {
        Disruption whole = One(_cut);
        Disruption first = whole with { Id = "disruption-first", End = new(At(420), At(421)) };
        Disruption second = whole with { Id = "disruption-second", Onset = new(At(440), At(441)) };
        Assert.All(
            Revision.Between([first, second], [whole], At(500)),
            revision => Assert.Equal((RevisionKind.Revised, whole.Id), (revision.Kind, revision.Id))
        );
    }

    [Fact]
    public void A_report_that_is_closely_held_makes_another_telling_and_a_public_one_amends()
    {
        ReportSignal report = Report(410, ServiceState.Down, "resident") with { Place = Iran };
        Disruption alone = One(_cut);
        Disruption open = One(_cut, report with { Marking = Marking.Public });
        Disruption held = One(_cut, report with { Marking = _held });
        Assert.Equal(alone.Id, open.Id);
        Assert.NotEqual(alone.Id, held.Id);
        Assert.Equal(_held, held.Marking);
        Assert.Contains(report.Id, held.Signals);
    }

    [Fact]
    public void A_report_of_another_time_neither_marks_a_disruption_nor_is_an_input_of_it()
    {
        Disruption alone = One(_cut);
        ReportSignal report = Report(50, ServiceState.Working, "resident") with
        {
            Place = Iran,
            Marking = _held,
            Origin = Origin.Reported,
        };
        Disruption beside = One(_cut, report);
        Assert.Equal(
            (alone.Id, alone.Marking, alone.Origin, alone.Evidence.Count),
            (beside.Id, beside.Marking, beside.Origin, beside.Evidence.Count)
        );
        Assert.Equal(alone.Signals, beside.Signals);
    }

    [Fact]
    public void Areas_marked_stricter_than_the_country_are_not_written_into_it_though_they_stayed_up()
    {
        SeriesSignal[] areas =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(i =>
                    Cut(
                        SignalFamily.Probing,
                        12 * Day,
                        400,
                        480,
                        i < 6 ? 0.05 : 1,
                        Place.OfArea("IR", $"Area {i:00}"),
                        source: "areas"
                    ) with
                    {
                        Marking = i < 6 ? Marking.Public : _held,
                    }
                ),
        ];
        Disruption country = Assert.Single(
            Detect([
                _cut with
                {
                    Source = "areas",
                    Metric = areas[0].Metric,
                },
                .. areas,
            ]).Disruptions,
            one => one.Place.Equals(Iran)
        );
        Assert.Equal(Marking.Public, country.Marking);
        Assert.Equal(
            areas.Take(6).Select(area => area.Place.Key),
            country.Areas!.Select(area => area.Place.Key)
        );
        Assert.Equal(
            areas.Take(6).Select(area => area.Id).Append(_cut.Id).Order(StringComparer.Ordinal),
            country.Signals
        );
    }
}
