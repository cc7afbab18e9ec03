using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;

namespace Breakwater.Publications.Briefs;

/// <summary>What is contested: who comes to what, how each reads the point that it turns on, and what can be held together.</summary>
internal static class SideBySide
{
    private const int PositionsMax = 12;

    /// <summary>So many stand beside each other on a page.</summary>
    private const int SideMax = 6;

    private const int ConditionsMax = 8;

    public static BriefSection Section(Ground ground, PositionsFound? positions)
    {
        var draft = new BriefDraft("contested");
        List<Spread> differing = [.. ground.Shown.Where(spread => spread.Outcomes.Count > 1)];
        if (differing.Count == 0)
        {
            draft.Say(
                new Said("contested.none"),
                Trace.Of(
                    Trace.Profiles(ground.Assessed.Profiles),
                    Trace.Rules(ground.Shown.Select(spread => spread.Rule.Id))
                )
            );
        }
        else
        {
            ByRule(draft, ground, differing);
            ByTurningPoint(draft, ground, differing);
        }

        Positions(draft, ground, positions);
        return draft.Section;
    }

    private static void ByRule(BriefDraft draft, Ground ground, List<Spread> differing)
    {
        Outcome[] outcomes =
        [
            .. differing
                .SelectMany(spread => spread.Outcomes.Select(side => side.Outcome))
                .Distinct()
                .OrderBy(outcome => outcome == Outcome.Undetermined)
                .ThenBy(outcome => outcome),
        ];
        draft.Tabulate(
            new Said("brief.table.contested"),
            [
                new Said("brief.column.rule"),
                .. outcomes.Select(outcome => new Said(
                    $"column.outcome.{OutcomeWords.Key(outcome, false)}"
                )),
            ],
            differing.Select(spread =>
                (
                    "",
                    (Word[])
                        [
                            Titled(ground, spread.Rule),
                            .. outcomes.Select(outcome => Holders(ground, spread, outcome)),
                        ],
                    Trace.Of(
                        Trace.Rules(spread.Rule.Id),
                        Trace.Profiles(ground.Assessed.Profiles),
                        Trace.Facts(spread.Atoms)
                    )
                )
            )
        );
    }

    private static Word Holders(Ground ground, Spread spread, Outcome outcome)
    {
        IReadOnlyList<string> profiles =
            spread.Outcomes.FirstOrDefault(side => side.Outcome == outcome).Profiles ?? [];
        return profiles.Count == 0 ? new Said("not-of-this-row")
            : outcome == Outcome.Violated && spread.Rule.IsCriminal()
                ? new Said("contested.elements", ("bodies", ground.Bodies.Short(profiles)))
            : ground.Bodies.Short(profiles);
    }

    private static void ByTurningPoint(BriefDraft draft, Ground ground, List<Spread> differing)
    {
        foreach (
            IGrouping<(string Term, string Rule), Spread> point in differing
                .SelectMany(spread => spread.TurnsOn.Select(term => (term, spread)))
                .GroupBy(
                    pair => (pair.term, pair.term == "breach" ? pair.spread.Rule.Id : ""),
                    pair => pair.spread
                )
        )
        {
            Word name =
                point.Key.Rule.Length > 0
                    ? new Said("turn.breach-of", ("rule", new Code(point.Key.Rule)))
                    : ground.Names.Term(point.Key.Term);
            draft.Tabulate(
                new Said(
                    "brief.table.turning",
                    ("term", name),
                    ("rules", QuestionsNext.Some([.. point.Select(spread => spread.Rule.Id)], 8))
                ),
                ["bodies", "reads", "comes"],
                Readers(ground, point.Key.Term, point.First().Rule)
            );
        }
    }

    private static IEnumerable<(string, Word[], Trace)> Readers(
        Ground ground,
        string term,
        Rule rule
    ) =>
        ground
            .Assessed.Profiles.GroupBy(
                profile => Reads(ground, term, rule, profile).ToString(),
                StringComparer.Ordinal
            )
            .Select(group =>
            {
                string[] profiles = [.. group];
                Expression reads = Reads(ground, term, rule, profiles[0]).Expression;
                Reading reading = ground.Assessed.ReadingOf(profiles[0]);
                IReadOnlyDictionary<string, bool> burden =
                    ground.Assessed.IsClosed && term == "breach"
                        ? rule.Burden
                        : new Dictionary<string, bool>();
                return (
                    "",
                    (Word[])
                        [
                            ground.Bodies.Of(profiles),
                            ReasonsInWords.Plain(ground, reads),
                            ReasonsInWords.Of(reading.ValueOf(reads, burden)),
                        ],
                    Trace.Of(
                        Trace.Profiles(profiles),
                        term == "breach" ? Trace.Rules(rule.Id) : Trace.Pack($"derived/{term}"),
                        Trace.Facts(reading.Atoms(reads))
                    )
                );
            });

