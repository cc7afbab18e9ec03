using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <summary>
/// The unknown facts that an outcome still hangs on. An unknown fact can change an unknown expression when every expression on the way
/// up is unknown: what is already settled by other facts shuts out whatever stands below it.
/// </summary>
internal static class OpenFacts
{
    /// <summary>Sorted ids of facts.</summary>
    public static IReadOnlyList<string> Of(Evaluation evaluation, Rule rule, string profile)
    {
        Programme programme = evaluation.Programme;
        int number = programme.RuleIndex[rule.Id];
        int at = programme.ProfileAt(profile);
        CompiledRule compiled = programme.Rules[number];
        Outcome outcome = evaluation.OutcomeOf(number, at);
        if (outcome.IsReport())
        {
            return [];
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<int>();
        Kleene applies = evaluation.ValueOf(compiled.Condition, at);
        Below(compiled.Condition);
        if (rule.Kind == RuleKind.Duty && applies != Kleene.False)
        {
            Kleene breach = evaluation.ValueOf(compiled.Breach, at);
            bool isExcused = compiled.Exceptions.Any(one =>
                evaluation.ValueOf(one, at) == Kleene.True
            );
            if (breach != Kleene.False && !isExcused)
            {
                Below(compiled.Breach);
                foreach (int exception in compiled.Exceptions)
                {
                    Below(exception);
                }
            }

            // What was taken so for want of an answer can still be turned by one.
            found.UnionWith(
                programme.IsClosed
                    ? rule.Burden.Keys.Where(fact =>
                        evaluation[programme.FactIndex[fact]] == Kleene.Unknown
                    )
                    : []
            );
        }

        return [.. found];

        void Below(int reference)
        {
            int node = reference >> 1;
            if (evaluation.ValueOf(reference, at) != Kleene.Unknown || !seen.Add(node))
            {
                return;
            }

            Node of = programme.Nodes[node];
            switch (of.Kind)
            {
                case NodeKind.Fact:
                    found.Add(programme.FactAt(node));
                    break;
                case NodeKind.And:
                    Below(of.A);
                    Below(of.B);
                    break;
                case NodeKind.Choice:
                    Below(((of.Mask >> at) & 1) != 0 ? of.B : of.A);
                    break;
                default:
                    Below(of.A);
                    break;
            }
        }
    }
}
