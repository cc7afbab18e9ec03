using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Breakwater.Publications;

/// <summary>One language: its sentences with CLDR plural forms, its numbers, and how a <see cref="Word"/> reads in it.</summary>
public sealed class Texts
{
    private static readonly Dictionary<string, Texts> ByLanguage = Languages()
        .ToDictionary(
            language => language,
            language => new Texts(language),
            StringComparer.Ordinal
        );

    private readonly Dictionary<string, JsonElement> _sentences;
    private readonly Dictionary<string, string> _phrases;

    private Texts(string language)
    {
        Language = language;
        using Stream stream = typeof(Texts).Assembly.GetManifestResourceStream($"{language}.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        _sentences = document
            .RootElement.GetProperty("texts")
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.Clone());
        _phrases = document
            .RootElement.GetProperty("phrases")
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.GetString()!);
    }

    public string Language { get; }

    public bool IsRightToLeft => Language == "ar";

    /// <summary>Keys of the sentences; the same in every language.</summary>
    public IReadOnlyCollection<string> Keys => _sentences.Keys;

    /// <summary>Wordings of records that have a translation.</summary>
    public IReadOnlyCollection<string> Phrases => _phrases.Keys;

    public static IReadOnlyList<string> Languages() => ["en", "fr", "ar"];

    /// <summary>The language asked for, or its base (<c>fr-CH</c> is <c>fr</c>), or English, which is the language of the records.</summary>
    public static Texts For(string language) =>
        ByLanguage.TryGetValue(language, out Texts? exact) ? exact
        : ByLanguage.TryGetValue(language.Split('-', '_')[0].ToLowerInvariant(), out Texts? wide)
            ? wide
        : ByLanguage["en"];

    /// <summary>The CLDR forms that a sentence has; empty when it does not depend on a number.</summary>
    public IReadOnlyList<string> FormsOf(string key) =>
        _sentences[key].ValueKind == JsonValueKind.Object
            ? [.. _sentences[key].EnumerateObject().Select(form => form.Name)]
            : [];

    public string Plain(string key) => Plain(new Said(key));

    public string Plain(Word word) => Read(word, isHtml: false);

    public string Html(string key) => Html(new Said(key));

    public string Html(Word word) => Read(word, isHtml: true);

    /// <summary>Digits are Western in all three languages, as in the humanitarian documents that they are compared with.</summary>
    public string Digits(decimal number, int decimals)
    {
        string text = number.ToString(
            "N" + decimals.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
        // French: narrow no-break space and comma (CLDR fr). Arabic with Western digits: as English (CLDR ar, latn).
        return Language == "fr" ? text.Replace(',', '\u202F').Replace('.', ',') : text;
    }

    private string Read(Word word, bool isHtml) =>
        word switch
        {
            Count count => Figure(Digits(count.Number, 0), isHtml),
            Between range => Sentence(
                new Said("range", ("low", new Count(range.Low)), ("high", new Count(range.High))),
                isHtml
            ),
            Number number => Figure(Digits((decimal)number.Value, number.Decimals), isHtml),
            Share share => Figure(
                Digits((decimal)share.Value * 100, share.Decimals)
                    + (Language == "fr" ? "\u202F%" : "%"),
                isHtml
            ),
            Money money => Sentence(
                new Said("money", ("amount", new Number((double)money.Usd, 0))),
                isHtml
            ),
            Moment moment => isHtml
                ? $"<time datetime=\"{moment.Stem.Replace(" UTC", "Z", StringComparison.Ordinal).Replace(' ', 'T')}\"><bdi dir=\"ltr\">{moment.Stem}</bdi></time>"
                : Isolated(moment.Stem),
            Day day => Figure(day.Stem, isHtml),
            Code code => isHtml
                ? $"<bdi class=\"code\" dir=\"ltr\">{WebUtility.HtmlEncode(Spoken.Plain(code.Text))}</bdi>"
                : Isolated(Spoken.Plain(code.Text)),
            Native native => Escaped(Spoken.Plain(native.Text), isHtml),
            Term term => _sentences.ContainsKey($"{term.Group}.{term.Value}")
                ? Sentence(new Said($"{term.Group}.{term.Value}"), isHtml)
                : Own(term.Value, isHtml),
            Free free => _phrases.TryGetValue(free.Text, out string? known)
                ? Escaped(known, isHtml)
                : Own(free.Text, isHtml),
            Listed listed => string.Join(
                Escaped(_sentences["list.separator"].GetString()!, isHtml),
                listed.Words.Select(each => Read(each, isHtml))
            ),
            Said said => Sentence(said, isHtml),
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
        };

    private string Sentence(Said said, bool isHtml)
    {
        string template = Template(said);
        var text = new StringBuilder();
        int at = 0;
        while (template.IndexOf('{', at) is >= 0 and int open)
        {
            int close = template.IndexOf('}', open);
            string name = template[(open + 1)..close];
            Word value =
                said.With.FirstOrDefault(part => part.Name == name).Value
                ?? throw new KeyNotFoundException($"{said.Key} wants {{{name}}}");
            text.Append(Escaped(template[at..open], isHtml)).Append(Read(value, isHtml));
            at = close + 1;
        }

        return text.Append(Escaped(template[at..], isHtml)).ToString();
    }

    private string Template(Said said)
    {
        if (!_sentences.TryGetValue(said.Key, out JsonElement sentence))
        {
            throw new KeyNotFoundException($"no sentence '{said.Key}' in {Language}");
        }

        if (sentence.ValueKind != JsonValueKind.Object)
        {
            return sentence.GetString()!;
        }

        long n = said.With.FirstOrDefault(part => part.Name == "n").Value?.Quantity ?? 0;
        return sentence.TryGetProperty(Plural(n), out JsonElement form)
            ? form.GetString()!
            : sentence.GetProperty("other").GetString()!;
    }

    /// <summary>Cardinal rules of CLDR 46 for whole numbers.</summary>
    private string Plural(long n) =>
        Language switch
        {
            "ar" => n switch
            {
                0 => "zero",
                1 => "one",
                2 => "two",
                _ when n % 100 is >= 3 and <= 10 => "few",
                _ when n % 100 >= 11 => "many",
                _ => "other",
            },
            "fr" => n is 0 or 1 ? "one"
            : n % 1_000_000 == 0 ? "many"
            : "other",
            _ => n == 1 ? "one" : "other",
        };

    private string Own(string text, bool isHtml)
    {
        string plain = Spoken.Plain(text);
        if (!isHtml)
        {
            return Isolated(plain);
        }

        // Records are written in English unless their script says otherwise.
        string direction = Spoken.IsRightToLeft(plain) ? "dir=\"rtl\"" : "lang=\"en\" dir=\"ltr\"";
        return Language == "en" && !Spoken.IsRightToLeft(plain)
            ? $"<bdi>{WebUtility.HtmlEncode(plain)}</bdi>"
            : $"<span class=\"own\" {direction}>{WebUtility.HtmlEncode(plain)}</span>";
    }

    private string Figure(string text, bool isHtml) =>
        !isHtml ? Isolated(text)
        : IsRightToLeft ? $"<bdi dir=\"ltr\">{text}</bdi>"
        : $"<span class=\"n\">{text}</span>";

    /// <summary>In right-to-left plain text, what runs the other way stands between FSI and PDI (UAX 9).</summary>
    private string Isolated(string text) => IsRightToLeft ? $"\u2068{text}\u2069" : text;

    private static string Escaped(string text, bool isHtml) =>
        isHtml ? WebUtility.HtmlEncode(text) : text;
}
