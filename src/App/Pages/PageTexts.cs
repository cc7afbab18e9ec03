using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Disruptions;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>
/// The sentences of the pages in one language. Words that the reports speak too (kinds, states, columns) stay in the
/// reports' own tables, so that a page and a report never say the same thing differently.
/// </summary>
internal sealed class PageTexts
{
    private static readonly Dictionary<string, PageTexts> ByLanguage = Publications
        .Texts.Languages()
        .ToDictionary(language => language, Load);

    private static readonly (Regex English, string Key)[] _caveats = Worded("caveat.");

    /// <summary>Those that people commonly meet. The rest shows as it is worded, and says that it is English.</summary>
    private static readonly (Regex English, string Key)[] _refusals = Worded("refusal.");

    private static readonly (Regex English, string Key)[] _outcomes = Worded("outcome.");

    private readonly Dictionary<string, string> _sentences;

    private PageTexts(Texts words, Dictionary<string, string> sentences) =>
        (Words, _sentences) = (words, sentences);

    public Texts Words { get; }

    public string Language => Words.Language;

    /// <summary>Between words of one sentence, with its blank.</summary>
    public string Comma => Html("list.comma");

    /// <summary>Between wordings that have commas of their own, with its blank.</summary>
    public string Semicolon => Words.Html("list.separator");

    public bool IsRightToLeft => Words.IsRightToLeft;

    public IReadOnlyCollection<string> Keys => _sentences.Keys;

    public static IReadOnlyList<string> Languages => Publications.Texts.Languages();

    public static PageTexts For(string language) =>
        ByLanguage.GetValueOrDefault(language) ?? ByLanguage["en"];

    /// <summary>What the address asks for, else the best of what the browser accepts, else English.</summary>
    public static PageTexts For(HttpRequest request)
    {
        if (ByLanguage.TryGetValue(request.Query["lang"].ToString(), out PageTexts? asked))
        {
            return asked;
        }

        return request
                .GetTypedHeaders()
                .AcceptLanguage.Where(accepted => (accepted.Quality ?? 1) > 0)
                .OrderByDescending(accepted => accepted.Quality ?? 1)
                .Select(accepted =>
                    ByLanguage.GetValueOrDefault(
                        accepted.Value.ToString().Split('-')[0].ToLowerInvariant()
                    )
                )
                .FirstOrDefault(texts => texts is not null)
            ?? ByLanguage["en"];
    }

    /// <summary>As HTML. What a record says in several lines or paragraphs stays in them, each in its own direction.</summary>
    public string Html(Word word) =>
        word is Free { Text: var text }
        && text.ReplaceLineEndings("\n").Trim() is var own
        && own.Contains('\n', StringComparison.Ordinal)
            ? string.Join(
                "<br>",
                own.Split('\n').Select(line => line.Length == 0 ? "" : Words.Html(new Free(line)))
            )
            : Words.Html(word);

    /// <summary>A sentence of the pages, escaped, with its values in place of <c>{name}</c>.</summary>
    public string Html(string key, params (string Name, Word Value)[] with) =>
        Fill(key, text => Spoken.Html(text), with, Html);

    public string Plain(string key, params (string Name, Word Value)[] with) =>
        Fill(key, text => text, with, Words.Plain);

    /// <summary>
    /// A reason for or against a kind. English says it as it was recorded, with its numbers; other languages say what its
    /// tag means, where they know the tag.
    /// </summary>
    public Word Reason(KindReason reason)
    {
        string sign = reason.Weight > 0 ? "+" : "−";
        return _sentences.TryGetValue($"reason.{reason.Tag}", out string? known)
            ? new Native($"{sign} {known}")
            : new Free($"{sign} {reason.Text}");
    }

    /// <summary>What a judgement is subject to, as HTML. Names of sources stay as they are.</summary>
    public string Caveat(string caveat) => Html(caveat, _caveats);

    /// <summary>Why something was not done, as HTML. Names and values in it stay as they are.</summary>
    public string Refused(string reason) => Html(reason, _refusals);

