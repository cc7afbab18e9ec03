using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions.Law;

/// <param name="LeftOut">Disruptions above even odds that were not assessed, because there were too many.</param>
public sealed record FindingsOnDisruptions(
    IReadOnlyList<ProposedFacts> Facts,
    IReadOnlyList<DisruptionFindings> Findings,
    int LeftOut
)
{
    public static FindingsOnDisruptions None { get; } = new([], [], 0);
}

/// <summary>
/// From proposed facts to what each body would say of them, for many disruptions. A programme is made once for each day of law, and an
/// evaluation once for each of them and each thread; equal facts are assessed once. The number of threads changes nothing.
/// </summary>
public static class FindingsFromFacts
{
    public const int MethodVersion = 1;

    /// <summary>Disruptions that one walk assesses, the surest first.</summary>
    public const int DisruptionsMax = 500;

    public const int QuestionsMax = 3;

    /// <summary>Below even odds there may be no conduct at all.</summary>
    private const double EvenOdds = 0.5;

    /// <param name="valid">The day as of which law and readings are known.</param>
    public static FindingsOnDisruptions Assess(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Signal> signals,
        LawPack pack,
        LocalDate valid,
        int threads = 1
    )
    {
        ArgumentNullException.ThrowIfNull(disruptions);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(pack);
        List<Disruption> likely =
        [
            .. disruptions
                .Where(disruption => disruption.Confidence.Probability > EvenOdds)
                .DistinctBy(disruption => disruption.Id),
        ];
        HashSet<string> taken =
        [
            .. likely
                .OrderByDescending(disruption => disruption.Confidence)
                .ThenBy(disruption => disruption.Id, StringComparer.Ordinal)
                .Take(DisruptionsMax)
                .Select(disruption => disruption.Id),
        ];
        Dictionary<string, Signal> byId = signals
            .DistinctBy(signal => signal.Id)
            .ToDictionary(signal => signal.Id, StringComparer.Ordinal);
        List<AssertionSignal> stated = [.. byId.Values.OfType<AssertionSignal>()];
        List<Case> cases =
        [
            .. likely
                .Where(disruption => taken.Contains(disruption.Id))
                .Select(disruption =>
                    Case.Of(
                        disruption,
                        FactsFromDisruptions.Propose(disruption, byId, pack, valid, stated),
                        valid
                    )
                ),
        ];
        Dictionary<(AsOf, string), Said> said = Assess(cases, pack, threads);
        return new FindingsOnDisruptions(
            [.. cases.Select(one => one.Proposed)],
            [.. cases.Select(one => Told(one, said[one.Key], pack))],
            likely.Count - cases.Count
        );
    }

    private static Dictionary<(AsOf, string), Said> Assess(
        List<Case> cases,
        LawPack pack,
        int threads
    )
    {
        Case[] distinct = [.. cases.DistinctBy(one => one.Key)];
        Dictionary<AsOf, Programme> programmes = distinct
            .Select(one => one.AsOf)
            .Distinct()
            .ToDictionary(asOf => asOf, asOf => Programme.Of(pack, asOf));
        var said = new Said[distinct.Length];
        Parallel.For(
            0,
            distinct.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new Dictionary<AsOf, Evaluation>(),
            (i, _, own) =>
            {
                Case one = distinct[i];
                if (!own.TryGetValue(one.AsOf, out Evaluation? evaluation))
                {
                    evaluation = own[one.AsOf] = new Evaluation(programmes[one.AsOf]);
                }

                said[i] = Said.Of(Assessed.Of(evaluation, one.Sheet));
                return own;
            },
            _ => { }
        );
        return distinct.Zip(said).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }

    private static DisruptionFindings Told(Case one, Said said, LawPack pack)
    {
        Disruption disruption = one.Disruption;
        var findings = new DisruptionFindings
        {
            Id = "",
            Disruption = disruption.Id,
            Place = disruption.Place,
            Kind = disruption.Kind,
            Author = $"Breakwater, from what {disruption.Detector} and attributed claims give",
            Contest = "",
            Standard = DisruptionFindings.StandardOfProof,
            Pack = new UsedPack(pack.Id, pack.Version, pack.Hash, pack.Status),
            AsOf = new LawDays(PartialDate.Of(one.AsOf.Valid!.Value).Text, one.Proposed.Conduct),
            Facts = one.Proposed.Id,
            FactsHash = one.Facts.Hash,
            Proposed = one.Proposed.Facts,
            Rules = said.Rules,
            Undetermined = said.Undetermined,
            Gaps = said.Gaps,
            NextQuestions = said.Asked,
            Marking = disruption.Marking,
        };
        string id = ContentId.Of("finding", new { findings, MethodVersion });
        return findings with { Id = id, Contest = $"/act/contests/contest-finding?finding={id}" };
    }

