using System.Text.RegularExpressions;
using Breakwater.Feeds;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>Good and bad twins: one line of a good scenario is changed, and the fault names that line.</summary>
public sealed class ScenariosRefused : IDisposable
{
    private const string Good = ScenariosFolder.Good;

    private readonly ScenariosFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_scenario_of_ones_own_is_read()
    {
        ScenarioRead read = Read(Good);
        Assert.Empty(read.Faults.Select(fault => fault.ToString()));
        Assert.Equal("A scenario of one's own", read.Scenario!.Title["en"]);
        Assert.Equal(3, read.Scenario.Script!.Count);
    }

    [Fact]
    public void Only_nine_keys_are_required_and_without_script_nobody_has_decided()
    {
        string small = Good[..Good.IndexOf("networkShares", StringComparison.Ordinal)];
        ScenarioRead read = Read(small);
        Assert.Empty(read.Faults.Select(fault => fault.ToString()));
        Assert.Null(read.Scenario!.Script);
        Assert.Empty(read.Scenario.Offers);
    }

    [Theory]
    [InlineData("title: A", "titel: A", 2, "unknown key 'titel'", "Did you mean 'title'?")]
    [InlineData(
        "quantity: 5",
        "quantitty: 5",
        29,
        "unknown key 'quantitty' in offers[0]",
        "Did you mean 'quantity'?"
    )]
    [InlineData(
        "  since: 2026-01-01",
        "  since: 2026-02-01",
        7,
        "'until' is not after 'since'",
        "Swap them"
    )]
    [InlineData(
        "  since: 2026-01-01T00:00:00Z",
        "  since: 2026-01-01T00:00:00",
        6,
        "no time of day with zone",
        "with Z"
    )]
    [InlineData(
        "  since: 2026-01-01T00:00:00Z",
        "  since: 2026-01-01",
        6,
        "no time of day with zone",
        "with Z"
    )]
    [InlineData(
        "planAt: 2026-01-09",
        "planAt: 2026-03-09",
        8,
        "'planAt' is outside the window",
        "Choose a time"
    )]
    [InlineData(
        "asOf: 2026-01-10",
        "asOf: 2026-01-08",
        9,
        "'asOf' is before 'planAt'",
        "A report comes after"
    )]
    [InlineData("quantity: 5", "quantity: -5", 29, "which is negative", "whole number from 0")]
    [InlineData("quantity: 5", "quantity: five", 29, "not a whole number: 'five'", "digits")]
    [InlineData("budgetUsd: 1000", "budgetUsd: -1", 24, "which is negative", "0 or more")]
    [InlineData("usableShare: 0.5", "usableShare: 1.5", 32, "outside 0 to 1", "from 0 to 1")]
    [InlineData("share: 0.4", "share: -0.4", 19, "outside 0 to 1", "from 0 to 1")]
    [InlineData(
        "    stakeholder: satellite-operator",
        "    stakeholder: satelite-operator",
        27,
        "there is no stakeholder 'satelite-operator'",
        "Did you mean 'satellite-operator'?"
    )]
    [InlineData(
        "clearances: [import]",
        "clearances: [imports]",
        35,
        "there is no clearance 'imports'",
        "Did you mean 'import'?"
    )]
    [InlineData(
        "offer: terminals",
        "offer: terminal",
        40,
        "there is no offer 'terminal'",
        "Did you mean 'terminals'?"
    )]
    [InlineData(
        "party: a regulator",
        "party: a regulatr",
        41,
        "there is no consent party 'a regulatr'",
        "Did you mean 'a regulator'?"
    )]
    [InlineData(
        "stand: support",
        "stand: suport",
        39,
        "'stand' is 'suport'",
        "Did you mean 'support'?"
    )]
    [InlineData(
        "at: 2026-01-09T02",
        "at: 2026-01-08T02",
        40,
        "'at' is before the entry above",
        "Order the script"
    )]
    [InlineData(
        "file: series.csv",
        "file: other.csv",
        11,
        "there is no such file",
        "Check the path"
    )]
    [InlineData(
        "file: series.csv",
        "file: ../series.csv",
        11,
        "leads out of the scenario folder",
        "Copy the file"
    )]
    [InlineData(
        "file: series.csv",
        "file: /etc/hostname",
        11,
        "leads out of the scenario folder",
        "Copy the file"
    )]
    [InlineData(
        "format: ioda-csv",
        "format: ioda-cvs",
        12,
        "'format' is 'ioda-cvs'",
        "Did you mean 'ioda-csv'?"
    )]
    [InlineData("country: IR", "country: Iran", 4, "'country' is not a place", "country code")]
    [InlineData("    high: 93000000", "    high: 9", 16, "'high' is below 'low'", "Swap")]
    [InlineData(
        "    high: 93000000",
        "    high: null",
        15,
        "only one of 'low' and 'high'",
        "Give both"
    )]
    [InlineData("  - place: IR", "  - place: IQ", 14, "IQ is not in IR", "Write IR")]
    [InlineData(
        "origin: measured",
        "origin: guessed",
        3,
        "'origin' is 'guessed'",
        "Known: measured"
    )]
    [InlineData("id: own\n", "id: Own One\n", 1, "other characters", "sudan-2024-02")]
    [InlineData(
        "asOf: 2026-01-10T00:00:00Z\n",
        "",
        1,
        "required key 'asOf' is missing",
        "Add asOf"
    )]
    [InlineData(
        "id: own\n",
        "id: own\nlaw: [{ fact: ctx.niac, stated: 2023, source: a source }]\n",
        2,
        "required key 'value' in law",
        "Add value"
    )]
    [InlineData("id: own\n", "id: own\nid: own\n", 2, "key 'id' stands twice", "Remove")]
    [InlineData("id: own\n", "id: &a own\n", 1, "anchor", "Write the value out")]
    [InlineData(
        "class: private-sector }",
        "class: private-sector",
        21,
        "is not YAML",
        "Check indentation"
    )]
    public void A_bad_line_is_named_with_what_is_wrong_and_what_to_do(
        string good,
        string bad,
        int line,
        string reason,
        string remedy
    )
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        ScenarioRead read = Read(Good.Replace(good, bad, StringComparison.Ordinal));
        Assert.Null(read.Scenario);
        string all = string.Join('\n', read.Faults);
        Assert.Matches(
            $"(?m)^scenario.yaml: line {line}: .*{Regex.Escape(reason)}.*{Regex.Escape(remedy)}",
            all
        );
        Assert.All(read.Faults, fault => Assert.DoesNotContain('\n', fault.ToString()));
    }

    [Fact]
    public void All_faults_are_reported_not_only_the_first()
    {
        string bad = Good.Replace("title: A", "titel: A", StringComparison.Ordinal)
            .Replace("quantity: 5", "quantity: -5", StringComparison.Ordinal)
            .Replace("file: series.csv", "file: other.csv", StringComparison.Ordinal)
            .Replace("step: pledged", "step: promised", StringComparison.Ordinal);
        ScenarioRead read = Read(bad);
        Assert.Equal(
            ["line 1", "line 2", "line 11", "line 29", "line 40"],
            read.Faults.Select(fault => fault.At)
        );
    }

    [Fact]
    public void The_same_people_are_not_counted_twice()
    {
        string twice = Good.Replace(
            "networkShares:",
            "  - { place: IR/Tehran, low: 1, high: 2, source: own }\nnetworkShares:",
            StringComparison.Ordinal
        );
        Assert.Contains(
            "counts the same people",
            Assert.Single(Read(twice).Faults).Reason,
            StringComparison.Ordinal
        );
        string beside = twice.Replace("low: 1,", "used: false, low: 1,", StringComparison.Ordinal);
        Assert.Empty(Read(beside).Faults);
    }

    [Fact]
    public void Two_offers_with_one_id_are_refused()
    {
        string offer = Good[
            Good.IndexOf("  - id: terminals", StringComparison.Ordinal)..Good.IndexOf(
                "consentParties",
                StringComparison.Ordinal
            )
        ];
        ScenarioRead read = Read(Good.Replace(offer, offer + offer, StringComparison.Ordinal));
        Assert.Equal(
            "offers[1]: offer 'terminals' stands twice",
            Assert.Single(read.Faults).Reason
        );
    }

    private ScenarioRead Read(string yaml) => folder.Read(yaml);
}
