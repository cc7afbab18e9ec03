using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Decisions;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Missions;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Walk.Tests;

public sealed partial class ScenariosBundled
{
    /// <summary>The anchors as published: time, probing, BGP, search; a search value of -1 is published as missing.</summary>
    private static readonly (string At, double Probing, double Bgp, double Search)[] IranAnchors =
    [
        ("2026-01-08 12:00", 94.2, 99.8, 72.4),
        ("2026-01-08 16:00", 90.2, 99.8, 65.3),
        ("2026-01-08 16:30", 53.3, 99.8, 64.0),
        ("2026-01-08 17:00", 6.6, 99.8, 65.2),
        ("2026-01-08 18:00", 3.8, 92.3, 57.7),
        ("2026-01-08 19:00", 3.4, 87.1, 7.7),
        ("2026-01-08 21:00", 3.4, 86.5, 1.6),
        ("2026-01-09 08:30", 3.4, 86.8, 1.8),
        ("2026-01-09 09:00", 3.4, 99.2, 1.9),
        ("2026-01-11 12:00", 3.4, 97.9, 1.7),
        ("2026-01-12 05:00", 3.5, 90.3, 1.6),
        ("2026-01-12 07:00", 3.4, 90.2, 1.7),
        ("2026-01-12 08:00", 3.5, 96.4, 1.7),
        ("2026-01-18 12:00", 3.9, 94.3, 1.9),
        ("2026-01-18 13:30", 3.9, 94.5, 90.9),
        ("2026-01-24 07:00", 3.3, 99.4, 80.7),
        ("2026-01-24 08:00", 18.5, 99.4, 91.0),
        ("2026-01-24 08:30", 3.3, 99.4, 82.3),
        ("2026-01-26 23:00", 3.4, 99.1, 37.0),
        ("2026-01-27 00:00", 24.7, 99.1, 24.1),
        ("2026-01-27 06:00", 37.9, 99.2, 67.7),
        ("2026-01-27 09:30", 83.4, 99.2, 77.5),
        ("2026-01-29 15:30", 95.1, 99.3, -1),
    ];

    /// <summary>Capitalised words that a role may contain: places, not organisations.</summary>
    private static readonly string[] PlaceWords = ["Port", "Sudan", "Khartoum", "Gaza"];

    public static TheoryData<string> Ids => [.. BundledScenarios.List()];

