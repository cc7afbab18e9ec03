using Breakwater.Norms.Argumentation;
using CsCheck;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>Random theories and frameworks against solvers that try everything. The same ones each time.</summary>
public sealed class ArgumentationRandomTests
{
    private const int Theories = 10_000;

    private static readonly string[] _names = [.. Enumerable.Range(0, 10).Select(i => $"d{i}")];

    private static readonly Gen<Literal> _claim = Gen.Select(
        Gen.OneOfConst("a", "b", "c", "d", "e"),
        Gen.Bool,
        (name, isDenied) => isDenied ? !Literal.Claim(name) : Literal.Claim(name)
    );

    private static readonly Gen<Theory> _theory =
        from count in Gen.Int[3, 10]
        let rule = Gen.Int[0, count - 1].Select(i => _names[i])
        let applies = Gen.Frequency((9, rule.Select(name => !Literal.Applies(name))), (1, rule.Select(Literal.Applies)))
        let prefers = Gen.Select(
            rule,
            rule,
            Gen.Int[0, 5],
            (one, other, denied) =>
                one == other ? Literal.Claim("e")
                : denied == 0 ? !Literal.Prefers(one, other)
                : Literal.Prefers(one, other)
        )
        let literal = Gen.Frequency((6, _claim), (1, applies), (3, prefers))
        let needs = Gen.Frequency((3, Gen.Const(Array.Empty<Literal>())), (3, _claim.Array[1, 2]), (1, literal.Array[1, 2]))
        from premises in _claim.Array[0, 3]
        from then in literal.Array[count]
        from defeasible in needs.Array[count]
        from strict in Gen.Select(_claim.Array[1, 2], literal).Array[0, 3]
        from contraries in Gen.Select(_claim, literal).Array[0, 1]
        select new Theory(
            premises,
            [
                .. then.Select((one, i) => Rule.Defeasible(_names[i], defeasible[i], one)),
                .. strict.Select((one, i) => Rule.Strict($"s{i}", one.Item1, one.Item2)),
            ],
            contraries.Where(pair => pair.Item1 != pair.Item2)
        );

    [Fact]
    public void Ten_thousand_theories_are_weighed_as_when_everything_is_tried()
    {
        var random = new PCG(1, 20260611);
        int compared = 0;
        int disputed = 0;
        while (compared < Theories)
        {
            Theory theory = _theory.Generate(random, null, out _);
            if (NaiveArgumentation.Solve(theory) is not { } naive)
            {
                continue;
            }

            compared++;
            disputed += naive.Preferred.Count > 1 ? 1 : 0;
            Acceptance acceptance = AcceptanceFromTheory.Weigh(theory);
            string[] texts = Texts(acceptance);
            string about = Describe(theory);
            Assert.Null(acceptance.Capped);
            Assert.True(naive.Arguments.SetEquals(texts) && texts.Length == naive.Arguments.Count, about);
            Assert.True(naive.In.SetEquals(With(Label.In, acceptance.Grounded!, texts)), about);
            Assert.True(naive.Out.SetEquals(With(Label.Out, acceptance.Grounded!, texts)), about);
            Assert.True(
                naive.Preferred.SequenceEqual(
                    acceptance
                        .Preferred!.Select(position => string.Join('\n', With(Label.In, position, texts)))
                        .Order(StringComparer.Ordinal)
                ),
                about
            );
        }

        Assert.InRange(disputed, Theories / 10, Theories);
    }

    [Fact]
    public void The_order_in_which_a_theory_is_told_changes_nothing()
    {
        var random = new PCG(2, 20260611);
        for (int i = 0; i < 1_000; i++)
        {
            Theory theory = _theory.Generate(random, null, out _);
            var told = new Theory(
                [.. theory.Premises.Reverse(), .. theory.Premises],
                Gen.Shuffle([.. theory.Rules.Select(rule => rule with { If = [.. rule.If.Reverse()] })])
                    .Generate(random, null, out _),
                theory.Contraries.Select(pair => (pair.Other, pair.One)).Reverse()
            );
            var limits = new Limits(Arguments: 200);
            Assert.Equal(
                Print(AcceptanceFromTheory.Weigh(theory, limits)),
                Print(AcceptanceFromTheory.Weigh(told, limits))
            );
        }
    }

