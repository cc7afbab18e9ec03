using System.Net;
using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Committing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Commands that come twice, late, at once, in the wrong order, or by a clock that is hours off.</summary>
public sealed class HostileCommandsTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_replayed_command_is_done_once_with_a_key_and_refused_as_stale_without()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await planner.Start("baselines", Baseline("first"));
        Answered done = await Set(planner, "\"1\"", "second", "key-1");
        Answered again = await Set(planner, "\"1\"", "second", "key-1");
        Answered without = await Set(planner, "\"1\"", "second", null);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed),
            (done.Status, again.Status, without.Status)
        );
        Assert.Equal(2, await _site.Records.Version("baseline/SD"));
    }

    [Fact]
    public async Task The_key_of_somebody_else_gives_neither_its_answer_nor_its_effect()
    {
        ApiClient relief = await _site.As(Role.Planner, "relief");
        ApiClient carrier = await _site.As(Role.Planner, "carrier");
        Answered first = await relief.Start(
            "fuel-depots",
            CanaryPlanting.Depot(null, "of relief"),
            "key-1"
        );
        Answered second = await carrier.Start(
            "fuel-depots",
            CanaryPlanting.Depot(null, "of carrier"),
            "key-1"
        );

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.Created),
            (first.Status, second.Status)
        );
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Of_commands_that_conflict_one_is_done_and_the_others_are_told()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await planner.Start("baselines", Baseline("first"));
        Answered[] answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Set(planner, "\"1\"", $"reason {i}", null))
        );

        Answered done = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(
            19,
            answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed)
        );
        Answered now = await planner.Get("baselines/SD");
        Assert.Equal(
            (2L, done.State["reason"]!.GetValue<string>()),
            (await _site.Records.Version("baseline/SD"), now.State["reason"]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task A_command_that_overtook_another_or_was_decided_on_what_is_not_there_yet_does_nothing()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered before = await Set(planner, "\"1\"", "nothing is there", null);
        await planner.Start("baselines", Baseline("first"));
        Answered ahead = await Set(planner, "\"7\"", "from the future", null);
        Answered endless = await Set(planner, $"\"{long.MaxValue}\"", "from far away", null);
        Answered negative = await Set(planner, "\"-1\"", "from behind", null);

        Assert.Equal(HttpStatusCode.NotFound, before.Status);
        Assert.All(
            [ahead, endless],
            answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status)
        );
        Assert.Equal((HttpStatusCode)428, negative.Status);
        Assert.Equal(1, await _site.Records.Version("baseline/SD"));
    }

    [Theory]
    [InlineData(-9)]
    [InlineData(9)]
    [InlineData(24 * 400)]
    public async Task A_clock_that_jumps_by_hours_loses_no_command_and_orders_none_anew(int hours)
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await planner.Start("baselines", Baseline("first"));
        _site.Clock.Now += Duration.FromHours(hours);
        Answered skewed = await Set(planner, "\"1\"", "second", "key-1");
        Answered repeated = await Set(planner, "\"1\"", "second", "key-1");
        _site.Clock.Now -= Duration.FromHours(hours);
        Answered back = await Set(planner, "\"2\"", "third", null);
        await _site.Pass(Duration.Zero);

        Assert.All(
            [skewed, repeated, back],
            answer => Assert.True(answer.Status == HttpStatusCode.OK, answer.Text)
        );
        Answered history = await planner.Get("baselines/SD/history");
        Assert.Equal(
            ["first", "second", "third"],
            history.Body!["events"]!
                .AsArray()
                .Select(entry => entry!["payload"]!["reason"]!.GetValue<string>())
        );
        Assert.Empty((await _site.Records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task A_role_that_ended_by_the_clock_counts_no_longer_than_that_and_a_second_person_is_of_another_organisation()
    {
        ApiClient registrar = await _site.As(Role.Registrar, "relief");
        ApiClient second = await _site.As(Role.Registrar, "measurers");
        ApiClient person = await _site.As(Role.Publisher, "relief");
        var role = new
        {
            Person = ApiSite.PersonOf(Role.Publisher, "relief"),
            Role = Role.Planner,
            Until = _site.Clock.Now + Duration.FromHours(2),
        };
        await registrar.Do("organisations", "relief", "propose-role", role);
        Answered given = await second.Do(
            "organisations",
            "relief",
            "confirm-role",
            new { role.Person, role.Role }
        );
        Assert.True(given.Status == HttpStatusCode.OK, given.Text);
        Assert.Equal(
            HttpStatusCode.Created,
            (await person.Start("baselines", Baseline("in time"))).Status
        );
        _site.Clock.Now += Duration.FromHours(3);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await Set(person, "\"1\"", "too late", null)).Status
        );
    }

    private static Task<Answered> Set(ApiClient who, string seen, string reason, string? key) =>
        who.Do("baselines", "SD", "set-baseline", seen, Baseline(reason), key);

    private static object Baseline(string reason) =>
        new
        {
            Country = "SD",
            Populations = Array.Empty<object>(),
            NetworkShares = Array.Empty<object>(),
            Sites = Array.Empty<object>(),
            Reason = reason,
        };

    [Fact]
    public async Task An_act_that_would_touch_too_many_records_is_refused_and_touches_none()
    {
        ApiClient carrier = await _site.As(Role.Representative, "carrier");
        var terms = new Offer(
            "many",
            "carrier",
            "radio kit",
            2_000,
            50,
            Service.Messaging,
            [PopulationGroup.Residents],
            [Place.OfCountry("SD")],
            null,
            1,
            100,
            2,
            null,
            [],
            [],
            0,
            "its own list",
            Origin.Modelled
        );
        Answered made = await carrier.Start(
            "offers",
            new
            {
                terms.Id,
                Terms = terms,
                Earmarks = Array.Empty<object>(),
                Expires = (Instant?)null,
                Marking = Marking.Public,
            }
        );
        Assert.Equal(HttpStatusCode.Created, made.Status);
        await Promise(terms, 0, Workspace.WritesMax);
        await Promise(terms, Workspace.WritesMax, 1);
        long before = await _site.Records.Count();

        Answered refused = await carrier.Do(
            "offers",
            "many",
            "withdraw-offer",
            new { Reason = "it is needed at home" }
        );

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("more than 1000", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, await _site.Records.Count());
    }

    private async Task Promise(Offer offer, int from, int count)
    {
        var work = new Workspace(_site.Records);
        foreach (int i in Enumerable.Range(from, count))
        {
            var pledge = new Pledge
            {
                Id = $"commitment-{i}",
                PlanId = "plan-1",
                OfferId = offer.Id,
                Stakeholder = offer.Stakeholder,
                Asset = offer.Asset,
                Place = offer.Places[0],
                PlaceName = "Sudan",
                Service = offer.Service,
                Units = 1,
                Civilians = 50,
                Responders = 0,
                Proof = "decision 1",
                Origin = Origin.Modelled,
                Marking = Marking.Public,
            };
            work.Stage(
                new Loaded<Commitment>($"commitment/{pledge.Id}", 0, null),
                Pledge.Decide(null, pledge, Consequences.Clock, _site.Clock.Now).Events,
                Workspace.Clock
            );
        }

        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }
}
