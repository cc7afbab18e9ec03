using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary><c>agreements import</c> and <c>export</c>, and <c>exchange</c>, as an operator runs them.</summary>
public sealed class AgreementsVerbTests : IDisposable
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

    private const string Agreements = """
        agreements:
          - id: fuel
            name: Fuel for exchanges
            kind: fuel-priority
            parties:
              - {name: The carrier, class: private-sector, organisation: carrier}
              - {name: The relief, class: civil-society, organisation: relief}
            places: [SD]
            action: Exchanges get fuel before other customers
            from: 2026-01-01T00:00:00Z
            signed: [carrier, relief]
            trigger: [{all: [{disruption: {within: SD, confirmed: true}}]}]
          - id: spares
            name: Spare parts
            kind: spare-parts
            parties:
              - {name: The carrier, class: private-sector, organisation: carrier}
              - {name: The relief, class: civil-society, organisation: relief}
            places: [SD]
            action: Spare parts are lent
            from: 2026-01-01T00:00:00Z
            trigger: [{all: [{agreement: repair}]}]
          - id: repair
            name: Repair
            kind: repair-access
            parties:
              - {name: The carrier, class: private-sector, organisation: carrier}
              - {name: The relief, class: civil-society, organisation: relief}
            places: [SD]
            action: Crews reach sites
            from: 2026-01-01T00:00:00Z
            trigger: [{all: [{agreement: spares}]}]
          - id: roaming
            name: Roaming
            kind: national-roaming
            parties:
              - {name: The carrier, class: private-sector, organisation: carrier}
              - {name: Another carrier, class: private-sector}
            places: [SD]
            action: Subscribers use either network
            from: 2026-01-01T00:00:00Z

        """;

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void A_file_is_proposed_once_and_what_is_refused_is_named()
    {
        Found();
        string file = _line.Write("agreements.yaml", Agreements);
        JsonElement first = Run("agreements", "import", file, "--for", "relief", "--json")
            .Done()
            .Json;
        Assert.Equal(
            "fuel",
            Assert.Single(first.GetProperty("proposed").EnumerateArray()).GetString()
        );
        Assert.Equal(
            "fuel",
            Assert.Single(first.GetProperty("signaturesNotTaken").EnumerateArray()).GetString()
        );
        string skipped = first.GetProperty("skipped").GetRawText();
        Assert.Contains(
            "'spares' is not taken: the triggers wait for each other",
            skipped,
            StringComparison.Ordinal
        );
        Assert.Contains("'repair' is not taken", skipped, StringComparison.Ordinal);
        Assert.Contains(
            "'roaming' is not taken: an organisation proposes",
            skipped,
            StringComparison.Ordinal
        );
        JsonElement again = Run("agreements", "import", file, "--for", "relief", "--json")
            .Done()
            .Json;
        Assert.Empty(again.GetProperty("proposed").EnumerateArray());
        Assert.Equal("fuel", Assert.Single(again.GetProperty("same").EnumerateArray()).GetString());
        Assert.Contains(
            "no vetted organisation",
            Run("agreements", "import", file, "--for", "nobody").Refusal(ExitCode.Refused),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_verbs_show_what_an_organisation_may_see_and_the_public_what_is_public()
    {
        Found();
        string file = _line.Write("agreements.yaml", Agreements);
        Run("agreements", "import", file, "--for", "relief").Done();
        Assert.Contains(
            "0 agreements, as the public may see them",
            Run("agreements", "list").Done().Output,
            StringComparison.Ordinal
        );
        string list = Run("agreements", "list", "--for", "families").Done().Output;
        Assert.Contains("2 of 2 parties did not answer", list, StringComparison.Ordinal);
        Assert.Contains("as families may see them", list, StringComparison.Ordinal);
        Assert.Equal("agreements: []\n", Run("agreements", "export").Done().Output);
        string written = Path.Combine(_line.Folder, "again.yaml");
        Run("agreements", "export", "--for", "relief", "--out", written).Done();
        _line.Run("agreements", "verify", written).Done();
        JsonElement again = Run("agreements", "import", written, "--for", "relief", "--json")
            .Done()
            .Json;
        Assert.Equal("fuel", Assert.Single(again.GetProperty("same").EnumerateArray()).GetString());
        Run("agreements", "gaps", "--country", "SD", "--for", "relief").Done();
        Run("agreements", "triggers", "--for", "relief").Done();
        Assert.Contains(
            "no vetted organisation",
            Run("agreements", "gaps", "--for", "nobody").Refusal(ExitCode.Usage),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_dry_run_proposes_nothing()
    {
        Found();
        string file = _line.Write("agreements.yaml", Agreements);
        Assert.Contains(
            "would propose: 1",
            Run("agreements", "import", file, "--for", "relief", "--dry-run").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "0 agreements",
            Run("agreements", "list", "--for", "relief").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_list_is_taken_once_with_its_source_its_licence_and_each_damaged_row()
    {
        Found();
        string list = _line.Write(
            "events.csv",
            "start_date,end_date,country,type,scope,url\n2024-02-02,,SD,shutdown,national,https://example.org/a\nno day,,SD,shutdown,national,https://example.org/b\n"
        );
        Assert.Contains(
            "--source is missing",
            Run("exchange", "import", list, "--as", "pulse-events").Refusal(ExitCode.Usage),
            StringComparison.Ordinal
        );
        string[] import =
        [
            "exchange",
            "import",
            list,
            "--as",
            "pulse-events",
            "--source",
            "https://example.org/list",
            "--licence",
            "CC-BY-4.0",
        ];
        JsonElement first = Run([.. import, "--json"]).Done().Json;
        Assert.True(first.GetProperty("isNew").GetBoolean());
        Assert.Equal(1, first.GetProperty("rows").GetInt32());
        Assert.Equal(
            "line 3",
            Assert
                .Single(first.GetProperty("faults").EnumerateArray())
                .GetProperty("at")
                .GetString()
        );
        Assert.Contains("nothing changed", Run(import).Done().Output, StringComparison.Ordinal);
        Assert.Contains(
            "there is no list",
            Run("exchange", "import", list, "--as", "pulse").Refusal(ExitCode.Usage),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "rows",
            Run("exchange", "import", list, "--as", "pulse-events", "--dry-run").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_node_gives_what_is_public_of_its_response_and_nothing_else()
    {
        Found();
        Assert.Contains(
            "no response that the public may know of",
            Run("exchange", "export", "--for", "etc", "--out", _line.Folder)
                .Refusal(ExitCode.Usage),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "only what is public",
            Run("exchange", "export", "--for", "etc", "--audience", "community")
                .Refusal(ExitCode.Refused),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task INV_13_An_exercise_is_refused_with_the_code_of_a_policy()
    {
        await Exercises.Founded.Do(
            _line.Data,
            new Exercises.ExerciseAsked(ExerciseSite.Sudan, ExerciseSite.Plan, 1),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(
            "exercise",
            Run("exchange", "export", "--for", "keepiton").Refusal(ExitCode.Refused),
            StringComparison.Ordinal
        );
    }

    private void Found() => Run("found", _line.Write("charter.json", Charter)).Done();

    private CommandLineRun Run(params string[] arguments) =>
        _line.Run([.. arguments, "--data", _line.Data]);
}
