using System.Net;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
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
}
