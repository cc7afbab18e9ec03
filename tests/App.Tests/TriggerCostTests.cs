using Breakwater.App.Agreements;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What looking at triggers costs: agreements are asked about the disruptions that could reach them, and each is worked out once.</summary>
public sealed class TriggerCostTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 8, 0);

    [Fact]
    public void A_thousand_agreements_look_at_the_disruptions_of_their_countries_and_at_no_others()
    {
        string[] countries = [.. Countries.Codes.Take(100)];
        DisruptionsAtHand disruptions = At([
            .. Enumerable.Range(0, 1_000).Select(at => Place.OfCountry(countries[at % 100])),
        ]);
        int pairs = Enumerable
            .Range(0, 1_000)
            .Sum(at =>
                disruptions.For(Agreed(Place.OfArea(countries[at % 100], "the north"))).Count()
            );
        Assert.Equal(1_000 * 1_000 / 100, pairs);
    }

    [Fact]
    public void What_lies_in_no_country_is_asked_by_every_agreement_and_an_agreement_on_a_network_asks_all()
    {
        DisruptionsAtHand disruptions = At(
            Place.OfCountry("SD"),
            Place.OfCountry("TD"),
            Place.OfAsn(new Asn(64500)),
            Place.OfTld("xx")
        );
        Assert.Equal(
            ["SD", "AS64500", ".xx"],
            disruptions.For(Agreed(Place.OfCountry("SD"))).Select(group => group[0].Place.Key)
        );
        Assert.Equal(4, disruptions.For(Agreed(Place.OfAsn(new Asn(64500)))).Count());
    }

    [Fact]
    public void No_disruption_that_is_passed_over_could_have_met_the_trigger()
    {
        Place[] places =
        [
            Place.OfCountry("SD"),
            Place.OfArea("SD", "Kassala"),
            Place.OfArea("TD", "Kassala"),
            Place.OfCountry("TD"),
            Place.OfAsn(new Asn(64500)),
            Place.OfTld("sd"),
            Place.OfFunction("rir:afrinic"),
        ];
        DisruptionsAtHand disruptions = At(places);
        foreach (Place place in places)
        {
            Agreement agreement = Agreed(place);
            foreach (
                IReadOnlyList<Disruption> group in disruptions.Groups.Except(
                    disruptions.For(agreement)
                )
            )
            {
                Assert.Equal(
                    Truth.False,
                    disruptions
                        .Evaluate(agreement, group, new Dictionary<string, Agreement>(), _now)
                        .Found.Truth
                );
            }
        }
    }

    [Fact]
    public void What_triggers_ask_of_a_disruption_is_worked_out_once_however_many_ask()
    {
        DisruptionsAtHand disruptions = At(Place.OfCountry("SD"));
        Disruption one = disruptions.Groups[0][0];
        Assert.Same(disruptions.Facts(one), disruptions.Facts(one));
    }

    private static DisruptionsAtHand At(params Place[] places) =>
        new(
            places.Select(
                (place, at) =>
                    Made.Disruption($"disruption-{at}", place, _now - Duration.FromHours(5))
            ),
            [],
            []
        );

    internal static Agreement Agreed(Place place) =>
        new()
        {
            Id = "agreement",
            Name = "Fuel first",
            Parties = [],
            Terms = new AgreementTerms(
                AgreementKind.FuelPriority,
                [place],
                "Exchanges get fuel first",
                [],
                [new TriggerCondition(TriggerSource.Disruption, IsConfirmed: true)],
                [],
                _now - Duration.FromDays(30)
            ),
            Signatures = [],
            State = AgreementState.InForce,
            Revision = null,
            RevisionSignatures = [],
            Tests = [],
            Offers = [],
            Activations = [],
            ProposedAt = _now - Duration.FromDays(30),
            InForceSince = _now - Duration.FromDays(30),
            EndedAt = null,
            ChangedAt = _now - Duration.FromDays(30),
            Marking = Marking.Public,
        };
}
