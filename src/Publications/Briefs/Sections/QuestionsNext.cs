using System.Text.Json;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>What to ask next, why, and whom. What could expose somebody is no question here: it is named as answered at the desk.</summary>
internal static class QuestionsNext
{
    private const int QuestionsMax = 10;

    private const int RulesMax = 8;

    public static bool MayBePut(this Question question) =>
        question.Withheld is null && question.Fact.Safety != Safety.Guarded;

    public static BriefSection Section(Ground ground, IReadOnlyList<Question> questions)
    {
        var draft = new BriefDraft("questions");
        List<Question> put = [.. questions.Where(question => question.MayBePut())];
        draft.Say(
            put.Count == 0
                ? new Said("questions.none")
                : new Said("questions.intro", ("share", new Share(NextQuestions.Probability))),
            Trace.Of(Trace.Asked("questions")),
            Tone.Quiet
        );
        draft.Tabulate(
            new Said("brief.table.questions"),
            ["rank", "question", "why", "effort", "whom", "care"],
            put.Take(QuestionsMax)
                .Select(
                    (question, at) =>
                        (
                            "",
                            (Word[])
                                [
                                    new Count(at + 1),
                                    ground.Names.Question(question.Fact),
                                    Why(question),
                                    new Said($"effort.{question.Fact.Cost}"),
                                    Whom(question.Fact),
                                    Care(ground, question.Fact),
                                ],
                            Trace.Of(Trace.Facts(question.Fact.Id), Trace.Rules(question.Settles))
                        )
                )
        );
        Held(
            draft,
            ground,
            "questions.others",
            questions.Where(one => one.Withheld is not null && one.Fact.Safety != Safety.Guarded)
        );
        Held(
            draft,
            ground,
            "questions.desk",
            questions.Where(one => one.Fact.Safety == Safety.Guarded)
        );
        return draft.Section;
    }

    /// <summary>What an answer settles; when it alone settles nothing, how many rules still hang on it.</summary>
    public static Word Why(Question question) =>
        question.Settles.Count > 0
            ? new Said("why.settles", ("rules", Some(question.Settles, RulesMax)))
            : new Said("why.hang", ("n", new Count(question.Reach)));

    public static Word Whom(FactTerm fact)
    {
        Word whom = new Term("whom", JsonNamingPolicy.KebabCaseLower.ConvertName($"{fact.AskOf}"));
        return fact.IsEvaluative
            ? new Said(
                "whom.assessed",
                ("whom", whom),
                ("role", new Free(fact.Assessor ?? "legal analyst"))
            )
            : whom;
    }

    /// <summary>The first ids of a list, and how many more.</summary>
    public static Word Some(IReadOnlyList<string> ids, int most)
    {
        Word first = new Listed([.. ids.Take(most).Select(id => new Code(id))]);
        return ids.Count <= most
            ? first
            : new Said("brief.more", ("some", first), ("n", new Count(ids.Count - most)));
    }

    private static Word Care(Ground ground, FactTerm fact) =>
        ground.Names.SafetyNote(fact) is { } note ? note
        : fact.Safety == Safety.Care ? new Said("care.trained")
        : new Said("care.open");

    private static void Held(
        BriefDraft draft,
        Ground ground,
        string key,
        IEnumerable<Question> questions
    )
    {
        List<Question> all = [.. questions];
        if (all.Count > 0)
        {
            draft.Say(
                new Said(
                    key,
                    ("n", new Count(all.Count)),
                    (
                        "facts",
                        new Listed([
                            .. all.Take(QuestionsMax)
                                .Select(one => ground.Names.ShortGloss(one.Fact.Id)),
                        ])
                    )
                ),
                Trace.Of(Trace.Facts(all.Select(one => one.Fact.Id)))
            );
        }
    }
}
