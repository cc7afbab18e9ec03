using System.Text.Json;
using Breakwater.App.Law;
using Breakwater.App.Pages;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Law;

/// <summary>
/// One question after another. Each answer is on disk before the next question, so that a lost line or an empty battery costs nothing;
/// "do not know" is an answer too, and is not asked again.
/// </summary>
internal sealed class Interview(
    Printing print,
    TextReader input,
    LawPack pack,
    PackTexts texts,
    string language,
    Respondent respondent,
    IReadOnlyList<string> files,
    string? folder,
    string answersPath,
    IReadOnlyList<Assertion> earlier
)
{
    private readonly List<Assertion> answers = [];
    private readonly PageTexts says = PageTexts.For(language);

    public void Run(FactSheet sheet)
    {
        string source = SourceOf(respondent);
        answers.AddRange(earlier);
        IReadOnlyList<Assertion> known = sheet.Assertions;
        print.LineNow(says.Plain("norms.terminal.keys"));
        print.LineNow(says.Plain("norms.interview.care"));
        for (int asked = 1; ; asked++)
        {
            HashSet<string> spoken = [.. known.Concat(answers).Select(one => one.Fact)];
            Question? next = Next(sheet with { Assertions = [.. known, .. answers] }, spoken);
            if (next is null)
            {
                print.LineNow(says.Plain("norms.interview.nothing-more"));
                break;
            }

            print.LineNow("");
            print.LineNow($"{asked}. {QuestionOf(next.Fact)}");
            if (next.Fact.SafetyNote is not null)
            {
                print.LineNow($"   {says.Plain("norms.safety")} {NoteOf(next.Fact)}");
            }

            if (next.Fact.IsEvaluative)
            {
                print.LineNow($"   {ByRole("norms.terminal.assessor", next.Fact)}");
            }

            if (Answer(next.Fact) is not { } given)
            {
                break;
            }

            Reply answer = given;
            if (answer == Reply.Back)
            {
                if (answers.Count > 0)
                {
                    answers.RemoveAt(answers.Count - 1);
                    Keep();
                }

                asked = Math.Max(0, asked - 2);
                continue;
            }

            // Nobody is named as assessor who did not say so; without one the answer is not taken.
            string? assessor = null;
            if (next.Fact.IsEvaluative && answer != Reply.Unknown)
            {
                print.LineNow($"   {ByRole("norms.terminal.confirm", next.Fact)}");
                if (Answer(next.Fact) is not { } confirmed)
                {
                    break;
                }

                assessor = confirmed == Reply.Yes ? next.Fact.Assessor : null;
                if (assessor is null)
                {
                    print.LineNow($"   {says.Plain("norms.terminal.unassessed")}");
                    answer = Reply.Unknown;
                }
            }

            answers.Add(
                new Assertion(
                    next.Fact.Id,
                    answer == Reply.Yes ? true
                        : answer == Reply.No ? false
                        : null,
                    source,
                    null,
                    [],
                    assessor,
                    PartialDate.Of(SystemClock.Instance.GetCurrentInstant().InUtc().Date),
                    Norms.Packs.Period.Always
                )
            );
            Keep();
        }

        print.LineNow("");
        if (answers.Count == 0)
        {
            print.LineNow(says.Plain("norms.terminal.none"));
            return;
        }

        print.LineNow(
            says.Plain(
                "norms.terminal.kept",
                ("n", new Count(answers.Count)),
                ("file", new Code(answersPath))
            )
        );
        print.LineNow(says.Plain("norms.terminal.brief"));
        string[] own = folder is null ? [] : ["--pack", folder];
        print.LineNow(
            $"  breakwater norms brief {string.Join(' ', [.. files, answersPath, "--language", language, .. own])}"
        );
        print.LineNow(says.Plain("norms.terminal.go-on"));
        print.LineNow(
            // Whom is asked decides what may be asked: going on as another respondent would put other questions.
            $"  breakwater norms ask {string.Join(' ', [.. files, "--answers", answersPath, "--respondent", Tables.Word(respondent), "--language", language, .. own])}"
        );
    }

    private enum Reply
    {
        Yes,
        No,
        Unknown,
        Back,
    }

    private string ByRole(string key, FactTerm fact) =>
        says.Plain(key, ("role", new Free(fact.Assessor!)));

    private static string SourceOf(Respondent respondent) =>
        $"interview, {Tables.Word(respondent)}";

    private Question? Next(FactSheet sheet, HashSet<string> spoken)
    {
        Assessed assessed = Assessed.Of(Programme.Of(pack, AsOf.Undated, sheet.IsClosed), sheet);
        return AssessDocument
            .Questions(assessed, respondent)
            .FirstOrDefault(one => one.Withheld is null && !spoken.Contains(one.Fact.Id));
    }

    /// <summary>Null: stop.</summary>
    private Reply? Answer(FactTerm fact)
    {
        while (true)
        {
            switch (input.ReadLine()?.Trim().ToLowerInvariant())
            {
                case null or "q" or "quit":
                    return null;
                case "y" or "yes" or "o" or "oui" or "نعم":
                    return Reply.Yes;
                case "n" or "no" or "non" or "لا":
                    return Reply.No;
                case "?" or "u" or "unknown" or "؟":
                    return Reply.Unknown;
                case "b" or "back":
                    return Reply.Back;
                case "h" or "help":
                    Help(fact);
                    break;
                default:
                    print.LineNow($"   {says.Plain("norms.terminal.again")}");
                    break;
            }
        }
    }

    private void Help(FactTerm fact)
    {
        FactText? text = TextOf(fact);
        print.LineNow($"   {text?.Gloss ?? fact.Gloss} ({fact.Id})");
        print.LineNow($"   + {text?.Counts ?? fact.Counts}");
        print.LineNow($"   - {text?.DoesNot ?? fact.DoesNot}");
        foreach (string example in fact.Examples)
        {
            print.LineNow($"   {example}");
        }

        foreach (string factor in fact.Pro)
        {
            print.LineNow($"   {says.Plain("norms.terminal.for", ("what", new Free(factor)))}");
        }

        foreach (string factor in fact.Contra)
        {
            print.LineNow($"   {says.Plain("norms.terminal.against", ("what", new Free(factor)))}");
        }
    }

    private string QuestionOf(FactTerm fact) => TextOf(fact)?.Question ?? fact.Question;

    private string NoteOf(FactTerm fact) => TextOf(fact)?.SafetyNote ?? fact.SafetyNote!;

    private FactText? TextOf(FactTerm fact) =>
        texts.Languages.GetValueOrDefault(language)?.Facts.GetValueOrDefault(fact.Id);

    private void Keep()
    {
        string[] lines =
        [
            "# Answers of an interview. Read together with what was known before.",
            answers.Count == 0 ? "facts: {}" : "facts:",
            .. answers.Select(one =>
                $"  {one.Fact}: {JsonSerializer.Serialize(new { value = one.Value, source = one.Source, recorded = one.Recorded?.Text, assessor = one.Assessor }, Json.Compact)}"
            ),
        ];
        File.WriteAllLines(answersPath + ".new", lines);
        File.Move(answersPath + ".new", answersPath, overwrite: true);
    }
}
