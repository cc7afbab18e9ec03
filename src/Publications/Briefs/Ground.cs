using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>What the sections of a brief draw on: the findings, which of them matter, and the short names of facts and sources.</summary>
internal sealed class Ground
{
    /// <summary>The order in which bodies of law are told; a pack may have others, which follow.</summary>
    private static readonly string[] _regimeOrder =
    [
        "IHRL",
        "IHL",
        "ITL",
        "DOM",
        "ICL",
        "NORM",
        "PROC",
        "META",
    ];

    private readonly Dictionary<(string Rule, string Profile), Finding> _findings;
    private readonly Dictionary<string, string> _factTags;
    private readonly Dictionary<string, string> _sourceTags = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Profile), DeterminingSet> _sets = [];

    private readonly string _about;

    /// <param name="about">What contests of its findings are about; empty when that has no id.</param>
    public Ground(Assessed assessed, PackNames names, string about)
    {
        _about = about;
        Assessed = assessed;
        Names = names;
        Bodies = new BodiesInWords(names, assessed.Profiles);
        _findings = assessed.Findings.ToDictionary(one => (one.Rule.Id, one.Profile));
        Regimes =
        [
            .. assessed
                .Findings.Select(finding => finding.Rule)
                .Distinct()
                .GroupBy(rule => rule.Regime, StringComparer.Ordinal)
                .OrderBy(group =>
                    Array.IndexOf(_regimeOrder, group.Key) is >= 0 and var at ? at : int.MaxValue
                )
                .Select(group => (group.Key, (IReadOnlyList<Rule>)[.. group])),
        ];
        Dictionary<string, Spread> spreads = assessed.Spreads.ToDictionary(spread =>
            spread.Rule.Id
        );
        Shown =
        [
            .. Regimes
                .SelectMany(regime => regime.Rules)
                .Select(rule => spreads.GetValueOrDefault(rule.Id))
                .OfType<Spread>()
                .Where(Matters),
        ];
        Supplied = [.. assessed.Facts.All];
        Wanted = WantedFacts();
        _factTags = Supplied
            .Select(fact => fact.Fact)
            .Concat(Wanted.Select(one => one.Fact))
            .Distinct()
            .Select((fact, at) => (fact, Tag: $"F{at + 1}"))
            .ToDictionary(pair => pair.fact, pair => pair.Tag, StringComparer.Ordinal);
        Sources = Cited();
    }

    public Assessed Assessed { get; }

    public LawPack Pack => Assessed.Pack;

    public PackNames Names { get; }

    public BodiesInWords Bodies { get; }

    /// <summary>Bodies of law with their rules, in the order told.</summary>
    public IReadOnlyList<(string Regime, IReadOnlyList<Rule> Rules)> Regimes { get; }

    /// <summary>What is told at length: rules that apply, or hold, under some reading, or are open with something at stake.</summary>
    public IReadOnlyList<Spread> Shown { get; }

    public IReadOnlyList<KnownFact> Supplied { get; }

    /// <summary>Facts that a rule told at length still hangs on, with those rules; what most hang on first.</summary>
    public IReadOnlyList<(string Fact, IReadOnlyList<string> Rules)> Wanted { get; }

    public IReadOnlyList<SourceTold> Sources { get; }

    /// <summary>Those of rules that are told at length.</summary>
    public IEnumerable<SourceTold> SourcesShown =>
        Sources.Where(source => Shown.Any(spread => source.Rules.Contains(spread.Rule.Id)));

    public IReadOnlyList<FactTold> FactTags =>
        [.. _factTags.Select(pair => new FactTold(pair.Value, pair.Key))];

    public Finding Of(Rule rule, string profile) => _findings[(rule.Id, profile)];

    public string? TagOf(string fact) => _factTags.GetValueOrDefault(fact);

    public IEnumerable<string> SourcesOf(Rule rule) =>
        rule.Sources.Select(source => _sourceTags[source.Cite]);

    public DeterminingSet SetOf(Rule rule, string profile)
    {
        if (!_sets.TryGetValue((rule.Id, profile), out DeterminingSet? set))
        {
            set = DeterminingSets.Of(Assessed.Evaluation, rule, profile);
            _sets.Add((rule.Id, profile), set);
        }

        return set;
    }

    public bool IsGuarded(string fact) => Pack.FactOf(fact)?.Safety == Safety.Guarded;

    public static bool IsShortfall(Outcome outcome) => outcome == Outcome.Violated;

    public string ContestOf(string rule, string profile) =>
        ContestForm.Of(rule, profile, _about, Pack.Hash);

    /// <summary>What the finding on one rule under some readings is taken from.</summary>
    public IEnumerable<TraceMark> MarksOf(Rule rule, IReadOnlyList<string> profiles) =>
        [
            .. Trace.Rules(rule.Id),
            .. Trace.Profiles(profiles),
            .. Trace.Facts(SetOf(rule, profiles[0]).Facts.Select(one => one.Fact)),
            .. Trace.Sources(SourcesOf(rule)),
        ];

    private bool Matters(Spread spread) =>
        spread.Outcomes.Any(group =>
            group.Outcome switch
            {
                Outcome.NotApplicable or Outcome.DoesNotHold => false,
                Outcome.Undetermined => group.Profiles.Any(profile =>
                    Of(spread.Rule, profile).Basis is [{ Name: "applies" } applies, ..]
                    && applies.Value == Kleene.True
                ),
                _ => true,
            }
        );

    private List<(string Fact, IReadOnlyList<string> Rules)> WantedFacts() =>
        [
            .. Shown
                .SelectMany(spread => spread.Missing.Select(fact => (fact, spread.Rule.Id)))
                .GroupBy(pair => pair.fact, StringComparer.Ordinal)
                .Select(group =>
                    (group.Key, (IReadOnlyList<string>)[.. group.Select(pair => pair.Id)])
                )
                .OrderByDescending(one => one.Item2.Count)
                .ThenBy(one => one.Key, StringComparer.Ordinal),
        ];

    private List<SourceTold> Cited()
    {
        var cited = new List<(string Cite, List<string> Rules, bool IsChecked)>();
        foreach (
            (Rule rule, Source source) in Shown
                .Select(spread => spread.Rule)
                .Concat(Assessed.Spreads.Select(spread => spread.Rule))
                .Concat(Assessed.Findings.Select(finding => finding.Rule))
                .Distinct()
                .SelectMany(rule => rule.Sources.Select(source => (rule, source)))
        )
        {
            int at = cited.FindIndex(one => one.Cite == source.Cite);
            if (at < 0)
            {
                cited.Add((source.Cite, [rule.Id], source.IsChecked));
                _sourceTags.Add(source.Cite, $"S{cited.Count}");
            }
            else if (!cited[at].Rules.Contains(rule.Id))
            {
                cited[at].Rules.Add(rule.Id);
                cited[at] = cited[at] with { IsChecked = cited[at].IsChecked && source.IsChecked };
            }
        }

        return
        [
            .. cited.Select(one => new SourceTold(
                _sourceTags[one.Cite],
                one.Cite,
                one.Rules,
                one.IsChecked
            )),
        ];
    }
}
