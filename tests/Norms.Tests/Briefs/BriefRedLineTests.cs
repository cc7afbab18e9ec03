using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Norms.Packs;
using Breakwater.Publications;
using Breakwater.Publications.Briefs;
using Xunit;
using static Breakwater.Norms.Tests.Briefs.BriefFixture;

namespace Breakwater.Norms.Tests.Briefs;

/// <summary>What a brief may never say, and the words it says everything with.</summary>
public sealed partial class BriefRedLineTests
{
    /// <summary>
    /// Words of a judge. They may stand in the pack, whose rules have such names; no template of a brief has them, so that nothing is
    /// ever said with them of the facts.
    /// </summary>
    private static readonly Dictionary<string, string> _verdicts = new()
    {
        ["en"] =
            @"\b(un|non-)?lawful\w*|\b(il)?legal(ly|ity)\b|\billegal\w*|guilt\w*|\bviolat\w*|\bbreach\w*|\binfring\w*|\bcrim(e|es|inal\w*)\b|\bconvict\w*|\bliab\w*|\bculp\w*|\bperpetrat\w*|\bwrongful\w*|\bcommitted\b|\boffen[cd]\w*|\bresponsible for\b|\bcompl(y|ies|iant|iance)\b|\bjustified\b|\blegitimate target",
        ["fr"] =
            @"\b(il)?licite\w*|\billégal\w*|\blégalité\b|\bcoupable\w*|culpabilité|\bviol(e|er|é|ée|és|ées|ation|ations)\b|\bmanquement\w*|\bcrime\w*|\bcriminel\w*|\bcondamn\w*|\binfraction\w*|\bdélit\w*|\bresponsable d|\bconforme\w*|\bjustifié\w*|\bcible légitime",
        ["ar"] =
            @"غير قانوني|غير مشروع|مشروعية|شرعي|مذنب|ذنب|إدان|أدان|مدان|انتهك|انتهاك|ينتهك|خرق|يخرق|مخالف|جريم|جرائم|مجرم|جنائ|ارتكب|مسؤول عن|مبرر",
    };

    public static TheoryData<string> Spoken => [.. Languages];

    [Theory]
    [MemberData(nameof(Spoken))]
    public void No_template_gives_a_verdict(string language) =>
        Assert.All(
            Templates(language),
            template =>
                Assert.DoesNotMatch(
                    new Regex(_verdicts[language], RegexOptions.IgnoreCase),
                    template.Value.ToString()
                )
        );

    [Theory]
    [InlineData("outcome.short", "prima facie|à première vue|من حيث الظاهر")]
    [InlineData("outcome.elements", "prima facie|à première vue|من حيث الظاهر")]
    [InlineData("finding.short", "prima facie|à première vue|من حيث الظاهر")]
    [InlineData("finding.elements", "prima facie|à première vue|من حيث الظاهر")]
    [InlineData("short.all.short", "prima facie|à première vue|من حيث الظاهر")]
    [InlineData("short.all.elements", "prima facie|à première vue|من حيث الظاهر")]
    [InlineData("finding.short", @"\{bodies\}")]
    [InlineData("finding.elements", @"\{bodies\}")]
    [InlineData("short.all.short", @"\{bodies\}")]
    [InlineData("short.side", @"\{bodies\}")]
    public void An_outcome_is_prima_facie_and_has_an_author(string key, string words) =>
        Assert.All(
            Languages,
            language => Assert.Matches(words, Templates(language)[key].GetString()!)
        );

    [Theory]
    [InlineData("office at 15.5527, 32.5599")]
    [InlineData("seen at 15.5527 32.5599 by day")]
    [InlineData("at 15.55N/32.56E")]
    [InlineData("15°33′09″N 32°33′36″E")]
    [InlineData("geo:15.5527,32.5599")]
    [InlineData("a map, /@15.5527,32.5599,17z")]
    [InlineData("q=15.55279,-32.55991")]
    [InlineData("bureau à 15,5527 ; 32,5599")]
    [InlineData("36P VF 5210 1923, or 36PVF5210019230")]
    [InlineData("36P 452100 1719230")]
    [InlineData("6G2RHG3X+7V")]
    [InlineData("١٥٫٥٥٢٧، ٣٢٫٥٥٩٩")]
    [InlineData("///some.three.words")]
    public void No_position_is_told(string source)
    {
        var brief = Compose(
            Assess(
                Read(
                    $$"""
                    id: "{{source}}"
                    name: "{{source}}"
                    facts:
                      m.less_intrusive_available: {value: true, source: "{{source}}", evidence: ["{{source}}"], assessor: "{{source}}"}
                    """
                )
            )
        );
        Assert.All(
            Written(brief),
            text =>
            {
                Assert.Contains(
                    "[…]",
                    text.Replace("\\", "", StringComparison.Ordinal),
                    StringComparison.Ordinal
                );
                Assert.DoesNotMatch(
                    @"\d{1,3}\.\d{2,}\D{1,4}-?\d{1,3}\.\d{2,}|\d\s?°",
                    Unstyled(text)
                );
                Assert.DoesNotContain("32.5", text, StringComparison.Ordinal);
                Assert.All(
                    Regex.Matches(source, @"\d{4,}|\w{6}\+\w{2}|\p{L}+\.\p{L}+\.\p{L}+"),
                    place => Assert.DoesNotContain(place.Value, text, StringComparison.Ordinal)
                );
            }
        );
    }

