using Breakwater.Feeds.Law;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Publications.Briefs;
using Xunit;

namespace Breakwater.Norms.Tests;

public sealed class BriefTests
{
    [Theory]
    [InlineData("cut", "en")]
    [InlineData("cut", "fr")]
    [InlineData("cut", "ar")]
    [InlineData("strike", "en")]
    [InlineData("strike", "fr")]
    [InlineData("strike", "ar")]
    public void Look(string facts, string language)
    {
        FactsRead read = FactsReader.Read($"/tmp/w/brief/tests/Norms.Tests/Briefs/{facts}.yaml", Packs.Core);
        Assert.Empty(read.Faults);
        var assessed = Assessed.Of(Programme.Of(Packs.Core, new AsOf(null, read.Sheet!.Conduct?.LastDay)), read.Sheet);
        var questions = NextQuestions.Rank(assessed.Evaluation, [.. assessed.Profiles.Select(assessed.Evaluation.Programme.ProfileAt)], Respondent.Documenter);
        var brief = LegalBrief.Compose(assessed, Packs.Texts, questions, null, language);
        File.WriteAllText($"/tmp/w/brieftools/{facts}.{language}.html", BriefHtml.Write(brief));
        File.WriteAllText($"/tmp/w/brieftools/{facts}.{language}.md", BriefMarkdown.Write(brief));
        File.WriteAllText($"/tmp/w/brieftools/{facts}.{language}.json", BriefJson.Write(brief));
    }
}
