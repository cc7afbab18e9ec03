using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;

namespace Breakwater.Norms.Findings;

/// <summary>Everything that a pack says of the facts of one incident: findings by rule and profile, spreads, gaps.</summary>
public sealed class Assessed
{
    private readonly Evaluation evaluation;
    private readonly Dictionary<string, Reading> readings = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, IReadOnlyList<string>> profilesOf = [];
    private readonly ulong asked;
    private readonly OpenFacts open;
    private readonly List<(ReadPart[] Read, Part[] Parts)>?[] parts;
    private IReadOnlyList<Finding>? findings;
    private IReadOnlyList<GapEntry>? gaps;

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
        open = new OpenFacts(evaluation);
        parts = new List<(ReadPart[], Part[])>?[evaluation.Programme.RuleCount];
        asked = profiles.Aggregate(
            0UL,
            (bits, profile) => bits | (1UL << evaluation.Programme.ProfileAt(profile))
        );
        Spreads =
        [
            .. Enumerable
                .Range(0, evaluation.Programme.RuleCount)
                .Select(SpreadOf)
                .OfType<Spread>(),
        ];
    }

    public FactSheet Sheet { get; }

    public KnownFacts Facts { get; }

    public LawPack Pack => evaluation.Programme.Pack;

    public AsOf AsOf => evaluation.Programme.AsOf;

    public bool IsClosed => evaluation.Programme.IsClosed;

    /// <summary>The profiles that were asked for, in pack order.</summary>
    public IReadOnlyList<string> Profiles { get; }

    /// <summary>By rule in pack order, then by profile.</summary>
    public IReadOnlyList<Finding> Findings =>
        findings ??= [
            .. Rules().SelectMany(rule => Profiles.Select(profile => FindingOf(rule, profile))),
        ];

    /// <summary>One for each rule that is in force and stated on the day asked for.</summary>
    public IReadOnlyList<Spread> Spreads { get; }

    public IReadOnlyList<GapEntry> Gaps => gaps ??= GapsReached();

    public Evaluation Evaluation => evaluation;

    public Reading ReadingOf(string profile)
    {
        if (!readings.TryGetValue(profile, out Reading? reading))
        {
            reading = new Reading(Pack, profile, AsOf, Facts, IsClosed);
            readings[profile] = reading;
        }

        return reading;
    }

    /// <summary>One finding, without working out the others.</summary>
    public Finding Of(string rule, string profile) =>
        FindingOf(evaluation.Programme.RuleAt(evaluation.Programme.RuleIndex[rule]), profile);

    /// <param name="programme">Compiled for the day of law that the sheet's conduct gives, and for its mode of burdens.</param>
    /// <param name="profiles">Null: all of the pack.</param>
    public static Assessed Of(
        Programme programme,
        FactSheet sheet,
        IReadOnlyList<string>? profiles = null
    )
    {
        ArgumentNullException.ThrowIfNull(programme);
        return Of(new Evaluation(programme), sheet, profiles);
    }

    /// <summary>The same on an evaluation that is used again: what was assessed on it before is no longer asked.</summary>
    public static Assessed Of(
        Evaluation evaluation,
        FactSheet sheet,
        IReadOnlyList<string>? profiles = null
    )
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(sheet);
        Programme programme = evaluation.Programme;
        KnownFacts facts = KnownFacts.Of(sheet, programme.AsOf);
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

        int number = evaluation.Programme.RuleIndex[rule.Id];
        int at = evaluation.Programme.ProfileAt(profile);
        Part[] basis = PartsOf(number, at);
        return new Finding(
            rule,
            profile,
            outcome,
            basis,
            open.Of(number, at),
            outcome == Outcome.Violated ? Excuses(Kleene.Unknown) : [],
            outcome == Outcome.Met && basis[1].Value != Kleene.False ? Excuses(Kleene.True) : [],
            AsOf.IsSuperseded(rule) && !ReadingOf(profile).HasStance(rule.Stances)
                ? rule.Superseded!.By
                : null,
            LaterThanConduct(rule)
        );

        IReadOnlyList<string> Excuses(Kleene value) =>
            rule.Exceptions.Count == 0
                ? []
                :
                [
                    .. rule
                        .Exceptions.Where((_, place) => basis[place + 2].Value == value)
                        .Select(one => one.Id),
                ];
    }

    /// <summary>Profiles that read a rule alike, and find the same, share what they find.</summary>
    private Part[] PartsOf(int rule, int profile)
    {
        ReadPart[] read = evaluation.Programme.Parts(rule, profile);
        List<(ReadPart[] Read, Part[] Parts)> told = parts[rule] ??= [];
        foreach ((ReadPart[] alike, Part[] same) in told)
        {
            if (alike == read && IsSame(same))
            {
                return same;
            }
        }

        var made = new Part[read.Length];
        for (int i = 0; i < read.Length; i++)
        {
            made[i] = new Part(
                read[i].Name,
                read[i].Clause,
                evaluation.ValueOf(read[i].Reference, profile),
                read[i].Facts
            );
        }

        told.Add((read, made));
        return made;

        bool IsSame(Part[] other)
        {
            for (int i = 0; i < other.Length; i++)
            {
                if (other[i].Value != evaluation.ValueOf(read[i].Reference, profile))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private IReadOnlyList<string> LaterThanConduct(Rule rule) =>
        rule.Later.Count == 0 || Sheet.Conduct?.LastDay is not { } last
            ? []
            :
            [
                .. Pack
                    .Instruments.Where(one => rule.Later.Contains(one.Id) && one.Date.First > last)
                    .Select(one => one.Name),
            ];

    private Spread? SpreadOf(int number)
    {
        Programme programme = evaluation.Programme;
        CompiledRule compiled = programme.Rules[number];
        if (compiled.Report != Outcome.Undetermined || asked == 0)
        {
            return null;
        }

        var groups = new List<(Outcome Outcome, IReadOnlyList<string> Profiles)>(2);
        ulong undetermined = asked;
        for (int plane = 0; plane < 3; plane++)
        {
            undetermined &= ~evaluation.Plane(number, plane);
        }

        if (undetermined != 0)
        {
            groups.Add((Outcome.Undetermined, Named(undetermined)));
        }

        for (int plane = 0; plane < 3; plane++)
        {
            if ((evaluation.Plane(number, plane) & asked) is var those && those != 0)
            {
                groups.Add((Evaluation.OutcomeIn(compiled.Rule.Kind, plane), Named(those)));
            }
        }

        int determinate = groups.Count - (undetermined != 0 ? 1 : 0);
        return new Spread(
            compiled.Rule,
            determinate > 1 ? Standing.Contested
                : determinate == 0 ? Standing.Undetermined
                : groups.Count == 1 ? Standing.Agreed
                : Standing.PartlyUndetermined,
            groups,
            spread =>
                spread.Outcomes.Count > 1
                    ? new Turning(this, spread.Rule).Points(spread.Outcomes)
                    : ([], []),
            spread =>
                [
                    .. spread
                        .Outcomes.Where(group => group.Outcome == Outcome.Undetermined)
                        .SelectMany(group => group.Profiles)
                        .SelectMany(profile => open.Of(number, programme.ProfileAt(profile)))
                        .Distinct()
                        .Order(StringComparer.Ordinal),
                ]
        );
    }

    private IReadOnlyList<string> Named(ulong mask)
    {
        if (!profilesOf.TryGetValue(mask, out IReadOnlyList<string>? named))
        {
            named =
            [
                .. Profiles.Where(profile =>
                    (mask >> evaluation.Programme.ProfileAt(profile) & 1) != 0
                ),
            ];
            profilesOf[mask] = named;
        }

        return named;
    }

    private List<GapEntry> GapsReached()
    {
        var entries = new List<GapEntry>();
        // Regimes that disagree: what one rule permits and another forbids, on the same facts.
        HashSet<string> rivals =
        [
            .. Rivalries.Of(this).SelectMany(relation => (string[])[relation.From, relation.To]),
        ];
        foreach ((int at, Gap gap) in Pack.Gaps.Index())
        {
            List<Spread> spreads = [.. Spreads.Where(spread => spread.Rule.Gaps.Contains(gap.Id))];
            List<Spread> contested =
            [
                .. spreads.Where(spread => spread.Standing == Standing.Contested),
            ];
            contested =
            [
                .. contested,
                .. spreads.Except(contested).Where(spread => rivals.Contains(spread.Rule.Id)),
            ];
            List<Spread> reached = [.. spreads.Where(spread => IsReached(spread.Rule))];
            if (IsSilent(at, spreads))
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
    private bool IsSilent(int gap, IReadOnlyList<Spread> spreads) =>
        evaluation.Programme.GapConditions[gap] is { } when
        && (evaluation.TrueIn(when) & asked) == asked
        && spreads
            .Where(spread => spread.Rule.IsBinding)
            .All(spread => spread.Outcomes.All(group => group.Outcome == Outcome.NotApplicable));

    private static GapEntry Entry(Gap gap, GapEntryKind kind, IReadOnlyList<Spread> spreads) =>
        new(
            gap,
            kind,
            [.. spreads.Select(spread => spread.Rule)],
            [
                .. spreads
                    .SelectMany(spread =>
                        spread.Outcomes.SelectMany(group =>
                            group.Profiles.Select(profile => (Profile: profile, group.Outcome))
                        )
                    )
                    .Distinct()
                    .GroupBy(one => one.Outcome)
                    .OrderBy(group => group.Key)
                    .Select(group =>
                        (group.Key, (IReadOnlyList<string>)[.. group.Select(one => one.Profile)])
                    ),
            ]
        );

    /// <summary>A duty is reached where it applies, a test where it holds, under some profile.</summary>
    private bool IsReached(Rule rule) =>
        (
            evaluation.TrueIn(
                evaluation.Programme.Rules[evaluation.Programme.RuleIndex[rule.Id]].Condition
            ) & asked
        ) != 0;
}
