using System.CommandLine;
using System.Net;
using Breakwater.App.Law;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms explain</c>: why one rule comes out as it does, down to who said each fact.</summary>
internal static class ExplainRuleVerb
{
    private static readonly Option<string> _rule = new("--rule")
    {
        Description = "Id of the rule",
        Required = true,
        HelpName = "ID",
    };
    private static readonly Option<string?> _format = new("--format")
    {
        Description = "md, html or json (default: text)",
        HelpName = "md|html|json",
    };

    public static Command Command(Printing print)
    {
        var inquiry = new Inquiry();
        Option<bool> json = Options.Json();
        var command = new Command(
            "explain",
            "Why a rule comes out as it does, reading by reading, down to who said each fact. Example: breakwater norms explain facts.yaml --rule IHRL-19-NECPROP --profile baseline"
        );
        inquiry.AddTo(command);
        command.Add(_rule);
        command.Add(_format);
        command.Add(json);
        command.SetAction(parsed =>
        {
            (LawPack pack, _, Assessed assessed) = inquiry.Ask(parsed);
            string id = parsed.GetValue(_rule)!;
            Rule rule =
                pack.RuleOf(id)
                ?? throw new Fault(
                    ExitCode.Usage,
                    $"--rule {id}: the pack has no such rule. {(Nearest.Of(id, pack.Rules.Select(one => one.Id)) is { } near ? $"Did you mean '{near}'?" : "See: breakwater norms assess FACTS")}"
                );
            Inquiry.SayUnsealed(print, pack);
            switch (parsed.GetValue(json) ? "json" : parsed.GetValue(_format))
            {
                case "json":
                    print.Json(Document(assessed, rule));
                    break;
                case "md":
                    Markdown(print, assessed, rule);
                    break;
                case "html":
                    Html(print, assessed, rule);
                    break;
                case null:
                    AssessTables.Heading(print, assessed);
                    print.Line();
                    print.Line(rule.Title);
                    print.Line(string.Join("; ", rule.Sources.Select(source => source.Cite)));
                    foreach (
                        (Finding finding, IReadOnlyList<string> profiles) in Alike(assessed, rule)
                    )
                    {
                        print.Line();
                        print.Line($"The same in: {string.Join(", ", profiles)}");
                        foreach (string line in ReasonLines.Of(assessed, rule.Id, finding.Profile))
                        {
                            print.Line($"  {line}");
                        }

                        print.Line($"  {SetOf(assessed, finding)}");
                    }

                    break;
                case { } other:
                    throw new Fault(ExitCode.Usage, $"--format {other}: write md, html or json");
            }

            return pack.Unsealed.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
        });
        return command;
    }

    /// <summary>Profiles that read every part of the rule alike are explained once.</summary>
    private static IEnumerable<(Finding Finding, IReadOnlyList<string> Profiles)> Alike(
        Assessed assessed,
        Rule rule
    ) =>
        assessed
            .Findings.Where(finding => finding.Rule.Id == rule.Id)
            .GroupBy(
                finding =>
                    string.Join('\n', ReasonLines.Of(assessed, rule.Id, finding.Profile).Skip(1)),
                StringComparer.Ordinal
            )
            .Select(group =>
                (
                    group.First(),
                    (IReadOnlyList<string>)[.. group.Select(finding => finding.Profile)]
                )
            );

    private static string SetOf(Assessed assessed, Finding finding)
    {
        DeterminingSet set = DeterminingSets.Of(assessed.Evaluation, finding.Rule, finding.Profile);
        return finding.Outcome.IsReport() ? ""
            : finding.Outcome.IsDeterminate() ? $"rests on: {ReasonLines.SetLine(set)}"
            : $"could be settled by: {ReasonLines.SetLine(set)}";
    }

