using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Two nodes on one machine that meet by a file, as their operators would do it.</summary>
public sealed class BundleVerbTests : IDisposable
{
    private const string Charter = """
        {"organisations": [
          {"id": "relief", "name": "Relief", "class": "civil-society", "mandate": "helps", "contacts": [],
           "members": [{"person": "registrar-relief", "roles": ["registrar"]}]},
          {"id": "carrier", "name": "Carrier", "class": "private-sector", "mandate": "helps", "contacts": [],
           "members": [{"person": "registrar-carrier", "roles": ["registrar"]}]},
          {"id": "families", "name": "Families", "class": "affected-community", "mandate": "helps", "contacts": [],
           "members": [{"person": "speaker", "roles": ["representative"]}]}
        ]}
        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task What_one_node_exports_the_other_inspects_and_imports_and_whatever_is_wrong_says_what_to_do()
    {
        string charter = line.Write("charter.json", Charter);
        string here = Path.Combine(line.Folder, "here");
        string there = Path.Combine(line.Folder, "there");
        string file = Path.Combine(line.Folder, "a.bundle");
        line.Run("found", charter, "--data", here).Done();
        line.Run("found", charter, "--data", there).Done();
        Assert.Contains(
            "no peers",
            line.Run("bundle", "export", "decision/1", "--out", file, "--data", here).Refusal(2),
            StringComparison.Ordinal
        );
        string keyHere = Key(here);
        string keyThere = Key(there);
        Assert.Contains(
            "own key",
            Trust(here, keyHere, "relief").Refusal(2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no vetted organisation",
            Trust(here, keyThere, "nobody").Refusal(2),
            StringComparison.Ordinal
        );
        Trust(here, keyThere, "relief").Done();
        Trust(here, keyThere, "relief").Done();
        Trust(there, keyHere, "relief").Done();
        Assert.Contains(
            "there is no decision/1",
            line.Run("bundle", "export", "decision/1", "--out", file, "--data", here).Refusal(2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not travel",
            line.Run("bundle", "export", "organisation/relief", "--out", file, "--data", here)
                .Refusal(3),
            StringComparison.Ordinal
        );
        string text = line.Write("no.bundle", "{}\n");
        Assert.Contains(
            "line 1",
            line.Run("bundle", "inspect", text).Refusal(2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "line 1",
            line.Run("bundle", "import", text, "--data", there).Refusal(2),
            StringComparison.Ordinal
        );

        await Opened(here, "1");
        Assert.Contains(
            "1 events of 1 subjects",
            line.Run(
                    "bundle",
                    "export",
                    "decision/1",
                    "organisation/relief",
                    "--out",
                    file,
                    "--data",
                    here
                )
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        JsonElement inspected = line.Run("bundle", "inspect", file, "--json").Done().Json;
        Assert.Equal(
            "decision/1",
            inspected.GetProperty("subjects")[0].GetProperty("subject").GetString()
        );
        JsonElement dry = line.Run("bundle", "import", file, "--dry-run", "--json", "--data", there)
            .Done()
            .Json;
        Assert.True(dry.GetProperty("isDryRun").GetBoolean());
        Assert.Equal("begun", Outcome(dry));
        Assert.Equal("begun", Outcome(Import(there, file)));
        Assert.Equal("known", Outcome(Import(there, file)));
        Assert.Contains(
            "no trusted peer",
            line.Run("bundle", "import", file, "--data", here).Refusal(3),
            StringComparison.Ordinal
        );
        line.Run("verify", "--rebuild", "--data", there).Done();

        JsonElement list = line.Run("peer", "list", "--data", here, "--json").Json;
        Assert.Equal(
            "relief",
            list.GetProperty("peers")[0].GetProperty("organisation").GetString()
        );
        line.Run(
                "peer",
                "drop",
                list.GetProperty("peers")[0].GetProperty("node").GetString()!,
                "--data",
                here
            )
            .Done();
        Assert.Contains(
            "is no peer",
            line.Run("peer", "drop", "node-0", "--data", here).Refusal(2),
            StringComparison.Ordinal
        );
    }

    private JsonElement Import(string data, string file) =>
        line.Run("bundle", "import", file, "--json", "--data", data).Done().Json;

    private static string Outcome(JsonElement imported) =>
        imported.GetProperty("subjects")[0].GetProperty("outcome").GetString()!;

    private static async Task Opened(string folder, string id)
    {
        await using SqliteRecords records = SqliteRecords.Open(folder, null, Catalogue.Known.Fold);
        var work = new Workspace(records);
        Instant now = SystemClock.Instance.GetCurrentInstant();
        work.Stage<Decision, DecisionEvent>(
            new Loaded<Decision>($"decision/{id}", 0, null),
            [
                new DecisionOpened(
                    now,
                    "speaker",
                    "families",
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
                    Duration.FromHours(48),
                    null,
                    null,
                    Origin.Reported,
                    Marking.Public
                ),
            ],
            "speaker"
        );
        Assert.IsType<Appended>(await work.Commit(null, TestContext.Current.CancellationToken));
    }

    private CommandLineRun Trust(string data, string key, string organisation) =>
        line.Run("peer", "trust", key, "--organisation", organisation, "--data", data);

    private string Key(string data) =>
        line.Run("peer", "list", "--data", data, "--json").Json.GetProperty("key").GetString()!;
}
