using Breakwater.Norms.Packs;

namespace Breakwater.Publications;

/// <summary>Names of rules, bodies, terms and facts of a law pack, in every language that the pack has. The English text prevails.</summary>
public sealed class WordsOfPack
{
    private readonly LawPack pack;
    private readonly PackTexts texts;

    public WordsOfPack(LawPack pack, PackTexts texts)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(texts);
        (this.pack, this.texts) = (pack, texts);
    }

    public Word Rule(string id) => Named(id, pack.RuleOf(id)?.Title, names => names.Rules);

    public Word Regime(string id) => Named(id, null, names => names.Regimes);

    public Word Gap(string id) =>
        Named(id, pack.Gaps.FirstOrDefault(gap => gap.Id == id)?.Text, names => names.Gaps);

    public Word Body(string id) =>
        Named(
            id,
            pack.Profiles.FirstOrDefault(profile => profile.Id == id)?.Body,
            names => names.Profiles
        );

    public Word Exception(string id) => Named(id, null, names => names.Exceptions);

    /// <summary>A derived term by its name, a fact by what it means.</summary>
    public Word Term(string id) =>
        pack.FactOf(id) is { } fact
            ? Named(fact.Gloss, names => names.Facts.GetValueOrDefault(id)?.Gloss)
            : Named(id, null, names => names.Derived);

    public Word Question(string id) =>
        Named(
            pack.FactOf(id)?.Question ?? id,
            names => names.Facts.GetValueOrDefault(id)?.Question
        );

    /// <param name="english">Null: as the English texts of the pack have it.</param>
    private Translated Named(
        string id,
        string? english,
        Func<PackLanguage, IReadOnlyDictionary<string, string>> names
    ) =>
        Named(
            english
                ?? (
                    texts.Languages.TryGetValue("en", out PackLanguage? own)
                        ? names(own).GetValueOrDefault(id)
                        : null
                )
                ?? id,
            language => names(language).GetValueOrDefault(id)
        );

    private Translated Named(string english, Func<PackLanguage, string?> name) =>
        new(
            english,
            texts
                .Languages.Select(pair => (pair.Key, Text: name(pair.Value)))
                .Where(pair => pair.Text is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Text!, StringComparer.Ordinal)
        );
}
