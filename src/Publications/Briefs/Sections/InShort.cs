using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>The first screen: what each body would say, what is unknown, what to ask next.</summary>
internal static partial class InShort
{
    private const int RulesMax = 14;

    private const int DifferencesMax = 6;

    public static BriefSection Section(Ground ground, IReadOnlyList<Question> questions)
    {
        var draft = new BriefDraft("short");
        Agreed(draft, ground);
        Differ(draft, ground, Standing.Contested, "short.contested");
        Differ(draft, ground, Standing.PartlyUndetermined, "short.partly");
        Undetermined(draft, ground);
        Ask(draft, ground, questions);
        Gaps(draft, ground);
        if (ground.Shown.Count == 0)
        {
            draft.Say(
                new Said("short.nothing"),
                Trace.Of(Trace.Profiles(ground.Assessed.Profiles), Trace.Asked("facts"))
            );
        }

        Readings(draft, ground);
        return draft.Section;
    }

    private static void Agreed(BriefDraft draft, Ground ground)
    {
        List<Spread> agreed = [.. ground.Shown.Where(spread => spread.Standing == Standing.Agreed)];
        if (agreed.Count == 0)
        {
            return;
        }

        draft.Head(new Said("short.agreed"));
        foreach (
            IGrouping<(Outcome Outcome, bool IsCriminal), Spread> group in agreed
                .GroupBy(spread => (spread.Outcomes[0].Outcome, spread.Rule.IsCriminal()))
                .OrderBy(group => group.Key)
        )
        {
            Said intro = new(
                $"short.all.{OutcomeWords.Key(group.Key.Outcome, group.Key.IsCriminal)}",
                ("bodies", ground.Bodies.Of(ground.Assessed.Profiles))
            );
            if (!Ground.IsShortfall(group.Key.Outcome))
            {
                draft.Say(
                    new Said(
                        "short.with-rules",
                        ("intro", intro),
                        ("rules", new Listed([.. group.Select(one => Titled(ground, one.Rule))]))
                    ),
                    Trace.Of(
                        Trace.Rules(group.Select(spread => spread.Rule.Id)),
                        Trace.Profiles(ground.Assessed.Profiles)
                    )
                );
                continue;
            }

            draft.Say(
                new Said("short.intro", ("intro", intro)),
                Trace.Of(Trace.Profiles(ground.Assessed.Profiles))
            );
            draft.List(
                group
                    .Take(RulesMax)
                    .Select(spread => (Shortfall(ground, spread), Marks(ground, spread)))
            );
            More(draft, group.Skip(RulesMax).Select(spread => spread.Rule));
        }
    }

    private static Word Shortfall(Ground ground, Spread spread)
    {
        Word title = Titled(ground, spread.Rule);
        return Defended(
            ground,
            title,
            spread
                .Outcomes.SelectMany(side => side.Profiles)
                .Select(one => ground.Of(spread.Rule, one))
        );
    }

    /// <summary>What is said, with the defences that nobody pleaded.</summary>
    private static Word Defended(Ground ground, Word said, IEnumerable<Finding> findings)
    {
        string[] defences = [.. findings.SelectMany(one => one.OpenDefences).Distinct()];
        return defences.Length == 0
            ? said
            : new Said(
                "short.defended",
                ("said", said),
                ("defence", new Listed([.. defences.Select(ground.Names.Defence)]))
            );
    }

    private static void Differ(BriefDraft draft, Ground ground, Standing standing, string heading)
    {
        Difference[] differences =
        [
            .. Difference
                .Of(ground.Shown.Where(spread => spread.Standing == standing))
                .OrderByDescending(one => one.Sides.Any(side => Ground.IsShortfall(side.Outcome)))
                .ThenByDescending(one => one.Spreads.Count),
        ];
        if (differences.Length == 0)
        {
            return;
        }

        draft.Head(new Said(heading));
        draft.List(
            differences
                .Take(DifferencesMax)
                .Select(one => ((Word)Sides(ground, one), Marks(ground, one)))
        );
        More(draft, differences.Skip(DifferencesMax).SelectMany(one => one.Rules));
    }

