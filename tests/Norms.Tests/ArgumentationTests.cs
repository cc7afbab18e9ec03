using Breakwater.Norms.Argumentation;
using Xunit;
using static Breakwater.Norms.Argumentation.Literal;
using static Breakwater.Norms.Argumentation.Rule;

namespace Breakwater.Norms.Tests;

/// <summary>Examples of the literature, and what preferences do when they are disputed themselves.</summary>
public sealed class ArgumentationTests
{
    private static readonly Literal _a = Claim("a");
    private static readonly Literal _b = Claim("b");
    private static readonly Literal _c = Claim("c");

    [Fact]
    public void What_premises_and_undisputed_rules_give_is_in()
    {
        Acceptance acceptance = Weigh([_a], [Strict("s", [_a], _b), Defeasible("d", [_b], _c)]);
        Assert.Equal(Label.In, acceptance.Grounded![_c]);
        Assert.Single(acceptance.Preferred!);
        Assert.Null(acceptance.Capped);
    }

    [Fact]
    public void What_nobody_argues_for_is_neither_in_nor_out()
    {
        Acceptance acceptance = Weigh([], [Defeasible("d", [_a], _b)]);
        Assert.Empty(acceptance.Arguments);
        Assert.Null(acceptance.Grounded![_b]);
    }

    [Fact]
    public void Nixon_is_a_pacifist_or_not_and_nobody_can_say_which()
    {
        Acceptance acceptance = Weigh(
            [Claim("quaker"), Claim("republican")],
            [
                Defeasible("q", [Claim("quaker")], Claim("pacifist")),
                Defeasible("r", [Claim("republican")], !Claim("pacifist")),
            ]
        );
        Assert.Equal(Label.Undecided, acceptance.Grounded![Claim("pacifist")]);
        Assert.Equal(
            ["pacifist, quaker, republican", "not pacifist, quaker, republican"],
            Positions(acceptance)
        );
    }

    [Fact]
    public void A_preference_that_nobody_disputes_settles_a_rebuttal()
    {
        Acceptance acceptance = Weigh(
            [],
            [.. Rival("x", "y"), Defeasible("p", [], Prefers("x", "y"))]
        );
        Assert.Equal(Label.In, acceptance.Grounded![_a]);
        Assert.Equal(Label.Out, acceptance.Grounded[!_a]);
    }

