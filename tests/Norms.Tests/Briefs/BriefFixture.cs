using System.Text;
using System.Text.Json;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Publications.Briefs;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Norms.Tests.Briefs;

/// <summary>Two incidents that nobody lived through, and their briefs.</summary>
internal static class BriefFixture
{
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr", "ar"];

    /// <summary>A government that cuts the Internet of its own population, in an internal conflict, around a protest.</summary>
    public const string Cut = "cut";

    /// <summary>A strike from afar that stops an exchange without damage, on which readings part.</summary>
    public const string Strike = "strike";

    public static LawPack Sealed { get; } = Packs.Core with { Unsealed = [] };

    public static FactSheet SheetOf(string name) =>
        Read(File.ReadAllText(PathOf($"{name}.yaml")), $"{name}.yaml");

    public static FactSheet Read(string yaml, string name = "facts.yaml")
    {
        FactsRead read = FactsReader.Read(
            SourceFile.Of(name, Encoding.UTF8.GetBytes(yaml)),
            Sealed
        );
        Assert.Empty(read.Faults);
        return read.Sheet!;
    }

    public static Assessed Assess(
        FactSheet sheet,
        LawPack? pack = null,
        AsOf? asOf = null,
        params string[] profiles
    ) =>
        Assessed.Of(
            Programme.Of(
                pack ?? Sealed,
                asOf ?? new AsOf(null, sheet.Conduct?.LastDay),
                sheet.IsClosed
            ),
            sheet,
            profiles.Length == 0 ? null : profiles
        );

    public static Brief Compose(
        Assessed assessed,
        string language = "en",
        Respondent respondent = Respondent.Documenter,
        PositionsFound? positions = null
    ) =>
        LegalBrief.Compose(
            assessed,
            Packs.Texts,
            NextQuestions.Rank(
                assessed.Evaluation,
                [.. assessed.Profiles.Select(assessed.Evaluation.Programme.ProfileAt)],
                respondent
            ),
            positions,
            language
        );

    public static Brief Compose(string name, string language) =>
        Compose(Assess(SheetOf(name)), language);

    public static string[] Written(Brief brief) =>
        [BriefHtml.Write(brief), BriefMarkdown.Write(brief), BriefJson.Write(brief)];

    /// <summary>Every sentence and row of the JSON form.</summary>
    public static IReadOnlyList<JsonElement> Sentences(JsonDocument document) =>
        [
            .. document.RootElement.GetProperty("notices").EnumerateArray(),
            .. document
                .RootElement.GetProperty("sections")
                .EnumerateArray()
                .SelectMany(section => section.GetProperty("sentences").EnumerateArray())
                .Where(sentence => sentence.TryGetProperty("text", out _)),
        ];

    public static string PathOf(string file) =>
        Path.Combine(AppContext.BaseDirectory, "Briefs", file);
}
