using System.Net;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What joining and being restricted change of what somebody may see and do, at the next request.</summary>
public sealed class MembershipRoutesTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Whoever_is_invited_sees_by_whom_and_joins_and_nobody_else_sees_it()
    {
        ApiClient newcomer = await _site.As("newcomer");
        ApiClient other = await _site.As("somebody-else");
        Assert.Equal(HttpStatusCode.NotFound, (await newcomer.Get("organisations/relief")).Status);
        ApiClient relief = await _site.As(Role.Representative, "relief");
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await relief.Do(
                    "organisations",
                    "relief",
                    "invite-member",
                    new { Person = "newcomer" }
                )
            ).Status
        );

        Answered seen = await newcomer.Get("organisations/relief");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await newcomer.Get("organisations/carrier")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("organisations/relief")).Status);
        // Who else is in it is for members.
        Assert.DoesNotContain("representative-relief", seen.Text, StringComparison.Ordinal);
        Answered joined = await newcomer.Do("organisations", "relief", "join-organisation");
        Assert.Equal(HttpStatusCode.OK, joined.Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await newcomer.Start("fuel-depots", new { })).Status
        );
    }

    [Fact]
    public async Task A_restricted_organisation_sees_nothing_of_its_groups_and_may_still_appeal()
    {
        Answered group = await (await _site.As(Role.Registrar, "relief")).Start(
            "sharing-groups",
            new { Name = "crews", Organisations = new[] { "relief", "measurers" } }
        );
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        Assert.Equal(HttpStatusCode.OK, (await analyst.Get($"sharing-groups/{group.Id}")).Status);
        Answered restricted = await (await _site.As(Role.Representative, "carrier")).Do(
            "organisations",
            "measurers",
            "restrict-organisation",
            new { Kind = RestrictionKind.Suspended, Reason = "accounts were taken over" }
        );
        Assert.Equal(HttpStatusCode.OK, restricted.Status);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await analyst.Get($"sharing-groups/{group.Id}")).Status
        );
        Answered appealed = await analyst.Do(
            "organisations",
            "measurers",
            "appeal-restriction",
            new { Grounds = "they are ours again" }
        );
        Assert.Equal(HttpStatusCode.OK, appealed.Status);
    }

    [Fact]
    public async Task An_organisation_that_is_not_vetted_is_named_by_no_group()
    {
        ApiClient registrar = await _site.As(Role.Registrar, "relief");
        Answered applied = await (await _site.As("founder-new")).Start(
            "organisations",
            new
            {
                Name = "new",
                Class = StakeholderClass.Academia,
                Mandate = "helps",
                Contacts = Array.Empty<object>(),
            }
        );
        Assert.Equal(HttpStatusCode.Created, applied.Status);
        Answered refused = await registrar.Start(
            "sharing-groups",
            new { Name = "crews", Organisations = new[] { "relief", applied.Id } }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("no vetted organisation", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_founds_a_few_organisations_in_a_day_and_no_more()
    {
        ApiClient founder = await _site.As("founder-of-many");
        for (int i = 0; i < ApplyAsOrganisation.InADayMax; i++)
        {
            await FoundAndLeave(founder);
        }

        Answered refused = await Found(founder);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains(
            "in a day; the next may follow after",
            refused.Text,
            StringComparison.Ordinal
        );
        // Others may.
        Assert.Equal(HttpStatusCode.Created, (await Found(await _site.As("other"))).Status);

        await _site.Pass(Duration.FromDays(1));
        Assert.Equal(HttpStatusCode.Created, (await Found(founder)).Status);
    }

    [Fact]
    public async Task Organisations_that_one_person_founded_and_others_are_in_wait_for_vouchers_a_few_at_once()
    {
        ApiClient founder = await _site.As("founder-of-many");
        for (int i = 0; i < ApplyAsOrganisation.WaitingMax; i++)
        {
            await _site.Pass(Duration.FromDays(2));
            string id = (await Found(founder)).Id;
            await founder.Do("organisations", id, "invite-member", new { Person = $"friend-{i}" });
            ApiClient friend = await _site.As($"friend-{i}");
            await friend.Do("organisations", id, "join-organisation");
            await founder.Do("organisations", id, "leave-organisation");
        }

        await _site.Pass(Duration.FromDays(2));
        Answered refused = await Found(founder);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("still wait for vouchers", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_that_everybody_left_is_on_no_roll_and_says_so()
    {
        Roll roll = _site.Server.Services.GetRequiredService<Roll>();
        ApiClient founder = await _site.As("founder-new");
        string id = (await Found(founder)).Id;
        Assert.Equal(1, await roll.Joined());
        await founder.Do("organisations", id, "leave-organisation");

        Assert.Equal(0, await roll.Joined());
        Assert.Equal("left", (await _site.Records.Document($"organisation/{id}"))!.Standing);
        var anew = new Roll(_site.Records, _site.Clock, Trouble.Untold);
        Assert.Equal(0, await anew.Joined());
    }

    [Fact]
    public async Task A_node_full_of_organisations_refuses_the_next_tells_its_operator_and_keeps_who_is_vetted()
    {
        using var told = new StringWriter();
        await using ApiSite full = await ApiSite.Start(settings: usual =>
            usual with
            {
                JoinedMax = 2,
                Trouble = told,
            }
        );
        Assert.Equal(HttpStatusCode.Created, (await Found(await full.As("one"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await Found(await full.As("two"))).Status);
        Answered refused = await Found(await full.As("three"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("takes no more organisations", refused.Text, StringComparison.Ordinal);
        Assert.Contains(
            "2 organisations wait for vouchers",
            told.ToString(),
            StringComparison.Ordinal
        );
        var anew = new Roll(full.Records, full.Clock, Trouble.Untold, joinedMax: 2);
        Assert.True((await anew.Of("planner-relief")).Participant.Is(Role.Planner));
    }

    private static Task<Answered> Found(ApiClient founder) =>
        founder.Start(
            "organisations",
            new
            {
                Name = "new",
                Class = StakeholderClass.Academia,
                Mandate = "helps",
                Contacts = Array.Empty<object>(),
            }
        );

    private static async Task FoundAndLeave(ApiClient founder)
    {
        Answered founded = await Found(founder);
        Assert.Equal(HttpStatusCode.Created, founded.Status);
        Answered left = await founder.Do("organisations", founded.Id, "leave-organisation");
        // Whoever left sees no more of it.
        Assert.Equal(HttpStatusCode.NoContent, left.Status);
    }
}