    [Theory]
    [InlineData(Respondent.Field)]
    [InlineData(Respondent.Documenter)]
    [InlineData(Respondent.Desk)]
    public void What_could_expose_somebody_is_never_asked_and_is_named_for_the_desk_only(
        Respondent respondent
    )
    {
        FactTerm[] guarded = [.. Sealed.Facts.Where(fact => fact.Safety == Safety.Guarded)];
        Assert.NotEmpty(guarded);
        foreach (string name in (string[])[Cut, Strike])
        {
            Brief brief = Compose(Assess(SheetOf(name)), "en", respondent);
            string json = BriefJson.Write(brief);
            Assert.Contains("Answered at the desk only", json, StringComparison.Ordinal);
            Assert.All(
                guarded,
                fact => Assert.DoesNotContain(fact.Question, json, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Hostile_words_of_a_source_stay_words()
    {
        Brief brief = Compose(
            Assess(
                Read(
                    """
                    name: "<script>alert(1)</script> \u202Eback"
                    facts:
                      m.blanket: {value: true, source: "<img src=x onerror=alert(1)> | [x](javascript:alert(1)) `a`", evidence: ["\u2067<b>"]}
                    """
                )
            ),
            "ar"
        );
        string html = BriefHtml.Write(brief);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html);
        string markdown = BriefMarkdown.Write(brief);
        Assert.DoesNotContain("<img", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("[x](", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(" | [x", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_language_has_all_sentences_with_their_plural_forms_and_no_values_of_its_own()
    {
        Dictionary<string, JsonElement> english = Templates("en");
        foreach (string language in Languages.Skip(1))
        {
            Dictionary<string, JsonElement> own = Templates(language);
            Assert.Equal(english.Keys.Order(), own.Keys.Order());
            Assert.All(
                own,
                template =>
                {
                    JsonElement source = english[template.Key];
                    Assert.Equal(source.ValueKind, template.Value.ValueKind);
                    Assert.Subset(Names(source), Names(template.Value));
                    if (template.Value.ValueKind == JsonValueKind.Object)
                    {
                        Assert.Equal(
                            language == "fr"
                                ? ["many", "one", "other"]
                                : ["few", "many", "one", "other", "two", "zero"],
                            template.Value.EnumerateObject().Select(form => form.Name).Order()
                        );
                    }
                }
            );
        }
    }

    [Fact]
    public void Every_role_that_assesses_a_fact_is_named_in_every_language() =>
        Assert.All(
            Sealed.Facts.Select(fact => fact.Assessor).OfType<string>().Distinct(),
            role =>
                Assert.All(
                    Languages,
                    language => Assert.Contains(role, BriefTexts.For(language).Phrases)
                )
        );

    [Theory]
    [MemberData(nameof(Spoken))]
    public void Every_word_for_a_value_of_the_pack_is_there(string language)
    {
        IReadOnlyCollection<string> keys = BriefTexts.For(language).Keys;
        Assert.All(
            Sealed.Rules.SelectMany(rule => rule.Force.Split('+')).Distinct(),
            force => Assert.Contains($"force.{force.ToLowerInvariant()}", keys)
        );
        Assert.All(
            Sealed
                .Relations.Select(relation => (Term)Word.Of("interplay", relation.Type))
                .Distinct(),
            term => Assert.Contains($"interplay.{term.Value}", keys)
        );
        Assert.All(
            Sealed.Facts.Select(fact => fact.Cost).Distinct(),
            cost => Assert.Contains($"effort.{cost}", keys)
        );
    }

    private static Dictionary<string, JsonElement> Templates(string language)
    {
        using Stream stream = typeof(Brief).Assembly.GetManifestResourceStream(
            $"brief.{language}.json"
        )!;
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.GetProperty("texts")
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.Clone());
    }

    private static HashSet<string> Names(JsonElement template) =>
        [.. Name().Matches(template.GetRawText()).Select(match => match.Groups[1].Value)];

    private static string Unstyled(string text) =>
        Regex.Replace(text, "<style>.*?</style>", "", RegexOptions.Singleline);

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Name();
}
