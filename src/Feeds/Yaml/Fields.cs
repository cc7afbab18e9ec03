using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Yaml;

/// <summary>
/// The members of one mapping, asked for by name. What is missing or wrong becomes a fault and a stand-in value, so that
/// reading goes on and every fault is found; whoever builds the scenario looks at the faults before using it.
/// </summary>
internal sealed partial class Fields
{
    /// <summary>Items in one list; more is not a scenario that people wrote.</summary>
    private const int MaxItems = 5_000;

    private readonly Dictionary<string, YamlMember> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly string path;
    private readonly FaultList faults;

    public Fields(YamlMap map, string path, FaultList faults)
    {
        this.path = path;
        this.faults = faults;
        Line = map.Line;
        LastLine = map.LastLine;
        foreach (YamlMember member in map.Members)
        {
            if (!members.TryAdd(member.Key, member))
            {
                faults.Add(
                    member.Line,
                    $"key '{member.Key}'{Where} stands twice",
                    "Remove one of them"
                );
            }
        }
    }

    public int Line { get; }

    public int LastLine { get; }

    public string Rows => Line == LastLine ? $"{Line}" : $"{Line}-{LastLine}";

    private string Where => path.Length == 0 ? "" : $" in {path}";

    /// <summary>Looks without asking: a key that is only looked for is not a known one.</summary>
    public bool Has(string key) => Value(key) is not null;

    public int LineOf(string key) => members.TryGetValue(key, out YamlMember? at) ? at.Line : Line;

    public void Fault(string key, string reason, string remedy) =>
        faults.Add(LineOf(key), $"{(path.Length == 0 ? "" : path + ": ")}{reason}", remedy);

    /// <summary>Every member, where the keys themselves are what was written: ids of facts, for example.</summary>
    public IReadOnlyList<YamlMember> Members()
    {
        asked.UnionWith(members.Keys);
        return [.. members.Values];
    }

    /// <summary>To be called last: whatever was not asked for is unknown.</summary>
    public void Close()
    {
        foreach (YamlMember member in members.Values.Where(member => !asked.Contains(member.Key)))
        {
            faults.Add(
                member.Line,
                $"unknown key '{Short(member.Key)}'{Where}",
                Nearest.Remedy(member.Key, asked)
            );
        }
    }

    public string Text(string key) => Required(key, TextOrNull(key), "a text", "");

    public string? TextOrNull(string key)
    {
        switch (Given(key))
        {
            case null:
                return null;
            case YamlText text when text.Text.Length > 0:
                return text.Text;
            case { } node:
                faults.Add(node.Line, $"'{key}'{Where} must be a text", $"Write {key}: some words");
                return null;
        }
    }

    public Fields? Map(string key)
    {
        YamlNode? node = Given(key);
        if (node is null)
        {
            return null;
        }

        if (node is YamlMap map)
        {
            return new Fields(map, Join(key), faults);
        }

        faults.Add(node.Line, $"'{key}'{Where} must hold keys", $"Indent them under {key}:");
        return null;
    }

    public Fields? RequiredMap(string key)
    {
        if (!Has(key))
        {
            Missing(key, "keys of its own");
        }

        return Map(key);
    }

    /// <summary>The mappings of a list; empty when the key is absent.</summary>
    public IReadOnlyList<Fields> Maps(string key, bool isRequired = false)
    {
        var maps = new List<Fields>();
        IReadOnlyList<YamlNode> items = Items(key, isRequired);
        for (int i = 0; i < items.Count; i++)
        {
            string name = $"{Join(key)}[{i}]";
            if (items[i] is YamlMap map)
            {
                maps.Add(new Fields(map, name, faults));
            }
            else
            {
                faults.Add(
                    items[i].Line,
                    $"{name} must hold keys",
                    "Write '- key: value' and further keys below it"
                );
            }
        }

        return maps;
    }

    /// <summary>The texts of a list; empty when the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key, bool isRequired = false)
    {
        var texts = new List<string>();
        foreach (YamlNode item in Items(key, isRequired))
        {
            if (item is YamlText { Text.Length: > 0, IsNull: false } text)
            {
                texts.Add(text.Text);
            }
            else
            {
                faults.Add(item.Line, $"'{key}'{Where} must list texts", "Write '- some words'");
            }
        }

        return texts;
    }

    /// <summary>A text for each language: <c>{en: ..., fr: ...}</c>, or one text, which is then English.</summary>
    public Dictionary<string, string> Languages(string key)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (Given(key))
        {
            case null:
                break;
            case YamlText:
                texts["en"] = TextOrNull(key) ?? "";
                break;
            default:
                Fields? languages = Map(key);
                foreach (string language in (string[])["en", "fr", "ar"])
                {
                    if (languages?.TextOrNull(language) is { } text)
                    {
                        texts[language] = text;
                    }
                }

                if (languages is not null && !texts.ContainsKey("en"))
                {
                    languages.Missing("en", "a text");
                }

                languages?.Close();
                break;
        }

        return texts;
    }

    public void Missing(string key, string what) =>
        faults.Add(Line, $"required key '{key}'{Where} is missing", $"Add {key}: with {what}");

    private IReadOnlyList<YamlNode> Items(string key, bool isRequired)
    {
        switch (Given(key))
        {
            case null:
                if (isRequired)
                {
                    Missing(key, "a list");
                }

                return [];
            case YamlList list when list.Items.Count <= MaxItems:
                if (isRequired && list.Items.Count == 0)
                {
                    faults.Add(list.Line, $"'{key}'{Where} is empty", "Add at least one item");
                }

                return list.Items;
            case YamlList list:
                faults.Add(
                    list.Line,
                    $"'{key}'{Where} has {list.Items.Count} items, more than {MaxItems}",
                    "Shorten it"
                );
                return [];
            case { } node:
                faults.Add(
                    node.Line,
                    $"'{key}'{Where} must be a list",
                    "Write each item on its own line after '- '"
                );
                return [];
        }
    }

    private YamlNode? Given(string key)
    {
        asked.Add(key);
        return Value(key);
    }

    /// <summary>Null when the key is absent or written as null: both say "unknown".</summary>
    public YamlNode? Value(string key) =>
        members.TryGetValue(key, out YamlMember? member)
        && member.Value is not YamlText { IsNull: true }
            ? member.Value
            : null;

    private T Required<T>(string key, T? value, string what, T standIn)
        where T : class
    {
        if (value is null && !Has(key))
        {
            Missing(key, what);
        }

        return value ?? standIn;
    }

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
