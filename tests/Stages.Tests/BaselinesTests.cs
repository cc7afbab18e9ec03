using Breakwater.Needs.Baselines;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

public sealed class BaselinesTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 1, 10, 8, 0);
    private static readonly Place _sudan = new() { Country = "SD" };
    private static readonly Participant _planner = new(
        "planner-1",
        "university-group",
        StakeholderClass.Academia,
        new HashSet<Role> { Role.Planner }
    );
    private static readonly Population _people = new(
        _sudan,
        "Sudan",
        "SD",
        PopulationGroup.Residents,
        new CountRange(40, 50),
        IsUsed: true,
        "a census",
        Origin.Reported
    );
    private static readonly Site _site = new(
        "site-1",
        _sudan,
        "sudani",
        null,
        null,
        null,
        null,
        "an operator",
        Origin.Reported,
        Marking.Sealed
    );
    private static readonly SetBaseline _set = new("SD", [_people], [], [_site], "a census");

    [Fact]
    public void A_baseline_keeps_what_is_unknown_as_unknown()
    {
        Baseline set = Set(_set);

        Assert.Null(Assert.Single(set.Sites).BatteryHours);
        Assert.Equal(Marking.Sealed, set.Sites[0].Marking);
        Assert.Equal("SD", set.Place!.Country);
    }

    [Fact]
    public void A_later_baseline_takes_the_place_of_the_whole_earlier_one()
    {
        Baseline first = Set(_set);
        Baseline later = Baseline.Apply(
            first,
            Assert.Single(
                SetBaseline.Decide(first, _set with { Sites = [] }, _planner, _now).Events
            )
        );

        Assert.Empty(later.Sites);
    }

    [Fact]
    public void Rows_that_make_no_sense_are_refused_with_the_reason()
    {
        Place elsewhere = new() { Country = "IR" };
        Assert.Contains("capital", Refusal(_set with { Country = "sd" }), StringComparison.Ordinal);
        Assert.Contains("source", Refusal(_set with { Reason = "" }), StringComparison.Ordinal);
        Assert.Contains(
            "place in SD",
            Refusal(_set with { Populations = [_people with { Place = elsewhere }] }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "range",
            Refusal(_set with { Populations = [_people with { Count = new CountRange(5, 4) }] }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "litres",
            Refusal(_set with { Sites = [_site with { FuelLitres = double.NaN }] }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "own",
            Refusal(_set with { Sites = [_site, _site] }),
            StringComparison.Ordinal
        );
        Assert.Contains("lists", Refusal(_set with { Sites = null! }), StringComparison.Ordinal);
    }

    private static Baseline Set(SetBaseline command) =>
        Baseline.Apply(
            null,
            Assert.Single(SetBaseline.Decide(null, command, _planner, _now).Events)
        );

    private static string Refusal(SetBaseline command) =>
        SetBaseline.Decide(null, command, _planner, _now).Refusal!.Reason;
}