    private static object Document(Assessed assessed, Rule rule) =>
        new
        {
            notice = AssessDocument.Notice,
            proofStandard = AssessDocument.ProofStandard,
            pack = AssessDocument.PackOf(assessed.Pack),
            packHash = assessed.Pack.Hash,
            factsHash = assessed.Facts.Hash,
            asOf = AssessDocument.DaysOf(assessed),
            closure = assessed.IsClosed,
            rule = rule.Id,
            title = rule.Title,
            rule.Regime,
            rule.Force,
            sources = rule.Sources,
            commentary = rule.Commentary,
            findings = assessed
                .Findings.Where(finding => finding.Rule.Id == rule.Id)
                .Select(finding => new
                {
                    finding = AssessDocument.FindingOf(assessed, finding),
                    reasons = finding.Basis.Select(part => new
                    {
                        part = part.Name,
                        why = TreeOf(
                            assessed
                                .ReadingOf(finding.Profile)
                                .Why(part.Clause.Expression, Burdens.Of(assessed, rule, part))
                        ),
                    }),
                    determining = DeterminingSets.Of(assessed.Evaluation, rule, finding.Profile)
                        is var set
                        ? new
                        {
                            set.Facts,
                            outcome = set.Outcome?.Word(),
                            isExact = set.IsExact,
                        }
                        : null,
                }),
        };

    private static object TreeOf(Reason reason) =>
        new
        {
            expr = reason.Text,
            value = reason.Value.Letter(),
            burden = reason.IsBurden,
            said = reason.Fact is { } fact
                ? fact
                    .For.Concat(fact.Against)
                    .Concat(fact.Silent)
                    .Select(one => new
                    {
                        one.Value,
                        one.Source,
                        one.Confidence,
                        one.Evidence,
                    })
                : null,
            parts = reason.Parts.Select(TreeOf),
        };

    private static void Markdown(Printing print, Assessed assessed, Rule rule)
    {
        print.Line($"# {rule.Id}: {rule.Title}");
        print.Line();
        print.Line(
            $"{AssessDocument.Notice}. Pack {assessed.Pack.Id} {assessed.Pack.Version}, `{assessed.Pack.Hash}`; facts `{assessed.Facts.Hash}`. {AssessTables.Days(assessed)}. {AssessTables.Standard}."
        );
        print.Line();
        print.Line($"Sources: {string.Join("; ", rule.Sources.Select(source => source.Cite))}");
        foreach ((Finding finding, IReadOnlyList<string> profiles) in Alike(assessed, rule))
        {
            print.Line();
            print.Line(
                $"## {AssessTables.Phrase(rule, finding.Outcome)}: {string.Join(", ", profiles)}"
            );
            print.Line();
            print.Line("```");
            foreach (string line in ReasonLines.Of(assessed, rule.Id, finding.Profile))
            {
                print.Line(line);
            }

            print.Line("```");
            print.Line();
            print.Line(SetOf(assessed, finding));
        }
    }

    private static void Html(Printing print, Assessed assessed, Rule rule)
    {
        print.Line(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(rule.Id)}</title><style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem}}pre{{white-space:pre-wrap;background:#f4f4f4;padding:.8rem}}</style></head><body>"
        );
        print.Line($"<h1>{Text(rule.Id)}: {Text(rule.Title)}</h1>");
        print.Line(
            $"<p>{Text(AssessDocument.Notice)}. Pack {Text(assessed.Pack.Id)} {Text(assessed.Pack.Version)}, <code>{Text(assessed.Pack.Hash)}</code>; facts <code>{Text(assessed.Facts.Hash)}</code>. {Text(AssessTables.Days(assessed))}. {Text(AssessTables.Standard)}.</p>"
        );
        print.Line($"<p>{Text(string.Join("; ", rule.Sources.Select(source => source.Cite)))}</p>");
        foreach ((Finding finding, IReadOnlyList<string> profiles) in Alike(assessed, rule))
        {
            print.Line(
                $"<h2>{Text(AssessTables.Phrase(rule, finding.Outcome))}: {Text(string.Join(", ", profiles))}</h2>"
            );
            print.Line(
                $"<pre>{Text(string.Join('\n', ReasonLines.Of(assessed, rule.Id, finding.Profile)))}</pre>"
            );
            print.Line($"<p>{Text(SetOf(assessed, finding))}</p>");
        }

        print.Line("</body></html>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
