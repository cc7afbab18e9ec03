namespace Breakwater.Norms.Argumentation;

/// <summary>An argument in dense numbers, with what attacks and comparisons look at.</summary>
/// <param name="Rule">The rule applied last, or -1 for a premise.</param>
/// <param name="Conclusions">Its own conclusion and all on the way to it.</param>
/// <param name="Presumes">All defeasible rules in it (DefRules).</param>
/// <param name="Last">Its last defeasible rules (LastDefRules): the one applied last, or those that strict rules were applied to.</param>
internal sealed record Built(
    int Conclusion,
    int Rule,
    int[] From,
    int[] Conclusions,
    int[] Presumes,
    int[] Last
);

/// <summary>All arguments of a theory, built forward, each after those that it is made of.</summary>
/// <remarks>
/// Modgil and Prakken 2013, section 3. No argument concludes what is concluded on the way to it, so there are finitely many. Each is made
/// once, when the last of what it needs is at hand.
/// </remarks>
internal sealed class ArgumentsFromTheory
{
    private readonly Terms terms;
    private readonly Limits limits;
    private readonly List<Built> built = [];
    private readonly List<int>[] atHand;
    private readonly List<int> scratch = [];
    private long size;

    private ArgumentsFromTheory(Terms terms, Limits limits)
    {
        this.terms = terms;
        this.limits = limits;
        atHand = [.. terms.Literals.Select(_ => new List<int>())];
    }

    /// <returns>All arguments, or those before the limit that was met.</returns>
    public static (IReadOnlyList<Built> Built, Capped? Capped) Build(Terms terms, Limits limits)
    {
        var arguments = new ArgumentsFromTheory(terms, limits);
        arguments.Build();
        List<Built> built = arguments.built;
        return built.Count > limits.Arguments
                ? (built[..limits.Arguments], new(Cap.Arguments, built.Count, limits.Arguments))
            : arguments.size > limits.Size ? (built, new(Cap.Size, arguments.size, limits.Size))
            : (built, null);
    }

    private bool IsFull => built.Count > limits.Arguments || size > limits.Size;

    private void Build()
    {
        foreach (int premise in terms.Premises)
        {
            built.Add(new(premise, -1, [], [premise], [], []));
        }

        for (int rule = 0; rule < terms.Rules.Length; rule++)
        {
            if (terms.If[rule].Length == 0)
            {
                Add(rule, []);
            }
        }

        for (int next = 0; next < built.Count && !IsFull; next++)
        {
            int conclusion = built[next].Conclusion;
            atHand[conclusion].Add(next);
            foreach (int rule in terms.Needing[conclusion])
            {
                // Every place can be filled or none is: so each choice below ends in an argument, and the limit bounds the work.
                if (
                    IsUsable(next, rule)
                    && Array.TrueForAll(
                        terms.If[rule],
                        literal => atHand[literal].Exists(one => IsUsable(one, rule))
                    )
                )
                {
                    Combine(rule, next, new int[terms.If[rule].Length], 0);
                }
            }
        }
    }

    private bool IsUsable(int argument, int rule) =>
        !Sets.Has(built[argument].Conclusions, terms.Then[rule]);

    private void Combine(int rule, int newest, int[] from, int place)
    {
        if (place == from.Length)
        {
            Add(rule, [.. from]);
            return;
        }

        int literal = terms.If[rule][place];
        if (literal == built[newest].Conclusion)
        {
            from[place] = newest;
            Combine(rule, newest, from, place + 1);
            return;
        }

        foreach (int one in atHand[literal])
        {
            if (IsFull)
            {
                return;
            }

            if (IsUsable(one, rule))
            {
                from[place] = one;
                Combine(rule, newest, from, place + 1);
            }
        }
    }

    private void Add(int rule, int[] from)
    {
        bool isStrict = terms.Rules[rule].IsStrict;
        int[] own = isStrict ? [] : [rule];
        var argument = new Built(
            terms.Then[rule],
            rule,
            from,
            Gather(from, one => one.Conclusions, [terms.Then[rule]]),
            Gather(from, one => one.Presumes, own),
            isStrict ? Gather(from, one => one.Last, []) : own
        );
        built.Add(argument);
        size += argument.Conclusions.Length + argument.Presumes.Length;
    }

    private int[] Gather(int[] from, Func<Built, int[]> part, int[] own)
    {
        scratch.Clear();
        scratch.AddRange(own);
        foreach (int one in from)
        {
            scratch.AddRange(part(built[one]));
        }

        return Sets.Union(scratch);
    }
}
