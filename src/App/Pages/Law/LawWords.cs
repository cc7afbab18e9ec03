using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Law;

/// <summary>The words of the law pack as HTML in the language of a page. What is not translated stands in English and is marked so.</summary>
internal sealed class LawWords(LawPack pack, PackTexts translations, PageTexts page)
{
    private readonly PackLanguage? _own = translations.Languages.GetValueOrDefault(page.Language);
    private readonly PackLanguage? _english = translations.Languages.GetValueOrDefault("en");

    /// <returns>Null when the pack that comes with the executable cannot be used.</returns>
    public static LawWords? For(PageTexts page) =>
        LawAtHand.Read is { Pack: { } pack } read ? new LawWords(pack, read.Texts, page) : null;

    public LawPack Pack => pack;

    public string Rule(Rule rule) => Html(rule.Title, _own?.Rules.GetValueOrDefault(rule.Id));

    public string Regime(string id) => Named(id, texts => texts.Regimes);

    public string Exception(string id) => Named(id, texts => texts.Exceptions);

    public string Body(string profile) =>
        Html(
            pack.Profiles.FirstOrDefault(one => one.Id == profile)?.Body ?? profile,
            _own?.Profiles.GetValueOrDefault(profile)
        );

    public string Gap(Gap gap) => Html(gap.Text, _own?.Gaps.GetValueOrDefault(gap.Id));

    public string Question(FactTerm fact) => Html(fact.Question, Of(fact)?.Question);

    public string Counts(FactTerm fact) => Html(fact.Counts, Of(fact)?.Counts);

    public string DoesNot(FactTerm fact) => Html(fact.DoesNot, Of(fact)?.DoesNot);

    public string? SafetyNote(FactTerm fact) =>
        fact.SafetyNote is { } note ? Html(note, Of(fact)?.SafetyNote) : null;

    /// <summary>What a fact means, or what a derived term is called.</summary>
    public string Term(string id) =>
        pack.FactOf(id) is { } fact ? Html(fact.Gloss, Of(fact)?.Gloss)
        : id == Readings.Breach ? page.Html("norms.breach")
        : Named(id, texts => texts.Derived);

    public string TermWithId(string id) => $"{Term(id)} {page.Html(new Code(id))}";

    /// <summary>What an outcome is called: in criminal law it is about elements and never about a person.</summary>
    public string Outcome(Rule rule, Outcome outcome) =>
        page.Html(
            outcome == Norms.Assessing.Outcome.Violated && rule.Regime == "ICL"
                ? "norms.outcome.elements"
                : $"norms.outcome.{outcome.Word().Replace('_', '-')}"
        );

    private FactText? Of(FactTerm fact) => _own?.Facts.GetValueOrDefault(fact.Id);

    private string Named(string id, Func<PackLanguage, IReadOnlyDictionary<string, string>> of) =>
        Html(
            (_english is null ? null : of(_english).GetValueOrDefault(id)) ?? id,
            _own is null ? null : of(_own).GetValueOrDefault(id)
        );

    private string Html(string english, string? own) =>
        page.Html(
            own is not null || page.Language == "en"
                ? new Native(own ?? english)
                : (Word)new Free(english)
        );
}
