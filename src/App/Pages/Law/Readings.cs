using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Pages.Law;

/// <summary>Readings of bodies that a rule rests on: of its breach, and of the terms that it uses.</summary>
internal static class Readings
{
    public const string Breach = "breach";

    /// <summary>First those of the rule itself, then term by term in pack order.</summary>
    public static IEnumerable<(string Term, Stance Stance)> Of(LawPack pack, Rule rule) =>
        [
            .. rule.Stances.Select(stance => (Breach, stance)),
            .. TermsOf(pack, rule)
                .SelectMany(term => term.Stances.Select(stance => (term.Id, stance))),
        ];

    private static IEnumerable<DerivedTerm> TermsOf(LawPack pack, Rule rule)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Expression>([
            rule.Condition.Expression,
            .. rule.Breach is { } breach ? [breach.Expression] : (Expression[])[],
            .. rule.Stances.Select(stance => stance.Clause.Expression),
            .. rule.Exceptions.Select(defence => defence.When.Expression),
        ]);
        while (waiting.TryDequeue(out Expression? at))
        {
            foreach (
                DerivedTerm term in at.Ids()
                    .Select(id => pack.Derived.FirstOrDefault(one => one.Id == id))
                    .OfType<DerivedTerm>()
                    .Where(term => found.Add(term.Id))
            )
            {
                waiting.Enqueue(term.Clause.Expression);
                foreach (Stance stance in term.Stances)
                {
                    waiting.Enqueue(stance.Clause.Expression);
                }
            }
        }

        return pack.Derived.Where(term => found.Contains(term.Id));
    }
}