    private static Lines Sides(Ground ground, Difference difference)
    {
        Word rules = new Listed([
            .. difference.Rules.Select(rule =>
                difference.Spreads.Count <= 2 ? (Word)Titled(ground, rule) : new Code(rule.Id)
            ),
        ]);
        Word first =
            difference.TurnsOn.Count == 0
                ? new Said("short.differ", ("rules", rules))
                : new Said(
                    "short.differ-on",
                    ("rules", rules),
                    ("terms", new Listed([.. difference.TurnsOn.Select(ground.Names.Term)]))
                );
        return new Lines([
            first,
            .. difference.Sides.Select(side =>
                Defended(
                    ground,
                    new Said(
                        "short.side",
                        ("outcome", OutcomeWords.Of(side.Outcome, difference.IsCriminal)),
                        ("bodies", ground.Bodies.Of(side.Profiles))
                    ),
                    difference.Rules.SelectMany(rule =>
                        side.Profiles.Select(profile => ground.Of(rule, profile))
                    )
                )
            ),
        ]);
    }

    private static void Readings(BriefDraft draft, Ground ground)
    {
        draft.Head(new Said("short.readings"));
        draft.Tabulate(
            new Said("brief.table.readings", ("n", new Count(ground.Bodies.Count))),
            ["reading", "body", "short", "open", "differs"],
            ground.Assessed.Profiles.Select(profile =>
                (
                    $"reading-{profile}",
                    (Word[])
                        [
                            new Code(profile),
                            ground.Names.Body(profile),
                            Counted(ground, profile, Outcome.Violated),
                            Counted(ground, profile, Outcome.Undetermined),
                            OwnReadings(ground, profile),
                        ],
                    Trace.Of(Trace.Profiles(profile))
                )
            )
        );
    }

    private static Count Counted(Ground ground, string profile, Outcome outcome) =>
        new(ground.Shown.Count(spread => ground.Of(spread.Rule, profile).Outcome == outcome));

    /// <summary>On which terms and rules a body has an entry of its own that counts on the day asked for.</summary>
    private static Word OwnReadings(Ground ground, string profile)
    {
        Reading reading = ground.Assessed.ReadingOf(profile);
        Word[] own =
        [
            .. ground
                .Pack.Derived.Where(term => reading.HasStance(term.Stances))
                .Select(term => ground.Names.Term(term.Id)),
            .. ground
                .Pack.Rules.Where(rule => reading.HasStance(rule.Stances))
                .Select(rule => new Code(rule.Id)),
        ];
        return own.Length == 0 ? new Said("readings.default") : new Listed(own);
    }

    private static Trace Marks(Ground ground, Spread spread) =>
        Trace.Of(ground.MarksOf(spread.Rule, spread.Outcomes[0].Profiles));

    private static Trace Marks(Ground ground, Difference difference) =>
        Trace.Of(
            difference.Rules.SelectMany(rule =>
                difference.Sides.SelectMany(side => ground.MarksOf(rule, side.Profiles))
            )
        );

    private static Said Titled(Ground ground, Rule rule) =>
        new("brief.rule", ("title", ground.Names.Rule(rule)), ("id", new Code(rule.Id)));

    private static void More(BriefDraft draft, IEnumerable<Rule> rules)
    {
        string[] ids = [.. rules.Select(rule => rule.Id)];
        if (ids.Length > 0)
        {
            draft.Say(
                new Said(
                    "short.more",
                    ("n", new Count(ids.Length)),
                    ("rules", new Listed([.. ids.Select(id => new Code(id))]))
                ),
                Trace.Of(Trace.Rules(ids)),
                Tone.Quiet
            );
        }
    }
}
