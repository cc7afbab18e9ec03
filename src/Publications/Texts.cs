using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Breakwater.Publications;

/// <summary>One language: its sentences with CLDR plural forms, its numbers, and how a <see cref="Word"/> reads in it.</summary>
public sealed class Texts
{
    private static readonly Dictionary<string, Texts> ByLanguage = AllOf();

    private readonly Dictionary<string, JsonElement> _sentences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _phrases = new(StringComparer.Ordinal);

    private Texts(string language, IEnumerable<string> files)
    {
        Language = language;
        foreach (string file in files)
        {
            using Stream stream = typeof(Texts).Assembly.GetManifestResourceStream(file)!;
            using JsonDocument document = JsonDocument.Parse(stream);
            foreach (
                JsonProperty member in document.RootElement.GetProperty("texts").EnumerateObject()
            )
            {
                _sentences[member.Name] = member.Value.Clone();
            }

            foreach (
                JsonProperty member in document.RootElement.GetProperty("phrases").EnumerateObject()
            )
            {
                _phrases[member.Name] = member.Value.GetString()!;
            }
        }
    }

    public string Language { get; }

    public bool IsRightToLeft => Language == "ar";

    /// <summary>Keys of the sentences; the same in every language.</summary>
    public IReadOnlyCollection<string> Keys => _sentences.Keys;

    /// <summary>Wordings of records that have a translation.</summary>
    public IReadOnlyCollection<string> Phrases => _phrases.Keys;

    public static IReadOnlyList<string> Languages() => ["en", "fr", "ar"];

    /// <summary>The language asked for, or its base (<c>fr-CH</c> is <c>fr</c>), or English, which is the language of the records.</summary>
    public static Texts For(string language) => For(language, ByLanguage);

    /// <summary>The language asked for among tables of a kind of document, as <see cref="For(string)"/> finds it.</summary>
    internal static Texts For(string language, IReadOnlyDictionary<string, Texts> tables) =>
        tables.TryGetValue(language, out Texts? exact) ? exact
        : tables.TryGetValue(language.Split('-', '_')[0].ToLowerInvariant(), out Texts? wide) ? wide
        : tables["en"];

    /// <summary>The tables of every language, with those of kinds of documents that have words of their own: <c>KIND.en.json</c>.</summary>
    internal static Dictionary<string, Texts> AllOf(params IReadOnlyList<string> kinds) =>
        Languages()
            .ToDictionary(
                language => language,
                language => new Texts(
                    language,
                    [
                        $"{language}.json",
                        $"countries.{language}.json",
                        .. kinds.Select(kind => $"{kind}.{language}.json"),
                    ]
                ),
                StringComparer.Ordinal
            );

    /// <summary>The CLDR forms that a sentence has; empty when it does not depend on a number.</summary>
    public IReadOnlyList<string> FormsOf(string key) =>
        _sentences[key].ValueKind == JsonValueKind.Object
            ? [.. _sentences[key].EnumerateObject().Select(form => form.Name)]
            : [];

    internal string Raw(string key) => _sentences[key].GetRawText();

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
            Moment moment => isHtml ? Time(moment) : Isolated(moment.Stem),
            Day day => Figure(day.Stem, isHtml),
            Code code => isHtml
                ? $"<bdi class=\"code\" dir=\"ltr\">{Spoken.Html(Spoken.Plain(code.Text))}</bdi>"
                : Isolated(Spoken.Plain(code.Text)),
            Named named => Read(named.Text, isHtml),
            Native native => Escaped(Spoken.Plain(native.Text), isHtml),
            Translated translated => translated.In.TryGetValue(Language, out string? own)
                ? Escaped(Spoken.Plain(own), isHtml)
                : Own(translated.English, isHtml),
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
            Lines lines => string.Join(
                isHtml ? "<br>" : "\n",
                lines.Words.Select(each => Read(each, isHtml))
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
            ? $"<bdi>{Spoken.Html(plain)}</bdi>"
            : $"<span class=\"own\" {direction}>{Spoken.Html(plain)}</span>";
    }

    /// <summary>May break between day and hour, in a narrow cell, and nowhere else.</summary>
    private static string Time(Moment moment)
    {
        string[] parts = moment.Stem.Split(' ', 2);
        string machine = $"{parts[0]}T{parts[1].Replace(" UTC", "Z", StringComparison.Ordinal)}";
        return $"<time datetime=\"{machine}\"><bdi dir=\"ltr\"><span class=\"n\">{parts[0]}</span> <span class=\"n\">{parts[1]}</span></bdi></time>";
    }

    private string Figure(string text, bool isHtml) =>
        !isHtml ? Isolated(text)
        : IsRightToLeft ? $"<bdi dir=\"ltr\" class=\"n\">{text}</bdi>"
        : $"<span class=\"n\">{text}</span>";

    /// <summary>In right-to-left plain text, what runs the other way stands between FSI and PDI (UAX 9).</summary>
    private string Isolated(string text) => IsRightToLeft ? $"\u2068{text}\u2069" : text;

    private static string Escaped(string text, bool isHtml) => isHtml ? Spoken.Html(text) : text;
}
