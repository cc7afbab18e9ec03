namespace Breakwater.Publications.Releases;

/// <summary>The words of alerts, 4W tables, gap reports and citations, beside those that all publications share.</summary>
internal static class ReleaseTexts
{
    private static readonly Dictionary<string, Texts> _byLanguage = Texts.AllOf("release");

    public static Texts For(string language) => Texts.For(language, _byLanguage);
}
