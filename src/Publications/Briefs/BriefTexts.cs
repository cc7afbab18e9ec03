namespace Breakwater.Publications.Briefs;

/// <summary>The words of briefs, beside those that all publications share.</summary>
internal static class BriefTexts
{
    private static readonly Dictionary<string, Texts> _byLanguage = Texts.AllOf("brief");

    public static Texts For(string language) => Texts.For(language, _byLanguage);
}
