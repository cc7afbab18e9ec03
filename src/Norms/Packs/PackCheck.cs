using Breakwater.Vocabulary;

namespace Breakwater.Norms.Packs;

/// <summary>What is wrong with a pack, where, and what to do.</summary>
public sealed record PackFault(PackLine At, string Reason, string Remedy);

/// <summary>The gates of a law pack: what stands in one file is held against what stands in the others.</summary>
public static partial class PackCheck
{
    private const int ReviewersMin = 2;

    private const string Derogation = "DEROG";
    private const string DerogationTerm = "ihrl.derogation";
    private const string CoveringPrefix = "ctx.derogation_covers_";

    /// <summary>Empty when the pack can be used.</summary>
    public static IReadOnlyList<PackFault> Of(LawPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var check = new Check(pack);
        check.Names();
        check.Sizes();
        check.Expressions();
        if (check.Faults.Count == 0)
        {
            // What follows walks through definitions, so these must be sound.
            check.Cycles();
        }

        if (check.Faults.Count == 0)
        {
            check.Unfolding();
            check.Stances();
            check.Burdens();
            check.Derogations();
            check.Unread();
        }

        check.Dates();
        check.Sources();
        check.Reviews();
        return
        [
            .. check
                .Faults.OrderBy(fault => fault.At.File, StringComparer.Ordinal)
                .ThenBy(fault => fault.At.Line),
        ];
    }

