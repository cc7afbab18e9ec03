using Breakwater.Norms.Facts;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Briefs;

/// <summary>What was supplied and by whom, and what is not known though it matters. Contradictions are both shown, with their weights.</summary>
internal static class FactsTold
{
    private const int WantedMax = 40;

    private const int RulesMax = 6;

    public static BriefSection Section(Ground ground)
    {
        var draft = new BriefDraft("facts");
        Trace asked = Trace.Of(Trace.Asked("facts"));
        if (ground.Supplied.Count == 0)
        {
            draft.Say(new Said("facts.none"), asked, Tone.Caution);
        }
        else
        {
            draft.Say(
                new Said("facts.supplied", ("n", new Count(ground.Supplied.Count))),
                asked,
                Tone.Quiet
            );
            draft.Tabulate(
                new Said("brief.table.facts"),
                ["no", "fact", "value", "says"],
                ground.Supplied.Select(fact =>
                    (
                        ground.TagOf(fact.Fact)!,
                        (Word[])
                            [
                                new Code(ground.TagOf(fact.Fact)!),
                                ground.Names.Gloss(fact.Fact),
                                fact.IsContradicted
                                    ? new Said("value.contradicted")
                                    : ReasonsInWords.Of(fact.Value),
                                new Lines([.. Statements(ground, fact)]),
                            ],
                        Trace.Of(Trace.Facts(fact.Fact))
                    )
                )
            );
        }

        Unknown(draft, ground);
        return draft.Section;
    }

    private static void Unknown(BriefDraft draft, Ground ground)
    {
        List<(string Fact, IReadOnlyList<string> Rules)> unknown =
        [
            .. ground.Wanted.Where(one => ground.Assessed.Facts.Of(one.Fact) is null),
        ];
        draft.Tabulate(
            new Said("brief.table.unknown"),
            ["no", "fact", "hang", "whom"],
            unknown
                .Take(WantedMax)
                .Select(one =>
                    (
                        ground.TagOf(one.Fact)!,
                        (Word[])
                            [
                                new Code(ground.TagOf(one.Fact)!),
                                ground.Names.Gloss(one.Fact),
                                QuestionsNext.Some(one.Rules, RulesMax),
                                ground.IsGuarded(one.Fact)
                                    ? new Said("whom.desk-only")
                                    : QuestionsNext.Whom(ground.Pack.FactOf(one.Fact)!),
                            ],
                        Trace.Of(Trace.Facts(one.Fact), Trace.Rules(one.Rules))
                    )
                )
        );
        if (unknown.Count > WantedMax)
        {
            draft.Say(
                new Said("facts.more", ("n", new Count(unknown.Count - WantedMax))),
                Trace.Of(Trace.Facts(unknown.Skip(WantedMax).Select(one => one.Fact))),
                Tone.Quiet
            );
        }
    }

    private static IEnumerable<Word> Statements(Ground ground, KnownFact fact)
    {
        foreach (
            (string value, IReadOnlyList<Assertion> side) in ((string, IReadOnlyList<Assertion>)[])
                [
                    ("value.true", fact.For),
                    ("value.false", fact.Against),
                    ("value.unknown", fact.Silent),
                ]
        )
        {
            if (side.Count == 0)
            {
                continue;
            }

            if (fact.IsContradicted && side != fact.Silent)
            {
                yield return new Said(
                    "says.weight",
                    ("value", new Said(value)),
                    ("weight", new Number(KnownFact.Weight(side), 2))
                );
            }

            foreach (Assertion assertion in side)
            {
                yield return One(ground, fact, value, assertion, fact.IsContradicted);
            }
        }
    }

    private static Word One(
        Ground ground,
        KnownFact fact,
        string value,
        Assertion said,
        bool isContradicted
    )
    {
        bool isEvaluative = ground.Pack.FactOf(fact.Fact)?.IsEvaluative ?? false;
        Word who = new Free(PositionInText.Struck(said.Source));
        Word words = said.Confidence is { } confidence
            ? new Said("says.source-sure", ("source", who), ("number", new Number(confidence, 2)))
            : new Said("says.source", ("source", who));
        if (said.Evidence.Count > 0)
        {
            words = new Said(
                "says.evidence",
                ("said", words),
                (
                    "ids",
                    new Listed([.. said.Evidence.Select(id => new Code(PositionInText.Struck(id)))])
                )
            );
        }

        if (isEvaluative || said.Assessor is not null)
        {
            words = said.Assessor is { } role
                ? new Said(
                    "says.assessed",
                    ("said", words),
                    ("role", new Free(PositionInText.Struck(role)))
                )
                : new Said("says.not-assessed", ("said", words));
        }

        if (said.Recorded is { } recorded)
        {
            words = new Said("says.recorded", ("said", words), ("date", new Code(recorded.Text)));
        }

        return isContradicted
            ? new Said("says.one", ("value", new Said(value)), ("said", words))
            : words;
    }
}
