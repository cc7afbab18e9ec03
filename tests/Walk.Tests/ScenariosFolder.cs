using Breakwater.Feeds;

namespace Breakwater.Walk.Tests;

/// <summary>A folder of one's own on disk, made good and then changed; gone after the test.</summary>
internal sealed class ScenariosFolder : IDisposable
{
    public const string Good = """
        id: own
        title: A scenario of one's own
        origin: measured
        country: IR
        window:
          since: 2026-01-01T00:00:00Z
          until: 2026-01-10T00:00:00Z
        planAt: 2026-01-09T00:00:00Z
        asOf: 2026-01-10T00:00:00Z
        series:
          - file: series.csv
            format: ioda-csv
        populations:
          - place: IR
            low: 90000000
            high: 93000000
            source: a published estimate
        networkShares:
          - { network: One, place: IR, share: 0.4, source: a published estimate }
        stakeholders:
          - { id: satellite-operator, name: a satellite operator, class: private-sector }
        clearances:
          - { id: import, kind: import, authority: a customs office, answer: no-answer, source: own }
        budgetUsd: 1000
        offers:
          - id: terminals
            stakeholder: satellite-operator
            asset: Satellite terminal
            quantity: 5
            peoplePerUnit: 100
            service: web
            usableShare: 0.5
            unitCostUsd: 500
            leadDays: 3
            clearances: [import]
            source: own
        consentParties: [a regulator]
        script:
          - { at: 2026-01-09T01:00:00Z, by: satellite-operator, on: plan, stand: support, reason: ready }
          - { at: 2026-01-09T02:00:00Z, by: satellite-operator, offer: terminals, step: pledged, proof: letter }
          - { at: 2026-01-09T03:00:00Z, party: a regulator, answer: no-answer, reason: silence }
        """;

    public string Path { get; } = Directory.CreateTempSubdirectory("breakwater-scenario-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public void Write(string name, string text) =>
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public ScenarioRead Read(string yaml)
    {
        Write("series.csv", "\"Time (UTC)\",\"BGP (#Visible /24s)\"\n");
        Write(ScenarioReader.FileName, yaml);
        return ScenarioReader.Read(Path);
    }
}
