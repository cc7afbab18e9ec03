namespace Breakwater.Norms.Packs;

/// <summary>A fact in another language; the English text prevails.</summary>
public sealed record FactText(
    string Gloss,
    string Question,
    string Counts,
    string DoesNot,
    string? SafetyNote
);

/// <summary>The names of a pack in one language.</summary>
public sealed record PackLanguage(
    IReadOnlyDictionary<string, string> Rules,
    IReadOnlyDictionary<string, string> Gaps,
    IReadOnlyDictionary<string, string> Profiles,
    IReadOnlyDictionary<string, string> Derived,
    IReadOnlyDictionary<string, string> Regimes,
    IReadOnlyDictionary<string, string> Exceptions,
    IReadOnlyDictionary<string, FactText> Facts
);

/// <summary>The translations of a pack. What is not translated is told in English, and says so.</summary>
public sealed record PackTexts(IReadOnlyDictionary<string, PackLanguage> Languages)
{
    public static PackTexts None { get; } = new(new Dictionary<string, PackLanguage>());
}
