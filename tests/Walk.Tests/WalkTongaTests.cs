using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Restorations;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>tonga-2022-01, stage by stage: one cable, one eruption.</summary>
public sealed class WalkTongaTests
{
    private static readonly Instant _eruption = Instant.FromUtc(2022, 1, 15, 4, 20);

    [Fact]
    public void INV_15_Tonga_signals_show_a_national_collapse_while_no_local_feed_can_see()
    {
        Disruption nation = WalkOf.Tonga.Walked.Detection.Disruptions.Single(one =>
            one is { Place.Key: "TO", Network: null, Severity.Count: > 0 }
        );
        Assert.Contains(nation.Severity, one => one.DropShare > 0.9);
        Assert.All(nation.Areas!, area => Assert.Equal(AreaState.Blind, area.State));
        Assert.Contains(
            WalkOf.Tonga.Walked.Detection.Blind,
            blind => blind.Feed.StartsWith("local probes", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Tonga_disruptions_are_a_cut_cable_and_a_loss_of_power_by_nobody()
    {
        IReadOnlyList<Disruption> found = WalkOf.Tonga.Walked.Detection.Disruptions;
        Assert.Contains(
            found,
            one => one is { Kind: DisruptionKind.CableCut, Network: "international cable" }
        );
        Assert.Contains(found, one => one.Kind == DisruptionKind.PowerLoss);
        Assert.All(
            found.SelectMany(one => one.Claims),
            claim => Assert.Equal(Actor.None, claim.Actor)
        );
    }

    [Theory]
    [InlineData(AlertType.Alert)]
    [InlineData(AlertType.Update)]
    [InlineData(AlertType.Cancel)]
    public void Tonga_gives_an_alert_and_updates_that_the_schema_of_the_standard_takes(
        AlertType type
    )
    {
        byte[] first = Alert(WalkOf.Tonga.Walked, AlertType.Alert, []);
        AlertReference earlier = CapXml.ReferenceOf(first)!;
        byte[] octets =
            type == AlertType.Alert
                ? first
                : Alert(
                    WalkOf.Tonga.Walked with
                    {
                        AsOf = WalkOf.Tonga.Walked.AsOf + Duration.FromHours(6),
                    },
                    type,
                    [earlier]
                );
        var schemas = new XmlSchemaSet();
        schemas.Add(null, SharedData.PathOf("data/standards/cap/CAP-v1.2.xsd"));
        var faults = new List<string>();
        var alert = XDocument.Parse(Encoding.UTF8.GetString(octets));
        alert.Validate(schemas, (_, fault) => faults.Add(fault.Message));
        Assert.Empty(faults);
        Assert.True(octets.Length < CapXml.OctetsAim, $"{octets.Length} octets");
        // It is rebuilt from published figures, so it never alarms as if it were now.
        Assert.Equal("Test", Said(alert, "status").Single());
        Assert.Equal(["en", "fr", "ar"], Said(alert, "language"));
        Assert.All(
            Said(alert, "value"),
            code => Assert.StartsWith("TO", code, StringComparison.Ordinal)
        );
        Assert.Equal(
            type == AlertType.Alert ? [] : [earlier.Identifier],
            Said(alert, "references").Select(text => text.Split(',')[1])
        );
    }

    [Fact]
    public void INV_13_the_exercise_copy_of_Tonga_gives_an_alert_that_can_only_say_exercise()
    {
        var alert = XDocument.Parse(
            Encoding.UTF8.GetString(
                Alert(WalkOf.Tonga.Walked with { IsExercise = true }, AlertType.Alert, [])
            )
        );
        Assert.Equal("Exercise", Said(alert, "status").Single());
        Assert.StartsWith("EXERCISE", Said(alert, "headline")[0], StringComparison.Ordinal);
    }

    private static byte[] Alert(
        Walked walk,
        AlertType type,
        IReadOnlyList<AlertReference> earlier
    ) =>
        CapXml.Write(
            AlertFromWalk.Compose(
                ReleaseCheck.For(walk, Audience.Public),
                new AlertAsked("node-0123456789abcdef", type, earlier)
            )
        );

    private static string[] Said(XDocument alert, string element) =>
        [.. alert.Descendants(CapXml.Namespace + element).Select(one => one.Value)];

    [Fact]
    public void INV_02_Tonga_keeps_both_claims_on_when_the_power_came_back() =>
        Assert.Equal(
            2,
            WalkOf
                .Tonga.Walked.Detection.Disruptions.SelectMany(one => one.Claims)
                .Where(claim => claim.What == "power-loss")
                .Select(claim => claim.Source)
                .Distinct()
                .Count()
        );

    [Fact]
    public void Tonga_needs_are_by_island_and_those_of_the_outer_islands_stay_unknown()
    {
        Need[] needs =
        [
            .. WalkOf.Tonga.Walked.Assessment.Needs.Where(need =>
                need is { Service: Service.Messaging, Group: PopulationGroup.Residents }
            ),
        ];
        Assert.Equal(5, needs.Length);
        Assert.NotNull(needs.Single(need => need.PlaceName == "Tongatapu").WithoutService);
        Assert.All(
            needs.Where(need => need.PlaceName != "Tongatapu"),
            need => Assert.Null(need.WithoutService)
        );
        // Family links and relief need the lowest service first.
        Assert.Equal(Service.Messaging, WalkOf.Tonga.Walked.Assessment.Needs[0].Service);
    }

    [Fact]
    public void Tonga_plans_a_satellite_stop_gap_within_its_capacity_behind_quarantine()
    {
        Clearance quarantine = WalkOf.Tonga.Scenario.Clearances.Single(one =>
            one.Kind == ClearanceKind.Quarantine
        );
        PlanLine[] lines =
        [
            .. WalkOf
                .Tonga.Walked.Plans.SelectMany(plan => plan.Lines)
                .Where(line => line.OfferId == "satellite-stop-gap"),
        ];
        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line =>
            {
                Assert.True(line.Civilians <= 50 * 400);
                Assert.True(line.ServiceAt >= quarantine.EffectiveAt);
            }
        );
        Assert.Equal(Duration.FromDays(3), quarantine.EffectiveAt - quarantine.AskedAt);
    }

    [Fact]
    public void Tonga_counts_the_way_of_the_ship_into_when_the_cable_can_be_back()
    {
        PlanLine repair = WalkOf
            .Tonga.Walked.Plans.SelectMany(plan => plan.Lines)
            .First(line => line.OfferId == "cable-repair");
        Assert.True(repair.ServiceAt - WalkOf.Tonga.Scenario.PlanAt > Duration.FromDays(7.5));
    }

    [Fact]
    public void Tonga_activates_on_request_of_the_State_and_both_clocks_run()
    {
        Decision activation = WalkOf.Tonga.Walked.Decisions.Single(one =>
            one.Kind == DecisionKind.Activation
        );
        Assert.Equal(DecisionOutcome.Adopted, activation.Outcome);
        Assert.Equal(Consent.Given, Assert.Single(activation.Consents).Consent);
        Assert.Contains(activation.Positions, one => one.Class == StakeholderClass.Government);
        Instant planAt = WalkOf.Tonga.Scenario.PlanAt;
        Assert.Equal(planAt + Duration.FromHours(48), activation.FirstServiceDue);
        Assert.Equal(planAt + Duration.FromDays(28), activation.ExtendedServiceDue);
    }

    [Fact]
    public void INV_06_Tonga_gets_voice_on_day_5_the_stop_gap_at_an_unknown_date_and_the_cable_on_day_38_each_apart()
    {
        IReadOnlyList<Restoration> back = WalkOf.Tonga.Walked.Restorations;
        Restoration voice = Assert.Single(back, one => one.ServiceSeen == "voice");
        Restoration stopGap = Assert.Single(back, one => one.ServiceSeen == "web");
        Restoration cable = Assert.Single(back, one => one.Network == "international cable");
        Assert.Equal(4, DayOf(voice));
        Assert.Equal(RestorationState.Confirmed, voice.State);
        // The supplier's word alone gives it no date.
        Assert.Equal(RestorationState.Unconfirmed, stopGap.State);
        Assert.Null(stopGap.Start);
        Assert.Equal(38, DayOf(cable));
        Assert.Equal(RestorationState.Confirmed, cable.State);
    }

    [Fact]
    public void Tonga_publishes_who_does_what_where_for_voice_stop_gap_and_cable()
    {
        IReadOnlyList<FourWRow> rows = WalkOf
            .Tonga.Publications.Single(publication => publication.Language == "en")
            .FourW;
        Assert.Superset(
            WalkOf
                .Tonga.Scenario.Offers.Where(offer =>
                    offer.Id is "voice-gateway" or "satellite-stop-gap" or "cable-repair"
                )
                .Select(offer => offer.Asset)
                .ToHashSet(),
            rows.Select(row => row.What).ToHashSet()
        );
        Assert.Contains(
            rows,
            row => row.What.Contains("satellite", StringComparison.OrdinalIgnoreCase)
        );
    }

    private static int DayOf(Restoration restoration) =>
        (restoration.Start!.Latest.InUtc().Date - _eruption.InUtc().Date).Days
        + ((restoration.Start.Latest.InUtc().Date - _eruption.InUtc().Date).Months * 31);
}
