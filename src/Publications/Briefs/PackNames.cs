using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// The names of a pack in the language of a brief. The English text prevails; what has no translation is told in English and says so.
/// </summary>
internal sealed class PackNames
{
    /// <summary>Up to this length a gloss is told whole inside a sentence; the table of facts always has all of it.</summary>
    private const int ShortMax = 90;

    private readonly LawPack _pack;
    private readonly string _language;
    private readonly PackLanguage? _own;
    private readonly PackLanguage? _english;

    public PackNames(LawPack pack, PackTexts texts, string language)
    {
        _pack = pack;
        _language = language;
        _own = texts.Languages.GetValueOrDefault(language);
        _english = texts.Languages.GetValueOrDefault("en");
    }

    public Word Rule(Rule rule) => Of("rule", rule.Id, _own?.Rules, rule.Title);

    public Word Rule(string id) => _pack.RuleOf(id) is { } rule ? Rule(rule) : new Code(id);

    public Word Gap(Gap gap) => Of("gap", gap.Id, _own?.Gaps, gap.Text);

    public Word Body(string profile) =>
        Of("profile", profile, _own?.Profiles, _pack.Profiles.First(one => one.Id == profile).Body);

    public Word Regime(string id) => Of("regime", id, _own?.Regimes, _english?.Regimes, id);

    public Word Defence(string id) => Of("defence", id, _own?.Exceptions, _english?.Exceptions, id);

    /// <summary>A term computed from facts, or <c>breach</c>: what a body takes to fall short of a rule.</summary>
    public Word Term(string id) =>
        id == "breach"
            ? new Said("turn.breach")
            : Of("term", id, _own?.Derived, _english?.Derived, id);

    public Word Gloss(string fact) => Fact("gloss", fact, text => text.Gloss, term => term.Gloss)!;

    /// <summary>The gloss without its explanations, for use inside a sentence that links to the whole.</summary>
    public Word ShortGloss(string fact) =>
        Fact("short", fact, text => Shortened(text.Gloss), term => Shortened(term.Gloss))!;

    public Word Question(FactTerm fact) =>
        Fact("question", fact.Id, text => text.Question, term => term.Question)!;

    /// <summary>Null when the pack has no note.</summary>
    public Word? SafetyNote(FactTerm fact) =>
        Fact("safety", fact.Id, text => text.SafetyNote, term => term.SafetyNote);

    private Word? Fact(
        string key,
        string id,
        Func<FactText, string?> own,
        Func<FactTerm, string?> english
    )
    {
        if (_pack.FactOf(id) is not { } term || english(term) is not { } text)
        {
            return key is "gloss" or "short" ? new Code(id) : null;
        }

        string? translated =
            _language != "en" && _own?.Facts.GetValueOrDefault(id) is { } facts ? own(facts) : null;
        return Told($"{key}.{id}", translated, text);
    }

    private static string Shortened(string gloss)
    {
        if (gloss.Length <= ShortMax)
        {
            return gloss;
        }

        int end = gloss.AsSpan().IndexOfAny("(;؛");
        return end < 12 ? gloss : gloss[..end].TrimEnd();
    }

    private Named Of(
        string kind,
        string id,
        IReadOnlyDictionary<string, string>? own,
        IReadOnlyDictionary<string, string>? english,
        string otherwise
    ) => Of(kind, id, own, english?.GetValueOrDefault(id) ?? otherwise);

    private Named Of(
        string kind,
        string id,
        IReadOnlyDictionary<string, string>? own,
        string english
    ) => Told($"{kind}.{id}", _language == "en" ? null : own?.GetValueOrDefault(id), english);

    private Named Told(string key, string? translated, string english) =>
        new(
            key,
            translated is not null ? new Native(translated)
                : _language == "en" ? new Native(english)
                : new Said("brief.english", ("text", new Free(english)))
        );
}
