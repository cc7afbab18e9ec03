using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>
/// How likely each kind is, from signature and circumstances. The likelihoods and <see cref="Unknown"/> add up to 1; what
/// nothing speaks for stays unknown. They name no actor and no guilt.
/// </summary>
/// <param name="Kinds">Most likely first; kinds that nothing speaks for are left out.</param>
/// <param name="Unknown">The share that nothing known decides.</param>
public sealed record KindLikelihoods(IReadOnlyList<KindLikelihood> Kinds, Confidence Unknown);

/// <param name="Reasons">Everything for and against, heaviest first.</param>
public sealed record KindLikelihood(
    DisruptionKind Kind,
    Confidence Probability,
    IReadOnlyList<KindReason> Reasons
);

/// <param name="Tag">Named reason: <c>routes_stay_up</c>, <c>exam_period</c>.</param>
/// <param name="Weight">Log-odds for the kind; below zero speaks against it.</param>
/// <param name="Text">The reason in one sentence, for people.</param>
/// <param name="From">Ids of signals or disruptions that it rests on.</param>
public sealed record KindReason(string Tag, double Weight, string Text, IReadOnlyList<string> From);