    [Fact]
    public void A_preference_against_its_reverse_leaves_both_positions()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                .. Rival("x", "y"),
                Defeasible("p", [], Prefers("x", "y")),
                Defeasible("q", [], Prefers("y", "x")),
            ]
        );
        Assert.Equal(Label.Undecided, acceptance.Grounded![_a]);
        Assert.Equal(["a, x over y", "not a, y over x"], Positions(acceptance));
    }

    [Fact]
    public void A_preference_between_preferences_settles_them_and_what_they_are_about()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                .. Rival("x", "y"),
                Defeasible("p", [], Prefers("x", "y")),
                Defeasible("q", [], Prefers("y", "x")),
                Defeasible("t", [], Prefers("q", "p")),
            ]
        );
        Assert.Equal(Label.In, acceptance.Grounded![!_a]);
        Assert.Equal(Label.Out, acceptance.Grounded[Prefers("x", "y")]);
    }

    [Fact]
    public void A_preference_that_is_undercut_settles_nothing()
    {
        Acceptance acceptance = Weigh(
            [_b],
            [
                .. Rival("x", "y"),
                Defeasible("p", [], Prefers("x", "y")),
                Defeasible("u", [_b], !Applies("p")),
            ]
        );
        Assert.Equal(Label.Undecided, acceptance.Grounded![_a]);
        Assert.Equal(Label.Out, acceptance.Grounded[Prefers("x", "y")]);
        Assert.Equal(2, acceptance.Preferred!.Count);
    }

    [Fact]
    public void A_preference_that_is_denied_settles_something_in_one_position_only()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                .. Rival("x", "y"),
                Defeasible("p", [], Prefers("x", "y")),
                Defeasible("n", [], !Prefers("x", "y")),
            ]
        );
        Assert.Equal(
            ["a, not x over y", "a, x over y", "not a, not x over y"],
            Positions(acceptance).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Preferences_do_not_stop_an_undercutter()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                Defeasible("x", [], _a),
                Defeasible("u", [], !Applies("x")),
                Defeasible("p", [], Prefers("x", "u")),
            ]
        );
        Assert.Equal(Label.Out, acceptance.Grounded![_a]);
    }

    [Fact]
    public void Whoever_is_defended_is_reinstated()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                Defeasible("x", [], _a),
                Defeasible("u", [], !Applies("x")),
                Defeasible("v", [], !Applies("u")),
            ]
        );
        Assert.Equal(Label.In, acceptance.Grounded![_a]);
        Assert.Equal(Label.Out, acceptance.Grounded[!Applies("x")]);
    }

    [Fact]
    public void An_odd_loop_leaves_all_undecided()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                Defeasible("x", [], !Applies("y")),
                Defeasible("y", [], !Applies("z")),
                Defeasible("z", [], !Applies("x")),
            ]
        );
        Labelling only = Assert.Single(acceptance.Preferred!);
        Assert.All(only.Arguments, label => Assert.Equal(Label.Undecided, label));
    }

    [Fact]
    public void A_rule_that_undercuts_itself_is_undecided()
    {
        Acceptance acceptance = Weigh([], [Defeasible("x", [], !Applies("x"))]);
        Labelling only = Assert.Single(acceptance.Preferred!);
        Assert.Equal(Label.Undecided, only[!Applies("x")]);
    }

    [Fact]
    public void An_even_loop_has_a_position_for_each_way_around()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                Defeasible("x", [], !Applies("y")),
                Defeasible("y", [], !Applies("z")),
                Defeasible("z", [], !Applies("w")),
                Defeasible("w", [], !Applies("x")),
            ]
        );
        Assert.Equal(Label.Undecided, acceptance.Grounded![!Applies("y")]);
        Assert.Equal(2, acceptance.Preferred!.Count);
    }

    /// <summary>
    /// The married bachelor of Caminada and Amgoud 2007. Strict conclusions are attacked below them only, and without transposition nothing
    /// does: both stand, and the contradiction is told.
    /// </summary>
    [Fact]
    public void The_married_bachelor_stands_with_his_contradiction_until_rules_are_transposed()
    {
        Literal married = Claim("married");
        Literal bachelor = Claim("bachelor");
        Literal wife = Claim("has wife");
        Rule[] rules =
        [
            Defeasible("ring", [Claim("wears ring")], married),
            Defeasible("party", [Claim("party animal")], bachelor),
            Strict("m", [married], wife),
            Strict("b", [bachelor], !wife),
        ];
        Literal[] premises = [Claim("wears ring"), Claim("party animal")];
        Labelling plain = Weigh(premises, rules).Grounded!;
        Assert.Equal((wife, !wife), Assert.Single(plain.Contradictions));

        Acceptance transposed = Weigh(
            premises,
            [.. rules, Strict("m'", [!wife], !married), Strict("b'", [wife], !bachelor)]
        );
        Assert.Equal(Label.Undecided, transposed.Grounded![wife]);
        Assert.Equal(2, transposed.Preferred!.Count);
        Assert.All(transposed.Preferred, position => Assert.Empty(position.Contradictions));
    }

    [Fact]
    public void A_tandem_carries_two_of_three()
    {
        Literal[] riders = [Claim("ann"), Claim("bob"), Claim("cem")];
        Acceptance acceptance = Weigh(
            [],
            [
                .. riders.Select(rider => Defeasible($"{rider} wants", [], rider)),
                .. riders.Select(rider =>
                    Strict($"{rider} stays", [.. riders.Where(other => other != rider)], !rider)
                ),
            ]
        );
        Assert.All(riders, rider => Assert.Equal(Label.Undecided, acceptance.Grounded![rider]));
        Assert.Equal(
            ["ann, bob, not cem", "ann, not bob, cem", "not ann, bob, cem"],
            Positions(acceptance).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Declared_contraries_rebut_each_other_and_an_axiom_wins()
    {
        var theory = new Theory(
            [_b],
            [Defeasible("m", [], Claim("met")), Strict("v", [_b], Claim("violated"))],
            [(Claim("met"), Claim("violated"))]
        );
        Labelling grounded = AcceptanceFromTheory.Weigh(theory).Grounded!;
        Assert.Equal(Label.Out, grounded[Claim("met")]);
        Assert.Equal(Label.In, grounded[Claim("violated")]);
    }

    /// <summary>Elitist: one last rule that is less preferred makes the whole rebutting argument less preferred.</summary>
    [Fact]
    public void A_rebuttal_is_as_weak_as_its_weakest_last_rule()
    {
        Rule[] rules =
        [
            Defeasible("x", [], _b),
            Defeasible("y", [], _c),
            Strict("s", [_b, _c], !_a),
            Defeasible("z", [], _a),
        ];
        Assert.Equal(Label.Out, Weigh([], rules).Grounded![_a]);
        Labelling preferring = Weigh(
            [],
            [.. rules, Defeasible("p", [], Prefers("z", "y"))]
        ).Grounded!;
        Assert.Equal(Label.In, preferring[_a]);
    }

    [Fact]
    public void Only_the_last_defeasible_rules_are_compared()
    {
        Acceptance acceptance = Weigh(
            [],
            [
                Defeasible("early", [], _b),
                Defeasible("x", [_b], _a),
                Defeasible("y", [], !_a),
                Defeasible("p", [], Prefers("y", "early")),
            ]
        );
        Assert.Equal(Label.Undecided, acceptance.Grounded![_a]);
    }

    [Fact]
    public void No_argument_goes_in_circles()
    {
        Acceptance acceptance = Weigh(
            [_a],
            [Strict("ab", [_a], _b), Strict("ba", [_b], _a), Strict("aa", [_a], _a)]
        );
        Assert.Equal(
            ["a", "b from ab"],
            acceptance.Arguments.Select(one =>
                one.Rule is null ? $"{one.Conclusion}" : $"{one.Conclusion} from {one.Rule.Name}"
            )
        );
    }

    [Fact]
    public void Independent_disputes_multiply_and_the_list_says_where_it_ends()
    {
        Rule[] rules =
        [
            .. Enumerable
                .Range(0, 10)
                .SelectMany(i =>
                    (Rule[])
                        [
                            Defeasible($"x{i}", [], Claim($"{i}")),
                            Defeasible($"y{i}", [], !Claim($"{i}")),
                        ]
                ),
        ];
        Acceptance capped = Weigh([], rules);
        Assert.Equal(new Capped(Cap.Extensions, 257, 256), capped.Capped);
        Assert.Equal(256, capped.Preferred!.Count);
        Acceptance all = Weigh([], rules, new Limits(Extensions: 1024));
        Assert.Null(all.Capped);
        Assert.Equal(1024, Positions(all).Distinct().Count());
        Assert.Equal(Positions(all).Take(256), Positions(capped));
    }

    [Fact]
    public void A_component_that_is_too_large_has_a_grounded_answer_only()
    {
        Rule[] rules =
        [
            .. Enumerable
                .Range(0, 61)
                .Select(i => Defeasible($"{i}", [], !Applies($"{(i + 1) % 61}"))),
        ];
        Acceptance acceptance = Weigh([_a], rules);
        Assert.Equal(new Capped(Cap.Component, 61, 60), acceptance.Capped);
        Assert.Null(acceptance.Preferred);
        Assert.Equal(Label.In, acceptance.Grounded![_a]);
        Assert.Single(Weigh([_a], rules, new Limits(Component: 61)).Preferred!);
    }

    [Fact]
    public void Too_many_arguments_or_attacks_give_no_answer_and_say_so()
    {
        Rule[] rules =
        [
            .. Enumerable.Range(0, 9).Select(i => Defeasible($"x{i}", [], Claim($"x{i % 3}"))),
            Strict("all", [Claim("x0"), Claim("x1"), Claim("x2")], _b),
            .. Rival("x", "y"),
        ];
        Acceptance acceptance = Weigh([], rules, new Limits(Arguments: 20));
        Assert.Equal(new Capped(Cap.Arguments, 21, 20), acceptance.Capped);
        Assert.Equal(20, acceptance.Arguments.Count);
        Assert.Null(acceptance.Grounded);
        Assert.Null(acceptance.Preferred);
        Assert.Equal(38, Weigh([], rules).Arguments.Count);
        Assert.Equal(Cap.Size, Weigh([], rules, new Limits(Size: 20)).Capped!.What);
        Assert.Equal(Cap.Attacks, Weigh([], rules, new Limits(Attacks: 2)).Capped!.What);
        Acceptance hasty = Weigh([], rules, new Limits(Steps: 1));
        Assert.Equal(new Capped(Cap.Steps, 2, 1), hasty.Capped);
        Assert.NotNull(hasty.Grounded);
    }

    [Fact]
    public void A_theory_that_speaks_of_what_is_not_there_is_refused_with_a_remedy()
    {
        Refused("two rules are named 'x'", [], [.. Rival("x", "x")]);
        Refused("'z applies' speaks of 'z'", [Applies("z")], []);
        Refused("speaks of 's'", [], [Strict("s", [], _a), Defeasible("u", [], !Applies("s"))]);
        Refused("prefers a rule to itself", [Prefers("x", "x")], [.. Rival("x", "y")]);
        Refused("a literal has no words", [default], []);
        Assert.Throws<ArgumentException>(() => new Theory([], [], [(_a, _a)]));
    }

    private static void Refused(string why, Literal[] premises, Rule[] rules)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            new Theory(premises, rules)
        );
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    private static Rule[] Rival(string one, string other) =>
        [Defeasible(one, [], _a), Defeasible(other, [], !_a)];

    private static Acceptance Weigh(Literal[] premises, Rule[] rules, Limits? limits = null) =>
        AcceptanceFromTheory.Weigh(new Theory(premises, rules), limits);

    private static IEnumerable<string> Positions(Acceptance acceptance) =>
        acceptance.Preferred!.Select(position =>
            string.Join(
                ", ",
                position
                    .Conclusions.Where(one => one.Label == Label.In)
                    .Select(one => one.Conclusion)
            )
        );
}
