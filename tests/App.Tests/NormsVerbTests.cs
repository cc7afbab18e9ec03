using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a coordinator and a lawyer do with norms at a terminal.</summary>
public sealed class NormsVerbTests : IDisposable
{
    private const string Facts = """
        id: a-cut
        date: {conduct: "2024-02-02/2024-02-09"}
        facts:
          act.state: true
          state.hr_treaty: true
          jur.own_territory: true
          m.restricts: true
          m.legal_basis: false
          m.blanket: [{value: true, source: measurements, confidence: 0.9}, {value: false, source: an operator}]
        """;

    private readonly CommandLine line = new();
    private readonly string facts;

    public NormsVerbTests() => facts = line.Write("facts.yaml", Facts);

    public void Dispose() => line.Dispose();

    [Fact]
    public void A_finding_names_rule_reading_basis_sources_and_what_is_missing()
    {
        JsonElement all = Assess();
        Assert.Matches("^sha256:[0-9a-f]{64}$", all.GetProperty("packHash").GetString());
        Assert.Matches("^sha256:[0-9a-f]{64}$", all.GetProperty("factsHash").GetString());
        JsonElement finding = Finding(all, "IHRL-19-LEGALITY", "baseline");
        Assert.Equal("violated", finding.GetProperty("outcome").GetString());
        JsonElement breach = finding
            .GetProperty("basis")
            .EnumerateArray()
            .Single(part => part.GetProperty("part").GetString() == "breach");
        Assert.Equal("T", breach.GetProperty("value").GetString());
        Assert.Contains("m.legal_basis", Texts(breach.GetProperty("facts")));
        Assert.Contains("ICCPR 19(3)", Texts(finding.GetProperty("sources")));
        Assert.Equal(
            "undetermined",
            Finding(all, "IHRL-19-LEGALITY", "deferential_domestic")
                .GetProperty("outcome")
                .GetString()
        );
        Assert.Equal(
            ["m.security_power_invoked"],
            Texts(Finding(all, "IHRL-19-LEGALITY", "deferential_domestic").GetProperty("missing"))
        );
        string[] rules =
        [
            .. all.GetProperty("findings")
                .EnumerateArray()
                .Select(one => one.GetProperty("rule").GetString()!),
        ];
        Assert.Equal("META-IHL-APPL", rules[0]);
        Assert.Equal(74 * 12, rules.Length);
        JsonElement blanket = all.GetProperty("facts")
            .EnumerateArray()
            .Single(fact => fact.GetProperty("fact").GetString() == "m.blanket");
        Assert.True(blanket.GetProperty("contradicted").GetBoolean());
        Assert.Equal(JsonValueKind.Null, blanket.GetProperty("value").ValueKind);
        Assert.NotEqual(0, all.GetProperty("nextQuestions").GetArrayLength());
    }

    [Fact]
    public void The_same_facts_give_the_same_octets_in_whatever_order_they_are_written()
    {
        string[] lines = Facts.Split('\n');
        string turned = line.Write(
            "turned.yaml",
            string.Join('\n', [.. lines[..3], .. lines[3..].Reverse()])
        );
        string[] asked = ["norms", "assess", facts, "--json", "--known-as-of", "2026-11-23"];
        string first = line.Run(asked).Done().Output;
        Assert.Equal(first, line.Run(asked).Done().Output);
        Assert.Equal(
            JsonDocument.Parse(first).RootElement.GetProperty("findings").GetRawText(),
            line.Run("norms", "assess", turned, "--json")
                .Done()
                .Json.GetProperty("findings")
                .GetRawText()
        );
    }

    [Theory]
    [InlineData("2020-04-21", "violated")]
    [InlineData("2020-04-22", "met")]
    public void A_judgment_counts_from_its_day(string day, string outcome)
    {
        string file = line.Write(
            "pk.yaml",
            "facts: {m.restricts: true, state.pk: true, ctx.emergency_proclaimed: false, m.security_power_invoked: true}"
        );
        JsonElement all = line.Run(
                "norms",
                "assess",
                file,
                "--valid-as-of",
                day,
                "--profile",
                "PK_SC_2020",
                "--json"
            )
            .Done()
            .Json;
        Assert.Equal(day, all.GetProperty("asOf").GetProperty("valid").GetString());
        Assert.Equal(
            outcome,
            Finding(all, "DOM-PK-54-3", "PK_SC_2020").GetProperty("outcome").GetString()
        );
    }

