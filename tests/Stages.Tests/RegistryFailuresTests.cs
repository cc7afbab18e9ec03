using System.Text;
using Breakwater.Decisions;
using Breakwater.Decisions.Opening;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A registry that fails loses no packet: no area, no damage, routing stated as it is.</summary>
public sealed class RegistryFailuresTests
{
    private static readonly Place Registry = Place.OfFunction("rir:testrir");

    /// <summary>Three speakers and a decision of the registry, about an annulled election.</summary>
    private static readonly Signal[] Said =
    [
        Claim("registry-failure", 400, "a newspaper", Actor.None, Registry),
        Claim("registry failure", 410, "a network operators' group", Actor.Unknown, Registry),
        Claim("registry-failure", 420, "a civil society body", Actor.Company, Registry),
        new ContextSignal
        {
            Id = "signal-decision",
            Source = "the registry",
            Family = SignalFamily.Context,
            Place = Registry,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('d', 64), "claims.json", "4")],
            Circumstance = Circumstance.RegistryDecision,
            Start = new InstantRange(At(400), At(430)),
            Text = "the election is annulled",
        },
    ];

    private static readonly SeriesSignal Routes = Series(
        SignalFamily.Routing,
        900,
        i => 100 - Noise(3, i),
        Place.OfCountry("ZA"),
        source: "routes"
    );

    private static IReadOnlyList<Disruption> Judge(params IReadOnlyList<Signal> signals) =>
        RegistryFailuresFromSignals.Judge(signals, [], DetectorProfile.Default);

    [Fact]
    public void Claims_of_one_failure_stand_side_by_side_in_one_disruption()
    {
        Disruption failure = Assert.Single(Judge(Said));
        Assert.Equal(DisruptionKind.RegistryFailure, failure.Kind);
        Assert.Equal(Registry, failure.Place);
        Assert.Null(failure.Place.Country);
        Assert.Null(failure.Place.Area);
        Assert.Equal(3, failure.Claims.Count);
        Assert.Equal((At(400), At(420)), (failure.Onset.Earliest, failure.Onset.Latest));
        // Four speakers of one family: never more than the cap.
        Assert.InRange(failure.Confidence.Probability, 0.5, 0.8);
        Assert.Empty(failure.Severity);
    }

    [Fact]
    public void Routing_is_stated_as_normal_when_it_was_seen_and_as_unseen_when_it_was_not()
    {
        Disruption seen = Assert.Single(Judge([.. Said, Routes]));
        Assert.Contains(
            seen.Notes,
            note => note.StartsWith("routing is normal at ZA", StringComparison.Ordinal)
        );
        SourceVerdict verdict = seen.Sources.Single(source => source.Name == "routes");
        // It neither confirms nor contradicts.
        Assert.Equal(
            (Verdict.Absent, "routing_normal", 0d),
            (verdict.Verdict, verdict.Tag, verdict.Weight)
        );

        Disruption unseen = Assert.Single(Judge(Said));
        Assert.DoesNotContain(
            unseen.Notes,
            note => note.Contains("routing is normal", StringComparison.Ordinal)
        );
        Assert.Contains(
            unseen.SubjectTo,
            text => text.StartsWith("routing was not looked at", StringComparison.Ordinal)
        );

        SeriesSignal falling = Series(
            SignalFamily.Routing,
            900,
            i => i < 450 ? 100 : 40,
            Place.OfCountry("ZA"),
            source: "routes"
        );
        Assert.Contains(
            Assert.Single(Judge([.. Said, falling])).Notes,
            note => note.StartsWith("routing is lower at ZA", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_decision_alone_is_a_circumstance_and_no_failure() => Assert.Empty(Judge(Said[3]));

    [Fact]
    public void A_hundred_thousand_claims_of_one_speaker_weigh_as_one()
    {
        Disruption flooded = Assert.Single(
            Judge([
                .. Enumerable
                    .Range(0, 100_000)
                    .Select(i =>
                        Claim("registry-failure", 400, "one", place: Registry) with
                        {
                            Id = $"signal-{i}",
                        }
                    ),
            ])
        );
        Assert.Equal(
            Assert.Single(Judge(Claim("registry-failure", 400, "one", place: Registry))).Confidence,
            flooded.Confidence
        );
        Assert.True(flooded.Confidence.Probability < NeedsFromDisruptions.ConfidenceFloor);
    }

    [Fact]
    public void A_service_of_a_registry_is_part_of_it()
    {
        IReadOnlyList<Disruption> failures = Judge([
            .. Said,
            Claim(
                "registry-failure",
                440,
                "an operator",
                place: Place.OfFunction("rir:testrir/reverse-dns")
            ),
        ]);
        Disruption narrow = failures.Single(one => one.Place.Key == "rir:testrir/reverse-dns");
        Disruption wide = failures.Single(one => one.Place.Equals(Registry));
        Assert.Equal([new DisruptionLink("part-of", wide.Id)], narrow.Links);
    }

    [Fact]
    public void Claims_join_a_measured_loss_of_the_same_domain()
    {
        CoreJudgement measured = CoreFixture.Judge(
            CoreFixture.Delegations(),
            CoreFixture.Probes(
                CoreFixture.Probe("192.0.2.11", "timed-out"),
                CoreFixture.Probe("192.0.2.12", "timed-out"),
                CoreFixture.Probe("198.51.100.53", "reached")
            )
        );
        Disruption joined = Assert.Single(
            RegistryFailuresFromSignals.Judge(
                [Claim("registry-failure", 48, "the registry", place: Place.OfTld("aa"))],
                measured.Disruptions,
                DetectorProfile.Default
            )
        );
        Assert.Single(joined.Claims);
        Assert.True(joined.Confidence > measured.Disruptions[0].Confidence);
    }

    [Fact]
    public void The_order_of_signals_changes_nothing()
    {
        Signal[] signals = [.. Said, Routes];
        string expected = Encoding.UTF8.GetString(CanonicalJson.Of(Judge(signals)));
        Gen.Shuffle(signals)
            .Sample(
                shuffled => Encoding.UTF8.GetString(CanonicalJson.Of(Judge(shuffled))) == expected,
                iter: 50
            );
    }

    [Fact]
    public void INV_11_A_core_resource_case_runs_the_whole_walk_with_no_damaged_asset_and_no_area()
    {
        Instant asOf = At(880);
        IReadOnlyList<Signal> signals = [.. Said, Routes];
        IReadOnlyList<Disruption> disruptions = Judge(signals);
        Assessment assessment = NeedsFromDisruptions.Assess(disruptions, [], [], [], asOf);
        Need need = Assert.Single(assessment.Needs);
        Assert.Equal((Service.CoreFunction, Registry), (need.Service, need.Place));
        // Reach is unknown, and unknown is not zero.
        Assert.Null(need.WithoutService);
        Assert.Null(need.Population);
        Assert.Empty(assessment.TimeToDark);

        (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(
            new PlanningInputs(
                assessment,
                [],
                [],
                1_000,
                asOf,
                asOf + Duration.FromDays(28),
                0.4,
                [],
                []
            )
        );
        Assert.Empty(plans);
        Assert.NotNull(refusal);

        IReadOnlyList<Decision> decisions =
        [
            .. DecisionsFromPlans
                .Open(disruptions, plans, [], 3, asOf)
                .Select(question =>
                    DecisionsFixture.Then<Decision, DecisionEvent>(
                        null,
                        OpenDecision.Decide(null, question, DecisionsFixture.Speaker("s"), asOf)
                    )
                ),
        ];
        Assert.Contains(
            "core-resource function (rir:testrir)",
            Assert.Single(decisions).Question,
            StringComparison.Ordinal
        );
        IReadOnlyList<Restoration> restorations = RestorationsFromDecisions.Confirm(
            disruptions,
            [],
            signals,
            asOf
        );
        Assert.Empty(restorations);

        var walked = new Walked(
            "registry",
            new Dictionary<string, string> { ["en"] = "A registry fails" },
            Origin.Reported,
            new TimeWindow(Start, asOf),
            asOf,
            signals,
            new Detection(disruptions, []),
            assessment,
            [],
            plans,
            decisions,
            [],
            restorations,
            [],
            new Outline([], [], "")
        );
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            Publication report = PublicationsFromWalk.Compose(walked, Audience.Public, language);
            Assert.Contains("rir:testrir", report.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("rir:testrir", true)]
    [InlineData("RIR:TestRIR/reverse-dns", true)]
    [InlineData("dns:root", true)]
    [InlineData("dead:beef/32", false)]
    [InlineData("rir:", false)]
    [InlineData("rir:a//b", false)]
    [InlineData("planet:mars", false)]
    public void A_function_is_a_place_of_its_own(string text, bool isPlace)
    {
        Assert.Equal(isPlace, Place.TryParse(text, out Place place));
        if (isPlace)
        {
            Assert.Equal(text.ToLowerInvariant(), place.Key);
            Assert.Equal(
                place,
                System.Text.Json.JsonSerializer.Deserialize<Place>(
                    System.Text.Json.JsonSerializer.Serialize(place, Json.Compact),
                    Json.Compact
                )
            );
        }
    }
}
