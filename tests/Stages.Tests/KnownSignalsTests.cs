using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A knowledge date: what nobody could have known then is not looked at.</summary>
public sealed class KnownSignalsTests
{
    [Fact]
    public void A_claim_about_what_had_not_begun_is_cut_and_so_is_an_end_that_was_not_there()
    {
        ClaimSignal claim = Claim("shutdown", 100, "a list");
        claim = claim with
        {
            Claim = claim.Claim with { End = new InstantRange(At(300), At(310)) },
        };
        Assert.Empty(Known(claim, 100));
        Assert.Null(Only<ClaimSignal>(claim, 101).Claim.End);
        Assert.Null(Only<ClaimSignal>(claim, 300).Claim.End);
        Assert.Equal(claim, Only<ClaimSignal>(claim, 301));
    }

    [Theory]
    [InlineData(Circumstance.PowerOutage, true)]
    [InlineData(Circumstance.CableFault, true)]
    [InlineData(Circumstance.Disaster, true)]
    [InlineData(Circumstance.Protest, true)]
    [InlineData(Circumstance.ExamPeriod, false)]
    [InlineData(Circumstance.Election, false)]
    [InlineData(Circumstance.Maintenance, false)]
    public void What_befalls_a_place_is_not_known_before_and_what_is_planned_may_be(
        Circumstance circumstance,
        bool befalls
    )
    {
        var signal = new ContextSignal
        {
            Id = "signal-context",
            Source = "a ministry",
            Family = SignalFamily.Context,
            Place = Iran,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [],
            Circumstance = circumstance,
            Start = new InstantRange(At(100), At(100)),
            End = new InstantRange(At(300), At(300)),
        };
        Assert.Equal(befalls ? 0 : 1, Known(signal, 100).Count);
        Assert.Equal(befalls, Only<ContextSignal>(signal, 200).End is null);
        Assert.Equal(signal, Only<ContextSignal>(signal, 301));
    }

    [Fact]
    public void Counts_are_cut_with_their_samples()
    {
        SeriesSignal series = Series(SignalFamily.Application, 10, i => i) with
        {
            Counts = [.. Enumerable.Range(0, 10)],
        };
        SeriesSignal known = Only<SeriesSignal>(series, 4);
        Assert.Equal((4, 4), (known.Samples.Count, known.Counts!.Count));
    }

    private static IReadOnlyList<Signal> Known(Signal signal, int step) =>
        DisruptionsFromSignals.KnownBy([signal], At(step));

    private static T Only<T>(Signal signal, int step)
        where T : Signal => Assert.IsType<T>(Assert.Single(Known(signal, step)));
}
