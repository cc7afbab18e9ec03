using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Determining;

/// <summary>A fact and the value that it would have to have, or has.</summary>
public readonly record struct FactValue(string Fact, bool Value);

/// <summary>A smallest set of facts behind an outcome.</summary>
/// <param name="Facts">
/// For a determinate outcome, known facts that alone force it; for an undetermined one, unknown facts that together with what is known
/// would settle it, with the values by which they would. Empty and <c>null</c> outcome: nothing can settle it.
/// </param>
/// <param name="Outcome">What they force.</param>
/// <param name="IsExact">No smaller set does; otherwise none of the facts can be left out, and a smaller set may exist.</param>
public sealed record DeterminingSet(IReadOnlyList<FactValue> Facts, Outcome? Outcome, bool IsExact);

/// <summary>
/// Finds smallest determining sets by searching from the outcome down: to force an "and" all parts must be forced, to refute it one is
/// enough. In strong Kleene logic this finds every way there is. The depth grows by one fact at a time, so the first set found is a
/// smallest one.
/// </summary>
public static class DeterminingSets
{
    /// <summary>Steps after which a set is taken that is only subset-minimal.</summary>
    public const int StepsMax = 200_000;

    /// <param name="evaluation">Left as it was found.</param>
    public static DeterminingSet Of(Evaluation evaluation, Rule rule, string profile)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(rule);
        Programme programme = evaluation.Programme;
        int number = programme.RuleIndex[rule.Id];
        int at = programme.ProfileAt(profile);
        Outcome outcome = evaluation.OutcomeOf(number, at);
        if (outcome.IsReport())
        {
            return new DeterminingSet([], outcome, true);
        }

