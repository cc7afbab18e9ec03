using Breakwater.Disruptions;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A new loss is a new disruption that follows the old, told once.</summary>
public sealed class RelapsesTests
{
    private const int Onset = 480;
    private const int Back = 900;
    private const int Lost = 1_100;
    private const int Steps = 30 * StepsPerDay;

    private static SeriesSignal Seen(SignalFamily family, bool isLostAgain = true) =>
        Series(
            family,
            Steps,
            i =>
                Rhythm(i)
                * (i is < Onset or (>= Back and < Lost) || (i >= Back && !isLostAgain) ? 1 : 0.04)
        );

    private static Disruption Old(IReadOnlyList<Signal> signals) =>
        Assert.Single(
            DisruptionsFromSignals
                .Detect(signals, DetectorProfile.Default, asOf: At(Onset + StepsPerDay))
                .Disruptions
        );

    /// <summary>Some disruption, for those to whom it does not matter which.</summary>
    internal static Disruption Made => Old([Seen(SignalFamily.Probing)]);

    private static IReadOnlyList<Relapse> Relapses(
        IReadOnlyList<Signal> signals,
        params IReadOnlyList<Disruption> standing
    )
    {
        Disruption old = Old(signals);
        return RelapsesFromRestorations.Of(
            old,
            RestorationsFromDecisions.Confirm([old], [], signals, At(Steps)),
            [old, .. standing],
            signals,
            At(Steps)
        );
    }

    [Fact]
    public void A_return_that_is_lost_again_opens_an_outage_that_follows_the_old_with_its_evidence()
    {
        IReadOnlyList<Signal> signals =
        [
            Seen(SignalFamily.Probing),
            Seen(SignalFamily.Application),
        ];
        Relapse relapse = Assert.Single(Relapses(signals));
        Disruption opened = relapse.Disruption;
        Assert.True(relapse.IsOpened);
        Assert.Equal([new DisruptionLink("follows", Old(signals).Id)], opened.Links);
        Assert.Equal(
            (DisruptionKind.Outage, DisruptionState.Confirmed),
            (opened.Kind, opened.State)
        );
        Assert.Equal(new InstantRange(At(Lost - 1), At(Lost)), opened.Onset);
        Assert.Null(opened.End);
        Assert.Equal(2, opened.IndependentFamilies);
        Assert.All(opened.Severity, severity => Assert.InRange(severity.DropShare, 0.9, 1));
        Assert.NotEmpty(opened.Evidence);
        Assert.Equal(2, opened.Signals.Count);
    }

    [Fact]
    public void One_kind_of_signal_alone_makes_a_relapse_suspected_and_says_so()
    {
        Disruption opened = Assert.Single(Relapses([Seen(SignalFamily.Probing)])).Disruption;
        Assert.Equal(DisruptionState.Suspected, opened.State);
        Assert.Contains("one kind of signal alone says so: Probing", opened.Notes);
        Assert.True(opened.Confidence.Probability <= DetectorProfile.Default.SingleFamilyCap);
    }

    [Fact]
    public void INV_02_A_source_whose_return_holds_contradicts_the_relapse_and_is_named()
    {
        Disruption opened = Assert
            .Single(
                Relapses([
                    Seen(SignalFamily.Probing),
                    Seen(SignalFamily.Application, isLostAgain: false),
                ])
            )
            .Disruption;
        Assert.Equal(DisruptionState.Contradictory, opened.State);
        Assert.Equal(Verdict.Agrees, VerdictOf(opened, "Probing").Verdict);
        Assert.Equal(Verdict.Disagrees, VerdictOf(opened, "Application").Verdict);
    }

    [Fact]
    public void Measured_again_a_relapse_is_the_same_disruption_and_is_not_opened_twice()
    {
        IReadOnlyList<Signal> signals = [Seen(SignalFamily.Probing)];
        Disruption opened = Assert.Single(Relapses(signals)).Disruption;
        Relapse again = Assert.Single(Relapses(signals, opened));
        Assert.False(again.IsOpened);
        Assert.Equal(opened.Id, again.Disruption.Id);
    }

    [Fact]
    public void A_loss_that_detection_told_already_is_linked_to_and_takes_the_place_of_what_was_opened_before()
    {
        IReadOnlyList<Signal> signals = [Seen(SignalFamily.Probing)];
        Disruption opened = Assert.Single(Relapses(signals)).Disruption;
        Disruption told = opened with { Id = "disruption-told", Detector = "default 1, method 1" };
        Relapse linked = Assert.Single(Relapses(signals, opened, told));
        Assert.Equal((told.Id, false), (linked.Disruption.Id, linked.IsOpened));
        Assert.Equal(opened.Id, linked.InsteadOf!.Id);
        Assert.Null(Assert.Single(Relapses(signals, told)).InsteadOf);
    }

    [Fact]
    public void What_is_more_closely_held_than_the_measurement_is_not_named_beside_it()
    {
        IReadOnlyList<Signal> signals = [Seen(SignalFamily.Probing)];
        Disruption opened = Assert.Single(Relapses(signals)).Disruption;
        Disruption held = opened with
        {
            Id = "disruption-held",
            Detector = "default 1, method 1",
            Marking = Marking.Sealed,
        };
        Assert.True(Assert.Single(Relapses(signals, held)).IsOpened);
    }

    [Fact]
    public void A_return_that_holds_is_no_relapse() =>
        Assert.Empty(Relapses([Seen(SignalFamily.Probing, isLostAgain: false)]));
}
