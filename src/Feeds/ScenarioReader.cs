using System.Text;
using Breakwater.Feeds.Yaml;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds;

/// <summary>Reads a scenario folder. Every fault is found and named by line; a scenario comes out only when there is none.</summary>
public static class ScenarioReader
{
    public const string FileName = "scenario.yaml";

    /// <summary>A scenario that people write by hand is below 100 KB.</summary>
    public const long MaxScenarioBytes = 1024 * 1024;

    public const long MaxSeriesBytes = 256L * 1024 * 1024;

    public const long MaxReportsBytes = 16L * 1024 * 1024;

    /// <summary>Shapes are coarse on purpose; a page embeds them.</summary>
    public const long MaxOutlineBytes = 1024 * 1024;

    public const long MaxProvenanceBytes = 256 * 1024;

    /// <param name="path">The folder, or its <c>scenario.yaml</c>.</param>
    public static ScenarioRead Read(string path)
    {
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? ".";
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        FileRead read = Files.Read(file, MaxScenarioBytes);
        if (read.File is not { } definition)
        {
            return new ScenarioRead(null, [read.Fault!]);
        }

        var faults = new FaultList(definition.Name);
        YamlNode? root = YamlTree.Read(definition, faults);
        if (root is YamlMap map)
        {
            var scenarioFolder = new ScenarioFolder(folder, definition, faults);
            Scenario scenario = Build(new Fields(map, "", faults), scenarioFolder);
            if (faults.Count == 0)
            {
                return new ScenarioRead(scenario, []);
            }
        }
        else if (root is not null)
        {
            faults.Add(root.Line, "holds no keys", "Write the keys that scenarios/README.md lists");
        }

        return new ScenarioRead(null, faults.InOrder());
    }

    private static Scenario Build(Fields root, ScenarioFolder folder)
    {
        string id = root.Text("id");
        if (
            id.Length > 64
            || id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
        )
        {
            root.Fault(
                "id",
                "'id' has other characters than a-z, 0-9 and -, or more than 64",
                "Write it like sudan-2024-02"
            );
        }

        if (!root.Has("title"))
        {
            root.Missing("title", "a text");
        }

        Origin origin = root.RequiredWord<Origin>("origin");
        Place country = About(root);

        var sections = new ScenarioSections(root, folder, origin, country);
        Dictionary<string, string> title = root.Languages("title");
        Dictionary<string, string> summary = root.Languages("summary");
        (TimeWindow window, var planAt, var asOf) = sections.Times();
        IReadOnlyList<ScenarioSeries> series = sections.Series();
        IReadOnlyList<ClaimSignal> claims = sections.Claims();
        IReadOnlyList<AssertionSignal> law = sections.Law();
        var people = new ScenarioPeople(root, folder, origin, country);
        IReadOnlyList<Population> populations = people.Populations();
        IReadOnlyList<NetworkShare> shares = people.NetworkShares();
        IReadOnlyList<Site> sites = people.Sites();
        HashSet<string> networks =
        [
            .. shares.Select(share => share.Network),
            .. series
                .Where(one => one.Columns is { ColumnsAreNetworks: true })
                .SelectMany(one => one.Columns!.ValueColumns),
        ];
        var offers = new ScenarioOffers(root, folder, origin, country, networks);
        IReadOnlyList<Stakeholder> stakeholders = offers.Stakeholders();
        IReadOnlyList<Clearance> clearances = offers.Clearances();
        IReadOnlyList<Offer> offered = offers.Offers(stakeholders, clearances);
        var script = new ScenarioScript(root, folder);
        IReadOnlyList<string> parties = script.ConsentParties();
        var beside = new ScenarioCases(root, folder, origin, stakeholders);
        IReadOnlyList<ScenarioCase> cases = beside.Cases();
        IReadOnlyList<ScenarioQuestion> questions = beside.Questions(cases);
        IReadOnlyList<ScenarioMission> missions = beside.Missions(offered, clearances);
        var scenario = new Scenario
        {
            Id = id,
            Title = title,
            Summary = summary,
            Origin = origin,
            Place = country,
            Window = window,
            PlanAt = planAt,
            AsOf = asOf,
            Seed = (int)(root.Whole("seed", 0, int.MaxValue) ?? 0),
            Series = series,
            Reports = sections.Reports(),
            ReportsOrigin = root.Word<Origin>("reportsOrigin") ?? origin,
            Inputs = sections.Inputs(),
            Claims = claims,
            Circumstances = sections.Circumstances(),
            Law = law,
            Populations = populations,
            NetworkShares = shares,
            Sites = sites,
            Stakeholders = stakeholders,
            Clearances = clearances,
            Offers = offered,
            BudgetUsd = root.Money("budgetUsd") ?? 0,
            BudgetSource = root.TextOrNull("budgetSource") ?? "not stated",
            // Three of the seven classes: enough that no two alone decide, reachable on the first day.
            QuorumClasses = (int)(root.Whole("quorumClasses", 2, 7) ?? 3),
            ConsentParties = parties,
            Questions = questions,
            Cases = cases,
            Missions = missions,
            Script = script.Entries(stakeholders, offered, parties, questions, cases, missions),
            Funding = offers.Funding(),
            Outline = ScenarioOutline.Read(root, folder),
            Provenance = Provenance(folder),
            Files = folder.Read,
            Evidence = folder.Evidence,
        };
        root.Close();
        return scenario;
    }

    /// <summary>A country; or, for what lies in none, a function of core resources.</summary>
    private static Place About(Fields root)
    {
        Place? named = root.Place("function");
        if (!root.Has("function"))
        {
            Place country = root.RequiredPlace("country");
            if (root.Has("country") && (country.Country is null || country.Area is not null))
            {
                root.Fault("country", "'country' is not a country", "Write two letters, as in SD");
            }

            return country;
        }

        Place function = named ?? new Place();
        if (named is { IsCoreResource: false })
        {
            root.Fault(
                "function",
                "'function' is no function of core resources",
                "Write rir:afrinic, or .xx for a top-level domain; for a country write 'country'"
            );
        }

        if (root.Has("country"))
        {
            root.Fault(
                "country",
                "a function of core resources lies in no country",
                "Keep 'function' or 'country'"
            );
        }

        return function;
    }

    private static string? Provenance(ScenarioFolder folder) =>
        folder.OpenOptional("PROVENANCE.md", MaxProvenanceBytes) is { } file
            ? Encoding.UTF8.GetString(file.Content.Span)
            : null;
}
