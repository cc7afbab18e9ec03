using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>One rule under all readings queried: outcomes with who holds them, reasons, smallest sets of facts, sources, dates.</summary>
internal static class FindingInFull
{
    public static void Tell(BriefDraft draft, Ground ground, Spread spread)
    {
        Rule rule = spread.Rule;
        draft.Head(
            new Said("brief.rule", ("title", ground.Names.Rule(rule)), ("id", new Code(rule.Id))),
            4,
            $"rule-{rule.Id}"
        );
        foreach ((Outcome outcome, IReadOnlyList<string> profiles) in spread.Outcomes)
        {
            Outcomes(draft, ground, rule, outcome, profiles);
        }

        Reasons(draft, ground, spread);
        Dates(draft, ground, rule);
        draft.Say(
            new Said(
                "finding.sources",
                ("force", Force(rule)),
                (
                    "sources",
                    new Listed([.. rule.Sources.Select(source => new Free(source.Cite))])
                ),
                ("confidence", Word.Of("cited", rule.Confidence)),
                ("checked", new Said(Checked(rule)))
            ),
            Trace.Of(Trace.Rules(rule.Id), Trace.Sources(ground.SourcesOf(rule))),
            Tone.Quiet,
            rule.Id
        );
        draft.Contest(rule.Id, ground.Assessed.Profiles);
    }

    private static void Outcomes(
        BriefDraft draft,
        Ground ground,
        Rule rule,
        Outcome outcome,
        IReadOnlyList<string> profiles
    )
    {
        Word code = new Code(rule.Id);
        Trace trace = Trace.Of(ground.MarksOf(rule, profiles));
        Finding first = ground.Of(rule, profiles[0]);
        draft.Say(
            first.ExcusedBy.Count > 0
                ? new Said(
                    "finding.excused",
                    ("bodies", ground.Bodies.Of(profiles)),
                    ("rule", code),
                    ("defence", new Listed([.. first.ExcusedBy.Select(ground.Names.Defence)]))
                )
                : new Said(
                    $"finding.{OutcomeWords.Key(outcome, rule.IsCriminal())}",
                    ("bodies", ground.Bodies.Of(profiles)),
                    ("rule", code)
                ),
            trace,
            outcome == Outcome.Violated ? Tone.Caution : Tone.Plain,
            rule.Id
        );
        if (first.OpenDefences.Count > 0)
        {
            draft.Say(
                new Said(
                    "finding.defence",
                    ("defence", new Listed([.. first.OpenDefences.Select(ground.Names.Defence)]))
                ),
                trace,
                Tone.Plain,
                rule.Id
            );
        }

        if (Rests(ground, ground.SetOf(rule, profiles[0]), rule, outcome) is { } rests)
        {
            draft.Say(rests, trace, Tone.Plain, rule.Id);
        }

        foreach (
            string by in profiles
                .Select(profile => ground.Of(rule, profile).SupersededBy)
                .OfType<string>()
                .Distinct()
        )
        {
            draft.Say(
                new Said(
                    "finding.superseded",
                    ("who", ground.Bodies.Body(by)),
                    ("from", new Code(rule.Superseded!.From.Text))
                ),
                Trace.Of(Trace.Rules(rule.Id), Trace.Profiles([by, .. profiles])),
                Tone.Plain,
                rule.Id
            );
        }
    }

    private static Said? Rests(Ground ground, DeterminingSet set, Rule rule, Outcome outcome)
    {
        Word facts = new Listed([
            .. set.Facts.Select(one =>
            {
                Word fact = new Said(
                    "reason.fact",
                    ("what", ground.Names.ShortGloss(one.Fact)),
                    ("value", ReasonsInWords.Of(KleeneTables.Of(one.Value)))
                );
                return ground.IsGuarded(one.Fact) && outcome == Outcome.Undetermined
                    ? new Said("reason.desk", ("fact", fact))
                    : fact;
            }),
        ]);
        return outcome == Outcome.Undetermined
                ? set.Outcome is { } then
                    ? new Said(
                        "finding.settles",
                        ("facts", facts),
                        ("outcome", OutcomeWords.Of(then, rule))
                    )
                    : new Said("finding.settles-none")
            : set.Facts.Count == 0 ? null
            : new Said(set.IsExact ? "finding.rests" : "finding.rests-minimal", ("facts", facts));
    }

