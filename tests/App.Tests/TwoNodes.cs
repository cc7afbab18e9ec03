using System.Net;
using System.Text;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Conflicts;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Two nodes with stores, keys and clocks of their own, that trust each other and meet by files alone.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private TwoNodes(ApiSite here, ApiSite there) => (Here, There) = (here, there);

    public ApiSite Here { get; }

    public ApiSite There { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TwoNodes> Start(
        string? postgres = null,
        string organisation = "relief"
    )
    {
        var nodes = new TwoNodes(await ApiSite.Start(postgres: postgres), await ApiSite.Start());
        Assert.Null(
            await Peers.Trust(nodes.Here.Records, nodes.There.Records.Node, organisation, Cancel)
        );
        Assert.Null(
            await Peers.Trust(nodes.There.Records, nodes.Here.Records.Node, organisation, Cancel)
        );
        return nodes;
    }

    public async ValueTask DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }

    public void Later(Duration time)
    {
        Here.Clock.Now += time;
        There.Clock.Now += time;
    }

    /// <summary>The bundle of subjects that one node makes for the other.</summary>
    public async Task<Exported> Bundle(ApiSite from, params string[] subjects)
    {
        ApiSite to = from == Here ? There : Here;
        Peer peer = (await Peers.Of(from.Records, Cancel))[to.Records.Node.Name];
        (Exported? exported, Refusal? refusal) = await Exporting.Do(
            from.Records,
            subjects,
            peer,
            from.Clock.Now,
            Cancel
        );
        Assert.Null(refusal);
        return exported!;
    }

    public static async Task<Imported> Import(ApiSite at, byte[] bundle, bool isDry = false)
    {
        (Imported? imported, Refusal? refusal) = await new Importing(
            at.Records,
            Catalogue.Known,
            at.Clock,
            "a.bundle"
        ).Do(bundle, isDry, Cancel);
        Assert.Null(refusal);
        return imported!;
    }

    /// <summary>Carries one subject, with nothing to complain of.</summary>
    public async Task<ImportedSubject> Carry(ApiSite from, string subject)
    {
        Imported imported = await Import(
            from == Here ? There : Here,
            (await Bundle(from, subject)).File!
        );
        Assert.Empty(imported.Faults);
        return Assert.Single(imported.Subjects);
    }

    public static async Task<string> Body(ApiSite at, string subject) =>
        Encoding.UTF8.GetString((await at.Records.Document(subject))!.Body.Span);

    public static async Task<string> Dump(ApiSite at)
    {
        using var dump = new MemoryStream();
        await at.Records.DumpProjections(dump, Cancel);
        return Encoding.UTF8.GetString(dump.ToArray());
    }

    /// <summary>The tables are what the events give, and the ledger holds.</summary>
    public static async Task Sound(ApiSite at)
    {
        string before = await Dump(at);
        Rebuilt rebuilt = await at.Records.Rebuild(Cancel);
        Assert.Empty(rebuilt.Differences);
        Assert.Equal(before, await Dump(at));
        Assert.Empty((await at.Records.Verify(Cancel)).Damages);
    }

    /// <summary>A decision that begins here and is known there.</summary>
    public async Task<string> Decision(Marking? marking = null)
    {
        ApiClient opener = await Here.As(Role.Representative, "carrier");
        Answered opened = await opener.Start(
            "decisions",
            new
            {
                Kind = DecisionKind.ScaleUp,
                Question = "Shall more be done?",
                Subject = "response/none",
                QuorumClasses = 2,
                Deadline = Here.Clock.Now + Duration.FromHours(48),
                Marking = marking ?? Marking.Public,
            }
        );
        Assert.Equal(
            (HttpStatusCode.Created, ""),
            (opened.Status, opened.Status == HttpStatusCode.Created ? "" : opened.Text)
        );
        Assert.Equal(Outcome.Begun, (await Carry(Here, $"decision/{opened.Id}")).Outcome);
        return opened.Id;
    }

    public static async Task Position(ApiSite at, string decision, string organisation, Stand stand)
    {
        Answered taken = await (await at.As(Role.Representative, organisation)).Do(
            "decisions",
            decision,
            "take-position",
            new { Stand = stand, Reason = $"so says {organisation}" }
        );
        Assert.Equal(
            (HttpStatusCode.OK, ""),
            (taken.Status, taken.Status == HttpStatusCode.OK ? "" : taken.Text)
        );
    }

    public static async Task<Answered> Settle(
        ApiSite at,
        string conflict,
        string subject,
        Keep keep,
        string organisation = "measurers"
    ) =>
        await (await at.As(Role.Representative, organisation)).Do(
            "conflicts",
            conflict,
            "settle",
            new
            {
                Keep = keep,
                Reason = "we asked both",
                Version = await at.Records.Version(subject),
            }
        );
}
