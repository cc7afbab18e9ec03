using Breakwater.Norms.Argumentation;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Positions;

/// <summary>
/// The contested part of a pack as a theory to argue about. Known facts are premises; terms that everybody defines alike are strict; each
/// reading of a term, and each rule, is defeasible. An unknown fact builds no argument and is named as a condition; that a reading leaves its
/// term open for want of it is an argument.
/// </summary>
internal sealed class Residue
{
    private readonly Assessed assessed;
    private readonly IReadOnlyList<Packs.Rule> rules;
    private readonly IReadOnlyList<Relation> rivalries;
    private readonly Dictionary<string, DerivedTerm> derived;
    private readonly SortedDictionary<string, Argumentation.Rule> arguments = new(
        StringComparer.Ordinal
    );
    private readonly HashSet<Literal> premises = [];
    private readonly List<(Literal, Literal)> contraries = [];
    private readonly HashSet<string> built = new(StringComparer.Ordinal);
    private readonly SortedSet<string> conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> preferences = new(StringComparer.Ordinal);

    public Residue(Assessed assessed, IReadOnlyList<Packs.Rule> rules)
    {
        this.assessed = assessed;
        this.rules = rules;
        derived = assessed.Pack.Derived.ToDictionary(term => term.Id, StringComparer.Ordinal);
        rivalries =
        [
            .. Rivalries
                .Of(assessed)
                .Where(relation =>
                    rules.Any(rule => rule.Id == relation.From)
                    && rules.Any(rule => rule.Id == relation.To)
                ),
        ];
    }

    /// <summary>Unknown facts for want of which an argument could not be built.</summary>
    public IReadOnlyList<string> Conditions => [.. conditions];

    public Theory Theory()
    {
        foreach (Packs.Rule rule in rules)
        {
            if (rule.Kind == RuleKind.Duty)
            {
                Duty(rule);
            }
            else
            {
                Literal asked = Of(rule.Condition.Expression, NoBurden);
                (Outcome yes, Outcome no) =
                    rule.Kind == RuleKind.Test
                        ? (Outcome.Holds, Outcome.DoesNotHold)
                        : (Outcome.Admissible, Outcome.Inadmissible);
                Presume($"{rule.Id}:yes", [asked], On(rule, yes));
                Presume($"{rule.Id}:no", [!asked], On(rule, no));
                Apart(rule, [yes, no]);
            }
        }

        foreach (Relation relation in rivalries)
        {
            Rival(relation);
        }

        return new Theory(premises, arguments.Values, contraries);
    }

    /// <summary>How the rules stand where an argument for one of their outcomes is in.</summary>
    public IReadOnlyList<Stand> StandsOf(Labelling labelling) =>
        [
            .. rules.SelectMany(rule =>
                Enum.GetValues<Outcome>()
                    .Where(outcome =>
                        outcome.IsDeterminate() && labelling[On(rule, outcome)] == Label.In
                    )
                    .Select(outcome => new Stand(rule, outcome))
            ),
        ];

    /// <summary>The preferences between rules that a position takes, in words.</summary>
    public IReadOnlyList<string> PreferredIn(Labelling labelling) =>
        [
            .. labelling
                .Conclusions.Where(one =>
                    one.Label == Label.In
                    && one.Conclusion is { Kind: LiteralKind.Prefers, IsDenied: false }
                )
                .Select(one => preferences[$"{one.Conclusion.Name}>{one.Conclusion.Over}"]),
        ];

    private static IReadOnlyDictionary<string, bool> NoBurden { get; } =
        new Dictionary<string, bool>();

    private static Literal On(Packs.Rule rule, Outcome outcome) =>
        Literal.Claim($"{rule.Id} {outcome.Word()}");

    private void Duty(Packs.Rule rule)
    {
        IReadOnlyDictionary<string, bool> burden = assessed.IsClosed ? rule.Burden : NoBurden;
        Literal applies = Of(rule.Condition.Expression, NoBurden);
        Literal breach = Literal.Claim($"breach of {rule.Id}");
        Readings($"breach of {rule.Id}", breach, rule.Breach!, rule.Stances, burden);
        List<Literal> answered = [];
        foreach (Defence defence in rule.Exceptions)
        {
            Literal when = Of(defence.When.Expression, burden);
            Presume($"{rule.Id}:{defence.Id}", [applies, when], On(rule, Outcome.Met));
            Strict(
                $"{rule.Id}:{defence.Id}:undercuts",
                [when],
                !Literal.Applies($"{rule.Id}:short")
            );
            if (!defence.IgnoresUnknown)
            {
                // Silence on a defence that need not be pleaded leaves the duty undetermined.
                answered.Add(!when);
            }
        }

        Presume($"{rule.Id}:short", [applies, breach, .. answered], On(rule, Outcome.Violated));
        Presume($"{rule.Id}:kept", [applies, !breach], On(rule, Outcome.Met));
        Presume($"{rule.Id}:outside", [!applies], On(rule, Outcome.NotApplicable));
        Apart(rule, [Outcome.Violated, Outcome.Met, Outcome.NotApplicable]);
    }

    private void Apart(Packs.Rule rule, Outcome[] outcomes)
    {
        for (int i = 0; i < outcomes.Length; i++)
        {
            for (int j = i + 1; j < outcomes.Length; j++)
            {
                contraries.Add((On(rule, outcomes[i]), On(rule, outcomes[j])));
            }
        }
    }

