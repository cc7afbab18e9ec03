using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>The loop is closed by measurement, never by a promise.</summary>
public sealed class RestorationsTests
{
    private const int Day = StepsPerDay;
    private const int Onset = 480;
    private const int Steps = 30 * Day;

    private static SeriesSignal Probing(Func<int, double> share) =>
        Series(SignalFamily.Probing, Steps, i => Rhythm(i) * (i < Onset ? 1 : share(i)));

    /// <summary>What was known ten days in, and what is measured of it at the end.</summary>
    private static IReadOnlyList<Restoration> Confirm(
        IReadOnlyList<Signal> signals,
        IReadOnlyList<Commitment>? commitments = null
    ) =>
        RestorationsFromDecisions.Confirm(
            DisruptionsFromSignals
                .Detect(signals, DetectorProfile.Default, asOf: At(Onset + Day))
                .Disruptions,
            commitments ?? [],
            signals,
            At(Steps)
        );

    private static Commitment Kit(
        CommitmentState state = CommitmentState.Working,
        Service service = Service.Messaging
    ) =>
        new()
        {
            Id = "commitment-kit",
            PlanId = "plan-1",
            OfferId = "kit",
            Stakeholder = "a supplier",
            Asset = "kit",
            Place = Iran,
            PlaceName = "Iran",
            Networks = null,
            Service = service,
            Units = 1,
            Civilians = 100,
            Responders = 0,
            Until = null,
            State = state,
            History =
            [
                .. Enum.GetValues<CommitmentState>()
                    .Where(step => step <= state)
                    .Select(
                        (step, i) =>
                            new CommitmentStep(
                                step,
                                At(Onset + Day + i),
                                "a letter",
                                Origin.Reported
                            )
                    ),
            ],
            Marking = Marking.Public,
        };

