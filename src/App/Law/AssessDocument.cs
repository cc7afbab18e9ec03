using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Law;

/// <summary>The JSON of <c>norms assess</c>, a contract.</summary>
internal static class AssessDocument
{
    public const string Notice =
        "prima facie, not legal advice; each outcome belongs to the reading named beside it";

    /// <summary>On the facts supplied: each is as sure as the source that is named for it.</summary>
    public const string ProofStandard = "attributed";

    private const int QuestionsMax = 10;

    public static object Of(Assessed assessed, PositionsFound? positions) =>
        new
        {
            notice = Notice,
            proofStandard = ProofStandard,
            pack = PackOf(assessed.Pack),
            packHash = assessed.Pack.Hash,
            factsHash = assessed.Facts.Hash,
            incident = assessed.Sheet.Id.Length > 0 ? assessed.Sheet.Id : null,
            asOf = DaysOf(assessed),
            closure = assessed.IsClosed,
            facts = assessed.Facts.All.Select(FactOf),
            findings = assessed.Findings.Select(finding => FindingOf(assessed, finding)),
            standings = assessed.Spreads.Select(spread => new
            {
                rule = spread.Rule.Id,
                standing = Standings.Word(spread.Standing),
                missing = spread.Missing,
            }),
            contested = assessed
                .Spreads.Where(spread => spread.Standing == Standing.Contested)
                .Select(spread => SpreadOf(assessed, spread)),
            nextQuestions = Questions(assessed, Respondent.Documenter)
                .Where(one => one.Withheld is null)
                .Take(QuestionsMax)
                .Select(QuestionOf),
            gaps = assessed.Gaps.Select(entry => GapOf(assessed, entry)),
            positions = positions is null ? null : PositionsOf(positions),
        };

    public static object PackOf(LawPack pack) =>
        new
        {
            pack.Id,
            pack.Version,
            recordedAt = pack.RecordedAt.Text,
            status = pack.Status,
            pack.Reviewers,
            isSealed = pack.Unsealed.Count == 0,
        };

    public static object DaysOf(Assessed assessed) =>
        new
        {
            valid = Day(assessed.AsOf.Valid),
            known = Day(
                assessed.AsOf.Known ?? SystemClock.Instance.GetCurrentInstant().InUtc().Date
            ),
            conduct = assessed.Sheet.Conduct?.Text,
        };

    public static string? Day(LocalDate? day) =>
        day is { } one ? LocalDatePattern.Iso.Format(one) : null;

    public static IReadOnlyList<Question> Questions(Assessed assessed, Respondent respondent) =>
        NextQuestions.Rank(
            assessed.Evaluation,
            [.. assessed.Profiles.Select(assessed.Evaluation.Programme.ProfileAt)],
            respondent
        );

    public static object FindingOf(Assessed assessed, Finding finding) =>
        new
        {
            rule = finding.Rule.Id,
            profile = finding.Profile,
            outcome = finding.Outcome.Word(),
            ownEntries = finding.Basis.Count > 0
                ? assessed.ReadingOf(finding.Profile).OwnEntries(finding.Rule)
                : null,
            force = finding.Rule.Force,
            basis = finding.Basis.Select(part => new
            {
                part = part.Name,
                expr = part.Clause.ToString(),
                value = part.Value.Letter(),
                facts = part.Facts,
            }),
            sources = finding.Rule.Sources.Select(source => source.Cite),
            missing = finding.Missing,
            openDefences = finding.OpenDefences,
            excusedBy = finding.ExcusedBy.Count > 0 ? finding.ExcusedBy : null,
            supersededBy = finding.SupersededBy,
            restatedLater = finding.Restates.Count > 0 ? finding.Restates : null,
        };

    public static object SpreadOf(Assessed assessed, Spread spread) =>
        new
        {
            rule = spread.Rule.Id,
            spread = SpreadOf(spread.Outcomes),
            byDefault = ByDefault(assessed, spread.Rule),
            turnsOn = spread.TurnsOn,
            atoms = spread.Atoms,
        };

    /// <summary>Profiles that are listed with the reading by default because the pack holds no entry of theirs on a rule.</summary>
    public static IReadOnlyList<string> ByDefault(Assessed assessed, Rule rule) =>
        [
            .. assessed.Profiles.Where(profile =>
                profile != LawPack.Baseline
                && assessed.ReadingOf(profile).OwnEntries(rule).Count == 0
            ),
        ];

    public static object QuestionOf(Question question) =>
        new
        {
            fact = question.Fact.Id,
            question = question.Fact.Question,
            safety = question.Fact.Safety,
            askOf = question.Fact.AskOf,
            value = Math.Round(question.Value, 6),
            probability = NextQuestions.Probability,
            cost = question.Fact.Cost,
            settles = question.Settles,
            reach = question.Reach,
            safetyNote = question.Fact.SafetyNote,
            withheld = question.Withheld,
        };

    public static object GapOf(Assessed assessed, GapEntry entry) =>
        new
        {
            gap = entry.Gap.Id,
            kind = entry.Kind,
            rules = entry.Rules.Select(rule => rule.Id),
            regimes = entry.Rules.Select(rule => rule.Regime).Distinct(),
            spread = assessed
                .Spreads.Where(spread => entry.Rules.Contains(spread.Rule))
                .ToDictionary(spread => spread.Rule.Id, spread => SpreadOf(spread.Outcomes)),
            text = entry.Gap.Text,
        };

    private static object FactOf(KnownFact fact) =>
        new
        {
            fact = fact.Fact,
            value = fact.Value.ToBool(),
            contradicted = fact.IsContradicted,
            weightFor = KnownFact.Weight(fact.For),
            weightAgainst = KnownFact.Weight(fact.Against),
            said = fact
                .For.Concat(fact.Against)
                .Concat(fact.Silent)
                .Select(one => new
                {
                    one.Value,
                    one.Source,
                    one.Confidence,
                    one.Evidence,
                    one.Assessor,
                    recorded = one.Recorded?.Text,
                }),
        };

    private static Dictionary<string, IReadOnlyList<string>> SpreadOf(
        IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> outcomes
    ) => outcomes.ToDictionary(group => group.Outcome.Word(), group => group.Profiles);

    private static object PositionsOf(PositionsFound found) =>
        new
        {
            sceptical = found.Sceptical.Select(StandOf),
            positions = found.Positions.Select(position => new
            {
                stands = position.Stands.Select(StandOf),
                position.Profiles,
                prefers = position.Preferred,
            }),
            found.Conditions,
            found.Capped,
        };

    private static object StandOf(Stand stand) =>
        new { rule = stand.Rule.Id, outcome = stand.Outcome.Word() };
}

internal static class Standings
{
    public static string Word(Standing standing) =>
        standing switch
        {
            Standing.Agreed => "agreed",
            Standing.Contested => "contested",
            Standing.PartlyUndetermined => "partly_undetermined",
            _ => "undetermined",
        };
}
