using Breakwater.Feeds.Yaml;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Law;

/// <summary>A pack that can be used, or everything that is wrong with it.</summary>
public sealed record LawPackRead(LawPack? Pack, PackTexts Texts, IReadOnlyList<InputFault> Faults);

/// <summary>Reads a law pack: one file a rule, with the vocabulary, the readings and the gaps beside them.</summary>
public static class LawPackReader
{
    public const string ManifestName = "manifest.yaml";

    public const string Default = "conn-norms-core";

    /// <summary>Rules that a person writes by hand have a few kilobytes; vocabularies some hundred.</summary>
    private const long FileBytesMax = 1024 * 1024;

    private const int FilesMax = 5_000;

    private static readonly string[] _languages = ["en", "fr", "ar"];

    /// <summary>Where packs stand that come with the executable.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "law");

    /// <param name="folder">A folder with a <c>pack.yaml</c>; null: the one that comes with the executable.</param>
    public static LawPackRead Read(string? folder)
    {
        string root = folder ?? Path.Combine(Folder, Default);
        var faults = new List<InputFault>();
        PackTexts texts = PackTexts.None;
        PackFiles? files = PackFiles.Open(root, FileBytesMax, FilesMax, faults);
        if (files is null)
        {
            return new LawPackRead(null, texts, faults);
        }

        LawPack? pack = new Building(files, faults).Pack();
        if (pack is not null && faults.Count == 0)
        {
            faults.AddRange(
                PackCheck
                    .Of(pack)
                    .Select(fault => new InputFault(
                        fault.At.File,
                        $"line {fault.At.Line}",
                        fault.Reason,
                        fault.Remedy
                    ))
            );
            texts = new PackTextsReader(files, faults).Read(_languages);
        }

        if (faults.Count > 0)
        {
            return new LawPackRead(null, texts, faults);
        }

        (string hash, IReadOnlyList<string> unsealed) = PackManifest.Of(files);
        return new LawPackRead(pack! with { Hash = hash, Unsealed = unsealed }, texts, []);
    }

    private sealed class Building(PackFiles files, List<InputFault> faults)
    {
        public LawPack? Pack()
        {
            LawPack? pack = null;
            IReadOnlyList<string> order = [];
            Map(
                "pack.yaml",
                (root, clauses) =>
                {
                    order = root.Texts("rules", isRequired: true);
                    pack = new LawPack
                    {
                        Id = root.Text("id"),
                        Version = root.Text("version"),
                        RecordedAt =
                            PackClauses.Date(root, "recorded_at") ?? PartialDate.Of(default),
                        Status = root.RequiredWord<PackStatus>("status"),
                        Licence = root.Text("licence"),
                        Reviewers = root.Texts("reviewers"),
                        Derogable = root.Texts("derogable"),
                        Profiles = List("profiles.yaml", PackParts.Profile),
                        Instruments = List("instruments.yaml", PackParts.Instrument),
                        Derived = List("derived.yaml", PackParts.Derived),
                        Gaps = List("gaps.yaml", PackParts.Gap),
                        Relations = List("relations.yaml", PackParts.Relation),
                        Facts =
                        [
                            .. files
                                .Under("facts/", ".yaml")
                                .SelectMany(name => List(name, PackParts.Fact)),
                        ],
                        Rules = [],
                    };
                    root.Texts("authors");
                }
            );
            return pack is null ? null : pack with { Rules = Rules(order) };
        }

        private List<Rule> Rules(IReadOnlyList<string> order)
        {
            var rules = new Dictionary<string, Rule>(StringComparer.Ordinal);
            foreach (string name in files.Under("rules/", ".yaml"))
            {
                Map(
                    name,
                    (root, clauses) =>
                    {
                        Rule rule = PackParts.Rule(
                            root,
                            clauses,
                            files.Text(Path.ChangeExtension(name, ".md")) ?? ""
                        );
                        string stem = Path.GetFileNameWithoutExtension(name);
                        if (rule.Id != stem)
                        {
                            root.Fault(
                                "id",
                                $"'id' is '{rule.Id}' in a file named {stem}.yaml",
                                "Give both the same name"
                            );
                        }
                        else if (!order.Contains(rule.Id))
                        {
                            root.Fault(
                                "id",
                                $"rule {rule.Id} is not listed in pack.yaml",
                                "Add it there under 'rules'"
                            );
                        }

                        rules.TryAdd(rule.Id, rule);
                    }
                );
            }

            foreach (string id in order.Where(id => !rules.ContainsKey(id)))
            {
                faults.Add(
                    new InputFault(
                        "pack.yaml",
                        "",
                        $"lists rule '{id}', which has no readable file under rules/",
                        Nearest.Of(id, rules.Keys) is { } near
                            ? $"Did you mean '{near}'?"
                            : "Add the file or remove the line"
                    )
                );
            }

            return [.. order.Distinct().Where(rules.ContainsKey).Select(id => rules[id])];
        }

        private List<T> List<T>(string name, Func<Fields, PackClauses, T> read)
        {
            var items = new List<T>();
            Tree(
                name,
                (node, list) =>
                {
                    if (node is not YamlList all)
                    {
                        list.Add(node.Line, "is no list", "Begin each entry with '- id: '");
                        return;
                    }

                    foreach (YamlNode item in all.Items)
                    {
                        if (item is not YamlMap map)
                        {
                            list.Add(
                                item.Line,
                                "an entry holds no keys",
                                "Write '- id: ' and further keys below it"
                            );
                            continue;
                        }

                        var fields = new Fields(map, "", list);
                        items.Add(read(fields, new PackClauses(name)));
                        fields.Close();
                    }
                }
            );
            return items;
        }

        private void Map(string name, Action<Fields, PackClauses> read) =>
            Tree(
                name,
                (node, list) =>
                {
                    if (node is not YamlMap map)
                    {
                        list.Add(
                            node.Line,
                            "holds no keys",
                            "Write 'id: ' and the further keys that law/README.md lists"
                        );
                        return;
                    }

                    var fields = new Fields(map, "", list);
                    read(fields, new PackClauses(name));
                    fields.Close();
                }
            );

        private void Tree(string name, Action<YamlNode, FaultList> read)
        {
            if (files.File(name) is not { } file)
            {
                faults.Add(
                    new InputFault(
                        name,
                        "",
                        "is missing in the pack",
                        "Copy it from a pack that works, and change it"
                    )
                );
                return;
            }

            var list = new FaultList(name);
            if (YamlTree.Read(file, list) is { } root)
            {
                read(root, list);
            }

            faults.AddRange(list.InOrder());
        }
    }
}
