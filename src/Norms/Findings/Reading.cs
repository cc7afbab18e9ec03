using System.Collections.Frozen;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <summary>
/// One profile's reading of a pack, followed term by term as a person would. It is what a finding explains itself by, and the plain
/// counterpart that the bit planes are checked against.
/// </summary>
public sealed class Reading
{
    private readonly IReadOnlyList<DerivedTerm> order;
    private readonly FrozenDictionary<string, DerivedTerm> derived;
    private readonly AsOf asOf;
    private readonly KnownFacts facts;
    private readonly bool isClosed;

    public Reading(LawPack pack, string profile, AsOf asOf, KnownFacts facts, bool isClosed)
    {
        ArgumentNullException.ThrowIfNull(pack);
        order = pack.Derived;
        derived = pack.Derived.ToFrozenDictionary(term => term.Id, StringComparer.Ordinal);
        Profile = profile;
        this.asOf = asOf;
        this.facts = facts;
        this.isClosed = isClosed;
    }

    public string Profile { get; }

    /// <summary>How the profile reads a derived term; null for a fact.</summary>
    public Clause? Definition(string id) =>
        derived.TryGetValue(id, out DerivedTerm? term) ? Of(term.Clause, term.Stances) : null;

    /// <summary>How the profile reads the breach of a duty.</summary>
    public Clause Breach(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Of(rule.Breach!, rule.Stances);
    }

    /// <summary>True when the profile has an entry of its own that counts on the day asked for.</summary>
    public bool HasStance(IReadOnlyList<Stance> stances) =>
        stances.Any(stance => stance.Profile == Profile && asOf.Counts(stance));

    /// <summary>
    /// Terms that a rule rests on, in pack order, and <c>breach</c> of the rule, for which the profile has an entry of its own that counts
    /// on the day asked for. None: it is listed with the reading by default because nobody wrote down another, and not because it said so.
    /// </summary>
    public IReadOnlyList<string> OwnEntries(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        HashSet<string> terms =
        [
            .. Parts(rule).SelectMany(part => part.Clause.Expression.Ids()).SelectMany(Below),
        ];
        return
        [
            .. order
                .Where(term => terms.Contains(term.Id) && HasStance(term.Stances))
                .Select(term => term.Id),
            .. HasStance(rule.Stances) ? ["breach"] : Array.Empty<string>(),
        ];
    }

    /// <summary>A term with all terms that this reading defines it by.</summary>
    private IEnumerable<string> Below(string id) =>
        Definition(id) is { } definition
            ? definition.Expression.Ids().SelectMany(Below).Prepend(id)
            : [];

    /// <summary>The value of each part of a rule, in the order in which they are asked.</summary>
    public IReadOnlyList<Part> Parts(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var none = new Dictionary<string, bool>();
        if (rule.Kind != RuleKind.Duty)
        {
            return [PartOf("holds", rule.Condition, none)];
        }

        IReadOnlyDictionary<string, bool> burden = isClosed ? rule.Burden : none;
        return
        [
            PartOf("applies", rule.Condition, none),
            PartOf("breach", Breach(rule), burden),
            .. rule.Exceptions.Select(one => PartOf($"exception:{one.Id}", one.When, burden)),
        ];
    }

    /// <summary>Section 5 of the catalogue's semantics, step by step.</summary>
    public Outcome OutcomeOf(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (asOf.Report(rule) is { } report)
        {
            return report;
        }

        IReadOnlyList<Part> parts = Parts(rule);
        Kleene first = parts[0].Value;
        if (rule.Kind != RuleKind.Duty)
        {
            return (rule.Kind, first) switch
            {
                (_, Kleene.Unknown) => Outcome.Undetermined,
                (RuleKind.Test, Kleene.True) => Outcome.Holds,
                (RuleKind.Test, _) => Outcome.DoesNotHold,
                (_, Kleene.True) => Outcome.Admissible,
                _ => Outcome.Inadmissible,
            };
        }

        Kleene breach = parts[1].Value;
        Kleene[] excuses =
        [
            .. rule.Exceptions.Select(
                (one, at) =>
                    parts[at + 2].Value == Kleene.Unknown && one.IgnoresUnknown
                        ? Kleene.False
                        : parts[at + 2].Value
            ),
        ];
        return first == Kleene.False ? Outcome.NotApplicable
            : first == Kleene.Unknown ? Outcome.Undetermined
            : breach == Kleene.False ? Outcome.Met
            : excuses.Contains(Kleene.True) ? Outcome.Met
            : breach == Kleene.Unknown || excuses.Contains(Kleene.Unknown) ? Outcome.Undetermined
            : Outcome.Violated;
    }

