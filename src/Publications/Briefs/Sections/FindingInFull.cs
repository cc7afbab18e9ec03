using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>One rule under all readings queried: outcomes with who holds them, reasons, smallest sets of facts, sources, dates.</summary>
internal sealed class FindingInFull(BriefDraft draft, Ground ground)
{
    private readonly HashSet<string> _termsTold = new(StringComparer.Ordinal);

    public void Tell(Spread spread)
    {
        Rule rule = spread.Rule;
        draft.Head(
            new Said("brief.rule", ("title", ground.Names.Rule(rule)), ("id", new Code(rule.Id))),
            4,
            $"rule-{rule.Id}"
        );
        foreach ((Outcome outcome, IReadOnlyList<string> profiles) in Difference.Ordered(spread))
        {
            Outcomes(rule, outcome, profiles);
        }

        Reasons(spread);
        DatesAndSources(rule);
        draft.Contest(
            rule.Id,
            ground.Assessed.Profiles.Select(profile => new ContestTold(
                profile,
                ground.ContestOf(rule.Id, profile)
            ))
        );
    }

    private void Outcomes(Rule rule, Outcome outcome, IReadOnlyList<string> profiles)
    {
        Word code = new Code(rule.Id);
        Finding first = ground.Of(rule, profiles[0]);
        Word said =
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
                );
        if (first.OpenDefences.Count > 0)
        {
            said = Then(
                said,
                new Said(
                    "finding.defence",
                    ("defence", new Listed([.. first.OpenDefences.Select(ground.Names.Defence)]))
                )
            );
        }

        if (Rests(ground.SetOf(rule, profiles[0]), rule, outcome) is { } rests)
        {
            said = Then(said, rests);
        }

        draft.Say(
            said,
            Trace.Of(ground.MarksOf(rule, profiles)),
            outcome == Outcome.Violated ? Tone.Caution : Tone.Plain,
            rule.Id
        );
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

    private Said? Rests(DeterminingSet set, Rule rule, Outcome outcome)
    {
        if (outcome != Outcome.Undetermined)
        {
            return set.Facts.Count == 0
                ? null
                : new Said(
                    set.IsExact ? "finding.rests" : "finding.rests-minimal",
                    (
                        "facts",
                        new Listed([
                            .. set.Facts.Select(one => new Code(
                                ground.TagOf(one.Fact) ?? one.Fact
                            )),
                        ])
                    )
                );
        }

        return set.Outcome is not { } then
            ? new Said("finding.settles-none")
            : new Said(
                "finding.settles",
                (
                    "facts",
                    new Listed([
                        .. set.Facts.Select(one =>
                        {
                            Word claim = ReasonsInWords.Claim(
                                KleeneTables.Of(one.Value),
                                ground.Names.ShortGloss(one.Fact)
                            );
                            return ground.IsGuarded(one.Fact)
                                ? new Said("reason.desk", ("fact", claim))
                                : claim;
                        }),
                    ])
                ),
                ("outcome", OutcomeWords.Of(then, rule))
            );
    }

    private static Word Then(Word first, Word next) =>
        new Said("brief.then", ("first", first), ("next", next));

    /// <summary>What is the same in every reading is said once; where readings part, each way of reasoning names who takes it.</summary>
    private void Reasons(Spread spread)
    {
        Rule rule = spread.Rule;
        var ways = ground
            .Assessed.Profiles.Select(profile => (Profile: profile, Way: Way(rule, profile)))
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

        Say(ground.Assessed.Profiles, [.. ways[0].Parts.Where(IsShared)], isOfAll: true);
        foreach ((IReadOnlyList<string> profiles, var parts) in ways)
        {
            Say(profiles, [.. parts.Where(part => !IsShared(part))], isOfAll: false);
        }

        bool IsShared((Word Text, IReadOnlyList<string>) part) => shared.Contains(part.Text.Stem);

        void Say(
            IReadOnlyList<string> profiles,
            IReadOnlyList<(Word Text, IReadOnlyList<string> Facts)> parts,
            bool isOfAll
        )
        {
            if (parts.Count == 0)
            {
                return;
            }

            Word all = ReasonsInWords.Shortened(
                parts.Select(part => part.Text).Aggregate(Then),
                _termsTold
            );
            draft.Say(
                isOfAll
                    ? all
                    : new Said("part.on", ("bodies", ground.Bodies.Short(profiles)), ("part", all)),
                Trace.Of(
                    Trace.Rules(rule.Id),
                    Trace.Profiles(profiles),
                    Trace.Facts(parts.SelectMany(part => part.Facts))
                ),
                Tone.Plain,
                rule.Id
            );
        }
    }

    private List<(Word Text, IReadOnlyList<string> Facts)> Way(Rule rule, string profile)
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
            var with = new List<(string, Word)> { ("reasons", reasons.Of(part.Clause.Expression)) };
            if (name == "exception")
            {
                with.Add(("defence", ground.Names.Defence(part.Name.Split(':')[1])));
            }

            told.Add(
                (
                    new Said(
                        $"part.{(name == "breach" && rule.IsCriminal() ? "elements" : name)}.{ValueKey(part.Value)}",
                        [.. with]
                    ),
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

    private void DatesAndSources(Rule rule)
    {
        var said = new List<Word>();
        if (rule.Valid.From is { } from)
        {
            said.Add(
                new Said(
                    "dates.force",
                    ("from", new Code(from.Text)),
                    ("name", Instrument(rule.ValidBasis))
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
                    ("name", Instrument(rule.ReadingBasis ?? ""))
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

        said.Add(
            new Said(
                "finding.sources",
                ("force", Force(rule)),
                ("sources", new Listed([.. rule.Sources.Select(one => new Free(one.Cite))])),
                ("confidence", Word.Of("cited", rule.Confidence)),
                ("checked", new Said(Checked(rule)))
            )
        );
        draft.Say(
            said.Aggregate(Then),
            Trace.Of(
                Trace.Rules(rule.Id),
                Trace.Profiles(own.Select(stance => stance.Profile)),
                Trace.Sources(ground.SourcesOf(rule)),
                Trace.Pack($"instruments/{rule.ValidBasis}")
            ),
            Tone.Quiet,
            rule.Id
        );
    }

    private Free Instrument(string id) =>
        new(ground.Pack.Instruments.FirstOrDefault(one => one.Id == id)?.Name ?? id);

    private static Listed Force(Rule rule) =>
        new([.. rule.Force.Split('+').Select(part => new Term("force", part.ToLowerInvariant()))]);

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