    private sealed partial class Check(LawPack pack)
    {
        private readonly Dictionary<string, DerivedTerm> derived = pack
            .Derived.GroupBy(term => term.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

        private readonly HashSet<string> facts = new(
            pack.Facts.Select(fact => fact.Id),
            StringComparer.Ordinal
        );

        private readonly HashSet<string> profiles = new(
            pack.Profiles.Select(profile => profile.Id),
            StringComparer.Ordinal
        );

        private readonly HashSet<string> instruments = new(
            pack.Instruments.Select(one => one.Id),
            StringComparer.Ordinal
        );

        private readonly HashSet<string> gaps = new(
            pack.Gaps.Select(gap => gap.Id),
            StringComparer.Ordinal
        );

        private readonly HashSet<string> rules = new(
            pack.Rules.Select(rule => rule.Id),
            StringComparer.Ordinal
        );

        public List<PackFault> Faults { get; } = [];

        public void Names()
        {
            Once(pack.Rules.Select(rule => (rule.Id, rule.At)), "rule");
            Once(
                [
                    .. pack.Facts.Select(fact => (fact.Id, fact.At)),
                    .. pack.Derived.Select(term => (term.Id, term.At)),
                ],
                "fact or derived term"
            );
            Once(pack.Profiles.Select(profile => (profile.Id, profile.At)), "profile");
            Once(pack.Instruments.Select(one => (one.Id, one.At)), "instrument");
            Once(pack.Gaps.Select(gap => (gap.Id, gap.At)), "gap");
            if (pack.Profiles.Count == 0 || pack.Profiles[0].Id != LawPack.Baseline)
            {
                Add(
                    new PackLine("profiles.yaml", 1),
                    "the first profile is not 'baseline'",
                    "Put the reading that has no entries of its own first"
                );
            }

            foreach (Rule rule in pack.Rules)
            {
                Known(
                    rule.At,
                    [rule.ValidBasis, .. rule.Later],
                    instruments,
                    "instrument",
                    "instruments.yaml"
                );
                Known(
                    rule.At,
                    rule.ReadingBasis is { } basis ? [basis] : [],
                    instruments,
                    "instrument",
                    "instruments.yaml"
                );
                Known(rule.At, rule.Gaps, gaps, "gap", "gaps.yaml");
                Known(
                    rule.At,
                    [
                        .. rule.Stances.Select(stance => stance.Profile),
                        .. rule.Superseded is { } superseded
                            ? [superseded.By]
                            : Array.Empty<string>(),
                    ],
                    profiles,
                    "profile",
                    "profiles.yaml"
                );
                Known(rule.At, rule.Burden.Keys, facts, "fact", "facts/");
            }

            foreach (DerivedTerm term in pack.Derived)
            {
                Known(
                    term.At,
                    term.Stances.Select(stance => stance.Profile),
                    profiles,
                    "profile",
                    "profiles.yaml"
                );
            }

            foreach (Gap gap in pack.Gaps)
            {
                Known(gap.At, gap.Rules, rules, "rule", "rules/");
                foreach (
                    Rule rule in pack.Rules.Where(rule =>
                        rule.Gaps.Contains(gap.Id) != gap.Rules.Contains(rule.Id)
                    )
                )
                {
                    Add(
                        gap.At,
                        $"gap {gap.Id} and rule {rule.Id} do not name each other",
                        "Name the rule under 'rules' here and the gap under 'gap' there, or neither"
                    );
                }
            }

            foreach (Relation relation in pack.Relations)
            {
                Known(relation.At, [relation.From, relation.To], rules, "rule", "rules/");
            }
        }

        public void Expressions()
        {
            foreach (Clause clause in Clauses())
            {
                foreach (
                    string id in clause
                        .Expression.Ids()
                        .Where(id => !facts.Contains(id) && !derived.ContainsKey(id))
                )
                {
                    string? near = Nearest.Of(id, facts.Concat(derived.Keys));
                    Add(
                        clause.At,
                        $"'{id}' is neither a fact nor a derived term",
                        near is null
                            ? "Declare it under facts/ or in derived.yaml"
                            : $"Did you mean '{near}'? Otherwise declare it under facts/ or in derived.yaml"
                    );
                }
            }
        }

        public void Cycles()
        {
            var done = new HashSet<string>(StringComparer.Ordinal);
            foreach (DerivedTerm term in pack.Derived)
            {
                Follow(term, [], done);
            }
        }

        public void Unread()
        {
            var read = new HashSet<string>(Clauses().SelectMany(Atoms), StringComparer.Ordinal);
            foreach (
                FactTerm fact in pack.Facts.Where(fact =>
                    fact.IsContextOnly == read.Contains(fact.Id)
                )
            )
            {
                Add(
                    fact.At,
                    fact.IsContextOnly
                        ? $"fact '{fact.Id}' is context_only, and a rule reads it"
                        : $"no rule reads fact '{fact.Id}'",
                    fact.IsContextOnly
                        ? "Remove context_only"
                        : "Use it in a rule, mark it context_only: true, or remove it"
                );
            }
        }

        public void Sources()
        {
            foreach (Rule rule in pack.Rules)
            {
                if (rule.Sources.Count == 0)
                {
                    Add(
                        rule.At,
                        $"rule {rule.Id} has no source",
                        "Cite at least one under 'src'; a citation is never made up"
                    );
                }

                if (rule.Commentary.Length == 0)
                {
                    Add(
                        rule.At,
                        $"rule {rule.Id} has no commentary",
                        $"Write {rule.Id}.md beside it, in plain language"
                    );
                }
            }
        }

        public void Reviews()
        {
            foreach (
                Rule rule in pack.Rules.Where(rule =>
                    rule.Status == PackStatus.Reviewed && rule.Reviewers.Count < ReviewersMin
                )
            )
            {
                Add(
                    rule.At,
                    $"rule {rule.Id} says 'reviewed' with {rule.Reviewers.Count} reviewers",
                    $"Name {ReviewersMin} independent lawyers who reviewed it, or set status: draft"
                );
            }

            if (
                pack.Status == PackStatus.Reviewed
                && pack.Rules.Any(rule => rule.Status != PackStatus.Reviewed)
            )
            {
                Add(
                    new PackLine("pack.yaml", 1),
                    "the pack says 'reviewed' while a rule is a draft",
                    "Set status: draft, or have every rule reviewed"
                );
            }
        }

        private void Follow(DerivedTerm term, IReadOnlyList<string> path, HashSet<string> done)
        {
            if (path.Contains(term.Id))
            {
                Add(
                    term.At,
                    $"'{term.Id}' is defined by itself: {string.Join(" -> ", path.SkipWhile(id => id != term.Id).Append(term.Id))}",
                    "Break the circle: a derived term rests on facts in the end"
                );
                done.Add(term.Id);
                return;
            }

            if (done.Contains(term.Id))
            {
                return;
            }

            foreach (string id in Readings(term).SelectMany(clause => clause.Expression.Ids()))
            {
                if (derived.TryGetValue(id, out DerivedTerm? inner))
                {
                    Follow(inner, [.. path, term.Id], done);
                }
            }

            done.Add(term.Id);
        }

        private static IEnumerable<Clause> Readings(DerivedTerm term) =>
            term.Stances.Select(stance => stance.Clause).Prepend(term.Clause);

        private static IEnumerable<Clause> Readings(Rule rule) =>
            rule.Breach is null
                ? []
                : rule.Stances.Select(stance => stance.Clause).Prepend(rule.Breach);

        private IEnumerable<Clause> Clauses() =>
            [
                .. pack.Derived.SelectMany(Readings),
                .. pack.Rules.SelectMany(rule =>
                    Readings(rule)
                        .Prepend(rule.Condition)
                        .Concat(rule.Exceptions.Select(one => one.When))
                ),
                .. pack.Gaps.Select(gap => gap.When).OfType<Clause>(),
            ];

        /// <summary>The facts that a clause rests on, under any profile.</summary>
        private HashSet<string> Atoms(Clause clause)
        {
            var atoms = new HashSet<string>(StringComparer.Ordinal);
            var terms = new HashSet<string>(StringComparer.Ordinal);
            var waiting = new Queue<string>(clause.Expression.Ids());
            while (waiting.TryDequeue(out string? id))
            {
                if (!derived.TryGetValue(id, out DerivedTerm? term))
                {
                    atoms.Add(id);
                }
                else if (terms.Add(id))
                {
                    foreach (string inner in Readings(term).SelectMany(one => one.Expression.Ids()))
                    {
                        waiting.Enqueue(inner);
                    }
                }
            }

            return atoms;
        }

        private void Once(IEnumerable<(string Id, PackLine At)> named, string what)
        {
            var seen = new Dictionary<string, PackLine>(StringComparer.Ordinal);
            foreach ((string id, PackLine at) in named)
            {
                if (!seen.TryAdd(id, at))
                {
                    Add(
                        at,
                        $"{what} '{id}' stands twice: also in {seen[id].File}, line {seen[id].Line}",
                        "Remove or rename one of them"
                    );
                }
            }
        }

        private void Known(
            PackLine at,
            IEnumerable<string> named,
            IReadOnlyCollection<string> known,
            string what,
            string where
        )
        {
            foreach (string id in named.Where(id => !known.Contains(id)))
            {
                string? near = Nearest.Of(id, known);
                Add(
                    at,
                    $"there is no {what} '{id}'",
                    near is null
                        ? $"Add it in {where}"
                        : $"Did you mean '{near}'? Otherwise add it in {where}"
                );
            }
        }

        private void Add(PackLine at, string reason, string remedy) =>
            Faults.Add(new PackFault(at, reason, remedy));
    }
}
