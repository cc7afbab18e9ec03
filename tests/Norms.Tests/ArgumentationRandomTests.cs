using Breakwater.Norms.Argumentation;
using CsCheck;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>Random theories and frameworks against solvers that try everything. The same ones each time.</summary>
public sealed class ArgumentationRandomTests
{
    private const int Theories = 10_000;

    private static readonly Gen<Literal> _claim = Gen.Select(
        Gen.Char['a', 'c'],
        Gen.Bool,
        (name, isDenied) => isDenied ? !Literal.Claim($"{name}") : Literal.Claim($"{name}")
    );

    /// <summary>Rules about a matter, rules about rules, and a few strict ones.</summary>
    private static readonly Gen<Theory> _theory =
        from claims in _claim.Array[2, 5]
        from abouts in Gen.Int[0, 999].Array[1, 5]
        let then = Conclusions(claims, abouts)
        let about = Gen.Int[0, then.Length - 1].Select(i => then[i])
        let needs = Gen.Frequency(
            (6, Gen.Const(Array.Empty<Literal>())),
            (2, _claim.Array[1, 2]),
            (2, about.Array[1])
        )
        from premises in _claim.Array[0, 1]
        from when in needs.Array[then.Length]
        from strict in Gen.Select(about.Array[1, 2], Gen.OneOf(_claim, about)).Array[0, 2]
        from contraries in Gen.Select(about, Gen.OneOf(_claim, about)).Array[0, 1]
        select new Theory(
            premises,
            [
                .. then.Select((one, i) => Rule.Defeasible($"d{i}", when[i], one)),
                .. strict.Select((one, i) => Rule.Strict($"s{i}", one.Item1, one.Item2)),
            ],
            contraries.Where(pair => pair.Item1 != pair.Item2)
        );

    /// <summary>Goes on with undercutters, and with preferences for rules whose conclusions contradict each other where there are such.</summary>
    private static Literal[] Conclusions(Literal[] claims, int[] abouts)
    {
        List<Literal> then = [.. claims];
        foreach (int about in abouts)
        {
            (int One, int Other)[] rivals =
            [
                .. from one in Enumerable.Range(0, then.Count)
                from other in Enumerable.Range(0, then.Count)
                where
                    then[one] == !then[other]
                    || then[one].Kind == LiteralKind.Prefers
                        && then[one].Over is { } over
                        && then[other] == Literal.Prefers(over, then[one].Name!)
                select (one, other),
            ];
            Literal next = Literal.Applies($"d{about % (then.Count + 1)}");
            if (about % 10 >= 2 && rivals.Length > 0)
            {
                (int one, int other) = rivals[about / 10 % rivals.Length];
                next = Literal.Prefers($"d{one}", $"d{other}");
            }

            bool isDenied = next.Kind == LiteralKind.Applies || about % 7 == 0;
            then.Add(isDenied && about % 11 != 0 ? !next : next);
        }

        return [.. then];
    }

    [Fact]
    public void Ten_thousand_theories_are_weighed_as_when_everything_is_tried()
    {
        var random = new PCG(1, 20260611);
        int compared = 0;
        int disputed = 0;
        int preferring = 0;
        while (compared < Theories)
        {
            Theory theory = _theory.Generate(random, null, out _);
            if (NaiveArgumentation.Solve(theory) is not { } naive)
            {
                continue;
            }

            compared++;
            disputed += naive.Preferred.Count > 1 ? 1 : 0;
            preferring += naive.HasPreferences ? 1 : 0;
            Acceptance acceptance = AcceptanceFromTheory.Weigh(theory);
            string[] texts = Texts(acceptance);
            string about = Describe(theory);
            Assert.Null(acceptance.Capped);
            Assert.True(
                naive.Arguments.SetEquals(texts) && texts.Length == naive.Arguments.Count,
                about
            );
            Assert.True(naive.In.SetEquals(With(Label.In, acceptance.Grounded!, texts)), about);
            Assert.True(naive.Out.SetEquals(With(Label.Out, acceptance.Grounded!, texts)), about);
            Assert.Distinct(naive.Preferred);
            Assert.True(
                naive.Preferred.SequenceEqual(
                    acceptance
                        .Preferred!.Select(position =>
                            string.Join('\n', With(Label.In, position, texts))
                        )
                        .Order(StringComparer.Ordinal)
                ),
                about
            );
        }

        Assert.InRange(disputed, Theories / 10, Theories);
        Assert.InRange(preferring, Theories / 10, Theories);
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
                Gen.Shuffle(
                        theory
                            .Rules.Select(rule => rule with { If = [.. rule.If.Reverse()] })
                            .ToArray()
                    )
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
                labellings!
                    .Select(labels =>
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
                .. ((Labelling?[])[acceptance.Grounded, .. acceptance.Preferred ?? []]).Select(
                    one =>
                        one is null
                            ? "none"
                            : $"{string.Join(' ', one.Arguments)} {string.Join(' ', one.Conclusions)} {string.Join(' ', one.Contradictions)}"
                ),
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
