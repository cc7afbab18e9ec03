using System.Numerics;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Asking;

/// <summary>A fact worth asking for, and what an answer could settle.</summary>
/// <param name="Value">
/// Sum over rules of the weight of the rule times the probability that its outcome changes, by the cost of the answer.
/// </param>
/// <param name="Settles">Rules whose outcome at least one of the two answers changes, in pack order.</param>
/// <param name="Reach">Rules that the fact is missing for; it ranks questions whose answer alone settles nothing.</param>
/// <param name="Withheld">Why it is not put to the respondent; null when it may be.</param>
public sealed record Question(
    FactTerm Fact,
    double Value,
    IReadOnlyList<string> Settles,
    int Reach,
    string? Withheld
);

/// <summary>
/// Which unknown fact matters most, by trying both answers. Safety is a filter and no factor: a question that could expose somebody is
/// not put to whoever it could expose, however much it would settle.
/// </summary>
public static class NextQuestions
{
    /// <summary>Without knowledge of the case an answer is as likely to be yes as no. It is shown beside every value.</summary>
    public const double Probability = 0.5;

    /// <param name="evaluation">Left as it was found.</param>
    /// <param name="profiles">Places of the profiles that are asked for.</param>
    /// <returns>
    /// First what may be put to the respondent, by value, then reach, then id, and for the field what is known elsewhere behind the rest;
    /// after that what may not, with the reason.
    /// </returns>
    public static IReadOnlyList<Question> Rank(
        Evaluation evaluation,
        IReadOnlyList<int> profiles,
        Respondent respondent
    )
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(profiles);
        Programme programme = evaluation.Programme;
        ulong mask = profiles.Aggregate(0UL, (bits, profile) => bits | (1UL << profile));
        ulong[] before = Outcomes(evaluation, mask);
        int[] reach = Reach(evaluation, profiles);
        var changedByTrue = new double[programme.RuleCount];
        var changedByFalse = new double[programme.RuleCount];
        var questions = new List<Question>();
        for (int fact = 0; fact < programme.FactCount; fact++)
        {
            if (evaluation[fact] != Kleene.Unknown || reach[fact] == 0)
            {
                continue;
            }

            Try(fact, Kleene.True, changedByTrue);
            Try(fact, Kleene.False, changedByFalse);
            evaluation.Set(fact, Kleene.Unknown);
            double value = 0;
            var settles = new List<string>();
            for (int rule = 0; rule < programme.RuleCount; rule++)
            {
                double changes =
                    (Probability * changedByTrue[rule])
                    + ((1 - Probability) * changedByFalse[rule]);
                if (changes > 0)
                {
                    value += changes;
                    settles.Add(programme.RuleAt(rule).Id);
                }
            }

            FactTerm term = programme.Pack.Facts[fact];
            questions.Add(
                new Question(
                    term,
                    value / term.Cost,
                    settles,
                    reach[fact],
                    WhyWithheld(term, respondent)
                )
            );
        }

        return
        [
            .. questions
                .OrderBy(question => question.Withheld is not null)
                .ThenBy(question =>
                    respondent == Respondent.Field && question.Fact.AskOf != Respondent.Field
                )
                .ThenByDescending(question => question.Value)
                .ThenByDescending(question => question.Reach)
                .ThenBy(question => question.Fact.Id, StringComparer.Ordinal),
        ];

        void Try(int fact, Kleene value, double[] changed)
        {
            evaluation.Set(fact, value);
            for (int rule = 0; rule < programme.RuleCount; rule++)
            {
                ulong differs = 0;
                for (int plane = 0; plane < 3; plane++)
                {
                    differs |= before[(rule * 3) + plane] ^ (evaluation.Plane(rule, plane) & mask);
                }

                changed[rule] = (double)BitOperations.PopCount(differs) / profiles.Count;
            }
        }
    }

    private static string? WhyWithheld(FactTerm fact, Respondent respondent) =>
        (fact.Safety, respondent) switch
        {
            (Safety.Guarded, not Respondent.Desk) => fact.SafetyNote
                ?? "collecting the answer may expose somebody; it is answered at the desk only",
            (Safety.Care, Respondent.Field) => fact.SafetyNote
                ?? "a trained documenter asks this, with a warning",
            _ => fact.AskOf > respondent && fact.IsEvaluative
                ? $"it needs an assessment by a {fact.Assessor ?? "named role"}"
                : null,
        };

    private static ulong[] Outcomes(Evaluation evaluation, ulong mask)
    {
        var planes = new ulong[evaluation.Programme.RuleCount * 3];
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = evaluation.Plane(i / 3, i % 3) & mask;
        }

        return planes;
    }

    /// <summary>For each fact, how many rules it is missing for, in a reading that is asked for.</summary>
    private static int[] Reach(Evaluation evaluation, IReadOnlyList<int> profiles)
    {
        Programme programme = evaluation.Programme;
        var reach = new int[programme.FactCount];
        var open = new OpenFacts(evaluation);
        for (int rule = 0; rule < programme.RuleCount; rule++)
        {
            foreach (
                string fact in profiles
                    .Select(profile => open.Of(rule, profile))
                    .Distinct()
                    .SelectMany(missing => missing)
                    .Distinct(StringComparer.Ordinal)
            )
            {
                reach[programme.FactIndex[fact]]++;
            }
        }

        return reach;
    }
}