    [Theory]
    [InlineData(
        "facts: {m.blankett: true}",
        "there is no fact 'm.blankett'",
        "Did you mean 'm.blanket'?"
    )]
    [InlineData(
        "facts:\n  ihrl.applies: true",
        "line 2: 'ihrl.applies' is computed from facts",
        "act.state"
    )]
    [InlineData(
        "facts:\n  act.state: yes",
        "line 2: 'act.state' is neither true, false nor null",
        "null for not known"
    )]
    [InlineData(
        "facts: {act.state: {value: 1}}",
        "'act.state' has no value of true, false or null",
        "value: true"
    )]
    [InlineData("fact: {}", "unknown key 'fact'", "Did you mean 'facts'?")]
    [InlineData(
        "facts: {}\ndate: {conduct: \"last week\"}",
        "'conduct' is no day and no period",
        "2024-02/.."
    )]
    [InlineData(
        "facts: {}\nprofile: ECHR_2021",
        "there is no profile 'ECHR_2021'",
        "Did you mean 'ECtHR_2021'?"
    )]
    [InlineData("a: &a [1]\nfacts: *a", "anchor or an alias", "Write the value out")]
    [InlineData("facts: {act.state: true", "is not YAML", "brackets")]
    [InlineData("", "is empty", "")]
    [InlineData("[1, 2]", "holds no keys", "Write 'facts:'")]
    public void Facts_that_cannot_be_used_are_named_with_file_and_line(
        string text,
        string reason,
        string remedy
    )
    {
        string file = line.Write("bad.yaml", text);
        CommandLineRun run = line.Run("norms", "assess", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("bad.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        2,
        "--known-as-of 2020-01-01",
        "was first recorded on 2026-11-23 and knew nothing before"
    )]
    [InlineData(2, "--valid-as-of 2999-01-01", "has not come")]
    [InlineData(2, "--valid-as-of yesterday", "is no day. Write 2020-04-22")]
    [InlineData(2, "--valid-as-of 1850-01-01", "no rule of conn-norms-core was in force")]
    [InlineData(2, "--profile baselin", "Did you mean 'baseline'?")]
    [InlineData(2, "--level 3", "there are levels 1 and 2")]
    [InlineData(2, "--pack nowhere", "is no law pack")]
    public void A_question_that_cannot_be_asked_is_refused(
        int exit,
        string options,
        string reason
    ) =>
        Assert.Contains(
            reason,
            line.Run(["norms", "assess", facts, .. options.Split(' ')]).Refusal(exit),
            StringComparison.Ordinal
        );

    [Fact]
    public void Norms_are_not_asked_of_what_somebody_plans()
    {
        string file = line.Write(
            "plan.yaml",
            "date: {conduct: \"2999-01-01\"}\nfacts: {op.attack_planned: true}".Replace(
                "op.attack_planned",
                "op.nexus",
                StringComparison.Ordinal
            )
        );
        Assert.Contains(
            "never of what somebody plans",
            line.Run("norms", "assess", file).Refusal(3),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_interview_stops_and_goes_on_and_asks_nothing_twice()
    {
        string answers = Path.Combine(line.Folder, "answers.yaml");
        CommandLineRun first = line.RunFed("y\nh\n?\nq\n", "norms", "ask", "--answers", answers)
            .Done();
        Assert.Contains("Answers kept: 2, in", first.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"--answers {answers} --respondent documenter --language en",
            first.Output,
            StringComparison.Ordinal
        );
        string kept = File.ReadAllText(answers);
        Assert.Contains(
            "\"value\":true,\"source\":\"interview, documenter\"",
            kept,
            StringComparison.Ordinal
        );
        Assert.Contains("\"value\":null", kept, StringComparison.Ordinal);
        CommandLineRun second = line.RunFed("n\n", "norms", "ask", "--answers", answers).Done();
        Assert.Contains("Answers kept: 3, in", second.Output, StringComparison.Ordinal);
        Assert.Equal(
            3,
            File.ReadAllLines(answers)
                .Count(text => text.Contains("\"value\":", StringComparison.Ordinal))
        );
        CommandLineRun back = line.RunFed("b\nq\n", "norms", "ask", "--answers", answers).Done();
        Assert.Contains("Answers kept: 2, in", back.Output, StringComparison.Ordinal);
        string brief = line.Run("norms", "brief", answers, "--language", "fr").Done().Output;
        Assert.Contains("première vue", brief, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("fr", "oui\n?\nq\n", "Réponses gardées", "N’interrogez personne")]
    [InlineData("ar", "نعم\n؟\nq\n", "الإجابات المحفوظة", "لا تسأل أحدًا")]
    public void An_interview_speaks_the_language_of_its_questions(
        string language,
        string fed,
        string kept,
        string care
    )
    {
        string answers = Path.Combine(line.Folder, $"answers.{language}.yaml");
        string output = line.RunFed(
                fed,
                "norms",
                "ask",
                "--answers",
                answers,
                "--language",
                language
            )
            .Done()
            .Output;
        Assert.Contains(kept, output, StringComparison.Ordinal);
        Assert.Contains(care, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guarded_question_is_put_to_the_desk_alone()
    {
        JsonElement field = line.Run(
                "norms",
                "ask",
                facts,
                "--respondent",
                "field",
                "--top",
                "200",
                "--json"
            )
            .Done()
            .Json;
        Assert.All(
            field.GetProperty("nextQuestions").EnumerateArray(),
            question => Assert.Equal("open", question.GetProperty("safety").GetString())
        );
        Assert.Equal(JsonValueKind.Null, field.GetProperty("withheld").ValueKind);
        Assert.True(field.GetProperty("withheldCount").GetInt32() > 0);
        JsonElement desk = line.Run(
                "norms",
                "ask",
                facts,
                "--respondent",
                "desk",
                "--top",
                "200",
                "--json"
            )
            .Done()
            .Json;
        Assert.Contains(
            desk.GetProperty("nextQuestions").EnumerateArray(),
            question => question.GetProperty("safety").GetString() == "guarded"
        );
    }

    [Fact]
    public void A_lawyer_changes_a_rule_and_sees_which_cases_come_out_otherwise()
    {
        string core = Path.Combine(
            AppContext.BaseDirectory,
            "..",
            "..",
            "App",
            new DirectoryInfo(AppContext.BaseDirectory).Name,
            "law",
            "conn-norms-core"
        );
        string mine = Path.Combine(line.Folder, "mypack");
        foreach (string file in Directory.EnumerateFiles(core, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(mine, Path.GetRelativePath(core, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Assert.Contains(
            "The two are the same",
            line.Run("norms", "diff", core, mine).Done().Output,
            StringComparison.Ordinal
        );
        string rule = Path.Combine(mine, "rules", "IHRL", "IHRL-19-LEGALITY.yaml");
        File.WriteAllText(
            rule,
            File.ReadAllText(rule)
                .Replace(
                    "breach: \"!m.legal_basis | !m.law_precise",
                    "breach: \"!m.law_precise",
                    StringComparison.Ordinal
                )
        );
        string cases = line.Write(
            "cases.yaml",
            $"cases:\n- id: MINE\n  name: a cut without law\n{string.Join('\n', Facts.Split('\n').Skip(2).Select(text => "  " + text))}\n  expected: [{{rule: IHRL-19-LEGALITY, outcome: violated, basis: holding}}]\n"
        );
        CommandLineRun diff = line.Run("norms", "diff", core, mine, "--cases", cases);
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains(
            "+ !m.law_precise | !m.authority_competent",
            diff.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "MINE: IHRL-19-LEGALITY violated -> undetermined",
            diff.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "baseline: the case expects violated",
            diff.Output,
            StringComparison.Ordinal
        );
        CommandLineRun check = line.Run("norms", "check", mine, "--seal");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("not sealed: twins differ", check.Output, StringComparison.Ordinal);
        CommandLineRun assess = line.Run("norms", "assess", facts, "--pack", mine, "--json");
        Assert.Equal(1, assess.ExitCode);
        Assert.Contains(
            "the pack is not sealed: rules/IHRL/IHRL-19-LEGALITY.yaml is not as its manifest says",
            assess.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "undetermined",
            Finding(assess.Json, "IHRL-19-LEGALITY", "baseline").GetProperty("outcome").GetString()
        );
        Assert.Equal(1, line.Run("norms", "score", cases, "--pack", mine).ExitCode);
        JsonElement score = line.Run("norms", "score", cases, "--json").Done().Json;
        Assert.Equal(
            (1, 1, 1),
            (
                score.GetProperty("cases").GetInt32(),
                score.GetProperty("expectations").GetInt32(),
                score.GetProperty("matched").GetInt32()
            )
        );
    }

    [Fact]
    public void Two_days_of_one_pack_are_compared()
    {
        CommandLineRun diff = line.Run(
            "norms",
            "diff",
            "--day-a",
            "2020-04-21",
            "--day-b",
            "2020-04-22"
        );
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains("stance of PK_SC_2020", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_goes_down_to_who_said_it()
    {
        string text = line.Run(
                "norms",
                "explain",
                facts,
                "--rule",
                "IHRL-19-LEGALITY",
                "--profile",
                "baseline"
            )
            .Done()
            .Output;
        Assert.Contains("F m.legal_basis  (facts.yaml)", text, StringComparison.Ordinal);
        Assert.Contains("rests on: act.state yes", text, StringComparison.Ordinal);
        JsonElement tree = line.Run(
                "norms",
                "explain",
                facts,
                "--rule",
                "IHRL-19-LEGALITY",
                "--format",
                "json"
            )
            .Done()
            .Json;
        Assert.Equal(12, tree.GetProperty("findings").GetArrayLength());
        Assert.Contains(
            "<h1>IHRL-19-LEGALITY",
            line.Run("norms", "explain", facts, "--rule", "IHRL-19-LEGALITY", "--format", "html")
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Did you mean 'IHRL-19-LEGALITY'?",
            line.Run("norms", "explain", facts, "--rule", "IHRL-19-LEGAL").Refusal(2),
            StringComparison.Ordinal
        );
    }

    private JsonElement Assess() => line.Run("norms", "assess", facts, "--json").Done().Json;

    private static JsonElement Finding(JsonElement all, string rule, string profile) =>
        all.GetProperty("findings")
            .EnumerateArray()
            .Single(one =>
                one.GetProperty("rule").GetString() == rule
                && one.GetProperty("profile").GetString() == profile
            );

    private static IEnumerable<string?> Texts(JsonElement list) =>
        list.EnumerateArray().Select(one => one.GetString());
}
