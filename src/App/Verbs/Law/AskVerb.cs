using System.CommandLine;
using Breakwater.App.Law;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms ask</c>: the questions whose answers matter most, as a list or as an interview that can stop and go on.</summary>
internal static class AskVerb
{
    private const int TopDefault = 10;

    private static readonly Argument<string[]> _facts = new("FACTS")
    {
        Description =
            "What is known already (YAML or JSON); none: the interview begins with nothing",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<Respondent> _respondent = new("--respondent")
    {
        Description =
            "Who answers: field, documenter or desk. What could expose somebody is not put to the field",
        DefaultValueFactory = _ => Respondent.Documenter,
        HelpName = "field|documenter|desk",
    };
    private static readonly Option<int?> _top = new("--top")
    {
        Description = "Print so many questions and stop, without asking",
        HelpName = "N",
    };
    private static readonly Option<string?> _answers = new("--answers")
    {
        Description =
            "Where answers are kept, one by one; the interview goes on from there (default: FACTS.answers.yaml)",
        HelpName = "FILE",
    };
    private static readonly Option<string> _language = new("--language")
    {
        Description = "Of the questions: en, fr or ar",
        DefaultValueFactory = _ => "en",
        HelpName = "en|fr|ar",
    };

    public static Command Command(Printing print)
    {
        Option<string?> pack = Inquiry.PackOption();
        Option<bool> json = Options.Json();
        var command = new Command(
            "ask",
            "The questions whose answers would change most, asked one after another; answers are kept at once, so that it can stop and go on. Example: breakwater norms ask --answers new.yaml --respondent documenter"
        )
        {
            _facts,
            _respondent,
            _top,
            _answers,
            _language,
            pack,
            json,
        };
        command.SetAction(parsed =>
        {
            (LawPack law, PackTexts texts) = Inquiry.Read(parsed.GetValue(pack));
            string[] files = parsed.GetValue(_facts) ?? [];
            Respondent respondent = parsed.GetValue(_respondent);
            bool isJson = parsed.GetValue(json);
            int? top = parsed.GetValue(_top);
            if (top is < 1 or > 500)
            {
                throw new Fault(ExitCode.Usage, $"--top {top}: between 1 and 500");
            }

            string language = parsed.GetValue(_language)!;
            if (language is not ("en" or "fr" or "ar"))
            {
                throw new Fault(ExitCode.Usage, $"--language {language}: write en, fr or ar");
            }

            Inquiry.SayUnsealed(print, law);
            string? answersPath =
                parsed.GetValue(_answers)
                ?? (files.Length > 0 && files[0] != "-" ? files[0] + ".answers.yaml" : null);
            bool hasAnswers = answersPath is not null && File.Exists(answersPath);
            FactSheet none = new("", "", null, false, null, []);
            FactSheet sheet = files.Length > 0 ? Inquiry.Sheet(files, law) : none;
            FactSheet answered = hasAnswers ? Inquiry.Sheet([answersPath!], law) : none;
            if (
                answered.Assertions.FirstOrDefault(one =>
                    !one.Source.StartsWith("interview, ", StringComparison.Ordinal)
                ) is
                { } foreign
            )
            {
                throw new Fault(
                    ExitCode.Usage,
                    $"{answersPath}: {foreign.Fact} is no answer of an interview, and answers are written over this file. Name it as FACTS and another file with --answers"
                );
            }

            if (isJson || top is not null)
            {
                List(
                    print,
                    law,
                    sheet with
                    {
                        Assertions = [.. sheet.Assertions, .. answered.Assertions],
                    },
                    respondent,
                    top ?? TopDefault,
                    isJson
                );
                return ExitCode.Done;
            }

            if (answersPath is null)
            {
                throw new Fault(
                    ExitCode.Usage,
                    "where are answers kept? Name a file: --answers new.yaml"
                );
            }

            new Interview(
                print,
                Console.In,
                law,
                texts,
                language,
                respondent,
                files,
                parsed.GetValue(pack),
                answersPath,
                answered.Assertions
            ).Run(sheet);
            return ExitCode.Done;
        });
        return command;
    }

    private static void List(
        Printing print,
        LawPack pack,
        FactSheet sheet,
        Respondent respondent,
        int top,
        bool isJson
    )
    {
        Assessed assessed = Assessed.Of(Programme.Of(pack, AsOf.Undated, sheet.IsClosed), sheet);
        if (!isJson)
        {
            AssessTables.Questions(print, assessed, respondent, top);
            return;
        }

        IReadOnlyList<Question> all = AssessDocument.Questions(assessed, respondent);
        print.Json(
            new
            {
                packHash = pack.Hash,
                factsHash = assessed.Facts.Hash,
                respondent,
                nextQuestions = all.Where(one => one.Withheld is null)
                    .Take(top)
                    .Select(AssessDocument.QuestionOf),
                // Named so that nobody thinks them forgotten; the field is not told what to ask for.
                withheld = respondent == Respondent.Field
                    ? null
                    : all.Where(one => one.Withheld is not null)
                        .Take(top)
                        .Select(one => new { fact = one.Fact.Id, reason = one.Withheld }),
                withheldCount = all.Count(one => one.Withheld is not null),
            }
        );
    }
}
