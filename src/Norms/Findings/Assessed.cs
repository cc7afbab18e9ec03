using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <summary>Everything that a pack says of the facts of one incident: findings by rule and profile, spreads, gaps.</summary>
public sealed class Assessed
{
    private readonly Evaluation evaluation;
    private readonly Dictionary<string, Reading> readings;

    private Assessed(
        FactSheet sheet,
        KnownFacts facts,
        Evaluation evaluation,
        IReadOnlyList<string> profiles
    )
    {
        Sheet = sheet;
        Facts = facts;
        this.evaluation = evaluation;
        Profiles = profiles;
        LawPack pack = evaluation.Programme.Pack;
        readings = profiles.ToDictionary(
            profile => profile,
            profile => new Reading(pack, profile, AsOf, facts, evaluation.Programme.IsClosed),
            StringComparer.Ordinal
        );
        Findings =
        [
            .. Rules().SelectMany(rule => profiles.Select(profile => FindingOf(rule, profile))),
        ];
        Spreads = [.. Rules().Select(SpreadOf).OfType<Spread>()];
        Gaps = GapsReached();
    }

    public FactSheet Sheet { get; }

    public KnownFacts Facts { get; }

    public LawPack Pack => evaluation.Programme.Pack;

    public AsOf AsOf => evaluation.Programme.AsOf;

    public bool IsClosed => evaluation.Programme.IsClosed;

    /// <summary>The profiles that were asked for, in pack order.</summary>
    public IReadOnlyList<string> Profiles { get; }

    /// <summary>By rule in pack order, then by profile.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>One for each rule that is in force and stated on the day asked for.</summary>
    public IReadOnlyList<Spread> Spreads { get; }

    public IReadOnlyList<GapEntry> Gaps { get; }

    public Evaluation Evaluation => evaluation;

    public Reading ReadingOf(string profile) => readings[profile];

    public Finding Of(string rule, string profile) =>
        Findings.First(finding => finding.Rule.Id == rule && finding.Profile == profile);

