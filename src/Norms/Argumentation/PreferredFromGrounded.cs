namespace Breakwater.Norms.Argumentation;

/// <summary>From the grounded labelling to all preferred ones, component by component.</summary>
/// <remarks>
/// Baroni, Giacomin and Guida 2005, "SCC-recursiveness": what the grounded labelling leaves undecided falls into components; each is labelled
/// after those that attack into it, once for every way in which they can be labelled.
/// </remarks>
internal sealed class PreferredFromGrounded
{
    private readonly Framework framework;
    private readonly int[] placeOf;
    private readonly int most;
    private long steps;

    private PreferredFromGrounded(Framework framework, Limits limits)
    {
        this.framework = framework;
        placeOf = new int[framework.Count];
        Array.Fill(placeOf, -1);
        // One more than is listed, to know that there are more.
        most = checked(limits.Extensions + 1);
        steps = limits.Steps;
    }

    /// <returns>Labellings in a fixed order: all, the first ones when their number is capped, or null when anything else is.</returns>
    public static (IReadOnlyList<Label[]>? Labellings, Capped? Capped) Find(
        Framework framework,
        Label[] grounded,
        Limits limits
    )
    {
        IReadOnlyList<int[]> components = Components.Of(framework, grounded);
        int largest = components.Select(component => component.Length).DefaultIfEmpty().Max();
        if (largest > limits.Component)
        {
            return (null, new(Cap.Component, largest, limits.Component));
        }

        var preferred = new PreferredFromGrounded(framework, limits);
        List<Label[]> labellings = [grounded];
        foreach (int[] component in components)
        {
            labellings = preferred.Extend(labellings, component);
            if (preferred.steps < 0)
            {
                return (null, new(Cap.Steps, limits.Steps + 1L, limits.Steps));
            }
        }

        return labellings.Count < preferred.most
            ? (labellings, null)
            : (labellings[..^1], new(Cap.Extensions, labellings.Count, limits.Extensions));
    }

    private List<Label[]> Extend(List<Label[]> labellings, int[] component)
    {
        foreach ((int place, int node) in component.Index())
        {
            placeOf[node] = place;
        }

        ulong[] attackers = [.. component.Select(node => Mask(framework.Attackers(node)))];
        ulong[] targets = [.. component.Select(node => Mask(framework.Targets(node)))];
        var search = new ComponentSearch(attackers, targets);
        Dictionary<(ulong, ulong), IReadOnlyList<ulong>> known = [];
        List<Label[]> extended = [];
        foreach (Label[] labelling in labellings)
        {
            (ulong outside, ulong barred) = Conditions(labelling, component);
            if (!known.TryGetValue((outside, barred), out IReadOnlyList<ulong>? sets))
            {
                sets = search.Find(outside, barred, most, ref steps);
                known[(outside, barred)] = sets;
            }

            foreach (ulong set in sets.Take(most - extended.Count))
            {
                extended.Add(Labelled(labelling, component, set, outside, targets));
            }
        }

        foreach (int node in component)
        {
            placeOf[node] = -1;
        }

        return extended;
    }

    private ulong Mask(ReadOnlySpan<int> nodes)
    {
        ulong mask = 0;
        foreach (int node in nodes)
        {
            mask |= placeOf[node] >= 0 ? 1UL << placeOf[node] : 0;
        }

        return mask;
    }

    private (ulong Outside, ulong Barred) Conditions(Label[] labelling, int[] component)
    {
        ulong outside = 0;
        ulong barred = 0;
        for (int place = 0; place < component.Length; place++)
        {
            foreach (int attacker in framework.Attackers(component[place]))
            {
                if (placeOf[attacker] < 0)
                {
                    outside |= labelling[attacker] == Label.In ? 1UL << place : 0;
                    barred |= labelling[attacker] == Label.Undecided ? 1UL << place : 0;
                }
            }
        }

        return (outside, barred & ~outside);
    }

    private static Label[] Labelled(
        Label[] labelling,
        int[] component,
        ulong set,
        ulong outside,
        ulong[] targets
    )
    {
        Label[] labels = [.. labelling];
        ulong defeated = outside;
        for (int place = 0; place < component.Length; place++)
        {
            defeated |= (set >> place & 1) != 0 ? targets[place] : 0;
        }

        for (int place = 0; place < component.Length; place++)
        {
            labels[component[place]] =
                (set >> place & 1) != 0 ? Label.In
                : (defeated >> place & 1) != 0 ? Label.Out
                : Label.Undecided;
        }

        return labels;
    }
}
