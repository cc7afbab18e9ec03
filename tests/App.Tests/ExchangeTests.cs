using System.Net;
using System.Text;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Membership;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Records.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What may leave to a peer and what it is marked with there; what a peer that means harm gets done, which is nothing.</summary>
public sealed class ExchangeTests
{
    private const string Canary = "CANARYbundle31f7";
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_community_shares_is_the_receiving_organisations_alone_after_one_hop()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision(_community);
        foreach (
            (string organisation, HttpStatusCode status) in (IEnumerable<(string, HttpStatusCode)>)
                [("relief", HttpStatusCode.OK), ("families", HttpStatusCode.NotFound)]
        )
        {
            Answered read = await (await nodes.There.As(Role.Representative, organisation)).Get(
                $"decisions/{id}"
            );
            Assert.Equal(status, read.Status);
        }

        // What people add there stays as narrow, also after the tables were made again.
        await TwoNodes.Position(nodes.There, id, "relief", Stand.Support);
        await nodes.There.Records.Rebuild(Cancel);
        Assert.Equal(
            new Marking(Distribution.Community, Tlp.AmberStrict) { Organisation = "relief" },
            (await nodes.There.Records.Document($"decision/{id}"))!.Marking
        );
        await TwoNodes.Sound(nodes.There);
        // It is community no longer, so it goes to no other organisation's node.
        await using TwoNodes others = await TwoNodes.Start(organisation: "families");
        Peer third = (await Peers.Of(others.Here.Records, Cancel)).Values.Single();
        (Exported? exported, _) = await Exporting.Do(
            nodes.There.Records,
            [$"decision/{id}"],
            third,
            nodes.There.Clock.Now,
            Cancel
        );
        Assert.Null(exported!.File);
        Assert.Equal(2, Assert.Single(exported.Withheld).Events);
    }

    [Fact]
    public async Task What_partners_share_is_the_communitys_after_one_hop_and_the_public_stays_public()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string partners = await nodes.Decision(new Marking(Distribution.Partners, Tlp.Green));
        string open = await nodes.Decision();
        Assert.Equal(
            _community,
            (await nodes.There.Records.Document($"decision/{partners}"))!.Marking
        );
        Assert.Equal(
            Marking.Public,
            (await nodes.There.Records.Document($"decision/{open}"))!.Marking
        );
    }

    [Fact]
    public async Task What_is_sealed_or_marked_for_a_group_without_the_peer_is_not_in_the_file()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        using var sent = new StringContent(
            $"Place: SD\nState: down\nContact: {Canary}\n\n{Canary}\n",
            Encoding.UTF8,
            "text/plain"
        );
        await nodes.Here.Stranger.PostAsync("/api/v1/reports/files", sent, Cancel);
        await nodes.Here.Pass(Duration.FromMinutes(1));
        string report = Assert.Single(await nodes.Here.Records.AllOf("report")).Subject;
        string open = $"decision/{await nodes.Decision()}";
        ApiClient carrier = await nodes.Here.As(Role.Representative, "carrier");
        string grouped =
            $"decision/{await Opened(
            nodes.Here,
            carrier,
            new Marking(Distribution.Group, Tlp.Green) { Group = "no-such-group" },
            Canary
        )}";
        string held =
            $"decision/{await Opened(
            nodes.Here,
            carrier,
            new Marking(Distribution.Community, Tlp.Amber) { Organisation = "carrier" },
            Canary
        )}";
        Exported exported = await nodes.Bundle(
            nodes.Here,
            open,
            grouped,
            held,
            report,
            "organisation/relief"
        );
        Assert.Equal((1, 1), (exported.Subjects, exported.Events));
        Assert.Equal(
            [
                "it holds something sealed, or marked for others than this peer",
                "marked for others than this peer",
                "this kind does not travel",
            ],
            exported.Withheld.Select(one => one.Reason).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            2,
            exported
                .Withheld.Single(one => one.Reason.StartsWith("marked", StringComparison.Ordinal))
                .Subjects
        );
        string text = Encoding.UTF8.GetString(exported.File!);
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "\"box",
            text.Replace("\\", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(report, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_group_shares_goes_to_the_node_of_an_organisation_that_it_lists_and_to_no_other()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        var work = new Workspace(nodes.Here.Records);
        work.Stage<SharingGroup, SharingGroupEvent>(
            new Loaded<SharingGroup>("sharing-group/few", 0, null),
            [
                new GroupProposed(
                    "few",
                    "A few",
                    ["relief", "carrier"],
                    _community,
                    new Signatory("p", "relief"),
                    nodes.Here.Clock.Now
                ),
                new GroupCreated(new Signatory("q", "carrier"), nodes.Here.Clock.Now),
            ],
            "p"
        );
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
        var marking = new Marking(Distribution.Group, Tlp.Green) { Group = "few" };
        string id = await Opened(
            nodes.Here,
            await nodes.Here.As(Role.Representative, "carrier"),
            marking,
            "For a few"
        );
        await nodes.Carry(nodes.Here, $"decision/{id}");
        Assert.Equal(marking, (await nodes.There.Records.Document($"decision/{id}"))!.Marking);
        Peer families = (await Peers.Of(nodes.Here.Records, Cancel)).Values.Single() with
        {
            Organisation = "families",
        };
        (Exported? exported, _) = await Exporting.Do(
            nodes.Here.Records,
            [$"decision/{id}"],
            families,
            nodes.Here.Clock.Now,
            Cancel
        );
        Assert.Null(exported!.File);
    }

    [Fact]
    public async Task Whatever_way_it_came_an_event_is_known_by_what_its_first_node_signed()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        await using ApiSite third = await ApiSite.Start();
        string id = await nodes.Decision();
        string subject = $"decision/{id}";
        await TwoNodes.Position(nodes.There, id, "families", Stand.Support);
        foreach (ApiSite node in (ApiSite[])[nodes.Here, nodes.There])
        {
            Assert.Null(await Peers.Trust(third.Records, node.Records.Node, "relief", Cancel));
            Assert.Null(await Peers.Trust(node.Records, third.Records.Node, "relief", Cancel));
        }

        async Task<ImportedSubject> ToThird(ApiSite from)
        {
            (Exported? exported, _) = await Exporting.Do(
                from.Records,
                [subject],
                (await Peers.Of(from.Records, Cancel))[third.Records.Node.Name],
                from.Clock.Now,
                Cancel
            );
            Imported imported = await TwoNodes.Import(third, exported!.File!);
            Assert.Empty(imported.Faults);
            return Assert.Single(imported.Subjects);
        }

        Assert.Equal((Outcome.Begun, 2), Told(await ToThird(nodes.There)));
        Assert.Equal((Outcome.Known, 0), Told(await ToThird(nodes.Here)));
        // Anybody can check who signed: the original is kept, and was signed where it happened.
        Event[] events = await third.Records.EventsOf(subject, cancel: Cancel).ToArrayAsync(Cancel);
        foreach ((Event entry, ApiSite at) in events.Zip((ApiSite[])[nodes.Here, nodes.There]))
        {
            byte[] kept = (await third.Records.Evidence(SignedOrigin.KeptBy(entry.Envelope)!))!;
            Assert.True(SignedOrigin.Read(kept)!.IsSigned(out Envelope? signed));
            Assert.Equal(at.Records.Node.Name, signed.Node);
            Assert.Equal(entry.Envelope.PayloadSha256, signed.PayloadSha256);
            Assert.Equal(entry.Envelope.Author, signed.Author);
        }

        static (Outcome, int) Told(ImportedSubject one) => (one.Outcome, one.Events);
    }

    [Fact]
    public async Task A_bundle_of_no_trusted_peer_or_for_another_node_or_again_changes_nothing()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string subject = $"decision/{await nodes.Decision()}";
        byte[] bundle = (await nodes.Bundle(nodes.Here, subject)).File!;
        long count = await nodes.There.Records.Count();
        Assert.Equal(
            Outcome.Known,
            Assert.Single((await TwoNodes.Import(nodes.There, bundle)).Subjects).Outcome
        );
        await using TwoNodes others = await TwoNodes.Start();
        Assert.Contains(
            "no trusted peer",
            await Refusal(others.There, bundle),
            StringComparison.Ordinal
        );
        Assert.Null(
            await Peers.Trust(others.There.Records, nodes.Here.Records.Node, "relief", Cancel)
        );
        Assert.Contains("made for", await Refusal(others.There, bundle), StringComparison.Ordinal);
        Assert.Null(await Peers.Drop(nodes.There.Records, nodes.Here.Records.Node.Name, Cancel));
        Assert.Contains(
            "no trusted peer",
            await Refusal(nodes.There, bundle),
            StringComparison.Ordinal
        );
        Assert.Equal(count + 1, await nodes.There.Records.Count());
        Assert.NotNull(
            await Peers.Trust(nodes.There.Records, nodes.There.Records.Node, "relief", Cancel)
        );
        Assert.NotNull(
            await Peers.Trust(nodes.There.Records, nodes.Here.Records.Node, "nobody", Cancel)
        );
    }

    [Fact]
    public async Task A_peer_gives_nobody_a_role_here_and_nothing_that_this_version_does_not_understand()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        using Signer evil = Signer.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);
        Assert.Null(await Peers.Trust(nodes.Here.Records, evil.Verifier, "relief", Cancel));
        long count = await nodes.Here.Records.Count();
        Event[] events =
        [
            Forged(evil, "organisation/evil", 1, "OrganisationFounded", new { Id = "evil" }),
            Forged(evil, "nothing/1", 1, "Anything", new { }),
            Forged(evil, "decision/1", 1, "DecisionOpened", new { }),
            Forged(evil, "decision/2", 1, "Unknown", new { }),
            Forged(
                evil,
                "decision/3",
                1,
                nameof(ReturnedToTrunk),
                new ReturnedToTrunk("c", 3, null)
            ),
            Forged(
                evil,
                "decision/4",
                1,
                nameof(BranchSettled),
                new BranchSettled("c", "k", [], [], "r", nodes.Here.Clock.Now, "x", null)
            ),
            Forged(
                evil,
                "commitment/5",
                1,
                nameof(CommitmentReminded),
                new CommitmentReminded(nodes.Here.Clock.Now, "time", nodes.Here.Clock.Now)
            ),
            Forged(evil, "peers", 1, "PeerTrusted", new { }),
            Forged(evil, "decision/../x\u0007", 1, "Unknown", new { }),
        ];
        Imported imported = await TwoNodes.Import(
            nodes.Here,
            Forged(evil, nodes.Here, "relief", events)
        );
        Assert.Equal(events.Length, imported.Faults.Count);
        Assert.All(imported.Subjects, one => Assert.Equal(Outcome.Refused, one.Outcome));
        Assert.All(imported.Faults, fault => Assert.NotEmpty(fault.Remedy));
        Assert.Equal(count, await nodes.Here.Records.Count());
        await TwoNodes.Sound(nodes.Here);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_peer_wrote_that_cannot_be_read_or_kept_costs_its_subject_and_nothing_else(
        bool inPostgres
    )
    {
        await using ApiSite site = await ApiSite.Start(
            postgres: inPostgres ? PostgresInstance.Shared.ConnectionString("hostile") : null
        );
        using Signer evil = Signer.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);
        Assert.Null(await Peers.Trust(site.Records, evil.Verifier, "relief", Cancel));
        Instant now = site.Clock.Now;
        Imported imported = await TwoNodes.Import(
            site,
            Forged(
                evil,
                site,
                "relief",
                Forged(evil, "decision/1", 1, nameof(DecisionOpened), Opened("1", now)),
                Forged(evil, "decision/1", 2, nameof(BranchSettled), new { }),
                Forged(
                    evil,
                    "decision/2",
                    1,
                    nameof(DecisionOpened),
                    Opened("2", now) with
                    {
                        Parent = "response/\0",
                    }
                ),
                Forged(
                    evil,
                    "decision/3",
                    1,
                    nameof(DecisionOpened),
                    Opened("3", now) with
                    {
                        Question = "\0 \ud800?",
                    }
                ),
                Forged(
                    evil,
                    "decision/4",
                    1,
                    nameof(DecisionOpened),
                    new { Id = "4", Marking = Marking.Public }
                ),
                Forged(evil, "decision/5", 1, nameof(DecisionOpened), Opened("5", now))
            )
        );
        Assert.Equal(
            ["decision/1", "decision/3", "decision/5"],
            imported.Subjects.Where(one => one.Outcome == Outcome.Begun).Select(one => one.Subject)
        );
        Assert.Equal(
            ["decision/2", "decision/4"],
            imported
                .Subjects.Where(one => one.Outcome == Outcome.Refused)
                .Select(one => one.Subject)
                .Order()
        );
        Assert.Equal(3, imported.Faults.Count);
        Assert.Equal(
            HttpStatusCode.OK,
            (await (await site.As(Role.Analyst, "measurers")).Get("decisions")).Status
        );
    }

    private static DecisionOpened Opened(string id, Instant now) =>
        new(
            now,
            "somebody",
            "relief",
            id,
            DecisionKind.ScaleUp,
            "Shall more be done?",
            "",
            "response/none",
            null,
            Workstream.Mechanism,
            [],
            2,
            [],
            now + Duration.FromHours(48),
            Duration.FromDays(7),
            null,
            null,
            Origin.Reported,
            Marking.Public
        );

    [Fact]
    public async Task A_bundle_for_an_organisation_that_nobody_here_knows_is_not_taken()
    {
        await using ApiSite site = await ApiSite.Start();
        using Signer peer = Signer.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);
        Assert.Null(await Peers.Trust(site.Records, peer.Verifier, "relief", Cancel));
        byte[] bundle = Forged(
            peer,
            site,
            "strangers",
            Forged(peer, "decision/1", 1, "X", new { })
        );
        Assert.Contains("no vetted one", await Refusal(site, bundle), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_line_costs_its_subject_from_there_on_and_nothing_else()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string first = await nodes.Decision();
        string second = await nodes.Decision();
        await TwoNodes.Position(nodes.Here, first, "relief", Stand.Support);
        await TwoNodes.Position(nodes.Here, second, "relief", Stand.Support);
        string text = Encoding.UTF8.GetString(
            (await nodes.Bundle(nodes.Here, $"decision/{first}", $"decision/{second}")).File!
        );
        string[] lines = text.Split('\n');
        lines[2] = lines[2].Replace("so says", "so swears", StringComparison.Ordinal);
        Imported imported = await TwoNodes.Import(
            nodes.There,
            Encoding.UTF8.GetBytes(string.Join('\n', lines))
        );
        InputFault fault = Assert.Single(imported.Faults);
        Assert.Equal("line 3", fault.At);
        Assert.Equal(
            [Outcome.Known, Outcome.Continued],
            imported.Subjects.Select(one => one.Outcome)
        );
    }

    [Fact]
    public async Task A_dry_run_says_what_would_become_of_it_and_records_nothing()
    {
        await using TwoNodes nodes = await TwoNodes.Start();
        string id = await nodes.Decision();
        await TwoNodes.Position(nodes.Here, id, "relief", Stand.Support);
        await TwoNodes.Position(nodes.There, id, "families", Stand.Support);
        byte[] bundle = (await nodes.Bundle(nodes.Here, $"decision/{id}")).File!;
        long count = await nodes.There.Records.Count();
        Imported dry = await TwoNodes.Import(nodes.There, bundle, isDry: true);
        Assert.Equal(Outcome.Conflict, Assert.Single(dry.Subjects).Outcome);
        Assert.Equal(count, await nodes.There.Records.Count());
    }

    private static async Task<string> Refusal(ApiSite at, byte[] bundle)
    {
        (Imported? imported, Refusal? refusal) = await new Importing(
            at.Records,
            Catalogue.Known,
            at.Clock,
            "b"
        ).Do(bundle, isDry: false, Cancel);
        Assert.Null(imported);
        return refusal!.Reason;
    }

    private static async Task<string> Opened(
        ApiSite at,
        ApiClient by,
        Marking marking,
        string question
    )
    {
        Answered opened = await by.Start(
            "decisions",
            new
            {
                Kind = DecisionKind.ScaleUp,
                Question = question,
                Subject = "response/none",
                QuorumClasses = 2,
                Deadline = at.Clock.Now + Duration.FromHours(48),
                Marking = marking,
            }
        );
        return opened.Body?["id"] is { } id
            ? id.GetValue<string>()
            // Whoever opened it may not see it: the store knows its name.
            : (await at.Records.AllOf("decision"))[^1].Subject["decision/".Length..];
    }

    private static byte[] Forged(
        Signer by,
        ApiSite to,
        string organisation,
        params Event[] events
    ) =>
        [
            .. Bundle.Write(
                new BundledEvent(
                    Forged(
                        by,
                        "bundles/x",
                        1,
                        nameof(BundleMade),
                        new BundleMade(
                            Bundle.Format,
                            by.Verifier.ToString(),
                            to.Records.Node.Name,
                            organisation,
                            events.Length,
                            []
                        )
                    )
                )
            ),
            .. events.SelectMany(entry => Bundle.Write(new BundledEvent(entry))),
        ];

    private static Event Forged(
        Signer by,
        string subject,
        long version,
        string type,
        object payload
    ) =>
        Event.Seal(
            Draft.Of(type, payload, Marking.Public, "somebody"),
            subject,
            version,
            ChainHead.Empty,
            new HybridTime(1, 0),
            by,
            new byte[EventId.RandomOctets]
        );
}
