using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class CustodyVerbTests : IDisposable
{
    private const string Canary = "crew canary-5d1e";
    private readonly CommandLine node = new();
    private readonly CommandLine custodians = new();
    private int _ceremonies;

    private static string Charter { get; } =
        JsonSerializer.Serialize(
            new Found([
                Organisation("relief", StakeholderClass.CivilSociety, "p-1", "p-4"),
                Organisation("university", StakeholderClass.Academia, "p-2"),
                Organisation("measurers", StakeholderClass.TechnicalCommunity, "p-3"),
            ]),
            Json.Compact
        );

    private sealed record Asked(string Place, SealedField Crew, IReadOnlyList<SealedField> More);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        node.Dispose();
        custodians.Dispose();
    }

    [Fact]
    public async Task What_is_typed_is_sealed_on_entry_opened_by_two_custodians_and_gone_with_its_key()
    {
        string ceremony = Used();
        string key = await Seal();
        Assert.DoesNotContain(Canary, RawStore(), StringComparison.Ordinal);

        string request = Requested("request.json", await Approved("a-1"));
        Assert.DoesNotContain(Canary, File.ReadAllText(request), StringComparison.Ordinal);
        string[] open = ["custody", "open", request, "--share", Share(ceremony, 3)];
        JsonElement opened = custodians
            .Run([.. open, "--share", Share(ceremony, 1), "--json"])
            .Done()
            .Json;
        Assert.Equal(
            [("crew", Canary), ("more/0", $"{Canary} too")],
            opened
                .GetProperty("fields")
                .EnumerateArray()
                .Select(field =>
                    (field.GetProperty("path").GetString(), field.GetProperty("text").GetString())
                )
        );
        custodians.Run(open).Refusal(3);
        custodians.Run([.. open, "--share", Share(ceremony, 3)]).Refusal(3);

        await Destroy(key);
        string later = Requested("later.json", await Approved("a-2"));
        string told = Open(ceremony, later).Done().Output;
        Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);
        Assert.Contains("its key was destroyed", told, StringComparison.Ordinal);
        Assert.Contains("approved by p-1 of relief and p-2 of university", told);
        node.Run("verify", "--rebuild").Done();
    }

    [Fact]
    public async Task The_operator_gets_no_ciphertext_without_an_approval_that_two_organisations_gave_for_exactly_this()
    {
        Used();
        await Seal();
        string file = Path.Combine(node.Folder, "request.json");
        string[] request = ["custody", "request", "trial/m-1", "--out", file];
        node.Run(request).Refusal(2);
        node.Run([.. request, "--approval", "none"]).Refusal(3);
        node.Run([.. request, "--approval", await Proposed("only-proposed")]).Refusal(3);
        node.Run([.. request, "--approval", await Approved("for-other", hash: new string('0', 64))])
            .Refusal(3);
        node.Run([.. request, "--approval", await Approved("by-outsider", second: "p-9")])
            .Refusal(3);
        Assert.False(File.Exists(file));

        string approval = await Approved("good");
        node.Run([.. request, "--approval", approval]).Done();
        string again = Path.Combine(node.Folder, "again.json");
        node.Run("custody", "request", "trial/m-1", "--out", again, "--approval", approval)
            .Refusal(3);
        Assert.False(File.Exists(again));
    }

    [Fact]
    public async Task Custodians_open_only_what_two_of_them_approved()
    {
        string ceremony = Used();
        await Seal();
        string request = Requested("request.json", await Approved("a-1"));
        JsonNode whole = JsonNode.Parse(File.ReadAllText(request))!;
        KeyShare[] shares =
        [
            .. new[] { 1, 2 }.Select(number =>
                KeyShare.TryParse(File.ReadAllText(Share(ceremony, number)), out KeyShare? share)
                    ? share
                    : throw new InvalidOperationException()
            ),
        ];
        (Action<JsonNode> Change, bool IsOpened)[] changes =
        [
            (_ => { }, true),
            (file => file.AsObject().Remove("approval"), false),
            (file => file["approval"]!["hash"] = new string('0', 64), false),
            (file => file["subject"] = "trial/m-2", false),
            (file => file["fields"]!.AsArray().RemoveAt(0), false),
            (file => file["approval"]!["second"]!["organisation"] = "relief", false),
            (file => file["approval"]!["second"]!["person"] = "operator-1", false),
        ];
        foreach ((Action<JsonNode> change, bool isOpened) in changes)
        {
            JsonNode altered = whole.DeepClone();
            change(altered);
            (_, Refusal? refusal) = altered
                .Deserialize<UnsealingRequest>(Json.Compact)!
                .Open(shares);
            Assert.Equal(isOpened, refusal is null);
        }

        whole.AsObject().Remove("approval");
        Open(ceremony, custodians.Write("altered.json", whole.ToJsonString())).Refusal(3);
    }

    [Fact]
    public void A_custody_is_used_only_when_its_holders_are_custodians_and_no_organisation_could_unseal_alone()
    {
        string unknown = Path.Combine(Found("p-1", "p-2", "p-9"), "custody.json");
        node.Run("custody", "use", unknown).Refusal(3);
        node.Run("found", node.Write("charter.json", Charter)).Done();
        node.Run("custody", "use", unknown).Refusal(3);
        node.Run("custody", "use", Path.Combine(Found("p-1", "p-4"), "custody.json")).Refusal(3);
        node.Run("custody", "use", Path.Combine(Found("p-1", "p-2"), "custody.json")).Done();
    }

    [Fact]
    public void A_node_without_custodians_takes_no_text_that_would_have_to_be_sealed()
    {
        using var sealing = new SealingOnEntry(null, "trial/m-1");
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<Asked>(
                $$"""{"place":"IR","crew":"{{Canary}}","more":[]}""",
                sealing.Reading
            )
        );
        Assert.Empty(sealing.Keys);
    }

    [Fact]
    public void A_second_custody_is_not_the_operators_to_set()
    {
        string custody = Path.Combine(Used(), "custody.json");
        node.Run("custody", "use", custody).Refusal(3);
    }

    [Fact]
    public void A_custody_of_one_and_a_share_with_a_slip_of_the_pen_are_refused()
    {
        string alone = Path.Combine(custodians.Folder, "alone");
        custodians.Run("custody", "found", "--holder", "p-1", "--out", alone).Refusal(2);
        string forged = node.Write(
            "custody.json",
            """{"id":"custody-1","publicKey":"AAAA","threshold":1,"holders":["p-1"]}"""
        );
        node.Run("custody", "use", forged).Refusal(2);
        string slip = custodians.Write("share.txt", "custody-1/1/00/00");
        string request = custodians.Write("request.json", "{}");
        custodians.Run("custody", "open", request, "--share", slip).Refusal(2);
        string ceremony = Found();
        custodians
            .Run("custody", "open", request, "--share", Share(ceremony, 1), "--share", slip)
            .Refusal(2);
        custodians.Run("custody", "open", request, "--share", Share(ceremony, 1)).Refusal(2);
    }

    private string Found(params string[] holders)
    {
        string ceremony = Path.Combine(custodians.Folder, $"ceremony-{++_ceremonies}");
        string[] named = holders.Length > 0 ? holders : ["p-1", "p-2", "p-3"];
        custodians
            .Run([
                "custody",
                "found",
                .. named.SelectMany(holder => new[] { "--holder", holder }),
                "--out",
                ceremony,
            ])
            .Done();
        return ceremony;
    }

    /// <summary>A founded node that seals for three custodians of three organisations.</summary>
    private string Used()
    {
        string ceremony = Found();
        node.Run("found", node.Write("charter.json", Charter)).Done();
        node.Run("custody", "use", Path.Combine(ceremony, "custody.json")).Done();
        return ceremony;
    }

    private string Requested(string name, string approval)
    {
        string path = Path.Combine(node.Folder, name);
        node.Run("custody", "request", "trial/m-1", "--out", path, "--approval", approval).Done();
        return path;
    }

    private CommandLineRun Open(string ceremony, string request) =>
        custodians.Run(
            "custody",
            "open",
            request,
            "--share",
            Share(ceremony, 1),
            "--share",
            Share(ceremony, 2)
        );

    private Task<string> Proposed(string id) => Approve(id, null, null);

    private Task<string> Approved(string id, string second = "p-2", string? hash = null) =>
        Approve(id, second, hash);

    /// <summary>As the API records it.</summary>
    private async Task<string> Approve(string id, string? second, string? hash)
    {
        await using var records = SqliteRecords.Open(node.Data, foldings: Catalogue.Known.Fold);
        UnsealingRequest found = await UnsealingRequest.Of(
            records,
            (await CustodyOnRecord.Of(records, Cancel))!,
            "trial/m-1",
            Cancel
        );
        Instant now = SystemClock.Instance.GetCurrentInstant();
        var work = new Workspace(records);
        work.Stage<Approval, ApprovalEvent>(
            new Loaded<Approval>($"approval/{id}", 0, null),
            [
                new ApprovalProposed(
                    id,
                    ApprovalAction.Unseal,
                    "trial/m-1",
                    hash ?? found.Hash,
                    "asked for by whom it is about",
                    new Marking(Distribution.Community, Tlp.Green),
                    new Signatory("p-1", "relief"),
                    now + Duration.FromDays(1),
                    now
                ),
                .. second is null
                    ? (IEnumerable<ApprovalEvent>)[]
                    : [new ApprovalGiven(new Signatory(second, "university"), now)],
            ],
            "test"
        );
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
        return id;
    }

    private static FoundingOrganisation Organisation(
        string id,
        StakeholderClass sort,
        params string[] custodians
    ) =>
        new(
            id,
            $"The {id}",
            sort,
            "helps people stay connected",
            [],
            [
                new FoundingMember($"registrar-{id}", [Role.Registrar]),
                .. custodians.Select(person => new FoundingMember(person, [Role.Custodian])),
            ]
        );

    private static string Share(string ceremony, int number) =>
        Path.Combine(ceremony, $"share-{number}.txt");

    /// <summary>As a door does it: the request is read, and only what came of it is stored.</summary>
    private async Task<string> Seal()
    {
        await using var records = SqliteRecords.Open(node.Data);
        Custody? custody = await CustodyOnRecord.Of(records, Cancel);
        using var sealing = new SealingOnEntry(custody, "trial/m-1");
        Asked asked = JsonSerializer.Deserialize<Asked>(
            $$"""{"place":"IR","crew":"{{Canary}}","more":["{{Canary}} too"]}""",
            sealing.Reading
        )!;
        Draft draft = Draft.Of("TrialNoted", asked, Marking.Sealed, "p-9");
        await records.Append(
            [new Write("trial/m-1", 0, [draft]) { Keys = sealing.Keys }],
            cancel: Cancel
        );
        return asked.Crew.Key;
    }

    private async Task Destroy(string key)
    {
        await using var records = SqliteRecords.Open(node.Data);
        var destroyed = new KeyDestroyed(
            key,
            "trial/m-1",
            "kept for long enough",
            "p-1",
            "p-2",
            Instant.FromUnixTimeSeconds(1)
        );
        await records.Append(
            destroyed.RecordedUnder,
            0,
            [destroyed.ToDraft(Marking.Sealed)],
            Cancel
        );
    }

    private string RawStore() =>
        string.Concat(
            Directory
                .GetFiles(node.Data)
                .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
}