    /// <param name="programme">Compiled for the day of law that the sheet's conduct gives, and for its mode of burdens.</param>
    /// <param name="profiles">Null: all of the pack.</param>
    public static Assessed Of(
        Programme programme,
        FactSheet sheet,
        IReadOnlyList<string>? profiles = null
    )
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(sheet);
        KnownFacts facts = KnownFacts.Of(sheet, programme.AsOf);
        var evaluation = new Evaluation(programme);
        evaluation.Evaluate(facts.Values);
        return new Assessed(
            sheet,
            facts,
            evaluation,
            [
                .. programme
                    .Pack.Profiles.Select(profile => profile.Id)
                    .Where(id => profiles is null || profiles.Contains(id)),
            ]
        );
    }

    private IEnumerable<Rule> Rules() => evaluation.Programme.Rules.Select(rule => rule.Rule);

    private Outcome OutcomeOf(Rule rule, string profile) =>
        evaluation.OutcomeOf(
            evaluation.Programme.RuleIndex[rule.Id],
            evaluation.Programme.ProfileAt(profile)
        );

    private Finding FindingOf(Rule rule, string profile)
    {
        Outcome outcome = OutcomeOf(rule, profile);
        if (outcome.IsReport())
        {
            return new Finding(rule, profile, outcome, [], [], [], [], null, []);
        }

        Reading reading = readings[profile];
        IReadOnlyList<Part> parts = reading.Parts(rule);
        IEnumerable<(Defence Defence, Kleene Value)> exceptions = rule.Exceptions.Select(
            (one, at) => (one, parts[at + 2].Value)
        );
        return new Finding(
            rule,
            profile,
            outcome,
            parts,
            OpenFacts.Of(evaluation, rule, profile),
            outcome == Outcome.Violated
                ?
                [
                    .. exceptions
                        .Where(one => one.Value == Kleene.Unknown)
                        .Select(one => one.Defence.Id),
                ]
                : [],
            outcome == Outcome.Met && parts[1].Value != Kleene.False
                ?
                [
                    .. exceptions
                        .Where(one => one.Value == Kleene.True)
                        .Select(one => one.Defence.Id),
                ]
                : [],
            !reading.HasStance(rule.Stances) && AsOf.IsSuperseded(rule)
                ? rule.Superseded!.By
                : null,
            LaterThanConduct(rule)
        );
    }

    private IReadOnlyList<string> LaterThanConduct(Rule rule) =>
        Sheet.Conduct?.LastDay is not { } last
            ? []
            :
            [
                .. Pack
                    .Instruments.Where(one => rule.Later.Contains(one.Id) && one.Date.First > last)
                    .Select(one => one.Name),
            ];

    private Spread? SpreadOf(Rule rule)
    {
        List<(string Profile, Outcome Outcome)> all =
        [
            .. Profiles.Select(profile => (profile, OutcomeOf(rule, profile))),
        ];
        if (all.Count == 0 || all[0].Outcome.IsReport())
        {
            return null;
        }

        List<(Outcome Outcome, IReadOnlyList<string> Profiles)> groups = Grouped(all);
        int determinate = groups.Count(group => group.Outcome.IsDeterminate());
        Standing standing =
            determinate > 1 ? Standing.Contested
            : determinate == 0 ? Standing.Undetermined
            : groups.Count == 1 ? Standing.Agreed
            : Standing.PartlyUndetermined;
        (IReadOnlyList<string> terms, IReadOnlyList<string> atoms) =
            groups.Count > 1 ? new Turning(this, rule).Points(groups) : ([], []);
        return new Spread(
            rule,
            standing,
            groups,
            terms,
            atoms,
            [
                .. groups
                    .Where(group => group.Outcome == Outcome.Undetermined)
                    .SelectMany(group => group.Profiles)
                    .SelectMany(profile => OpenFacts.Of(evaluation, rule, profile))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    private static List<(Outcome Outcome, IReadOnlyList<string> Profiles)> Grouped(
        IEnumerable<(string Profile, Outcome Outcome)> all
    ) =>
        [
            .. all.GroupBy(one => one.Outcome)
                .OrderBy(group => group.Key)
                .Select(group =>
                    (group.Key, (IReadOnlyList<string>)[.. group.Select(one => one.Profile)])
                ),
        ];

    private List<GapEntry> GapsReached()
    {
        var entries = new List<GapEntry>();
        foreach (Gap gap in Pack.Gaps)
        {
            List<Spread> spreads = [.. Spreads.Where(spread => spread.Rule.Gaps.Contains(gap.Id))];
            List<Spread> contested =
            [
                .. spreads.Where(spread => spread.Standing == Standing.Contested),
            ];
            List<Spread> reached = [.. spreads.Where(spread => IsReached(spread.Rule))];
            if (gap.When is { } when && IsSilent(when, spreads))
            {
                entries.Add(Entry(gap, GapEntryKind.Silence, spreads));
            }

            if (contested.Count > 0)
            {
                entries.Add(Entry(gap, GapEntryKind.Divergence, contested));
            }
            else if (reached.Count > 0)
            {
                entries.Add(Entry(gap, GapEntryKind.Declared, reached));
            }
        }

        return entries;
    }

    /// <summary>Silence is found on known facts only: no binding duty of the gap's rules applies, and none could.</summary>
    private bool IsSilent(Clause when, IReadOnlyList<Spread> spreads) =>
        Profiles.All(profile =>
            readings[profile].ValueOf(when.Expression, new Dictionary<string, bool>())
            == Kleene.True
        )
        && spreads
            .Where(spread => spread.Rule.IsBinding)
            .All(spread => spread.Outcomes.All(group => group.Outcome == Outcome.NotApplicable));

    private static GapEntry Entry(Gap gap, GapEntryKind kind, IReadOnlyList<Spread> spreads) =>
        new(
            gap,
            kind,
            [.. spreads.Select(spread => spread.Rule)],
            Grouped(
                spreads
                    .SelectMany(spread =>
                        spread.Outcomes.SelectMany(group =>
                            group.Profiles.Select(profile => (profile, group.Outcome))
                        )
                    )
                    .Distinct()
            )
        );

    /// <summary>A duty is reached where it applies, a test where it holds, under some profile.</summary>
    private bool IsReached(Rule rule) =>
        Profiles.Any(profile =>
            readings[profile].ValueOf(rule.Condition.Expression, new Dictionary<string, bool>())
            == Kleene.True
        );
}
