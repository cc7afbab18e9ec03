using System.Net;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Agreements on a running node: from a proposal through a met trigger to what parties said, and what readers see of it.</summary>
public sealed class AgreementsRoutesTests : IAsyncLifetime
{
    private static readonly Place _sudan = Place.OfCountry("SD");
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static object Proposal(
        string id,
        Marking? marking = null,
        params TriggerCondition[] trigger
    ) =>
        new
        {
            Id = id,
            Name = "Fuel for exchanges first",
            Parties = new[]
            {
                new AgreementParty("The carrier", StakeholderClass.PrivateSector, "carrier"),
                new AgreementParty("The relief", StakeholderClass.CivilSociety, "relief"),
            },
            Terms = new AgreementTerms(
                AgreementKind.FuelPriority,
                [_sudan],
                "Exchanges get fuel before other customers",
                [PopulationGroup.Residents],
                trigger,
                [],
                Instant.FromUtc(2026, 1, 1, 0, 0),
                Instant.FromUtc(2027, 1, 1, 0, 0)
            ),
            Marking = marking ?? Marking.Public,
        };

    [Fact]
    public async Task INV_07_Gaps_are_told_as_far_as_the_reader_may_know_of_agreements()
    {
        await InForce("fuel-open");
        await InForce("fuel-closed", new Marking(Distribution.Community, Tlp.Green));
        Assert.Equal(1, await FuelInForce(_site.Public));
        Assert.Equal(2, await FuelInForce(await Carrier()));
        Answered all = await _site.Public.Get("agreement-gaps");
        Assert.Equal(Countries.Codes.Count, all.Body!["countries"]!.AsArray().Count);
        Assert.True(all.Body["isWhole"]!.GetValue<bool>());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _site.Public.Get("agreement-gaps?country=Sudan")).Status
        );
    }

    private static async Task<int> FuelInForce(ApiClient who) =>
        (await who.Get("agreement-gaps?country=sd")).Body!["countries"]![0]!["kinds"]!
            .AsArray()
            .Single(kind => kind!["kind"]!.GetValue<string>() == "fuel-priority")![
            "inForce"
        ]!.GetValue<int>();

    private static TriggerCondition Any => new(TriggerSource.Disruption);

    private async Task<ApiClient> Carrier() => await _site.As(Role.Representative, "carrier");

    private async Task<ApiClient> Relief() => await _site.As(Role.Representative, "relief");

    private async Task InForce(
        string id,
        Marking? marking = null,
        params TriggerCondition[] trigger
    )
    {
        Answered proposed = await (await Carrier()).Start(
            "agreements",
            Proposal(id, marking, trigger)
        );
        Assert.True(proposed.Status == HttpStatusCode.Created, proposed.Text);
        Assert.Equal("proposed", proposed.Standing);
        Answered one = await (await Carrier()).Do("agreements", id, "sign-agreement");
        Assert.Equal("proposed", one.Standing);
        Answered both = await (await Relief()).Do("agreements", id, "sign-agreement");
        Assert.Equal("in-force", both.Standing);
    }

    private async Task Told(string id, Marking? marking = null, Place? place = null)
    {
        Disruption disruption = Made.Disruption(
            id,
            place ?? _sudan,
            _site.Clock.Now - Duration.FromHours(5)
        ) with
        {
            Marking = marking ?? Marking.Public,
        };
        await Recording.Append(
            _site.Records,
            $"detections/{id}",
            [
                ProductRecorded
                    .Of(id, "disruption", disruption, [])
                    .ToDraft(disruption.Marking, "detector", []),
            ],
            Cancel
        );
    }

    private Task<string> Page(string path) => _site.Stranger.GetStringAsync(path, Cancel);

    [Fact]
    public async Task A_met_trigger_proposes_once_and_the_pages_of_disruption_and_agreement_show_it()
    {
        await InForce("fuel-sd", null, Any);
        await Told("disruption-1");
        await _site.Pass(Duration.FromMinutes(1));
        await _site.Pass(Duration.FromMinutes(1));
        Answered seen = await _site.Public.Get("agreements/fuel-sd");
        Assert.Single(seen.State["activations"]!.AsArray());
        Assert.Equal("proposed", seen.State["activations"]![0]!["state"]!.GetValue<string>());
        string page = await Page("/disruptions/disruption-1");
        Assert.Contains("use proposed, no party answered", page, StringComparison.Ordinal);
        Assert.Contains("/agreements/fuel-sd", page, StringComparison.Ordinal);
        Assert.Contains(
            "use proposed, no party answered",
            await Page("/agreements/fuel-sd"),
            StringComparison.Ordinal
        );

        Answered used = await (await Relief()).Do(
            "agreements",
            "fuel-sd",
            "answer-activation",
            new
            {
                DisruptionId = "disruption-1",
                Choice = ActivationChoice.Use,
                Reason = "exchanges run dry tomorrow",
            }
        );
        Assert.True(used.Status == HttpStatusCode.OK, used.Text);
        page = await Page("/disruptions/disruption-1");
        Assert.Contains("exchanges run dry tomorrow", page, StringComparison.Ordinal);
        Assert.DoesNotContain("representative-relief", page, StringComparison.Ordinal);
        Assert.True((await _site.Records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task What_is_closely_held_of_either_is_not_told_to_the_public()
    {
        var few = new Marking(Distribution.Community, Tlp.Green);
        await InForce("fuel-sd", null, Any);
        await InForce("fuel-few", few, Any);
        await Told("disruption-1");
        await Told("disruption-2", few, Place.OfArea("SD", "Kassala"));
        await _site.Pass(Duration.FromMinutes(1));
        string page = await Page("/disruptions/disruption-1");
        Assert.Contains("/agreements/fuel-sd", page, StringComparison.Ordinal);
        Assert.DoesNotContain("fuel-few", page, StringComparison.Ordinal);
        string agreement = await Page("/agreements/fuel-sd");
        Assert.Contains("disruption-1", agreement, StringComparison.Ordinal);
        Assert.DoesNotContain("disruption-2", agreement, StringComparison.Ordinal);
        Answered near = await (await Relief()).Get("agreements/fuel-sd");
        Assert.Equal(2, near.State["activations"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_not_known_is_shown_as_such_and_proposes_nothing()
    {
        await InForce("fuel-sd", null, Any with { PeopleShareMin = 0.2 });
        await Told("disruption-1");
        await _site.Pass(Duration.FromMinutes(1));
        Answered seen = await _site.Public.Get("agreements/fuel-sd");
        Assert.Empty(seen.State["activations"]!.AsArray());
        string page = await Page("/agreements/fuel-sd");
        Assert.Contains("how many people are cut off", page, StringComparison.Ordinal);
        Assert.Contains("not known", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_alone_meets_a_trigger_and_the_end_of_a_disruption_takes_it_back()
    {
        await InForce("fuel-sd", null, Any with { LastsMin = Duration.FromHours(8) });
        await Told("disruption-1");
        await _site.Pass(Duration.FromMinutes(1));
        Assert.Empty(
            (await _site.Public.Get("agreements/fuel-sd")).State["activations"]!.AsArray()
        );
        await _site.Pass(Duration.FromHours(4));
        Assert.Single(
            (await _site.Public.Get("agreements/fuel-sd")).State["activations"]!.AsArray()
        );

        Disruption ended = Made.Disruption(
            "disruption-1",
            _sudan,
            _site.Clock.Now - Duration.FromHours(9)
        ) with
        {
            End = new InstantRange(_site.Clock.Now, _site.Clock.Now),
        };
        await Recording.Append(
            _site.Records,
            "detections/disruption-1",
            [
                ProductRecorded
                    .Of("disruption-1", "disruption", ended, [])
                    .ToDraft(Marking.Public, "detector", []),
            ],
            Cancel
        );
        await _site.Pass(Duration.FromMinutes(1));
        Assert.Equal(
            "no-longer-met",
            (await _site.Public.Get("agreements/fuel-sd")).State["activations"]![0]![
                "state"
            ]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task One_agreement_waits_for_the_use_of_another_and_circles_are_refused_by_name()
    {
        await InForce("first", null, Any);
        await InForce(
            "second",
            null,
            new TriggerCondition(TriggerSource.Agreement, Agreement: "first")
        );
        await Told("disruption-1");
        await _site.Pass(Duration.FromMinutes(1));
        await _site.Pass(Duration.FromMinutes(1));
        Assert.Empty((await _site.Public.Get("agreements/second")).State["activations"]!.AsArray());
        await (await Carrier()).Do(
            "agreements",
            "first",
            "answer-activation",
            new
            {
                DisruptionId = "disruption-1",
                Choice = ActivationChoice.Use,
                Reason = "it is needed",
            }
        );
        await _site.Pass(Duration.FromMinutes(1));
        Assert.Single(
            (await _site.Public.Get("agreements/second")).State["activations"]!.AsArray()
        );

        Answered circle = await (await Carrier()).Do(
            "agreements",
            "first",
            "revise-agreement",
            new
            {
                Terms = new AgreementTerms(
                    AgreementKind.FuelPriority,
                    [_sudan],
                    "Exchanges get fuel before other customers",
                    [],
                    [new TriggerCondition(TriggerSource.Agreement, Agreement: "second")],
                    [],
                    Instant.FromUtc(2026, 1, 1, 0, 0)
                ),
                Reason = "wait for each other",
            }
        );
        Assert.True(circle.Status == HttpStatusCode.UnprocessableEntity, circle.Text);
        Assert.Contains("first → second → first", circle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gaps_name_what_a_country_has_none_of_and_what_is_wanting()
    {
        await InForce("fuel-sd", null, Any);
        string page = await Page("/agreement-gaps?country=sd");
        Assert.Contains("never tested", page, StringComparison.Ordinal);
        Assert.Contains("none on record", page, StringComparison.Ordinal);
        string all = await Page("/agreement-gaps");
        Assert.Contains("/agreement-gaps?country=SD", all, StringComparison.Ordinal);
        Assert.DoesNotContain("/agreement-gaps?country=TD", all, StringComparison.Ordinal);
        using HttpResponseMessage wrong = await _site.Stranger.GetAsync(
            "/agreement-gaps?country=Sudan",
            Cancel
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Only_who_speaks_for_a_party_signs()
    {
        await (await Carrier()).Start("agreements", Proposal("fuel-sd"));
        Answered stranger = await (await _site.As(Role.Representative, "university")).Do(
            "agreements",
            "fuel-sd",
            "sign-agreement"
        );
        Assert.True(stranger.Status == HttpStatusCode.Forbidden, stranger.Text);
        Answered planner = await (await _site.As(Role.Planner, "relief")).Do(
            "agreements",
            "fuel-sd",
            "sign-agreement"
        );
        Assert.True(planner.Status == HttpStatusCode.Forbidden, planner.Text);
    }
}
