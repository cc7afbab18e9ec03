namespace Breakwater.Norms.Argumentation;

/// <summary>From a theory to what of it can be accepted: arguments, attacks, the grounded labelling and all preferred ones.</summary>
public static class AcceptanceFromTheory
{
    /// <returns>The same for the same theory, in whatever order it was given.</returns>
    public static Acceptance Weigh(Theory theory, Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(theory);
        limits ??= new Limits();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.Component, 64);
        var terms = new Terms(theory);
        (IReadOnlyList<Built> built, Capped? capped) = ArgumentsFromTheory.Build(terms, limits);
        Argument[] arguments =
        [
            .. built.Select(one => new Argument(
                terms.Literals[one.Conclusion],
                one.Rule < 0 ? null : terms.Rules[one.Rule],
                one.From
            )),
        ];
        if (capped is not null)
        {
            return new(arguments, Grounded: null, Preferred: null, capped);
        }

        (Framework? framework, int[] nodeOf, capped) = FrameworkFromArguments.Flatten(
            terms,
            built,
            limits
        );
        if (framework is null)
        {
            return new(arguments, Grounded: null, Preferred: null, capped);
        }

        Label[] grounded = framework.Grounded();
        (IReadOnlyList<Label[]>? preferred, capped) = PreferredFromGrounded.Find(
            framework,
            grounded,
            limits
        );
        return new(
            arguments,
            Project(grounded),
            preferred is null ? null : [.. preferred.Select(Project)],
            capped
        );

        Labelling Project(Label[] labels) =>
            new(terms, built, [.. nodeOf.Select(node => labels[node])]);
    }
}
