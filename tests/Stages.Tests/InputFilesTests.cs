using Breakwater.Signals;
using Breakwater.Signals.Inputs;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

public sealed class InputFilesTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 1, 10, 8, 0);
    private static readonly Participant _analyst = new(
        "analyst-1",
        "measurement-group",
        StakeholderClass.TechnicalCommunity,
        new HashSet<Role> { Role.Analyst }
    );
    private static readonly TakeInputFile _file = new(
        "one",
        new string('a', 64),
        "half-hourly.csv",
        "ioda-csv",
        new Place { Country = "IR" },
        null,
        Origin.Measured
    );

    [Fact]
    public void A_file_that_says_nothing_of_its_marking_is_sealed()
    {
        InputFile taken = Taken(_file);

        Assert.Equal(Marking.Sealed, taken.Marking);
        Assert.Equal(("in-use", _now), (taken.Standing, taken.TakenAt));
    }

    [Theory]
    [InlineData("../secret.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b.csv")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_is_a_path_is_refused(string name) =>
        Assert.Equal(RefusalKind.Invalid, Refusal(_file with { Name = name }).Kind);

    [Fact]
    public void A_hash_that_is_none_an_unknown_format_and_a_missing_place_are_refused()
    {
        Assert.Contains(
            "sha256",
            Refusal(_file with { Sha256 = "abc" }).Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "format",
            Refusal(_file with { Format = "xls" }).Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "place",
            Refusal(_file with { Place = new Place() }).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Columns_are_for_series_and_a_series_needs_them()
    {
        var columns = new SeriesFormat
        {
            TimeColumn = "time",
            ValueColumns = ["value"],
            Place = new Place { Country = "IR" },
            Family = SignalFamily.Probing,
            Unit = "percent",
        };

        Assert.Equal(RefusalKind.Invalid, Refusal(_file with { Columns = columns }).Kind);
        Assert.Equal(RefusalKind.Invalid, Refusal(_file with { Format = "series-csv" }).Kind);
        Assert.NotNull(Taken(_file with { Format = "series-csv", Columns = columns }).Columns);
    }

    [Theory]
    [InlineData("claims-json")]
    [InlineData("context-json")]
    [InlineData("events-csv")]
    [InlineData("cap")]
    public void What_others_say_is_taken_in_like_what_was_measured(string format) =>
        Assert.Equal(format, Taken(_file with { Format = format }).Format);

    [Fact]
    public void Routes_are_held_against_files_that_are_named_by_hash_and_nothing_else_is()
    {
        TakeInputFile routes = _file with
        {
            Format = "bgpdump-text",
            Routes = new RouteFiles(new string('b', 64), new string('c', 64)),
        };
        Assert.Equal(routes.Routes, Taken(routes).Routes);
        Assert.Null(Taken(routes with { Routes = null }).Routes);
        Assert.Contains(
            "sha256",
            Refusal(routes with { Routes = new RouteFiles("table.txt") }).Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "bgpdump-text",
            Refusal(routes with { Format = "ioda-csv" }).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_set_aside_stays_with_its_reason_and_is_set_aside_once()
    {
        InputFile taken = Taken(_file);
        var command = new SetInputFileAside("withdrawn by its source");
        InputFile aside = InputFile.Apply(
            taken,
            Assert.Single(SetInputFileAside.Decide(taken, command, _analyst, _now).Events)
        );

        Assert.Equal(("set-aside", command.Reason), (aside.Standing, aside.SetAsideBecause));
        Assert.Equal(
            RefusalKind.WrongState,
            SetInputFileAside.Decide(aside, command, _analyst, _now).Refusal!.Kind
        );
        Assert.Equal(
            RefusalKind.Invalid,
            SetInputFileAside
                .Decide(taken, new SetInputFileAside(" "), _analyst, _now)
                .Refusal!.Kind
        );
    }

    private static InputFile Taken(TakeInputFile command) =>
        InputFile.Apply(
            null,
            Assert.Single(TakeInputFile.Decide(null, command, _analyst, _now).Events)
        );

    private static Refusal Refusal(TakeInputFile command) =>
        TakeInputFile.Decide(null, command, _analyst, _now).Refusal!;
}