    /// <summary>
    /// What one rule permits against what the other forbids. The principle that some invoke prefers the first; that a power does not
    /// excuse another breach prefers the second; each is an argument, and attacks the other.
    /// </summary>
    private void Rival(Relation relation)
    {
        string permits = $"{relation.From} permits against {relation.To}";
        string forbids = $"{relation.To} forbids against {relation.From}";
        Literal allowed = Literal.Claim($"allowed by {relation.From} against {relation.To}");
        Packs.Rule from = rules.First(rule => rule.Id == relation.From);
        Packs.Rule to = rules.First(rule => rule.Id == relation.To);
        Presume(permits, [On(from, Outcome.Met)], allowed);
        Presume(forbids, [On(to, Outcome.Violated)], !allowed);
        if (relation.Principle is { } principle)
        {
            Presume(
                $"{principle}: {permits}",
                [On(from, Outcome.Met), On(to, Outcome.Violated)],
                Literal.Prefers(permits, forbids)
            );
            preferences[$"{permits}>{forbids}"] =
                $"{relation.From} goes before {relation.To} ({principle})";
        }

        if (relation.Type == RelationType.PermitsNotJustifies)
        {
            Presume(
                $"a power does not justify: {forbids}",
                [On(from, Outcome.Met), On(to, Outcome.Violated)],
                Literal.Prefers(forbids, permits)
            );
            preferences[$"{forbids}>{permits}"] =
                $"{relation.To} stands beside {relation.From}: a power does not excuse another breach";
        }
    }

    /// <summary>
    /// Each different reading of a term is a rule of its own, so that rival readings rebut each other. One that comes to nothing is a
    /// rival too: what follows for want of the term, as that a defence is not pleaded, is lost if another reading fills it in unopposed.
    /// </summary>
    private void Readings(
        string name,
        Literal term,
        Clause byDefault,
        IReadOnlyList<Stance> stances,
        IReadOnlyDictionary<string, bool> burden
    )
    {
        var readings = assessed
            .Profiles.Select(profile =>
                (
                    Profile: profile,
                    Clause: stances
                        .FirstOrDefault(stance =>
                            stance.Profile == profile && assessed.AsOf.Counts(stance)
                        )
                        ?.Clause
                        ?? byDefault
                )
            )
            .GroupBy(one => one.Clause.ToString(), StringComparer.Ordinal)
            .ToList();
        Literal unsettled = Literal.Claim($"{name} is left open");
        contraries.AddRange([(unsettled, term), (unsettled, !term)]);
        foreach (var reading in readings)
        {
            Literal read = Of(reading.First().Clause.Expression, burden);
            if (readings.Count == 1)
            {
                Strict($"{name}:is", [read], term);
                Strict($"{name}:is not", [!read], !term);
            }
            else
            {
                string who = string.Join(", ", reading.Select(one => one.Profile));
                Presume($"{name} as read by {who}:is", [read], term);
                Presume($"{name} as read by {who}:is not", [!read], !term);
                string open = $"{name} as read by {who}:open";
                Presume(open, [], unsettled);
                Strict($"{open}, not if it is", [read], !Literal.Applies(open));
                Strict($"{open}, not if it is not", [!read], !Literal.Applies(open));
            }
        }
    }

    /// <summary>The literal of an expression, with the rules that build it.</summary>
    private Literal Of(Expression expression, IReadOnlyDictionary<string, bool> burden)
    {
        if (expression is Not not)
        {
            return !Of(not.Of, burden);
        }

        string marked =
            burden.Count > 0
                ? $"{expression} with burdens {string.Join(',', burden.Select(one => one.Key + one.Value).Order(StringComparer.Ordinal))}"
                : expression.ToString()!;
        Literal literal = Literal.Claim(marked);
        if (!built.Add(marked))
        {
            return literal;
        }

        switch (expression)
        {
            case Id id when derived.TryGetValue(id.Name, out DerivedTerm? term):
                Readings(marked, literal, term.Clause, term.Stances, burden);
                break;
            case Id id:
                Fact(id.Name, literal, burden);
                break;
            case All all:
                Literal[] parts = [.. all.Parts.Select(part => Of(part, burden))];
                Strict($"{marked}:all", parts, literal);
                foreach ((int at, Literal part) in parts.Index())
                {
                    Strict($"{marked}:not all, {at}", [!part], !literal);
                }

                break;
            case Any any:
                Literal[] ways = [.. any.Parts.Select(part => Of(part, burden))];
                Strict($"{marked}:none", [.. ways.Select(way => !way)], !literal);
                foreach ((int at, Literal way) in ways.Index())
                {
                    Strict($"{marked}:one, {at}", [way], literal);
                }

                break;
        }

        return literal;
    }

    private void Fact(string fact, Literal literal, IReadOnlyDictionary<string, bool> burden)
    {
        Kleene value = assessed.Facts[fact];
        if (value == Kleene.Unknown && burden.TryGetValue(fact, out bool counted))
        {
            value = KleeneTables.Of(counted);
        }

        if (value == Kleene.Unknown)
        {
            conditions.Add(fact);
        }
        else
        {
            premises.Add(value == Kleene.True ? literal : !literal);
        }
    }

    private void Presume(string name, IReadOnlyList<Literal> @if, Literal then) =>
        arguments[name] = Argumentation.Rule.Defeasible(name, @if, then);

    private void Strict(string name, IReadOnlyList<Literal> @if, Literal then) =>
        arguments[name] = Argumentation.Rule.Strict(name, @if, then);
}