    /// <summary>One disruption with its facts and the day of law that its conduct gives.</summary>
    private sealed record Case(
        Disruption Disruption,
        ProposedFacts Proposed,
        FactSheet Sheet,
        AsOf AsOf,
        KnownFacts Facts
    )
    {
        /// <summary>What an assessment depends on, and nothing else.</summary>
        public (AsOf, string) Key => (AsOf, Facts.Hash);

        public static Case Of(Disruption disruption, ProposedFacts proposed, LocalDate valid)
        {
            FactSheet sheet = proposed.ToSheet();
            var asOf = new AsOf(valid, sheet.Conduct?.LastDay);
            return new Case(disruption, proposed, sheet, asOf, KnownFacts.Of(sheet, asOf));
        }
    }

    /// <summary>The part of a finding that follows from the values of facts and the days of law.</summary>
    private sealed record Said(
        IReadOnlyList<RuleReadings> Rules,
        IReadOnlyList<string> Undetermined,
        IReadOnlyList<GapMet> Gaps,
        IReadOnlyList<AskNext> Asked
    )
    {
        public static Said Of(Assessed assessed)
        {
            ILookup<string, Finding> findings = assessed.Findings.ToLookup(
                finding => finding.Rule.Id,
                StringComparer.Ordinal
            );
            return new Said(
                [
                    .. assessed
                        .Spreads.Where(IsTold)
                        .Select(spread =>
                            Readings(assessed, spread, [.. findings[spread.Rule.Id]])
                        ),
                ],
                [
                    .. assessed
                        .Spreads.Where(spread => spread.Standing == Standing.Undetermined)
                        .Select(spread => spread.Rule.Id),
                ],
                [
                    .. assessed.Gaps.Select(entry => new GapMet(
                        entry.Gap.Id,
                        entry.Kind,
                        entry.Gap.Text,
                        [.. entry.Rules.Select(rule => rule.Id)],
                        [.. entry.Rules.Select(rule => rule.Regime).Distinct()],
                        Say(entry.Spread)
                    )),
                ],
                [.. Questions(assessed)]
            );
        }

        private static bool IsTold(Spread spread) =>
            spread.Standing != Standing.Undetermined
            && spread.Outcomes.Any(group => group.Outcome != Outcome.NotApplicable);

        private static RuleReadings Readings(
            Assessed assessed,
            Spread spread,
            IReadOnlyList<Finding> findings
        ) =>
            new(
                spread.Rule.Id,
                spread.Rule.Title,
                spread.Rule.Regime,
                spread.Rule.Force,
                spread.Standing,
                Say(spread.Outcomes),
                Sorted(
                    findings
                        .SelectMany(finding => finding.Basis)
                        .SelectMany(part => part.Facts)
                        .Where(fact => assessed.Facts[fact] != Kleene.Unknown)
                ),
                spread.TurnsOn,
                spread.Atoms,
                spread.Missing,
                Sorted(findings.SelectMany(finding => finding.OpenDefences)),
                [.. spread.Rule.Sources.Select(source => source.Cite)]
            );

        private static IReadOnlyList<string> Sorted(IEnumerable<string> ids) =>
            [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        private static IReadOnlyList<BodiesSay> Say(
            IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> groups
        ) => [.. groups.Select(group => new BodiesSay(group.Outcome.Word(), group.Profiles))];

        /// <summary>Questions that a documenter may put; one that could expose somebody is not among them.</summary>
        private static IEnumerable<AskNext> Questions(Assessed assessed) =>
            NextQuestions
                .Rank(
                    assessed.Evaluation,
                    [.. Enumerable.Range(0, assessed.Profiles.Count)],
                    Respondent.Documenter
                )
                .Where(question => question is { Withheld: null, Fact.Safety: not Safety.Guarded })
                .Take(QuestionsMax)
                .Select(question => new AskNext(
                    question.Fact.Id,
                    question.Fact.Question,
                    question.Fact.Safety,
                    question.Fact.AskOf,
                    Math.Round(question.Value, 6),
                    question.Settles,
                    question.Reach
                ));
    }
}
