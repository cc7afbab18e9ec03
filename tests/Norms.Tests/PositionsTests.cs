using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using CsCheck;
using Xunit;
using static Breakwater.Norms.Tests.DeterminingTests;

namespace Breakwater.Norms.Tests;

/// <summary>The second level: what can be held together where readings differ.</summary>
public sealed class PositionsTests
{
    [Fact]
    public void Where_one_reading_is_asked_the_grounded_answer_is_that_of_the_first_level() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values, Gen.Bool)
            .Sample(
                (pack, values, isClosed) =>
                {
                    foreach (Profile profile in pack.Profiles)
                    {
                        Assessed assessed = Assessed.Of(
                            Programme.Of(pack, AsOf.Undated, isClosed),
                            SmallPack.Sheet(values, isClosed),
                            [profile.Id]
                        );
                        PositionsFound found = PositionsFromFindings.Of(assessed, pack.Rules);
                        Assert.Equal(
                            assessed
                                .Findings.Where(finding => finding.Outcome.IsDeterminate())
                                .Select(finding => $"{finding.Rule.Id} {finding.Outcome}"),
                            found.Sceptical.Select(stand => $"{stand.Rule.Id} {stand.Outcome}")
                        );
                    }
                },
                iter: 1_000
            );

    [Fact]
    public void Every_body_holds_a_coherent_position_where_no_rules_conflict() =>
        Gen.Select(SmallPack.Packs, SmallPack.Values, Gen.Bool)
            .Sample(
                (pack, values, isClosed) =>
                {
                    Assessed assessed = SmallPack.Assess(pack, values, isClosed);
                    PositionsFound found = PositionsFromFindings.Of(assessed);
                    if (found.Positions.Count == 0)
                    {
                        return;
                    }

                    Assert.Equal(
                        assessed.Profiles.Order(),
                        found.Positions.SelectMany(position => position.Profiles).Distinct().Order()
                    );
                },
                iter: 1_000
            );

    [Fact]
    public void A_defence_that_one_reading_leaves_open_is_not_pleaded_on_it_whatever_another_reading_finds()
    {
        Assessed assessed = SmallPack.Assess(
            SmallPack.Pack(
                [
                    SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
                    {
                        Breach = SmallPack.Of("b"),
                        Exceptions = [new Defence("X", SmallPack.Of("t"), IgnoresUnknown: true)],
                    },
                ],
                new DerivedTerm(
                    "t",
                    SmallPack.Of("e"),
                    [new Stance("P", SmallPack.Day("2015"), Period.Always, SmallPack.Of("c"))],
                    Period.Always,
                    new PackLine("made.yaml", 1)
                )
            ),
            new Dictionary<string, Kleene>
            {
                ["a"] = Kleene.True,
                ["b"] = Kleene.True,
                ["c"] = Kleene.True,
                ["e"] = Kleene.Unknown,
            }
        );
        PositionsFound found = PositionsFromFindings.Of(assessed);
        Assert.Empty(found.Sceptical);
        Assert.Equal(
            ["Violated by baseline, Q", "Met by P"],
            found.Positions.Select(position =>
                $"{Assert.Single(position.Stands).Outcome} by {string.Join(", ", position.Profiles)}"
            )
        );
    }

    [Fact]
    public void A_body_whose_reading_leaves_a_contested_rule_open_holds_a_position_that_leaves_it_open()
    {
        Assessed assessed = SmallPack.Assess(
            SmallPack.Pack([
                SmallPack.Made(RuleKind.Duty, SmallPack.Of("a")) with
                {
                    Breach = SmallPack.Of("e"),
                    Stances =
                    [
                        new Stance("P", SmallPack.Day("2015"), Period.Always, SmallPack.Of("b")),
                        new Stance("Q", SmallPack.Day("2020"), Period.Always, SmallPack.Of("!b")),
                    ],
                },
            ]),
            new Dictionary<string, Kleene> { ["a"] = Kleene.True, ["b"] = Kleene.True }
        );
        CoherentPosition open = Assert.Single(
            PositionsFromFindings.Of(assessed).Positions,
            position => position.Profiles.Contains(LawPack.Baseline)
        );
        Assert.Equal([LawPack.Baseline], open.Profiles);
        Assert.Empty(open.Stands);
    }

    [Fact]
    public void A_remote_strike_that_only_disables_divides_the_bodies_and_each_position_names_who_holds_it()
    {
        Assessed assessed = Core(
            ("ctx.iac", true),
            ("op.nexus", true),
            ("obj.tangible", true),
            ("op.physical_damage", false),
            ("op.injury", false),
            ("op.loss_functionality", true),
            ("op.needs_repair", false),
            ("obj.mil_contribution", false),
            ("obj.war_sustaining", false),
            ("obj.definite_advantage", false)
        );
        PositionsFound found = PositionsFromFindings.Of(assessed);
        Assert.Null(found.Capped);
        CoherentPosition attack = Assert.Single(
            found.Positions,
            position => position.Profiles.Contains(LawPack.Baseline)
        );
        CoherentPosition none = Assert.Single(
            found.Positions,
            position => position.Profiles.Contains("TM2_majority")
        );
        Assert.Contains(
            attack.Stands,
            stand => stand is { Rule.Id: "IHL-DISTINCTION", Outcome: Outcome.Violated }
        );
        Assert.Contains(
            none.Stands,
            stand => stand is { Rule.Id: "IHL-DISTINCTION", Outcome: Outcome.NotApplicable }
        );
        Assert.DoesNotContain(found.Sceptical, stand => stand.Rule.Id == "IHL-DISTINCTION");
    }

    [Fact]
    public void A_power_of_telecommunication_law_against_expression_leaves_both_ways_to_prefer()
    {
        Assessed assessed = Core(
            ("act.state", true),
            ("state.hr_treaty", true),
            ("state.itu", true),
            ("jur.own_territory", true),
            ("m.restricts", true),
            ("m.intl_suspended", true),
            ("m.itu_notice", true),
            ("m.legal_basis", false)
        );
        PositionsFound found = PositionsFromFindings.Of(assessed);
        Assert.Contains(
            found.Positions,
            position =>
                position.Preferred.Any(words =>
                    words.StartsWith(
                        "ITU-35-SUSPEND goes before IHRL-19-LEGALITY",
                        StringComparison.Ordinal
                    )
                )
        );
        Assert.Contains(
            found.Positions,
            position =>
                position.Preferred.Any(words =>
                    words.StartsWith(
                        "IHRL-19-LEGALITY stands beside ITU-35-SUSPEND",
                        StringComparison.Ordinal
                    )
                )
        );
        // The power excuses nothing by itself: the shortfall stands in every position that finds the duty applicable.
        Assert.All(
            found.Positions.Where(position => position.Preferred.Count > 0),
            position =>
            {
                Assert.Empty(position.Profiles);
                Assert.Contains(
                    position.Stands,
                    stand => stand is { Rule.Id: "IHRL-19-LEGALITY", Outcome: Outcome.Violated }
                );
            }
        );
    }

    [Fact]
    public void Nothing_contested_gives_no_position() =>
        Assert.Empty(PositionsFromFindings.Of(Core(("m.restricts", false))).Positions);
}