    /// <summary>What is the same in every reading is said once; where readings part, each way of reasoning names who takes it.</summary>
    private static void Reasons(BriefDraft draft, Ground ground, Spread spread)
    {
        Rule rule = spread.Rule;
        var ways = ground
            .Assessed.Profiles.Select(profile => (Profile: profile, Way: Way(ground, rule, profile)))
            .GroupBy(
                one => string.Join('\n', one.Way.Select(part => part.Text.Stem)),
                StringComparer.Ordinal
            )
            .Select(group =>
                (
                    Profiles: (IReadOnlyList<string>)[.. group.Select(one => one.Profile)],
                    Parts: group.First().Way
                )
            )
            .ToList();
        HashSet<string> shared = [.. ways[0].Parts.Select(part => part.Text.Stem)];
        foreach ((_, IReadOnlyList<(Word Text, IReadOnlyList<string>)> parts) in ways)
        {
            shared.IntersectWith(parts.Select(part => part.Text.Stem));
        }

        foreach (
            (Word text, IReadOnlyList<string> facts) in ways[0]
                .Parts.Where(part => shared.Contains(part.Text.Stem))
        )
        {
            draft.Say(text, Marks(ground.Assessed.Profiles, facts), Tone.Plain, rule.Id);
        }

        foreach ((IReadOnlyList<string> profiles, var parts) in ways)
        {
            foreach (
                (Word text, IReadOnlyList<string> facts) in parts.Where(part =>
                    !shared.Contains(part.Text.Stem)
                )
            )
            {
                draft.Say(
                    new Said("part.on", ("bodies", ground.Bodies.Of(profiles)), ("part", text)),
                    Marks(profiles, facts),
                    Tone.Plain,
                    rule.Id
                );
            }
        }

        Trace Marks(IReadOnlyList<string> profiles, IReadOnlyList<string> facts) =>
            Trace.Of(Trace.Rules(rule.Id), Trace.Profiles(profiles), Trace.Facts(facts));
    }

    private static IReadOnlyList<(Word Text, IReadOnlyList<string> Facts)> Way(
        Ground ground,
        Rule rule,
        string profile
    )
    {
        IReadOnlyList<Part> parts = ground.Of(rule, profile).Basis;
        Reading reading = ground.Assessed.ReadingOf(profile);
        var none = new Dictionary<string, bool>();
        var told = new List<(Word, IReadOnlyList<string>)>();
        foreach (Part part in parts)
        {
            var reasons = new ReasonsInWords(
                ground,
                reading,
                ground.Assessed.IsClosed && part.Name != "applies" ? rule.Burden : none
            );
            string name = part.Name.Split(':')[0];
            var with = new List<(string, Word)>
            {
                ("reasons", reasons.Of(part.Clause.Expression)),
            };
            if (name == "exception")
            {
                with.Add(("defence", ground.Names.Defence(part.Name.Split(':')[1])));
            }

            told.Add(
                (
                    new Said($"part.{name}.{ValueKey(part.Value)}", [.. with]),
                    reasons.Facts
                )
            );
            bool isDecided =
                (name == "applies" && part.Value == Kleene.False)
                || (name == "breach" && part.Value == Kleene.False);
            if (isDecided)
            {
                break;
            }
        }

        return told;
    }

    private static void Dates(BriefDraft draft, Ground ground, Rule rule)
    {
        var said = new List<Word>();
        if (rule.Valid.From is { } from)
        {
            said.Add(
                new Said(
                    "dates.force",
                    ("from", new Code(from.Text)),
                    ("name", Instrument(ground, rule.ValidBasis))
                )
            );
        }

        if (rule.Valid.To is { } to)
        {
            said.Add(new Said("dates.until", ("to", new Code(to.Text))));
        }

        if (rule.ReadingFrom is { } stated)
        {
            said.Add(
                new Said(
                    "dates.reading",
                    ("from", new Code(stated.Text)),
                    ("name", Instrument(ground, rule.ReadingBasis ?? ""))
                )
            );
        }

        Stance[] own =
        [
            .. rule.Stances.Where(stance =>
                ground.Assessed.Profiles.Contains(stance.Profile)
                && ground.Assessed.AsOf.Counts(stance)
            ),
        ];
        said.AddRange(
            own.Select(stance => new Said(
                "dates.stance",
                ("who", new Code(stance.Profile)),
                ("from", new Code(stance.From.Text))
            ))
        );
        if (ground.Of(rule, ground.Assessed.Profiles[0]).Restates is { Count: > 0 } later)
        {
            said.Add(
                new Said(
                    "dates.later",
                    ("instruments", new Listed([.. later.Select(name => new Free(name))]))
                )
            );
        }

        Word all = said[0];
        foreach (Word next in said.Skip(1))
        {
            all = new Said("brief.then", ("first", all), ("next", next));
        }

        draft.Say(
            all,
            Trace.Of(
                Trace.Rules(rule.Id),
                Trace.Profiles(own.Select(stance => stance.Profile)),
                Trace.Pack($"instruments/{rule.ValidBasis}")
            ),
            Tone.Quiet,
            rule.Id
        );
    }

    private static Free Instrument(Ground ground, string id) =>
        new(ground.Pack.Instruments.FirstOrDefault(one => one.Id == id)?.Name ?? id);

    private static Listed Force(Rule rule) =>
        new([
            .. rule.Force.Split('+').Select(part => new Term("force", part.ToLowerInvariant())),
        ]);

    private static string Checked(Rule rule) =>
        rule.Sources.All(source => source.IsChecked) ? "checked.all"
        : rule.Sources.Any(source => source.IsChecked) ? "checked.some"
        : "checked.none";

    private static string ValueKey(Kleene value) =>
        value switch
        {
            Kleene.True => "true",
            Kleene.False => "false",
            _ => "unknown",
        };
}