        var search = new Search(evaluation, number, at);
        return outcome == Outcome.Undetermined ? search.Settling() : search.Forcing(outcome);
    }

    private sealed class Search
    {
        private readonly Evaluation evaluation;
        private readonly Programme programme;
        private readonly CompiledRule rule;
        private readonly int number;
        private readonly int profile;
        private readonly Kleene[] given;
        private readonly Kleene[] chosen;
        private readonly List<int> order = [];
        private readonly bool forces;
        private int steps;

        public Search(Evaluation evaluation, int number, int profile)
        {
            this.evaluation = evaluation;
            this.number = number;
            this.profile = profile;
            programme = evaluation.Programme;
            rule = programme.Rules[number];
            given = new Kleene[programme.FactCount];
            for (int fact = 0; fact < given.Length; fact++)
            {
                given[fact] = evaluation[fact];
            }

            chosen = new Kleene[programme.FactCount];
            forces = evaluation.OutcomeOf(number, profile) != Outcome.Undetermined;
        }

        public DeterminingSet Forcing(Outcome outcome)
        {
            List<Goal[]> targets = Targets(outcome);
            int most = given.Count(value => value != Kleene.Unknown);
            for (int bound = 0; bound <= most && steps < StepsMax; bound++)
            {
                foreach (Goal[] target in targets)
                {
                    if (Reach(target, bound, outcome))
                    {
                        return Found(outcome, isExact: true);
                    }
                }
            }

            return Reduced(outcome);
        }

        public DeterminingSet Settling()
        {
            Outcome[] outcomes = rule.Rule.Kind switch
            {
                RuleKind.Duty => [Outcome.NotApplicable, Outcome.Met, Outcome.Violated],
                RuleKind.Test => [Outcome.Holds, Outcome.DoesNotHold],
                _ => [Outcome.Admissible, Outcome.Inadmissible],
            };
            int most = given.Count(value => value == Kleene.Unknown);
            for (int bound = 1; bound <= most && steps < StepsMax; bound++)
            {
                foreach (Outcome outcome in outcomes)
                {
                    foreach (Goal[] target in Targets(outcome))
                    {
                        if (Reach(target, bound, outcome))
                        {
                            return Found(outcome, isExact: true);
                        }
                    }
                }
            }

            return new DeterminingSet([], null, steps < StepsMax);
        }

        /// <summary>The ways to an outcome: what must be forced true or false.</summary>
        private List<Goal[]> Targets(Outcome outcome)
        {
            var applies = new Goal(rule.Condition, true);
            return outcome switch
            {
                Outcome.Holds or Outcome.Admissible =>
                [
                    [applies],
                ],
                Outcome.DoesNotHold or Outcome.Inadmissible or Outcome.NotApplicable =>
                [
                    [applies with { Value = false }],
                ],
                Outcome.Met =>
                [
                    [applies, new Goal(rule.Breach, false)],
                    .. rule.Exceptions.Select(exception =>
                        (Goal[])[applies, new Goal(exception, true)]
                    ),
                ],
                _ =>
                [
                    [
                        applies,
                        new Goal(rule.Breach, true),
                        .. rule.Exceptions.Select(
                            (exception, i) => new Goal(exception, false, rule.IgnoresUnknown[i])
                        ),
                    ],
                ],
            };
        }

        private bool Reach(Goal[] goals, int bound, Outcome outcome)
        {
            Undo(0);
            return Meet(Stack.Of(goals), bound, outcome);
        }

        private bool Meet(Stack? goals, int bound, Outcome outcome)
        {
            if (++steps > StepsMax)
            {
                return false;
            }

            if (goals is null)
            {
                return Forces(outcome);
            }

            (int reference, bool value, bool mayBeUnknown) = goals.Top;
            // What the choices so far decide stays decided: it is met, or it never will be.
            if (Decided(reference) is var decided && decided != Kleene.Unknown)
            {
                return decided == KleeneTables.Of(value) && Meet(goals.Rest, bound, outcome);
            }

            Node node = programme.Nodes[reference >> 1];
            bool wanted = value ^ ((reference & 1) != 0);
            switch (node.Kind)
            {
                case NodeKind.Fact when mayBeUnknown:
                    return Meet(goals.Rest, bound, outcome);
                case NodeKind.Fact:
                    return Choose(reference >> 1, wanted, goals.Rest, bound, outcome);
                case NodeKind.Choice:
                    return Meet(
                        new Stack(
                            new Goal(
                                ((node.Mask >> profile) & 1) != 0 ? node.B : node.A,
                                wanted,
                                mayBeUnknown
                            ),
                            goals.Rest
                        ),
                        bound,
                        outcome
                    );
                case NodeKind.And when wanted:
                    return Meet(
                        new Stack(
                            new Goal(node.A, true, mayBeUnknown),
                            new Stack(new Goal(node.B, true, mayBeUnknown), goals.Rest)
                        ),
                        bound,
                        outcome
                    );
                case NodeKind.And:
                    int before = order.Count;
                    if (
                        Meet(
                            new Stack(new Goal(node.A, false, mayBeUnknown), goals.Rest),
                            bound,
                            outcome
                        )
                    )
                    {
                        return true;
                    }

                    Undo(before);
                    return Meet(
                        new Stack(new Goal(node.B, false, mayBeUnknown), goals.Rest),
                        bound,
                        outcome
                    );
                default:
                    // A burden: what nobody said counts so already.
                    return wanted == (node.Kind == NodeKind.TrueUnlessKnown)
                            && ValueOf(node.A >> 1) == Kleene.Unknown
                            && Meet(goals.Rest, bound, outcome)
                        || Choose(node.A >> 1, wanted, goals.Rest, bound, outcome);
            }
        }

        /// <summary>
        /// The value that the facts within the set give, whatever else becomes known: a burden that nobody has discharged yet gives none.
        /// </summary>
        private Kleene Decided(int reference)
        {
            Node node = programme.Nodes[reference >> 1];
            Kleene value = node.Kind switch
            {
                NodeKind.Fact => ValueOf(reference >> 1),
                NodeKind.Choice => Decided(((node.Mask >> profile) & 1) != 0 ? node.B : node.A),
                NodeKind.And => Decided(node.A) is var first && first == Kleene.False
                    ? first
                    : first.And(Decided(node.B)),
                _ => Decided(node.A),
            };
            return (reference & 1) != 0 ? value.Not() : value;
        }

        private bool Choose(int fact, bool wanted, Stack? rest, int bound, Outcome outcome)
        {
            Kleene value = KleeneTables.Of(wanted);
            Kleene now = ValueOf(fact);
            if (now != Kleene.Unknown)
            {
                return now == value && Meet(rest, bound, outcome);
            }

            bool mayBe = forces ? given[fact] == value : given[fact] == Kleene.Unknown;
            if (!mayBe || order.Count >= bound)
            {
                return false;
            }

            chosen[fact] = value;
            order.Add(fact);
            if (Meet(rest, bound, outcome))
            {
                return true;
            }

            Undo(order.Count - 1);
            return false;
        }

        /// <summary>What a fact is within the set: what is chosen, and for a settling set what is known besides.</summary>
        private Kleene ValueOf(int fact) =>
            chosen[fact] != Kleene.Unknown ? chosen[fact]
            : forces ? Kleene.Unknown
            : given[fact];

        private void Undo(int count)
        {
            while (order.Count > count)
            {
                chosen[order[^1]] = Kleene.Unknown;
                order.RemoveAt(order.Count - 1);
            }
        }

        /// <summary>A burden that was taken as not discharged may have been discharged by a later choice: asked of the engine itself.</summary>
        private bool Forces(Outcome outcome)
        {
            var touched = new List<int>();
            for (int fact = 0; fact < given.Length; fact++)
            {
                if (ValueOf(fact) != evaluation[fact])
                {
                    touched.Add(fact);
                    evaluation.Set(fact, ValueOf(fact));
                }
            }

            bool forced = evaluation.OutcomeOf(number, profile) == outcome;
            foreach (int fact in touched)
            {
                evaluation.Set(fact, given[fact]);
            }

            return forced;
        }

        /// <summary>Leaves out one known fact after another while the outcome stands.</summary>
        private DeterminingSet Reduced(Outcome outcome)
        {
            Undo(0);
            for (int fact = 0; fact < given.Length; fact++)
            {
                if (given[fact] != Kleene.Unknown)
                {
                    chosen[fact] = given[fact];
                    order.Add(fact);
                }
            }

            foreach (int fact in order.ToArray())
            {
                chosen[fact] = Kleene.Unknown;
                if (Forces(outcome))
                {
                    order.Remove(fact);
                }
                else
                {
                    chosen[fact] = given[fact];
                }
            }

            return Found(outcome, isExact: false);
        }

        private DeterminingSet Found(Outcome outcome, bool isExact) =>
            new(
                [
                    .. order
                        .Select(fact => new FactValue(
                            programme.FactAt(fact),
                            chosen[fact] == Kleene.True
                        ))
                        .OrderBy(one => one.Fact, StringComparer.Ordinal),
                ],
                outcome,
                isExact
            );
    }

    /// <param name="MayBeUnknown">It is enough that it does not take the other value: a defence that must be pleaded.</param>
    private readonly record struct Goal(int Reference, bool Value, bool MayBeUnknown = false);

    private sealed record Stack(Goal Top, Stack? Rest)
    {
        public static Stack? Of(IReadOnlyList<Goal> goals) =>
            goals.Reverse().Aggregate((Stack?)null, (rest, goal) => new Stack(goal, rest));
    }
}
