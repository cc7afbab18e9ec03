namespace Breakwater.Norms.Argumentation;

/// <summary>From the grounded labelling to all preferred ones, component by component.</summary>
/// <remarks>
/// Baroni, Giacomin and Guida 2005, "SCC-recursiveness: a general schema for argumentation semantics": what the grounded labelling leaves
/// undecided falls into components, and each is labelled after those that attack into it, once for every way in which they are labelled.
/// </remarks>
internal sealed class PreferredFromGrounded
{
    private readonly Component[] components;
    private readonly Limits limits;
    private readonly Label[] labels;
    private readonly List<Label[]> found = [];
    private long steps;

    private PreferredFromGrounded(Component[] components, Label[] grounded, Limits limits)
    {
        (this.components, this.limits) = (components, limits);
        labels = [.. grounded];
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

        var preferred = new PreferredFromGrounded(
            [.. components.Select(nodes => new Component(framework, nodes))],
            grounded,
            limits
        );
        preferred.Walk();
        return preferred.steps < 0 ? (null, new(Cap.Steps, limits.Steps + 1L, limits.Steps))
            : preferred.found.Count > limits.Extensions
                ? (
                    preferred.found[..^1],
                    new(Cap.Extensions, preferred.found.Count, limits.Extensions)
                )
            : (preferred.found, null);
    }

    /// <summary>Labels components in order and goes back to the last that can be labelled otherwise, until there is one more than is listed.</summary>
    private void Walk()
    {
        var choices = new IReadOnlyList<ulong>?[components.Length];
        int[] next = new int[components.Length];
        int at = 0;
        while (at >= 0 && steps >= 0 && found.Count <= limits.Extensions)
        {
            if (at == components.Length)
            {
                found.Add([.. labels]);
                at--;
                continue;
            }

            choices[at] ??= components[at].Choices(labels, limits.Extensions + 1, ref steps);
            if (next[at] < choices[at]!.Count)
            {
                components[at].Settle(labels, choices[at]![next[at]++]);
                at++;
            }
            else
            {
                (choices[at], next[at]) = (null, 0);
                at--;
            }
        }
    }
}
