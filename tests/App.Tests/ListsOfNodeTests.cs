using Breakwater.App.Lists;
using Breakwater.Publications.Initiatives;
using Breakwater.Signals;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a node gives to other initiatives of its own response: what the public may see, and nothing of an exercise.</summary>
public sealed class ListsOfNodeTests
{
    [Fact]
    public async Task INV_07_No_list_of_a_node_holds_what_the_public_may_not_see()
    {
        await using PublishingSite made = await PublishingSite.Start();
        int rows = 0;
        foreach (Initiative initiative in Enum.GetValues<Initiative>())
        {
            (IReadOnlyList<InitiativeFile>? files, Refusal? no) = await ListsOfNode.For(
                made.Site.Records,
                initiative,
                null,
                made.Site.Clock.Now
            );
            Assert.Null(no);
            foreach (InitiativeFile file in files!)
            {
                Assert.DoesNotContain(
                    PublishingSite.Canary,
                    file.Csv,
                    StringComparison.OrdinalIgnoreCase
                );
                rows += file.Rows;
            }
        }

        Assert.True(rows > 0);
    }

    [Fact]
    public async Task What_a_node_gives_to_KeepItOn_another_node_takes_as_claims_with_the_same_start()
    {
        await using PublishingSite made = await PublishingSite.Start();
        (IReadOnlyList<InitiativeFile>? files, _) = await ListsOfNode.For(
            made.Site.Records,
            Initiative.Keepiton,
            made.Response,
            made.Site.Clock.Now
        );
        ListRead taken = ListRead.Of(
            "keepiton-events",
            SourceFile.Of(files![0].Name, System.Text.Encoding.UTF8.GetBytes(files[0].Csv))
        )!;
        Assert.Empty(taken.Faults);
        var claim = Assert.IsType<ClaimSignal>(Assert.Single(taken.Signals));
        Assert.Equal("SD", claim.Place.Country);
        Assert.Equal(
            made.Site.Clock.Now - NodaTime.Duration.FromHours(5),
            claim.Claim.Start!.Latest
        );
    }

    [Fact]
    public async Task A_response_that_the_public_may_not_know_of_is_not_there()
    {
        await using PublishingSite made = await PublishingSite.Start();
        (IReadOnlyList<InitiativeFile>? files, Refusal? no) = await ListsOfNode.For(
            made.Site.Records,
            Initiative.Etc,
            "another",
            made.Site.Clock.Now
        );
        Assert.Null(files);
        Assert.Contains("another", no!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task INV_13_An_exercise_gives_nothing_to_anybody()
    {
        await using ExerciseSite site = await ExerciseSite.Start();
        foreach (Initiative initiative in Enum.GetValues<Initiative>())
        {
            (IReadOnlyList<InitiativeFile>? files, Refusal? no) = await ListsOfNode.For(
                site.Node.Records,
                initiative,
                null,
                NodaTime.Instant.FromUtc(2024, 2, 5, 0, 0)
            );
            Assert.Null(files);
            Assert.Equal(RefusalKind.NotAllowed, no!.Kind);
        }
    }
}