    [Fact]
    public void Frameworks_have_the_preferred_extensions_that_trying_all_sets_finds()
    {
        var random = new PCG(3, 20260611);
        Gen<int[][]> gen =
            from count in Gen.Int[1, 13]
            from density in Gen.Int[1, 4]
            from attackers in Gen.Int[0, count - 1].Array[0, density].Array[count]
            select attackers.Select(one => one.Distinct().Order().ToArray()).ToArray();
        for (int i = 0; i < 3_000; i++)
        {
            int[][] attackersOf = gen.Generate(random, null, out _);
            var framework = new Framework(attackersOf);
            (IReadOnlyList<Label[]>? labellings, Capped? capped) = PreferredFromGrounded.Find(
                framework,
                framework.Grounded(),
                new Limits()
            );
            Assert.Null(capped);
            Assert.Equal(
                PreferredSets(attackersOf),
                labellings!.Select(labels =>
                        labels.Index().Sum(label => label.Item == Label.In ? 1 << label.Index : 0)
                    )
                    .Order()
            );
            Assert.All(labellings!, labels => AssertAgreesWithItself(attackersOf, labels));
        }
    }

    /// <summary>A complete labelling (Caminada 2006): in when all attackers are out, out when one is in, undecided otherwise.</summary>
    private static void AssertAgreesWithItself(int[][] attackersOf, Label[] labels) =>
        Assert.Equal(
            attackersOf.Select(attackers =>
                Array.TrueForAll(attackers, one => labels[one] == Label.Out) ? Label.In
                : Array.Exists(attackers, one => labels[one] == Label.In) ? Label.Out
                : Label.Undecided
            ),
            labels
        );

    private static IEnumerable<int> PreferredSets(int[][] attackersOf)
    {
        int[] attackers = [.. attackersOf.Select(list => list.Sum(one => 1 << one))];
        List<int> admissible =
        [
            .. Enumerable
                .Range(0, 1 << attackers.Length)
                .Where(set =>
                {
                    int attacking = 0;
                    int attacked = 0;
                    for (int i = 0; i < attackers.Length; i++)
                    {
                        attacking |= (set >> i & 1) != 0 ? attackers[i] : 0;
                        attacked |= (attackers[i] & set) != 0 ? 1 << i : 0;
                    }

                    return (set & attacked) == 0 && (attacking & ~attacked) == 0;
                }),
        ];
        return admissible
            .Where(set => !admissible.Exists(other => other != set && (set & ~other) == 0))
            .Order();
    }

    private static string[] Texts(Acceptance acceptance)
    {
        string[] texts = new string[acceptance.Arguments.Count];
        foreach ((int place, Argument argument) in acceptance.Arguments.Index())
        {
            IEnumerable<string> parts = argument
                .From.OrderBy(one => acceptance.Arguments[one].Conclusion)
                .Select(one => texts[one]);
            texts[place] = argument.Rule is null
                ? argument.Conclusion.ToString()
                : $"{argument.Rule.Name}({string.Join(", ", parts)})";
        }

        return texts;
    }

    private static IEnumerable<string> With(Label label, Labelling labelling, string[] texts) =>
        texts
            .Where((_, place) => labelling.Arguments[place] == label)
            .Order(StringComparer.Ordinal);

    private static string Print(Acceptance acceptance) =>
        string.Join(
            '\n',
            [
                .. Texts(acceptance),
                $"{acceptance.Capped}",
                .. (Labelling?[])[acceptance.Grounded, .. acceptance.Preferred ?? []] is var all
                    ? all.Select(one =>
                        one is null
                            ? "none"
                            : string.Join(' ', one.Arguments)
                                + string.Join(' ', one.Conclusions)
                                + string.Join(' ', one.Contradictions)
                    )
                    : [],
            ]
        );

    private static string Describe(Theory theory) =>
        string.Join(
            '\n',
            [
                $"premises {string.Join(", ", theory.Premises)}",
                .. theory.Rules.Select(rule =>
                    $"{rule.Name}: {string.Join(", ", rule.If)} {(rule.IsStrict ? "->" : "=>")} {rule.Then}"
                ),
                $"contraries {string.Join(", ", theory.Contraries)}",
            ]
        );
}
