using Breakwater.Norms.Asking;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>What the first screen tells of what is not known, what to ask, and where the law gives no answer.</summary>
internal static partial class InShort
{
    private const int QuestionsMax = 3;

    private const int PerhapsMax = 3;

    private static void Undetermined(BriefDraft draft, Ground ground)
    {
        List<Spread> open =
        [
            .. ground.Shown.Where(spread => spread.Standing == Standing.Undetermined),
        ];
        KnownFact[] contradicted = [.. ground.Supplied.Where(fact => fact.IsContradicted)];
        List<Spread> perhaps =
        [
            .. ground.Assessed.Spreads.Where(spread =>
                spread.Missing.Count > 0 && !ground.Shown.Contains(spread)
            ),
        ];
        if (open.Count == 0 && contradicted.Length == 0 && perhaps.Count == 0)
        {
            return;
        }

        draft.Head(new Said("short.open"));
        if (open.Count > 0)
        {
            draft.Say(
                new Said(
                    "short.undetermined",
                    ("n", new Count(open.Count)),
                    (
                        "rules",
                        new Listed([.. open.Take(RulesMax).Select(one => Titled(ground, one.Rule))])
                    )
                ),
                Trace.Of(
                    Trace.Rules(open.Select(spread => spread.Rule.Id)),
                    Trace.Profiles(ground.Assessed.Profiles)
                )
            );
            More(draft, open.Skip(RulesMax).Select(spread => spread.Rule));
        }

        if (perhaps.Count > 0)
        {
            Perhaps(draft, ground, perhaps);
        }

        if (contradicted.Length > 0)
        {
            draft.Say(
                new Said(
                    "short.contradicted",
                    (
                        "facts",
                        new Listed([
                            .. contradicted.Select(fact => ground.Names.ShortGloss(fact.Fact)),
                        ])
                    )
                ),
                Trace.Of(Trace.Facts(contradicted.Select(fact => fact.Fact))),
                Tone.Caution
            );
        }
    }

    /// <summary>Rules of which it is not even known whether they apply, told by the facts that most of them hang on.</summary>
    private static void Perhaps(BriefDraft draft, Ground ground, List<Spread> perhaps)
    {
        string[] most =
        [
            .. perhaps
                .SelectMany(spread => spread.Missing)
                .Where(fact => ground.Pack.FactOf(fact)!.Safety != Safety.Guarded)
                .GroupBy(fact => fact, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Take(PerhapsMax)
                .Select(group => group.Key),
        ];
        draft.Say(
            new Said(
                "short.perhaps",
                ("n", new Count(perhaps.Count)),
                ("facts", new Listed([.. most.Select(ground.Names.ShortGloss)]))
            ),
            Trace.Of(Trace.Rules(perhaps.Select(spread => spread.Rule.Id)), Trace.Facts(most))
        );
    }

    private static void Ask(BriefDraft draft, Ground ground, IReadOnlyList<Question> questions)
    {
        List<Question> first =
        [
            .. questions.Where(question => question.MayBePut()).Take(QuestionsMax),
        ];
        if (first.Count == 0)
        {
            return;
        }

        draft.Head(new Said("short.ask"));
        draft.List(
            first.Select(question =>
                (
                    (Word)
                        new Said(
                            "short.question",
                            ("question", ground.Names.Question(question.Fact)),
                            ("why", QuestionsNext.Why(question)),
                            ("whom", QuestionsNext.Whom(question.Fact))
                        ),
                    Trace.Of(Trace.Facts(question.Fact.Id), Trace.Rules(question.Settles))
                )
            )
        );
    }

    private static void Gaps(BriefDraft draft, Ground ground)
    {
        if (ground.Assessed.Gaps.Count == 0)
        {
            return;
        }

        draft.Head(new Said("short.gaps"));
        draft.List(
            ground
                .Assessed.Gaps.GroupBy(entry => entry.Gap.Id, StringComparer.Ordinal)
                .Select(entries =>
                    (
                        (Word)
                            new Said(
                                "short.gap",
                                ("id", new Code(entries.Key)),
                                ("gap", ground.Names.Gap(entries.First().Gap)),
                                (
                                    "kind",
                                    new Listed([
                                        .. entries.Select(entry => Word.Of("gap-kind", entry.Kind)),
                                    ])
                                )
                            ),
                        Trace.Of(
                            Trace.Gaps(entries.Key),
                            Trace.Rules(
                                entries.SelectMany(entry => entry.Rules).Select(rule => rule.Id)
                            )
                        )
                    )
                )
        );
    }
}