    /// <summary>The same beside a form, which names its fields in the language of the page.</summary>
    /// <param name="field">The field that the rules name, by its label; null for what is none.</param>
    public string Refused(string reason, Func<string, Word?> field) =>
        Html(reason, _refusals, field);

    /// <summary>Why a decision ended as it did, as HTML; the numbers in it stay as they are.</summary>
    public string Outcome(string reason) => Html(reason, _outcomes);

    private string Html(
        string recorded,
        (Regex English, string Key)[] known,
        Func<string, Word?>? field = null
    )
    {
        foreach ((Regex english, string key) in known)
        {
            if (english.Match(recorded) is { Success: true } match)
            {
                Word? label = match.Groups["what"] is { Success: true } what
                    ? field?.Invoke(what.Value)
                    : null;
                // Of a field some things are said otherwise than of a thing.
                string ofField = $"of-field.{key}";
                return Html(
                    label is not null && _sentences.ContainsKey(ofField) ? ofField : key,
                    [
                        .. match
                            .Groups.Values.Skip(1)
                            .Select(value =>
                                (
                                    value.Name,
                                    value.Name == "what" && label is not null
                                        ? label
                                        : new Free(value.Value)
                                )
                            ),
                    ]
                );
            }
        }

        return Html(new Free(recorded));
    }

    /// <summary>Sentences as they are recorded, which is in English, with a group for each of their values.</summary>
    private static (Regex English, string Key)[] Worded(string group) =>
        [
            .. ByLanguage["en"]
                ._sentences.Where(sentence =>
                    sentence.Key.StartsWith(group, StringComparison.Ordinal)
                )
                .Select(sentence =>
                    (
                        new Regex(
                            $"^{Regex.Replace(Regex.Escape(sentence.Value), @"\\{(\w+)}", "(?<$1>.+)")}$",
                            RegexOptions.NonBacktracking
                        ),
                        sentence.Key
                    )
                ),
        ];

    /// <summary>What the reports call a column.</summary>
    public string Column(string key) =>
        _sentences.ContainsKey($"column.{key}")
            ? Plain($"column.{key}")
            : Words.Plain($"column.{key}");

    private string Fill(
        string key,
        Func<string, string> own,
        (string Name, Word Value)[] with,
        Func<Word, string> value
    )
    {
        // Of one thing some sentences are said otherwise.
        string template =
            with.Any(part => part is { Name: "n", Value.Quantity: 1 })
            && _sentences.TryGetValue($"{key}.one", out string? one)
                ? one
                : _sentences[key];
        var text = new StringBuilder();
        int at = 0;
        while (template.IndexOf('{', at) is >= 0 and int open)
        {
            int close = template.IndexOf('}', open);
            string name = template[(open + 1)..close];
            Word word =
                with.FirstOrDefault(part => part.Name == name).Value
                ?? throw new KeyNotFoundException($"{key} wants {{{name}}}");
            text.Append(own(template[at..open])).Append(value(word));
            at = close + 1;
        }

        return text.Append(own(template[at..])).ToString();
    }

    /// <summary>Every group of pages has a file of its own; a sentence stands in one of them.</summary>
    private static PageTexts Load(string language)
    {
        var sentences = new Dictionary<string, string>();
        foreach (
            string name in typeof(PageTexts)
                .Assembly.GetManifestResourceNames()
                .Where(name =>
                    name.StartsWith("pages.", StringComparison.Ordinal)
                    && name.EndsWith($".{language}.json", StringComparison.Ordinal)
                )
        )
        {
            using Stream stream = typeof(PageTexts).Assembly.GetManifestResourceStream(name)!;
            foreach (
                (string key, string sentence) in JsonSerializer.Deserialize<
                    Dictionary<string, string>
                >(stream)!
            )
            {
                sentences.Add(key, sentence);
            }
        }

        return new PageTexts(Publications.Texts.For(language), sentences);
    }
}
