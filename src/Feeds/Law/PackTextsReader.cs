using Breakwater.Feeds.Yaml;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Law;

/// <summary>Reads the translations of a pack: <c>texts/LANGUAGE/pack.yaml</c> and <c>texts/LANGUAGE/facts-*.yaml</c>.</summary>
internal sealed class PackTextsReader(PackFiles files, List<InputFault> faults)
{
    public PackTexts Read(IReadOnlyList<string> languages) =>
        new(languages.ToDictionary(language => language, Language, StringComparer.Ordinal));

    private PackLanguage Language(string language)
    {
        string folder = $"texts/{language}/";
        Fields? names = null;
        var list = new FaultList(folder + "pack.yaml");
        if (
            files.File(folder + "pack.yaml") is { } file
            && YamlTree.Read(file, list) is YamlMap root
        )
        {
            names = new Fields(root, "", list);
        }

        var read = new PackLanguage(
            Named("rules"),
            Named("gaps"),
            Named("profiles"),
            Named("derived"),
            Named("regimes"),
            Named("exceptions"),
            Facts(folder)
        );
        names?.Close();
        faults.AddRange(list.InOrder());
        return read;

        Dictionary<string, string> Named(string key)
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            if (names?.Map(key) is { } map)
            {
                foreach (YamlMember member in map.Members())
                {
                    texts[member.Key] = map.Text(member.Key);
                }
            }

            return texts;
        }
    }

    private Dictionary<string, FactText> Facts(string folder)
    {
        var facts = new Dictionary<string, FactText>(StringComparer.Ordinal);
        foreach (string name in files.Under(folder + "facts", ".yaml"))
        {
            var list = new FaultList(name);
            if (YamlTree.Read(files.File(name)!, list) is YamlList entries)
            {
                foreach (YamlMap map in entries.Items.OfType<YamlMap>())
                {
                    var fields = new Fields(map, "", list);
                    facts[fields.Text("id")] = new FactText(
                        fields.Text("gloss"),
                        fields.Text("question"),
                        fields.Text("counts"),
                        fields.Text("does_not"),
                        fields.TextOrNull("safety_note")
                    );
                    fields.Close();
                }
            }

            faults.AddRange(list.InOrder());
        }

        return facts;
    }
}