    private static Clause Reads(Ground ground, string term, Rule rule, string profile)
    {
        Reading reading = ground.Assessed.ReadingOf(profile);
        return term == "breach" ? reading.Breach(rule) : reading.Definition(term)!;
    }

    private static void Positions(BriefDraft draft, Ground ground, PositionsFound? found)
    {
        draft.Head(new Said("positions.title"));
        if (found is null)
        {
            draft.Say(new Said("positions.none"), Trace.Of(Trace.Asked("level-2")), Tone.Quiet);
            return;
        }

        draft.Say(
            found.Sceptical.Count == 0
                ? new Said("positions.nothing-stands")
                : new Said("positions.stands", ("stands", Stands(ground, found.Sceptical))),
            Trace.Of(
                Trace.Asked("level-2"),
                Trace.Rules(found.Sceptical.Select(one => one.Rule.Id))
            )
        );
        foreach (
            (int At, CoherentPosition Position)[] some in found
                .Positions.Take(PositionsMax)
                .Select((position, at) => (at + 1, position))
                .Chunk(SideMax)
        )
        {
            Compared(draft, ground, found.Positions, some);
        }

        if (found.Conditions.Count > 0)
        {
            draft.Say(
                new Said(
                    "positions.conditions",
                    (
                        "facts",
                        found.Conditions.Count <= ConditionsMax
                            ? Glosses(found.Conditions)
                            : new Said(
                                "brief.more",
                                ("some", Glosses(found.Conditions.Take(ConditionsMax))),
                                ("n", new Count(found.Conditions.Count - ConditionsMax))
                            )
                    )
                ),
                Trace.Of(Trace.Facts(found.Conditions))
            );
        }

        if (found.Capped is not null || found.Positions.Count > PositionsMax)
        {
            draft.Say(
                new Said(
                    "positions.capped",
                    (
                        "why",
                        found.Capped is { } why
                            ? new Free(why)
                            : new Said("positions.first", ("n", new Count(PositionsMax)))
                    )
                ),
                Trace.Of(Trace.Asked("level-2")),
                Tone.Caution
            );
        }

        Listed Glosses(IEnumerable<string> facts) =>
            new([.. facts.Select(ground.Names.ShortGloss)]);
    }

    /// <summary>A column for each position; who holds it, what it says of each rule, and what it prefers.</summary>
    private static void Compared(
        BriefDraft draft,
        Ground ground,
        IReadOnlyList<CoherentPosition> all,
        IReadOnlyList<(int At, CoherentPosition Position)> some
    )
    {
        Rule[] rules =
        [
            .. all.SelectMany(position => position.Stands)
                .Select(stand => stand.Rule)
                .DistinctBy(rule => rule.Id),
        ];
        draft.Tabulate(
            new Said("brief.table.positions", ("n", new Count(all.Count))),
            [
                new Said("brief.column.rule"),
                .. some.Select(one => new Said("positions.column", ("n", new Count(one.At)))),
            ],
            [
                Row(
                    new Said("brief.column.held"),
                    position =>
                        position.Profiles.Count == 0
                            ? new Said("positions.nobody")
                            : ground.Bodies.Short(position.Profiles),
                    Trace.Profiles(some.SelectMany(one => one.Position.Profiles))
                ),
                .. rules.Select(rule =>
                    Row(
                        Titled(ground, rule),
                        position =>
                            position.Stands.FirstOrDefault(stand => stand.Rule.Id == rule.Id)
                                is { } stand
                                ? new Said(
                                    $"column.outcome.{OutcomeWords.Key(stand.Outcome, rule.IsCriminal())}"
                                )
                                : new Said("positions.open"),
                        Trace.Rules(rule.Id)
                    )
                ),
                .. some.Any(one => one.Position.Preferred.Count > 0)
                    ?
                    [
                        Row(
                            new Said("brief.column.settles"),
                            position =>
                                position.Preferred.Count == 0
                                    ? new Said("not-of-this-row")
                                    : new Lines([
                                        .. position.Preferred.Select(one => new Free(one)),
                                    ]),
                            []
                        ),
                    ]
                    : Array.Empty<(string, Word[], Trace)>(),
            ]
        );

        (string, Word[], Trace) Row(
            Word name,
            Func<CoherentPosition, Word> cell,
            IEnumerable<TraceMark> marks
        ) =>
            (
                "",
                [name, .. some.Select(one => cell(one.Position))],
                Trace.Of(Trace.Asked("level-2"), marks)
            );
    }

    private static Lines Stands(Ground ground, IReadOnlyList<Stand> stands) =>
        new([
            .. stands.Select(one => new Said(
                "positions.stand",
                ("rule", Titled(ground, one.Rule)),
                ("outcome", OutcomeWords.Of(one.Outcome, one.Rule))
            )),
        ]);

    private static Said Titled(Ground ground, Rule rule) =>
        new("brief.rule", ("title", ground.Names.Rule(rule)), ("id", new Code(rule.Id)));
}
