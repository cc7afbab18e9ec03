using System.Net;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Conflicts;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Records.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What two nodes both changed while apart is kept twice until a person settles it, and the settlement is recorded.</summary>
public sealed class InvariantConflictTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Keep> Either => [Keep.Ours, Keep.Theirs];

    [Theory]
    [MemberData(nameof(Either))]
    public async Task INV_16_Positions_taken_on_both_sides_are_both_kept_until_somebody_settles(
        Keep keep
    )
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        await BothGoOnAndOneIsSettled(nodes, keep);
    }

    [Fact]
    public async Task INV_16_It_holds_between_a_store_in_PostgreSQL_and_one_in_a_file()
    {
        await using TwoNodes nodes = await TwoNodes.Start(
            PostgresInstance.Shared.ConnectionString("peers")
        );
        await BothGoOnAndOneIsSettled(nodes, Keep.Theirs);
    }

    private static async Task BothGoOnAndOneIsSettled(TwoNodes nodes, Keep keep)
    {
        string id = await nodes.Decision();
        string subject = $"decision/{id}";
        await TwoNodes.Position(nodes.Here, id, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "families", Stand.NoObjection);
        string ours = await TwoNodes.Body(nodes.Here, subject);
        string theirs = await TwoNodes.Body(nodes.There, subject);

        byte[] bundle = (await nodes.Bundle(nodes.There, subject)).File!;
        ImportedSubject met = Assert.Single((await TwoNodes.Import(nodes.Here, bundle)).Subjects);
        Assert.Equal(Outcome.Conflict, met.Outcome);
        Assert.Equal(ours, await TwoNodes.Body(nodes.Here, subject));
        Answered shown = await (await nodes.Here.As(Role.Analyst, "measurers")).Get(
            $"conflicts/{met.Conflict}"
        );
        Assert.Equal(ours, shown.State["ours"]!["state"]!.ToJsonString());
        Assert.Equal("open", shown.Standing);
        Assert.Equal(
            "representative-families",
            shown.State["theirs"]!["events"]![0]!["author"]!.GetValue<string>()
        );
        await TwoNodes.Sound(nodes.Here);

        // The same bundle changes nothing, and the subject goes on meanwhile.
        long count = await nodes.Here.Records.Count();
        await TwoNodes.Import(nodes.Here, bundle);
        Assert.Equal(count, await nodes.Here.Records.Count());
        nodes.Later(Duration.FromHours(1));
        await TwoNodes.Position(nodes.Here, id, "university", Stand.Abstain);

        // Whoever wrote one side does not settle it.
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await TwoNodes.Settle(nodes.Here, met.Conflict!, subject, keep, "families")).Status
        );
        string oursNow = await TwoNodes.Body(nodes.Here, subject);
        Answered settled = await TwoNodes.Settle(nodes.Here, met.Conflict!, subject, keep);
        Assert.True(settled.Status == HttpStatusCode.OK, settled.Text);
        Assert.Equal("settled", settled.Standing);
        string kept = keep == Keep.Ours ? oursNow : theirs;
        Assert.Equal(kept, await TwoNodes.Body(nodes.Here, subject));
        await TwoNodes.Sound(nodes.Here);

        // There it arrives as a settlement and not as another conflict, and hides nobody's work.
        ImportedSubject back = await nodes.Carry(nodes.Here, subject);
        Assert.Equal(keep == Keep.Ours ? Outcome.Replaced : Outcome.Known, back.Outcome);
        Assert.Equal(kept, await TwoNodes.Body(nodes.There, subject));
        if (keep == Keep.Ours)
        {
            Document there = (await nodes.There.Records.Document($"conflict/{met.Conflict}"))!;
            Assert.Equal("settled", there.Standing);
        }

        await TwoNodes.Sound(nodes.There);
        Assert.Equal(Outcome.Known, (await nodes.Carry(nodes.There, subject)).Outcome);
        // And both go on along one course.
        nodes.Later(Duration.FromHours(1));
        await TwoNodes.Position(nodes.There, id, "carrier", Stand.Support);
        Assert.Equal(Outcome.Continued, (await nodes.Carry(nodes.There, subject)).Outcome);
        Assert.Equal(
            await TwoNodes.Body(nodes.There, subject),
            await TwoNodes.Body(nodes.Here, subject)
        );
        await TwoNodes.Sound(nodes.Here);
    }

    [Theory]
    [MemberData(nameof(Either))]
    public async Task INV_16_A_commitment_delivered_here_and_withdrawn_there_is_both_until_settled(
        Keep keep
    )
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        const string subject = "commitment/kits";
        await Pledged(nodes.Here, "kits");
        Assert.Equal(Outcome.Begun, (await nodes.Carry(nodes.Here, subject)).Outcome);
        nodes.Later(Duration.FromHours(1));
        await Advance(nodes.Here, CommitmentState.Cleared);
        await Advance(nodes.Here, CommitmentState.Delivered);
        await Advance(nodes.There, CommitmentState.Withdrawn);

        ImportedSubject here = await nodes.Carry(nodes.There, subject);
        ImportedSubject there = await nodes.Carry(nodes.Here, subject);
        Assert.Equal((Outcome.Conflict, Outcome.Conflict), (here.Outcome, there.Outcome));
        Assert.Equal(here.Conflict, there.Conflict);
        Assert.Equal("delivered", (await nodes.Here.Records.Document(subject))!.Standing);
        Assert.Equal("withdrawn", (await nodes.There.Records.Document(subject))!.Standing);

        // Whoever reads it, or lists it, sees that there is another branch.
        ApiClient reader = await nodes.Here.As(Role.Planner, "relief");
        Assert.Equal(
            here.Conflict,
            (await reader.Get("commitments/kits")).Body!["openConflicts"]![0]!.GetValue<string>()
        );
        Assert.Equal(
            here.Conflict,
            (await reader.Get("commitments")).Body!["items"]![0]!["openConflicts"]![
                0
            ]!.GetValue<string>()
        );
        string page = await nodes.Here.Stranger.GetStringAsync(
            new Uri("/commitments/kits", UriKind.Relative),
            Cancel
        );
        Assert.Contains($"/conflicts/{here.Conflict}", page, StringComparison.Ordinal);
        page = await nodes.Here.Stranger.GetStringAsync(
            new Uri($"/conflicts/{here.Conflict}", UriKind.Relative),
            Cancel
        );
        Assert.Contains("/commitments/kits", page, StringComparison.Ordinal);
        Assert.DoesNotContain("representative-carrier", page, StringComparison.Ordinal);

        nodes.Later(Duration.FromHours(1));
        Answered settled = await TwoNodes.Settle(nodes.Here, here.Conflict!, subject, keep);
        Assert.True(settled.Status == HttpStatusCode.OK, settled.Text);
        Assert.Null((await reader.Get("commitments/kits")).Body!["openConflicts"]);
        await nodes.Carry(nodes.Here, subject);
        string stands = keep == Keep.Ours ? "delivered" : "withdrawn";
        foreach (ApiSite node in (ApiSite[])[nodes.Here, nodes.There])
        {
            Assert.Equal(stands, (await node.Records.Document(subject))!.Standing);
            Document conflict = (await node.Records.Document($"conflict/{here.Conflict}"))!;
            Assert.Equal("settled", conflict.Standing);
            string text = System.Text.Encoding.UTF8.GetString(conflict.Body.Span);
            Assert.Contains("CommitmentDelivered", text, StringComparison.Ordinal);
            Assert.Contains("CommitmentWithdrawn", text, StringComparison.Ordinal);
            Assert.Contains("we asked both", text, StringComparison.Ordinal);
            await TwoNodes.Sound(node);
        }

        Assert.Equal(
            await TwoNodes.Body(nodes.Here, subject),
            await TwoNodes.Body(nodes.There, subject)
        );
    }

    [Fact]
    public async Task INV_16_What_came_since_is_never_dropped_unseen()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision();
        string subject = $"decision/{id}";
        await TwoNodes.Position(nodes.Here, id, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "families", Stand.Support);
        ImportedSubject met = await nodes.Carry(nodes.There, subject);
        long seen = await nodes.Here.Records.Version(subject);
        await TwoNodes.Position(nodes.Here, id, "university", Stand.Support);
        Answered stale = await (await nodes.Here.As(Role.Analyst, "measurers")).Do(
            "conflicts",
            met.Conflict!,
            "settle",
            new
            {
                Keep = Keep.Theirs,
                Reason = "they were first",
                Version = seen,
            }
        );
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("moved on here", stale.Text, StringComparison.Ordinal);

        // There people go on too; a settlement here that never saw it does not drop it.
        await TwoNodes.Position(nodes.There, id, "carrier", Stand.Support);
        nodes.Later(Duration.FromHours(1));
        Assert.Equal(
            HttpStatusCode.OK,
            (await TwoNodes.Settle(nodes.Here, met.Conflict!, subject, Keep.Ours)).Status
        );
        string before = await TwoNodes.Body(nodes.There, subject);
        Assert.Equal(Outcome.Conflict, (await nodes.Carry(nodes.Here, subject)).Outcome);
        Assert.Equal(before, await TwoNodes.Body(nodes.There, subject));
        await TwoNodes.Sound(nodes.There);
    }

    [Fact]
    public async Task INV_16_Two_settlements_that_contradict_each_other_are_a_conflict_again()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision();
        string subject = $"decision/{id}";
        await TwoNodes.Position(nodes.Here, id, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "families", Stand.Object);
        ImportedSubject met = await nodes.Carry(nodes.There, subject);
        await nodes.Carry(nodes.Here, subject);
        nodes.Later(Duration.FromHours(1));
        await TwoNodes.Settle(nodes.Here, met.Conflict!, subject, Keep.Ours);
        await TwoNodes.Settle(nodes.There, met.Conflict!, subject, Keep.Ours);

        byte[] theirs = (await nodes.Bundle(nodes.There, subject)).File!;
        Assert.Equal(Outcome.Conflict, (await nodes.Carry(nodes.Here, subject)).Outcome);
        Assert.Equal(
            Outcome.Conflict,
            Assert.Single((await TwoNodes.Import(nodes.Here, theirs)).Subjects).Outcome
        );
        Assert.Equal(
            "open",
            (await nodes.Here.Records.Document($"conflict/{met.Conflict}"))!.Standing
        );
        nodes.Later(Duration.FromHours(1));
        Answered again = await TwoNodes.Settle(nodes.Here, met.Conflict!, subject, Keep.Theirs);
        Assert.True(again.Status == HttpStatusCode.OK, again.Text);
        Assert.Equal(Outcome.Known, (await nodes.Carry(nodes.Here, subject)).Outcome);
        Assert.Equal(
            "settled",
            (await nodes.There.Records.Document($"conflict/{met.Conflict}"))!.Standing
        );
        Assert.Equal(
            await TwoNodes.Body(nodes.There, subject),
            await TwoNodes.Body(nodes.Here, subject)
        );
        await TwoNodes.Sound(nodes.Here);
        await TwoNodes.Sound(nodes.There);
    }

    [Fact]
    public async Task INV_16_A_settlement_closes_no_conflict_of_another_subject_and_none_that_it_says_nothing_of()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision();
        string other = await nodes.Decision();
        await TwoNodes.Position(nodes.Here, id, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "families", Stand.Object);
        ImportedSubject met = await nodes.Carry(nodes.There, $"decision/{id}");
        string conflict = $"conflict/{met.Conflict}";

        // What another subject's history says of this conflict is not for it to say.
        await Settled(nodes.There, $"decision/{other}", met.Conflict!, "");
        Assert.Equal(Outcome.Known, (await nodes.Carry(nodes.There, $"decision/{other}")).Outcome);
        Assert.Equal("open", (await nodes.Here.Records.Document(conflict))!.Standing);
        // Nor does one that drops neither branch settle between them.
        string first = await nodes.Decision();
        await TwoNodes.Position(nodes.Here, first, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, first, "families", Stand.Object);
        met = await nodes.Carry(nodes.There, $"decision/{first}");
        await Settled(nodes.There, $"decision/{first}", met.Conflict!, "nothing");
        await nodes.Carry(nodes.There, $"decision/{first}");
        Assert.Equal(
            "open",
            (await nodes.Here.Records.Document($"conflict/{met.Conflict}"))!.Standing
        );
        await TwoNodes.Sound(nodes.Here);
    }

    /// <summary>As a peer that means harm writes it.</summary>
    private static async Task Settled(
        ApiSite at,
        string subject,
        string conflict,
        string dropped
    ) =>
        Assert.IsType<Appended>(
            await at.Records.Append(
                subject,
                await at.Records.Version(subject),
                [
                    Draft.Of(
                        nameof(BranchSettled),
                        new BranchSettled(
                            conflict,
                            "",
                            dropped.Length == 0 ? [] : [dropped],
                            [],
                            "it is settled",
                            at.Clock.Now,
                            "somebody",
                            "measurers"
                        ),
                        Marking.Public,
                        "somebody"
                    ),
                ],
                Cancel
            )
        );

    [Fact]
    public async Task INV_16_What_happened_by_itself_gives_way_and_is_nobodys_conflict()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision();
        string subject = $"decision/{id}";
        // Both clocks remind, each at its own moment.
        Assert.True(await nodes.Here.Pass(Duration.FromHours(47)) > 0);
        Assert.True(await nodes.There.Pass(Duration.FromHours(47) + Duration.FromMinutes(3)) > 0);
        await nodes.Carry(nodes.There, subject);
        await nodes.Carry(nodes.Here, subject);
        Assert.Equal(
            await TwoNodes.Body(nodes.Here, subject),
            await TwoNodes.Body(nodes.There, subject)
        );
        await TwoNodes.Position(nodes.There, id, "families", Stand.Support);
        Assert.Equal(Outcome.Continued, (await nodes.Carry(nodes.There, subject)).Outcome);
        Assert.Empty(await nodes.Here.Records.AllOf("conflict"));
        await TwoNodes.Sound(nodes.Here);
        await TwoNodes.Sound(nodes.There);
    }

    /// <summary>With the branch that is kept comes what follows from it; the record of a decision is the document that proofs go with.</summary>
    [Fact]
    public async Task INV_16_What_follows_from_the_branch_that_is_kept_follows_in_the_same_act()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision();
        string subject = $"decision/{id}";
        await TwoNodes.Position(nodes.Here, id, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "families", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "university", Stand.Support);
        Answered closed = await (await nodes.There.As(Role.Representative, "carrier")).Do(
            "decisions",
            id,
            "close",
            new { }
        );
        Assert.True(closed.Status == HttpStatusCode.OK, closed.Text);
        ImportedSubject met = await nodes.Carry(nodes.There, subject);
        Assert.Equal(0, await nodes.Here.Records.Version(Api.ProofRoutes.Subject(id)));
        nodes.Later(Duration.FromHours(1));
        Answered settled = await TwoNodes.Settle(nodes.Here, met.Conflict!, subject, Keep.Theirs);
        Assert.True(settled.Status == HttpStatusCode.OK, settled.Text);
        Assert.Equal("adopted", (await nodes.Here.Records.Document(subject))!.Standing);
        Assert.Equal(1, await nodes.Here.Records.Version(Api.ProofRoutes.Subject(id)));
        // What arrived without another branch is followed up as it arrives, also where it was closed more than once.
        Answered appealed = await (await nodes.There.As(Role.Representative, "measurers")).Do(
            "decisions",
            id,
            "lodge-appeal",
            new { Reason = "we were not asked" }
        );
        Assert.True(appealed.Status == HttpStatusCode.OK, appealed.Text);
        Assert.Equal(Outcome.Continued, (await nodes.Carry(nodes.There, subject)).Outcome);
        await TwoNodes.Sound(nodes.Here);
    }

    private static async Task Pledged(ApiSite at, string id)
    {
        var work = new Workspace(at.Records);
        work.Stage<Commitment, CommitmentEvent>(
            new Loaded<Commitment>($"commitment/{id}", 0, null),
            [
                new CommitmentPledged(
                    at.Clock.Now,
                    "somebody",
                    id,
                    null,
                    "plan-1",
                    "offer-1",
                    "carrier",
                    "Satellite terminals",
                    Place.OfCountry("SD"),
                    "the town",
                    null,
                    Service.Messaging,
                    3,
                    100,
                    10,
                    [],
                    [],
                    null,
                    null,
                    null,
                    "the decision",
                    Origin.Reported,
                    Marking.Public
                ),
            ],
            "somebody"
        );
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }

    private static async Task Advance(ApiSite at, CommitmentState to)
    {
        Answered stepped = await (await at.As(Role.Representative, "carrier")).Do(
            "commitments",
            "kits",
            "advance",
            new { To = to, Proof = "as agreed" }
        );
        Assert.True(stepped.Status == HttpStatusCode.OK, stepped.Text);
    }
}
