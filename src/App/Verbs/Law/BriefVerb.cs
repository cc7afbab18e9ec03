using System.CommandLine;
using Breakwater.App.Law;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Publications.Briefs;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms brief</c>: the legal brief of one incident, to read, print and hand on.</summary>
internal static class BriefVerb
{
    private static readonly Option<string> _format = new("--format")
    {
        Description = "md, html or json",
        DefaultValueFactory = _ => "md",
        HelpName = "md|html|json",
    };
    private static readonly Option<string> _language = new("--language")
    {
        Description = "en, fr or ar",
        DefaultValueFactory = _ => "en",
        HelpName = "en|fr|ar",
    };
    private static readonly Option<Respondent> _respondent = new("--respondent")
    {
        Description = "Who would put the questions that it ends with: field, documenter or desk",
        DefaultValueFactory = _ => Respondent.Documenter,
        HelpName = "field|documenter|desk",
    };
    private static readonly Option<string?> _out = new("--out")
    {
        Description = "Write it to this file (default: standard output)",
        HelpName = "FILE",
    };

    public static Command Command(Printing print)
    {
        var inquiry = new Inquiry();
        Option<bool> json = Options.Json();
        var command = new Command(
            "brief",
            "What each body would say of these facts, with sources, gaps and what to ask, as a document. Example: breakwater norms brief facts.yaml --format html --language fr --out brief.html"
        );
        inquiry.AddTo(command);
        command.Add(_format);
        command.Add(_language);
        command.Add(_respondent);
        command.Add(_out);
        command.Add(json);
        command.SetAction(parsed =>
        {
            string language = parsed.GetValue(_language)!;
            if (language is not ("en" or "fr" or "ar"))
            {
                throw new Fault(ExitCode.Usage, $"--language {language}: write en, fr or ar");
            }

            (LawPack pack, PackTexts texts, Assessed assessed) = inquiry.Ask(parsed);
            Inquiry.SayUnsealed(print, pack);
            Brief brief = LegalBrief.Compose(
                assessed,
                texts,
                AssessDocument.Questions(assessed, parsed.GetValue(_respondent)),
                PositionsFromFindings.Of(assessed),
                language
            );
            string text = (parsed.GetValue(json) ? "json" : parsed.GetValue(_format)) switch
            {
                "json" => BriefJson.Write(brief),
                "html" => BriefHtml.Write(brief),
                "md" => BriefMarkdown.Write(brief),
                var other => throw new Fault(
                    ExitCode.Usage,
                    $"--format {other}: write md, html or json"
                ),
            };
            if (parsed.GetValue(_out) is { } path)
            {
                File.WriteAllText(path, text);
                print.Line($"written: {path}");
            }
            else
            {
                print.Line(text.TrimEnd('\n'));
            }

            return pack.Unsealed.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
        });
        return command;
    }
}
