using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>Every rule that matters, by body of law: who comes to what, why, on what sources, since when; the rest on a line.</summary>
internal static class FindingsByRegime
{
    public static BriefSection Section(Ground ground)
    {
        var draft = new BriefDraft("findings");
        var findings = new FindingInFull(draft, ground);
        foreach ((string regime, IReadOnlyList<Rule> rules) in ground.Regimes)
        {
            draft.Head(ground.Names.Regime(regime), anchor: $"regime-{regime}");
            foreach (Spread spread in ground.Shown.Where(one => one.Rule.Regime == regime))
            {
                findings.Tell(spread);
            }

            Rest(draft, ground, rules);
        }

        Interplay(draft, ground);
        return draft.Section;
    }

    private static void Rest(BriefDraft draft, Ground ground, IReadOnlyList<Rule> rules)
    {
        Rule[] rest =
        [
            .. rules.Where(rule => ground.Shown.All(spread => spread.Rule.Id != rule.Id)),
        ];
        foreach (
            (string key, Func<Outcome[], bool> isSo) in ((string, Func<Outcome[], bool>)[])
                [
                    (
                        "rest.not-applicable",
                        outcomes =>
                            outcomes.All(one => one is Outcome.NotApplicable or Outcome.DoesNotHold)
                    ),
                    ("rest.open", outcomes => outcomes.Contains(Outcome.Undetermined)),
                    ("rest.not-in-force", outcomes => outcomes[0] == Outcome.NotInForce),
                    ("rest.not-yet-stated", outcomes => outcomes[0] == Outcome.NotYetStated),
                ]
        )
        {
            Rule[] these = [.. rest.Where(rule => isSo(OutcomesOf(ground, rule)))];
            if (these.Length > 0)
            {
                draft.Say(
                    new Said(key, ("rules", new Listed([.. these.Select(Code)]))),
                    Trace.Of(
                        Trace.Rules(these.Select(rule => rule.Id)),
                        Trace.Profiles(ground.Assessed.Profiles)
                    ),
                    Tone.Quiet
                );
            }
        }
    }

    /// <summary>How rules that are told at length stand to one another, as the pack has it from its sources.</summary>
    private static void Interplay(BriefDraft draft, Ground ground)
    {
        Relation[] relations =
        [
            .. ground.Pack.Relations.Where(relation =>
                IsShown(relation.From) && IsShown(relation.To)
            ),
        ];
        if (relations.Length == 0)
        {
            return;
        }

        draft.Head(new Said("interplay.title"), anchor: "interplay");
        draft.List(
            relations.Select(relation =>
                (
                    (Word)
                        new Said(
                            $"interplay.{Term(relation.Type)}",
                            ("from", Titled(relation.From)),
                            ("to", Titled(relation.To)),
                            ("source", new Free(relation.Source))
                        ),
                    Trace.Of(
                        Trace.Rules(relation.From, relation.To),
                        Trace.Pack($"relations/{relation.From}/{relation.To}")
                    )
                )
            )
        );

        bool IsShown(string rule) => ground.Shown.Any(spread => spread.Rule.Id == rule);

        Word Titled(string rule) =>
            new Said("brief.rule", ("title", ground.Names.Rule(rule)), ("id", new Code(rule)));
    }

    private static string Term(RelationType type) => ((Term)Word.Of("relation", type)).Value;

    private static Outcome[] OutcomesOf(Ground ground, Rule rule) =>
        [.. ground.Assessed.Profiles.Select(profile => ground.Of(rule, profile).Outcome)];

    private static Word Code(Rule rule) => new Code(rule.Id);
}