    [Fact]
    public void A_return_that_holds_is_confirmed_and_dated_between_two_samples()
    {
        Restoration back = Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 1)]));
        Assert.Equal(RestorationState.Confirmed, back.State);
        Assert.Equal(new InstantRange(At(899), At(900)), back.Start);
        Assert.Equal("Probing", back.MeasuredBy);
        Assert.InRange(back.ShareRestored!.Value, 0.95, 1);
        Assert.NotEmpty(back.Evidence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_spike_restores_nothing(int length)
    {
        Restoration dark = Assert.Single(
            Confirm([Probing(i => i >= 900 && i < 900 + length ? 1 : 0.04)])
        );
        Assert.Equal(RestorationState.NotRestored, dark.State);
        Assert.Null(dark.Start);
    }

    [Fact]
    public void A_return_in_part_is_partial_and_keeps_its_share()
    {
        Restoration part = Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 0.5)]));
        Assert.Equal(RestorationState.Partial, part.State);
        Assert.InRange(part.ShareRestored!.Value, 0.4, 0.6);
    }

    [Fact]
    public void What_came_back_and_was_lost_again_has_relapsed()
    {
        Restoration relapsed = Assert.Single(
            Confirm([Probing(i => i is >= 900 and < 1_100 ? 1 : 0.04)])
        );
        Assert.Equal(RestorationState.Relapsed, relapsed.State);
        Assert.Equal(At(900), relapsed.Start!.Latest);
        Assert.Equal(new InstantRange(At(1_099), At(1_100)), relapsed.End);
    }

    [Fact]
    public void INV_02_A_return_that_holds_or_never_was_has_no_end()
    {
        Assert.Null(Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 1)])).End);
        Assert.Null(Assert.Single(Confirm([Probing(_ => 0.04)])).End);
    }

    [Fact]
    public void INV_15_A_return_that_was_lost_again_before_its_source_went_blind_keeps_when_and_is_not_said_to_be_back()
    {
        Restoration unknown = Assert.Single(
            Confirm([
                Series(
                    SignalFamily.Probing,
                    Steps,
                    i =>
                        i >= 1_200
                            ? null
                            : Rhythm(i) * (i is < Onset or (>= 900 and < 1_100) ? 1 : 0.04)
                ),
            ])
        );
        Assert.Equal(RestorationState.Unconfirmed, unknown.State);
        Assert.Equal(new InstantRange(At(1_099), At(1_100)), unknown.End);
        Assert.Contains($"it was lost again when last seen, at {At(1_199)}", unknown.Notes);
    }

    [Fact]
    public void A_restoration_from_before_its_end_was_said_can_still_be_read()
    {
        Restoration back = Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 1)]));
        string json = System.Text.Encoding.UTF8.GetString(CanonicalJson.Of(back));
        Assert.DoesNotContain("\"end\"", json, StringComparison.Ordinal);
        Assert.Equal(
            back.Start,
            System.Text.Json.JsonSerializer.Deserialize<Restoration>(json, Json.Compact)!.Start
        );
    }

    [Fact]
    public void INV_15_A_source_gone_blind_leaves_the_return_unconfirmed_and_not_refuted()
    {
        SeriesSignal blind = Series(
            SignalFamily.Probing,
            Steps,
            i => i >= Onset + (2 * Day) ? null : Rhythm(i) * (i < Onset ? 1 : 0.04)
        );
        Restoration unknown = Assert.Single(Confirm([blind]));
        Assert.Equal(RestorationState.Unconfirmed, unknown.State);
        Assert.Null(unknown.ShareRestored);
        Assert.Contains("no independent source can see", unknown.Notes);
    }

    [Fact]
    public void INV_02_Search_that_is_back_while_probing_stays_dark_says_so()
    {
        SeriesSignal search = Series(
            SignalFamily.Application,
            Steps,
            i => Rhythm(i) * (i is < Onset or >= 900 ? 1 : 0.02)
        );
        IReadOnlyList<Restoration> restorations = Confirm([
            search,
            Probing(i => i < 1_200 ? 0.04 : 1),
        ]);
        Restoration back = restorations.Single(r => r.MeasuredBy == "Application");
        Assert.Equal(At(900), back.Start!.Latest);
        Assert.Equal($"partial until {At(1_200)}: Probing stayed dark", Assert.Single(back.Notes));
        Restoration probes = restorations.Single(r => r.MeasuredBy == "Probing");
        Assert.Equal(At(1_200), probes.Start!.Latest);
        Assert.NotEqual(back.ServiceSeen, probes.ServiceSeen);
    }

    [Fact]
    public void A_source_still_dark_is_named_as_such()
    {
        SeriesSignal search = Series(
            SignalFamily.Application,
            Steps,
            i => Rhythm(i) * (i is < Onset or >= 900 ? 1 : 0.02)
        );
        Restoration back = Confirm([search, Probing(_ => 0.04)])
            .Single(r => r.MeasuredBy == "Application");
        Assert.Contains("partial: Probing is still dark or unseen", back.Notes);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("supplier")]
    public void INV_19_The_word_of_a_supplier_or_operator_alone_confirms_nothing(string observer)
    {
        Restoration kit = Confirm(
                [Probing(_ => 0.04), Report(1_000, ServiceState.Working, observer)],
                [Kit()]
            )
            .Single(r => r.Commitments.Contains("commitment-kit"));
        Assert.Equal(RestorationState.Unconfirmed, kit.State);
        Assert.Equal("nobody independent", kit.MeasuredBy);
        Assert.Contains("no independent source can see", kit.Notes);
    }

    [Fact]
    public void INV_19_One_kind_of_independent_observer_makes_it_partial_and_two_confirm_it()
    {
        ReportSignal resident = Report(1_000, ServiceState.Working, "resident");
        ReportSignal measurer = Report(1_020, ServiceState.Working, "measurer");
        Restoration Of(params Signal[] reports) =>
            Confirm([Probing(_ => 0.04), .. reports], [Kit()])
                .Single(r => r.Commitments.Contains("commitment-kit"));
        Assert.Equal(RestorationState.Partial, Of(resident).State);
        Assert.Equal(["one kind of observer only"], Of(resident).Notes);
        Assert.Equal(RestorationState.Confirmed, Of(resident, measurer).State);
        Assert.Equal(Origin.Reported, Of(resident, measurer).Origin);
    }

    [Fact]
    public void INV_19_What_nobody_independent_saw_meets_no_clock_and_is_named_as_unmeasured()
    {
        Restoration claimed = Confirm(
                [Probing(_ => 0.04), Report(1_000, ServiceState.Working, "supplier")],
                [Kit()]
            )
            .Single(r => r.Commitments.Contains("commitment-kit"));
        Assert.Null(MeasuredFromRestoration.Of(claimed));
        Assert.Equal(
            [$"{claimed.ServiceSeen} in {claimed.Place}"],
            MeasuredFromRestoration.Unmeasured([claimed], [Kit()])
        );
        Restoration back = Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 1)]));
        MeasuredReturn shown = MeasuredFromRestoration.Of(back)!;
        Assert.Equal((At(900), true), (shown.Since, shown.IsConfirmed));
        Assert.Equal((back.DisruptionId, back.Place), (shown.DisruptionId, shown.Place));
        Assert.Empty(MeasuredFromRestoration.Unmeasured([back], []));
    }

    [Fact]
    public void An_earlier_measurement_of_a_disruption_is_superseded_as_a_whole()
    {
        Restoration back = Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 1)]));
        Restoration earlier = back with { Id = "earlier", AsOf = At(1_000), MeasuredBy = "other" };
        Restoration unsaid = back with { Id = "unsaid", AsOf = null };
        Restoration elsewhere = earlier with { Id = "elsewhere", DisruptionId = "another" };
        Assert.Equal(At(Steps), back.AsOf);
        Assert.Equal(
            [back.Id, "elsewhere"],
            Restoration.Latest([unsaid, earlier, back, elsewhere]).Select(one => one.Id)
        );
    }

    [Fact]
    public void What_was_delivered_after_the_last_measurement_is_named_as_unmeasured()
    {
        Restoration back = Assert.Single(Confirm([Probing(i => i < 900 ? 0.04 : 1)]));
        Commitment late = Commitment.Apply(
            Kit(CommitmentState.Cleared),
            new CommitmentDelivered(
                At(Steps + 1),
                "someone",
                "a supplier",
                "a letter",
                [],
                Origin.Reported
            )
        );
        Assert.Equal(
            ["kit in IR, delivered since the last measurement"],
            MeasuredFromRestoration.Unmeasured([back], [Kit(), late])
        );
    }

    [Fact]
    public void INV_19_A_commitment_that_events_brought_to_delivered_is_confirmed_by_others_alone()
    {
        Commitment kit = Kit(CommitmentState.Cleared);
        kit = Commitment.Apply(
            kit,
            new CommitmentDelivered(
                At(Onset + Day + 5),
                "someone",
                "a supplier",
                "a letter",
                [],
                Origin.Reported
            )
        );
        Restoration Of(string observer) =>
            Confirm([Probing(_ => 0.04), Report(1_000, ServiceState.Working, observer)], [kit])
                .Single(r => r.Commitments.Contains("commitment-kit"));
        Assert.Equal(RestorationState.Unconfirmed, Of("supplier").State);
        Assert.Equal(RestorationState.Partial, Of("resident").State);
    }

    [Fact]
    public void INV_02_Every_restoration_names_one_service_and_one_area() =>
        Assert.All(
            Confirm(
                [Probing(i => i < 900 ? 0.04 : 1), Report(1_000, ServiceState.Working, "resident")],
                [Kit()]
            ),
            one =>
            {
                Assert.False(string.IsNullOrWhiteSpace(one.ServiceSeen));
                Assert.NotEqual("unknown", one.Place.Key);
            }
        );

    [Fact]
    public void A_report_from_before_the_pledge_or_about_another_place_confirms_nothing()
    {
        Restoration kit = Confirm(
                [
                    Probing(_ => 0.04),
                    Report(Onset, ServiceState.Working, "resident"),
                    Report(1_000, ServiceState.Working, "measurer", place: Place.OfCountry("TR")),
                ],
                [Kit()]
            )
            .Single(r => r.Commitments.Contains("commitment-kit"));
        Assert.Equal(RestorationState.Unconfirmed, kit.State);
    }

    private const int Now = Steps - 10;

    private static Restoration OfKit(Service service, params ReportSignal[] reports) =>
        Confirm([Probing(_ => 0.04), .. reports], [Kit(service: service)])
            .Single(r => r.Commitments.Contains("commitment-kit"));

    private static ReportSignal Heard(
        int step,
        ServiceState state,
        string observer,
        Service? service
    ) => Report(step, state, observer) with { Service = service };

    [Fact]
    public void INV_19_A_service_that_others_saw_down_is_not_restored_and_after_a_return_it_has_relapsed()
    {
        Restoration down = OfKit(Service.Messaging, Report(Now, ServiceState.Down, "resident"));
        Assert.Equal(RestorationState.NotRestored, down.State);
        Assert.Null(down.Start);
        Assert.Equal([$"resident: down since {At(Now)}"], down.Notes);

        Restoration relapsed = OfKit(
            Service.Messaging,
            Report(Now - 5, ServiceState.Working, "resident"),
            Report(Now, ServiceState.Down, "resident")
        );
        Assert.Equal(RestorationState.Relapsed, relapsed.State);
        Assert.Equal(At(Now - 5), relapsed.Start!.Latest);
        Assert.Equal(new InstantRange(At(Now - 5), At(Now)), relapsed.End);
        Assert.Null(MeasuredFromRestoration.Of(relapsed));
    }

    [Fact]
    public void INV_02_Where_observers_disagreed_when_it_was_lost_again_the_range_is_as_wide_as_that()
    {
        Restoration relapsed = OfKit(
            Service.Messaging,
            Report(Now - 20, ServiceState.Down, "volunteer"),
            Report(Now - 9, ServiceState.Working, "resident"),
            Report(Now - 7, ServiceState.Down, "volunteer"),
            Report(Now - 5, ServiceState.Working, "resident"),
            Report(Now, ServiceState.Down, "resident")
        );
        Assert.Equal(RestorationState.Relapsed, relapsed.State);
        Assert.Equal(new InstantRange(At(Now - 9), At(Now)), relapsed.End);
    }

    [Fact]
    public void INV_19_Observers_who_disagree_make_a_return_in_part_and_both_are_named()
    {
        Restoration both = OfKit(
            Service.Messaging,
            Report(Now - 9, ServiceState.Working, "resident"),
            Report(Now - 8, ServiceState.Working, "measurer"),
            Report(Now, ServiceState.Down, "volunteer")
        );
        Assert.Equal(RestorationState.Partial, both.State);
        Assert.Equal([$"volunteer: down since {At(Now)}"], both.Notes);
        Assert.Contains("volunteer", both.MeasuredBy, StringComparison.Ordinal);
    }

    [Fact]
    public void INV_19_A_lower_service_that_works_is_a_return_of_that_one_in_part_and_a_higher_one_proves_it()
    {
        Restoration lower = OfKit(
            Service.Web,
            Heard(Now, ServiceState.Working, "resident", Service.Messaging),
            Heard(Now, ServiceState.Working, "measurer", Service.Messaging)
        );
        Assert.Equal((RestorationState.Partial, "messaging"), (lower.State, lower.ServiceSeen));
        Assert.Contains("resident: messaging works; the rest was not seen", lower.Notes);

        Restoration higher = OfKit(
            Service.Messaging,
            Heard(Now, ServiceState.Working, "resident", Service.Web),
            Heard(Now, ServiceState.Working, "measurer", null)
        );
        Assert.Equal((RestorationState.Confirmed, "messaging"), (higher.State, higher.ServiceSeen));
        Assert.Equal(
            RestorationState.Unconfirmed,
            OfKit(Service.Messaging, Heard(Now, ServiceState.Down, "resident", Service.Video)).State
        );
        Assert.Equal(
            RestorationState.Unconfirmed,
            OfKit(
                Service.Messaging,
                Heard(Now, ServiceState.Working, "resident", Service.Broadcast)
            ).State
        );
    }

    [Fact]
    public void A_return_begins_with_the_first_word_of_the_run_that_holds()
    {
        Restoration twice = OfKit(
            Service.Messaging,
            Report(Now - 20, ServiceState.Working, "resident"),
            Report(Now - 15, ServiceState.Down, "resident"),
            Report(Now - 10, ServiceState.Working, "resident"),
            Report(Now, ServiceState.Working, "resident")
        );
        Assert.Equal(At(Now - 10), twice.Start!.Latest);
    }

    [Fact]
    public void INV_15_A_word_that_is_too_old_says_nothing_of_today_and_keeps_when_it_was_heard()
    {
        int old = Onset + (2 * Day);
        Restoration stale = OfKit(
            Service.Messaging,
            Report(old, ServiceState.Working, "resident"),
            Report(old, ServiceState.Working, "measurer")
        );
        Assert.Equal(RestorationState.Unconfirmed, stale.State);
        Assert.Equal(At(old), stale.Start!.Latest);
        Assert.Contains($"resident: nothing since {At(old)}", stale.Notes);
        Assert.Null(MeasuredFromRestoration.Of(stale));
    }

    [Fact]
    public void INV_15_A_source_that_went_blind_after_a_return_confirms_nothing_of_today()
    {
        SeriesSignal blind = Series(
            SignalFamily.Probing,
            Steps,
            i => i >= 1_200 ? null : Rhythm(i) * (i is < Onset or >= 900 ? 1 : 0.04)
        );
        Restoration unknown = Assert.Single(Confirm([blind]));
        Assert.Equal(RestorationState.Unconfirmed, unknown.State);
        Assert.Equal(At(900), unknown.Start!.Latest);
        Assert.Null(unknown.ShareRestored);
        Assert.Contains($"it was back when last seen, at {At(1_199)}", unknown.Notes);
        Assert.Null(MeasuredFromRestoration.Of(unknown));
    }

    [Fact]
    public void A_source_that_did_not_see_the_loss_cannot_say_that_it_is_over()
    {
        SeriesSignal routing = Series(SignalFamily.Routing, Steps, _ => 100);
        IReadOnlyList<Restoration> restorations = Confirm([routing, Probing(_ => 0.04)]);
        Assert.Equal("Probing", Assert.Single(restorations).MeasuredBy);
    }

    [Fact]
    public void The_same_inputs_in_any_order_give_the_same_restorations()
    {
        Signal[] signals =
        [
            Probing(i => i < 900 ? 0.04 : 1),
            Cut(SignalFamily.Application, Steps, Onset, 800, 0.02),
        ];
        string Bytes(IEnumerable<Signal> some) =>
            Convert.ToHexString(CanonicalJson.Of(Confirm([.. some])));
        Assert.Equal(Bytes(signals), Bytes(signals.Reverse()));
    }
}
