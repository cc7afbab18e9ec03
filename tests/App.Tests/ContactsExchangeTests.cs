using System.Net;
using Breakwater.App.Exchange;
using Breakwater.Preparedness.Contacts;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Contact points between two nodes: their marking decides what arrives, and what it does there.</summary>
public sealed class ContactsExchangeTests : IAsyncLifetime
{
    private const string Email = "noc@carrier.example";

    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);
    private TwoNodes _nodes = null!;

    public async ValueTask InitializeAsync() => _nodes = await TwoNodes.Start();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task A_contact_point_of_the_community_arrives_with_its_ways_in_and_is_for_the_community_there()
    {
        string id = await Add("noc", _community, _community);
        Assert.Equal(
            Outcome.Begun,
            (await _nodes.Carry(_nodes.Here, $"contact-point/{id}")).Outcome
        );
        Assert.Contains(
            Email,
            await TwoNodes.Body(_nodes.There, $"contact-point/{id}"),
            StringComparison.Ordinal
        );
        string seen = (
            await (await _nodes.There.As(Role.Registrar, "relief")).Get($"contact-points/{id}")
        ).Text;
        Assert.Contains(Email, seen, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _nodes.There.Public.Get($"contact-points/{id}")).Status
        );
        // Nobody there takes it for answered because somebody answered, or did not, here.
        Assert.Contains("never-verified", seen, StringComparison.Ordinal);
        await TwoNodes.Sound(_nodes.There);
    }

    [Fact]
    public async Task A_public_contact_point_shows_its_ways_in_to_the_community_of_the_other_node_and_to_nobody_else()
    {
        string id = await Add("watch", Marking.Public, _community);
        await _nodes.Carry(_nodes.Here, $"contact-point/{id}");
        Answered open = await _nodes.There.Public.Get($"contact-points/{id}");
        Assert.Equal(HttpStatusCode.OK, open.Status);
        Assert.DoesNotContain(Email, open.Text, StringComparison.Ordinal);
        Assert.Contains(
            Email,
            (
                await (await _nodes.There.As(Role.Registrar, "relief")).Get($"contact-points/{id}")
            ).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_that_is_kept_in_an_organisation_stays_where_it_is()
    {
        var amber = new Marking(Distribution.Community, Tlp.Amber) { Organisation = "measurers" };
        string id = await Add("crisis desk", amber, amber, by: "measurers");
        Exported exported = await _nodes.Bundle(_nodes.Here, $"contact-point/{id}");
        Assert.Null(exported.File);
        Assert.Contains(
            "marked for others",
            Assert.Single(exported.Withheld).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_whose_ways_in_are_closer_held_than_its_entry_stays_as_a_whole()
    {
        string id = await Add(
            "spectrum",
            Marking.Public,
            new Marking(Distribution.Community, Tlp.Amber) { Organisation = "measurers" }
        );
        Exported exported = await _nodes.Bundle(_nodes.Here, $"contact-point/{id}");
        Assert.Null(exported.File);
        Assert.Contains(
            "holds something sealed, or marked for others",
            Assert.Single(exported.Withheld).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_comes_twice_changes_nothing_and_a_ping_stays_where_it_was_made()
    {
        string id = await Add("noc", _community, _community);
        await (await _nodes.Here.As(Role.Registrar, "relief")).Do(
            "contact-points",
            id,
            "hand-over-code"
        );
        byte[] bundle = (await _nodes.Bundle(_nodes.Here, $"contact-point/{id}")).File!;
        Imported first = await TwoNodes.Import(_nodes.There, bundle);
        Assert.Empty(first.Faults);
        string after = await TwoNodes.Dump(_nodes.There);
        Assert.DoesNotContain("contact-ping/", after, StringComparison.Ordinal);
        Assert.Equal(
            Outcome.Known,
            Assert.Single((await TwoNodes.Import(_nodes.There, bundle)).Subjects).Outcome
        );
        Assert.Equal(after, await TwoNodes.Dump(_nodes.There));
    }

    private async Task<string> Add(
        string role,
        Marking marking,
        Marking reach,
        string by = "relief"
    )
    {
        Answered added = await (await _nodes.Here.As(Role.Registrar, by)).Start(
            "contact-points",
            new
            {
                Entry = new ContactEntry(
                    "Example Carrier",
                    StakeholderClass.PrivateSector,
                    role,
                    "carrier",
                    ["UA"],
                    ["AS64500"],
                    [],
                    [],
                    ["en"],
                    1,
                    null,
                    DutyHours.Always
                ),
                Reach = new ContactReach(
                    "the watch",
                    [new ContactChannel(ChannelKind.Email, Email)],
                    reach
                ),
                Marking = marking,
            }
        );
        Assert.True(added.Status == HttpStatusCode.Created, added.Text);
        return added.Id;
    }
}
