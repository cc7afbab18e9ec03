using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <summary>What a difference between profiles turns on: the terms that they define differently and come out differently.</summary>
internal sealed class Turning(Assessed assessed, Rule rule)
{
    /// <summary>The rule's own breach, where a profile reads that differently.</summary>
    public const string Breach = "breach";

    private static readonly Dictionary<string, bool> _noBurden = [];

    public (IReadOnlyList<string> Terms, IReadOnlyList<string> Atoms) Points(
        IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> groups
    )
    {
        var terms = new SortedSet<string>(StringComparer.Ordinal);
        var atoms = new SortedSet<string>(StringComparer.Ordinal);
        // One reading of each outcome is enough on one side; each profile of the others is held against it.
        foreach (string one in groups[0].Profiles)
        {
            foreach (string other in groups.Skip(1).SelectMany(group => group.Profiles))
            {
                Compare(assessed.ReadingOf(one), assessed.ReadingOf(other), terms, atoms);
            }
        }

        return ([.. terms], [.. atoms]);
    }

    private void Compare(
        Reading one,
        Reading other,
        SortedSet<string> terms,
        SortedSet<string> atoms
    )
    {
        if (rule.Breach is not null)
        {
            Differ(Breach, one, one.Breach(rule), other, other.Breach(rule), terms, atoms);
        }

        foreach (string term in TermsOf(one).Union(TermsOf(other)))
        {
            Differ(term, one, one.Definition(term)!, other, other.Definition(term)!, terms, atoms);
        }
    }

    private static void Differ(
        string name,
        Reading one,
        Clause ofOne,
        Reading other,
        Clause ofOther,
        SortedSet<string> terms,
        SortedSet<string> atoms
    )
    {
        if (
            ofOne.ToString() == ofOther.ToString()
            || one.ValueOf(ofOne.Expression, _noBurden)
                == other.ValueOf(ofOther.Expression, _noBurden)
        )
        {
            return;
        }

        terms.Add(name);
        HashSet<string> difference = [.. one.Atoms(ofOne.Expression)];
        difference.SymmetricExceptWith(other.Atoms(ofOther.Expression));
        atoms.UnionWith(difference.Count > 0 ? difference : one.Atoms(ofOne.Expression));
    }

    private HashSet<string> TermsOf(Reading reading)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Expression>([
            rule.Condition.Expression,
            .. rule.Breach is null ? Array.Empty<Expression>() : [reading.Breach(rule).Expression],
            .. rule.Exceptions.Select(one => one.When.Expression),
        ]);
        while (waiting.TryDequeue(out Expression? at))
        {
            foreach (string id in at.Ids())
            {
                if (reading.Definition(id) is { } definition && terms.Add(id))
                {
                    waiting.Enqueue(definition.Expression);
                }
            }
        }

        return terms;
    }
}