    [Fact]
    public void Six_event_scenarios_stand_beside_the_executable() =>
        Assert.Equal(
            [
                "afrinic-2025",
                "gaza-2023-10",
                "iran-2026-01",
                "sudan-2024-02",
                "telegram-india-2026-06",
                "tonga-2022-01",
            ],
            BundledScenarios.List()
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_bundled_scenario_verifies_without_fault(string id)
    {
        ScenarioRead read = BundledScenarios.Read(id);
        Assert.Empty(read.Faults.Select(fault => fault.ToString()));
        Assert.Equal(id, read.Scenario!.Id);
        Assert.Equal(Origin.Reconstructed, read.Scenario.Origin);
        Assert.Contains("reconstruction", read.Scenario.Title["en"], StringComparison.Ordinal);
        Assert.Equal(["ar", "en", "fr"], read.Scenario.Title.Keys.Order(StringComparer.Ordinal));
        Assert.NotNull(read.Scenario.Provenance);
        // What lies in no country has no shape either.
        Assert.Equal(read.Scenario.Country is not null, read.Scenario.Outline is not null);
        Assert.All(
            read.Scenario.Files,
            file => Assert.True(file.Content.Length < 300_000, file.Name)
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Reading_twice_gives_the_same_files_and_claims(string id)
    {
        Scenario one = BundledScenarios.Read(id).Scenario!;
        Scenario two = BundledScenarios.Read(id).Scenario!;
        Assert.Equal(one.Files.Select(file => file.Sha256), two.Files.Select(file => file.Sha256));
        Assert.Equal(one.Claims.Select(claim => claim.Id), two.Claims.Select(claim => claim.Id));
        Assert.Equal(one.Claims.Count, one.Claims.Select(claim => claim.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Stakeholders_are_roles_and_never_named_organisations(string id)
    {
        Scenario scenario = BundledScenarios.Read(id).Scenario!;
        IEnumerable<string> roles = scenario
            .Stakeholders.Select(stakeholder => stakeholder.Name)
            .Concat(scenario.ConsentParties)
            .Concat(scenario.Clearances.Select(clearance => clearance.Authority));
        Assert.All(
            roles,
            role =>
            {
                Assert.Matches("^(a|an|the) ", role);
                Assert.All(
                    Capitalised().Matches(role),
                    word => Assert.Contains(word.Value, PlaceWords)
                );
            }
        );
        // An asset may begin with a capital and name a place; any other capitalised word would be a brand.
        Assert.All(
            scenario.Offers,
            offer =>
                Assert.All(
                    Capitalised().Matches(offer.Asset[1..]),
                    word =>
                        Assert.Contains(
                            word.Value,
                            (string[])[.. PlaceWords, "Wi", "Fi", "SIM", "SIMs"]
                        )
                )
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_party_asked_for_consent_has_an_answer_and_the_quorum_needs_no_authority(
        string id
    )
    {
        Scenario scenario = BundledScenarios.Read(id).Scenario!;
        // A State may ask for help itself; nothing waits for it.
        Assert.Equal(
            id == "tonga-2022-01",
            scenario.Stakeholders.Any(one => one.Class == StakeholderClass.Government)
        );
        Assert.Equal(
            scenario.ConsentParties.Order(StringComparer.Ordinal),
            scenario
                .Script!.OfType<ScriptedConsent>()
                .Select(consent => consent.Party)
                .Order(StringComparer.Ordinal)
        );
        Dictionary<string, StakeholderClass> classes = scenario.Stakeholders.ToDictionary(
            s => s.Id,
            s => s.Class
        );
        foreach (string on in (string[])["activation", "plan"])
        {
            ScriptedPosition[] positions =
            [
                .. scenario.Script!.OfType<ScriptedPosition>().Where(p => p.On == on),
            ];
            Assert.True(
                (on == "plan" && scenario.Offers.Count == 0)
                    || positions
                        .Where(p => p.Stand != "recuse")
                        .Select(p => classes[p.By])
                        .Where(each => each != StakeholderClass.Government)
                        .Distinct()
                        .Count() >= scenario.QuorumClasses
            );
        }

        Assert.Contains(
            scenario.Script!.OfType<ScriptedPosition>(),
            p => p.On != "activation" && p.Stand == "object"
        );
    }

    [Fact]
    public void Every_state_of_Sudan_has_its_place_code_with_leading_zeros()
    {
        Scenario sudan = BundledScenarios.Read("sudan-2024-02").Scenario!;
        string[] expected = [.. Enumerable.Range(1, 18).Select(n => $"SD{n:00}")];
        foreach (
            PopulationGroup group in (PopulationGroup[])
                [PopulationGroup.Residents, PopulationGroup.Displaced]
        )
        {
            Assert.Equal(
                expected,
                sudan.Populations.Where(p => p.IsUsed && p.Group == group).Select(p => p.Pcode)
            );
        }

        string[] capitals = [.. sudan.Outline!.Points.Select(point => point.Place.Key)];
        Assert.All(
            sudan.Populations.Where(p => p.Place.Area is not null),
            p => Assert.Contains(p.Place.Key, capitals)
        );
    }

    [Fact]
    public void Figures_that_disagree_stand_side_by_side()
    {
        Scenario sudan = BundledScenarios.Read("sudan-2024-02").Scenario!;
        Population national = Assert.Single(
            sudan.Populations,
            p => p is { Place.Key: "SD", Name: "Sudan", Group: PopulationGroup.Residents }
        );
        Assert.False(national.IsUsed);
        Assert.Equal(CountRange.Exactly(50_000_000), national.Count);
        Population responders = Assert.Single(
            sudan.Populations,
            p => p.Group == PopulationGroup.Responders
        );
        Assert.Null(responders.Count);
        Assert.Contains(
            sudan.Claims,
            c => c.Claim.Wording.Contains("30 million", StringComparison.Ordinal)
        );
        Assert.Contains(
            sudan.Claims,
            c => c.Claim.Wording.Contains("14 million", StringComparison.Ordinal)
        );
        Assert.Equal(
            [Actor.NonStateGroup, Actor.State, Actor.Unknown],
            sudan
                .Claims.Select(c => c.Claim.Actor)
                .Distinct()
                .OrderBy(a => a.ToString(), StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_anchors_of_Iran_hold_exactly()
    {
        Dictionary<string, string[]> rows = Rows("iran-2026-01", 0, "\"");
        Assert.Equal(2048, rows.Count);
        foreach ((string at, double probing, double bgp, double search) in IranAnchors)
        {
            string[] row = rows[at + ":00"];
            Assert.Equal(probing, Number(row[4]));
            Assert.Equal(bgp, Number(row[3]));
            Assert.Equal(search, row[1].Length == 0 ? -1 : Number(row[1]));
        }

        Assert.Equal("", rows["2026-01-10 12:00:00"][2]);
        Assert.Equal("", rows["2026-01-10 12:30:00"][5]);
    }

    [Fact]
    public void The_operators_of_Sudan_fall_in_steps_and_one_comes_back_in_part()
    {
        Dictionary<string, string[]> rows = Rows("sudan-2024-02", 0, "");
        Assert.All(rows["2024-02-04T18:00:00Z"][1..], value => Assert.True(Number(value) > 90));
        Assert.Equal(
            [true, false, true],
            rows["2024-02-05T18:00:00Z"][1..].Select(v => Number(v) > 90)
        );
        Assert.Equal(
            [true, false, false],
            rows["2024-02-06T18:00:00Z"][1..].Select(v => Number(v) > 90)
        );
        Assert.All(rows["2024-02-07T18:00:00Z"][1..], value => Assert.True(Number(value) < 5));
        Assert.True(Number(rows["2024-02-12T00:00:00Z"][3]) < 5);
        Assert.True(Number(rows["2024-02-12T12:00:00Z"][3]) > 10);
        Assert.True(Number(rows["2024-04-11T18:00:00Z"][2]) < 5);
        Assert.Equal("", rows["2024-04-12T00:00:00Z"][2]);
        Assert.Equal("", rows["2024-03-02T00:00:00Z"][1]);
    }

    [Fact]
    public void The_words_of_a_script_are_those_of_decisions()
    {
        Assert.Equal(Kebab<Stand>(), ScenarioScript.Stands);
        Assert.Equal(Kebab<Consent>(), ScenarioScript.Answers);
        Assert.Equal(Kebab<CommitmentState>(), ScenarioScript.Steps);
        Assert.Equal(Kebab<ContinuityType>(), ScenarioCases.Types);
        Assert.Equal(Kebab<FunctionState>(), ScenarioLines.FunctionStates);
        Assert.Equal(Kebab<ItemAnswered>(), ScenarioLines.ItemAnswers);
        Assert.Equal(Kebab<MissionPurpose>(), ScenarioCases.Purposes);
        Assert.Subset(Kebab<MeasureState>().ToHashSet(), ScenarioLines.MeasureStates.ToHashSet());
        Assert.Subset(Kebab<AppealState>().ToHashSet(), ScenarioLines.Hearings.ToHashSet());
        Assert.Subset(Kebab<DecisionKind>().ToHashSet(), ScenarioCases.QuestionKinds.ToHashSet());
        Assert.Subset(
            Kebab<NotificationAnswer>().ToHashSet(),
            ScenarioLines.NoticeAnswers.ToHashSet()
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_file_the_walk_needs_is_named_with_its_hash_and_line(string id)
    {
        Scenario scenario = BundledScenarios.Read(id).Scenario!;
        string[] hashes = [.. scenario.Files.Select(file => file.Sha256)];
        Assert.All(
            scenario.Offers,
            offer => Assert.Contains(scenario.Evidence[$"offers/{offer.Id}"].Sha256, hashes)
        );
        Assert.All(scenario.Script!, entry => Assert.Contains(entry.Evidence.Sha256, hashes));
        Assert.All(
            scenario.Script!.Zip(scenario.Script!.Skip(1)),
            pair => Assert.True(pair.First.At <= pair.Second.At)
        );
    }

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Capitalised();

    private static string[] Kebab<T>()
        where T : struct, Enum =>
        [
            .. Enum.GetNames<T>()
                .Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName),
        ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, string[]> Rows(string id, int series, string quote)
    {
        Scenario scenario = BundledScenarios.Read(id).Scenario!;
        return Encoding
            .UTF8.GetString(scenario.Series[series].File.Content.Span)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(row => quote.Length == 0 ? row[0] : row[0].Trim(quote[0]));
    }
}
