namespace Breakwater.Publications.Releases;

/// <summary>The words of all forms that are composed as reports, and of citations, beside those that all publications share.</summary>
internal static class ReleaseTexts
{
    private static readonly Dictionary<string, Texts> _byLanguage = Texts.AllOf(
        "release",
        "preparing"
    );

    public static Texts For(string language) => Texts.For(language, _byLanguage);
}