    /// <summary>Why an expression has its value: the parts, the terms as this profile defines them, and the facts.</summary>
    public Reason Why(Expression expression, IReadOnlyDictionary<string, bool> burden)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(burden);
        Reason[] parts = expression switch
        {
            Not not => [Why(not.Of, burden)],
            All all => [.. all.Parts.Select(part => Why(part, burden))],
            Any any => [.. any.Parts.Select(part => Why(part, burden))],
            Id id when Definition(id.Name) is { } definition =>
            [
                Why(definition.Expression, burden),
            ],
            _ => [],
        };
        bool isFact = expression is Id { Name: var name } && !derived.ContainsKey(name);
        return new Reason(
            expression.ToString(),
            ValueOf(expression, burden),
            isFact ? facts.Of(expression.ToString()!) : null,
            isFact
                && facts[expression.ToString()!] == Kleene.Unknown
                && burden.ContainsKey(expression.ToString()!),
            parts
        );
    }

    public Kleene ValueOf(Expression expression, IReadOnlyDictionary<string, bool> burden) =>
        expression switch
        {
            Id id => Definition(id.Name) is { } definition
                ? ValueOf(definition.Expression, burden)
                : FactOf(id.Name, burden),
            Not not => ValueOf(not.Of, burden).Not(),
            All all => all.Parts.Aggregate(
                Kleene.True,
                (value, part) => value.And(ValueOf(part, burden))
            ),
            Any any => any.Parts.Aggregate(
                Kleene.False,
                (value, part) => value.Or(ValueOf(part, burden))
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };

    /// <summary>The facts that an expression rests on in this reading, each once, sorted.</summary>
    public IReadOnlyList<string> Atoms(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var atoms = new SortedSet<string>(StringComparer.Ordinal);
        Collect(expression, atoms);
        return [.. atoms];
    }

    private void Collect(Expression expression, SortedSet<string> atoms)
    {
        foreach (string id in expression.Ids())
        {
            if (Definition(id) is { } definition)
            {
                Collect(definition.Expression, atoms);
            }
            else
            {
                atoms.Add(id);
            }
        }
    }

    private Kleene FactOf(string id, IReadOnlyDictionary<string, bool> burden) =>
        facts[id] is var known && known == Kleene.Unknown && burden.TryGetValue(id, out bool value)
            ? KleeneTables.Of(value)
            : known;

    private Clause Of(Clause byDefault, IReadOnlyList<Stance> stances) =>
        stances.FirstOrDefault(stance => stance.Profile == Profile && asOf.Counts(stance))?.Clause
        ?? byDefault;

    private Part PartOf(string name, Clause clause, IReadOnlyDictionary<string, bool> burden) =>
        new(name, clause, ValueOf(clause.Expression, burden), Atoms(clause.Expression));
}

/// <summary>One part of a rule with its value: <c>applies</c>, <c>breach</c>, <c>holds</c> or <c>exception:ID</c>.</summary>
public sealed record Part(string Name, Clause Clause, Kleene Value, IReadOnlyList<string> Facts);

/// <summary>A node of the tree of reasons.</summary>
/// <param name="Fact">What was said about it, where it is a fact that somebody spoke of.</param>
/// <param name="IsBurden">Taken so because whoever bears the burden did not discharge it.</param>
public sealed record Reason(
    string Text,
    Kleene Value,
    KnownFact? Fact,
    bool IsBurden,
    IReadOnlyList<Reason> Parts
);
