using Breakwater.Feeds.Yaml;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Preparing;

/// <param name="Checklist">Null when the file has faults: half a checklist would make a country look worse or better than it is.</param>
public sealed record ChecklistRead(Checklist? Checklist, IReadOnlyList<InputFault> Faults);

/// <summary>Reads the checklist of country plans; <c>checklists/country-plan.schema.json</c> says its form.</summary>
public static class ChecklistReader
{
    public const long BytesMax = 4 * 1024 * 1024;
    private const int ReviewMonthsMax = 120;
    private const int WordingMax = 600;
    private static readonly string[] _languages = ["en", "fr", "ar"];

    /// <summary>The one that comes with the executable.</summary>
    public static string Bundled { get; } =
        Path.Combine(AppContext.BaseDirectory, "checklists", "country-plan.yaml");

    public static ChecklistRead Read(string path)
    {
        FileRead read = Files.Read(path, BytesMax);
        return read.File is { } file ? Read(file) : new ChecklistRead(null, [read.Fault!]);
    }

    public static ChecklistRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name);
        Checklist? checklist = null;
        switch (YamlTree.Read(file, faults))
        {
            case YamlMap map:
                checklist = Of(new Fields(map, "", faults));
                break;
            case { } root:
                faults.Add(root.Line, "holds no keys", "Write id, version, sources and chapters");
                break;
        }

        return new ChecklistRead(faults.Count == 0 ? checklist : null, faults.InOrder());
    }

    private static Checklist Of(Fields fields)
    {
        string id = Id(fields);
        string version = fields.Text("version");
        var sources = new Dictionary<string, ChecklistSource>(StringComparer.Ordinal);
        foreach (Fields one in fields.Maps("sources", isRequired: true))
        {
            string source = Id(one);
            Once(one, source, sources.ContainsKey(source));
            sources[source] = new ChecklistSource(
                source,
                one.Text("title"),
                one.Text("publisher"),
                (int)one.RequiredWhole("year", 1800, 2200),
                Address(one)
            );
            one.Close();
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var chapters = new List<ChecklistChapter>();
        foreach (Fields one in fields.Maps("chapters", isRequired: true))
        {
            string chapter = Id(one);
            Once(one, chapter, !seen.Add($"chapter {chapter}"));
            chapters.Add(
                new ChecklistChapter(
                    chapter,
                    one.Has("source") ? Source(one, sources) : null,
                    Words(one, "title"),
                    [
                        .. one.Maps("items", isRequired: true)
                            .Select(item => Item(item, sources, seen)),
                    ]
                )
            );
            one.Close();
        }

        fields.Close();
        return new Checklist(id, version, [.. sources.Values], chapters);
    }

    private static ChecklistItem Item(
        Fields fields,
        Dictionary<string, ChecklistSource> sources,
        HashSet<string> seen
    )
    {
        string id = Id(fields);
        Once(fields, id, !seen.Add(id));
        var item = new ChecklistItem(
            id,
            fields.Truth("first", otherwise: false),
            (int)fields.RequiredWhole("review_months", 1, ReviewMonthsMax),
            Source(fields, sources),
            Words(fields, "question"),
            Words(fields, "help"),
            Words(fields, "evidence")
        );
        fields.Close();
        return item;
    }

    private static string Id(Fields fields)
    {
        string id = fields.Text("id");
        if (
            id.Length > 80
            || !id.All(letter =>
                char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'
            )
        )
        {
            fields.Fault(
                "id",
                "an id has up to 80 small letters, digits and hyphens",
                "Write it as power-autonomy"
            );
        }

        return id;
    }

    private static void Once(Fields fields, string id, bool isKnown)
    {
        if (isKnown && id.Length > 0)
        {
            fields.Fault("id", $"the id '{id}' stands twice", "Give one of them another id");
        }
    }

    private static string? Address(Fields fields)
    {
        string? address = fields.TextOrNull("url");
        if (
            address is not null
            && !(
                Uri.TryCreate(address, UriKind.Absolute, out Uri? known)
                && known.Scheme is "https" or "http"
            )
        )
        {
            fields.Fault("url", "'url' is no address", "Write it with https://");
        }

        return address;
    }

    private static string Source(Fields fields, Dictionary<string, ChecklistSource> sources)
    {
        string source = fields.Text("source");
        if (source.Length > 0 && !sources.ContainsKey(source.Split(' ')[0]))
        {
            fields.Fault(
                "source",
                $"there is no source '{source.Split(' ')[0]}'",
                Nearest.Remedy(source.Split(' ')[0], sources.Keys)
            );
        }

        return source;
    }

    private static Wording Words(Fields fields, string key)
    {
        if (!fields.Has(key))
        {
            fields.Missing(key, "a sentence for each language");
        }

        Dictionary<string, string> words = fields.Languages(key);
        foreach (string language in _languages.Where(_ => fields.Has(key)))
        {
            if (!words.TryGetValue(language, out string? text))
            {
                // English is missed by whoever reads languages.
                if (language != "en")
                {
                    fields.Fault(
                        key,
                        $"'{key}' has no sentence in '{language}'",
                        $"Add {language}: below {key}"
                    );
                }
            }
            else if (text.Length > WordingMax)
            {
                fields.Fault(
                    key,
                    $"'{key}' is longer than {WordingMax} characters in '{language}'",
                    "Shorten it"
                );
            }
        }

        words.TryAdd("en", "");
        return new Wording(words);
    }
}
