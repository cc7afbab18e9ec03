namespace Breakwater.Publications.Consultations;

/// <summary>The words of consultation reports, beside those that all publications share.</summary>
internal static class ConsultationTexts
{
    private static readonly Dictionary<string, Texts> _byLanguage = Texts.AllOf("consultation");

    public static Texts For(string language) => Texts.For(language, _byLanguage);
}
