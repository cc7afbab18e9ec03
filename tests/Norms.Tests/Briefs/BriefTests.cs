using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Publications.Briefs;
using Xunit;
using static Breakwater.Norms.Tests.Briefs.BriefFixture;

namespace Breakwater.Norms.Tests.Briefs;

public sealed partial class BriefTests
{
    public static TheoryData<string, string> Both =>
        [
            .. Languages.SelectMany(language =>
                ((string[])[Cut, Strike]).Select(name => (name, language))
            ),
        ];

    /// <summary>Read the received file beside the approved one, and approve it when it says what it should.</summary>
    [Theory]
    [InlineData(Cut, "en")]
    [InlineData(Cut, "fr")]
    [InlineData(Cut, "ar")]
    [InlineData(Strike, "en")]
    public void A_brief_reads_as_it_was_approved(string name, string language)
    {
        Assessed assessed = Assess(SheetOf(name));
        string received = BriefMarkdown
            .Write(Compose(assessed, language, positions: PositionsFromFindings.Of(assessed)))
            .Replace(Sealed.Hash, "sha256:PACK", StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(Sealed.Hash), "sha256%3APACK", StringComparison.Ordinal);
        string approved = PathOf($"{name}.{language}.verified.md");
        File.WriteAllText(
            approved.Replace("verified", "received", StringComparison.Ordinal),
            received
        );
        Assert.Equal(File.ReadAllText(approved), received);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Every_sentence_names_what_it_was_taken_from(string name, string language)
    {
        using var document = JsonDocument.Parse(BriefJson.Write(Compose(name, language)));
        JsonElement root = document.RootElement;
        var known = new Dictionary<string, HashSet<string>>
        {
            ["rule"] = [.. Sealed.Rules.Select(rule => rule.Id)],
            ["profile"] = [.. Sealed.Profiles.Select(profile => profile.Id)],
            ["fact"] = [.. Sealed.Facts.Select(fact => fact.Id)],
            ["gap"] = [.. Sealed.Gaps.Select(gap => gap.Id)],
            ["source"] =
            [
                .. root.GetProperty("sources")
                    .EnumerateArray()
                    .Select(source => source.GetProperty("tag").GetString()!),
            ],
        };
        IReadOnlyList<JsonElement> sentences = Sentences(document);
        Assert.True(sentences.Count > 100);
        Assert.All(
            sentences,
            sentence =>
            {
                JsonProperty[] trace = [.. sentence.GetProperty("trace").EnumerateObject()];
                Assert.NotEmpty(trace);
                Assert.All(
                    trace.Where(kind => known.ContainsKey(kind.Name)),
                    kind =>
                        Assert.All(
                            kind.Value.EnumerateArray(),
                            mark => Assert.Contains(mark.GetString()!, known[kind.Name])
                        )
                );
            }
        );
        Assert.Equal(
            sentences.Count,
            sentences.Select(sentence => sentence.GetProperty("id").GetString()).Distinct().Count()
        );
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void INV_18_Every_finding_has_author_source_stance_and_contest_link(
        string name,
        string language
    )
    {
        using var document = JsonDocument.Parse(BriefJson.Write(Compose(name, language)));
        JsonElement root = document.RootElement;
        string[] authors =
        [
            .. root.GetProperty("readings")
                .EnumerateArray()
                .Where(reading => reading.GetProperty("body").GetString()!.Length > 0)
                .Select(reading => reading.GetProperty("profile").GetString()!),
        ];
        JsonElement[] findings = [.. root.GetProperty("findings").EnumerateArray()];
        Assert.Equal(Sealed.Rules.Count * Sealed.Profiles.Count, findings.Length);
        Assert.All(
            findings,
            finding =>
            {
                string profile = finding.GetProperty("profile").GetString()!;
                Assert.Contains(profile, authors);
                Assert.NotEqual(0, finding.GetProperty("sources").GetArrayLength());
                Assert.Equal(JsonValueKind.Array, finding.GetProperty("ownReadings").ValueKind);
                Assert.Equal(
                    $"/act/contests/contest-finding?aspect=reading&rule={finding.GetProperty("rule").GetString()}&profile={profile}&about={SheetOf(name).Id}&pack={Uri.EscapeDataString(Sealed.Hash)}",
                    finding.GetProperty("contest").GetString()
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Every_rule_told_at_length_can_be_contested_on_the_page(string name, string language)
    {
        Brief brief = Compose(name, language);
        string html = BriefHtml.Write(brief);
        foreach (
            Contests contests in brief.Sections.SelectMany(one => one.Blocks).OfType<Contests>()
        )
        {
            Assert.All(
                contests.Readings,
                reading =>
                    Assert.Contains(
                        $"href=\"/act/contests/contest-finding?aspect=reading&amp;rule={contests.Rule}&amp;profile={reading.Profile}&amp;about={SheetOf(name).Id}&amp;pack={Uri.EscapeDataString(Sealed.Hash)}\"",
                        html,
                        StringComparison.Ordinal
                    )
            );
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_page_stands_alone_and_its_links_lead_somewhere(string name, string language)
    {
        string html = BriefHtml.Write(Compose(name, language));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(src|srcset|data)=|url\\(|@import|https?://", html);
        Assert.Contains(
            $"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\">",
            html,
            StringComparison.Ordinal
        );
        string[] ids = [.. Id().Matches(html).Select(match => match.Groups["id"].Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(
            Fragment().Matches(html).Select(match => match.Groups["id"].Value).Distinct(),
            link => Assert.Contains(link, ids)
        );
    }

    [Fact]
    public void Ids_do_not_depend_on_the_language()
    {
        string[] ids = [.. Languages.Select(language => string.Join('\n', Ids(language)))];
        // What translations are is said only where there are any.
        Assert.Equal(ids[1], ids[2]);
        Assert.Equal(Ids("en"), Ids("fr").Where(id => Ids("en").Contains(id)));
        Assert.Equal(Ids("en").Length + 1, Ids("fr").Length);

        static string[] Ids(string language)
        {
            using var document = JsonDocument.Parse(BriefJson.Write(Compose(Cut, language)));
            return
            [
                .. Sentences(document).Select(sentence => sentence.GetProperty("id").GetString()!),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_same_facts_give_the_same_bytes_in_whatever_order_they_came(
        string name,
        string language
    )
    {
        FactSheet sheet = SheetOf(name);
        FactSheet turned = sheet with { Assertions = [.. sheet.Assertions.Reverse()] };
        Assert.Equal(
            Written(Compose(Assess(sheet), language)),
            Written(Compose(Assess(turned), language))
        );
    }

    [Fact]
    public void Contradictions_are_both_shown_with_their_weights()
    {
        string markdown = BriefMarkdown.Write(Compose(Cut, "en"));
        Assert.Contains(
            "unknown: sources contradict each other",
            markdown,
            StringComparison.Ordinal
        );
        Assert.Contains("Weight of “true”: 0.80", markdown, StringComparison.Ordinal);
        Assert.Contains("Weight of “false”: 0.40", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defence_that_nobody_pleaded_is_named_beside_the_outcome()
    {
        FactSheet sheet = SheetOf(Cut);
        string markdown = BriefMarkdown.Write(
            Compose(
                Assess(
                    sheet with
                    {
                        Assertions =
                        [
                            .. sheet.Assertions.Where(one =>
                                one.Fact != "ctx.emergency_proclaimed"
                            ),
                        ],
                    }
                )
            )
        );
        Assert.Matches(
            @"IHRL-21-ASSEMBLY\\\], subject to derogation in a public emergency, not pleaded",
            markdown
        );
    }

    [Fact]
    public void Positions_stand_side_by_side_with_who_holds_them_and_say_when_they_are_not_all()
    {
        Rule rule = Sealed.RuleOf("IHL-DISTINCTION")!;
        var positions = new PositionsFound(
            [new Stand(Sealed.RuleOf("META-ATTR")!, Outcome.Holds)],
            [
                new CoherentPosition(
                    [new Stand(rule, Outcome.Violated)],
                    ["baseline", "ECtHR_2025"],
                    ["IHL-DISTINCTION before IHRL-6-LIFE, by lex specialis"]
                ),
                new CoherentPosition([new Stand(rule, Outcome.Met)], [], []),
            ],
            ["obj.propaganda_main_reason"],
            "more than 60 arguments in one component"
        );
        string markdown = BriefMarkdown.Write(
            Compose(Assess(SheetOf(Strike)), positions: positions)
        );
        Assert.All(
            [
                "Stands under every position: Conduct attributable to a State",
                "Falls short (prima facie) | No shortfall found",
                "the readings of baseline; ECtHR\\_2025 | coherent, and held by no body",
                "coherent, and held by no body of the pack",
                "by lex specialis",
                "propaganda value was the main reason",
                "The list of positions is not complete: more than 60 arguments",
            ],
            words => Assert.Contains(words, markdown, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void One_reading_alone_is_told_as_one()
    {
        string markdown = BriefMarkdown.Write(
            Compose(Assess(SheetOf(Strike), profiles: "TM2_majority"))
        );
        Assert.Contains(
            "On the reading of “Tallinn Manual 2.0 majority of experts",
            markdown,
            StringComparison.Ordinal
        );
        Assert.Contains("--profile TM2\\_majority", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("all readings queried but", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_known_gives_a_brief_that_asks()
    {
        Brief brief = Compose(Assess(Read("facts: {}")));
        string markdown = BriefMarkdown.Write(brief);
        Assert.Contains("Incident without a name", markdown, StringComparison.Ordinal);
        Assert.Contains(
            "no rule of the pack is found to apply",
            markdown,
            StringComparison.Ordinal
        );
        Assert.Contains("No fact was supplied", markdown, StringComparison.Ordinal);
        Assert.Contains("Ask next", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_banner_tells_of_drafts_days_burdens_and_broken_seals()
    {
        FactSheet sheet = SheetOf(Cut) with { IsClosed = true };
        Brief brief = Compose(
            Assess(
                sheet,
                Sealed with
                {
                    Unsealed = ["rules/IHRL/IHRL-6-LIFE.yaml"],
                },
                new AsOf(new NodaTime.LocalDate(2026, 3, 1), sheet.Conduct?.LastDay)
            )
        );
        string markdown = BriefMarkdown.Write(brief);
        Assert.All(
            [
                "> **Prima facie analysis. Not legal advice. No verdict on anybody.**",
                "Proof standard: on the facts supplied",
                "is a draft that no lawyer has reviewed",
                "1 file of the pack is not as its manifest has it (rules/IHRL/IHRL-6-LIFE.yaml)",
                "Law as of: 2026-03-01",
                "Burden closure is on",
                "Not to be used for choosing targets, nor before an event",
                "so taken: the burden was not discharged",
                "--valid-as-of 2026-03-01 --closure",
            ],
            words => Assert.Contains(words, markdown, StringComparison.Ordinal)
        );
        Assert.Contains(
            "(English)",
            BriefMarkdown
                .Write(LegalBrief.Compose(Assess(sheet), PackTexts.None, [], null, "fr"))
                .Replace("en anglais", "English", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#(?<id>[^\"]+)\"")]
    private static partial Regex Fragment();
}
