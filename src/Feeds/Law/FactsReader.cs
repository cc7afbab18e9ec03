using Breakwater.Feeds.Yaml;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Law;

/// <summary>A sheet of facts, or everything that is wrong with the file.</summary>
public sealed record FactsRead(FactSheet? Sheet, IReadOnlyList<InputFault> Faults);

/// <summary>
/// Reads what is known of an incident: <c>facts: {m.blanket: true}</c>, or for each fact who says so, how surely, since when and on
/// what evidence; a list where several sources speak. JSON is read as well, because YAML contains it.
/// </summary>
public static class FactsReader
{
    public const long BytesMax = 4 * 1024 * 1024;

    private const int AssertionsMax = 20_000;

    public static FactsRead Read(string path, LawPack pack)
    {
        FileRead read = Files.Read(path, BytesMax);
        return read.File is { } file ? Read(file, pack) : new FactsRead(null, [read.Fault!]);
    }

    public static FactsRead Read(SourceFile file, LawPack pack)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(pack);
        var faults = new FaultList(file.Name);
        FactSheet? sheet = null;
        if (YamlTree.Read(file, faults) is { } root)
        {
            if (root is YamlMap map)
            {
                var fields = new Fields(map, "", faults);
                sheet = Sheet(fields, pack, faults, file.Name);
                fields.Close();
            }
            else
            {
                faults.Add(
                    root.Line,
                    "holds no keys",
                    "Write 'facts:' and below it, indented, 'm.blanket: true'"
                );
            }
        }

        return new FactsRead(faults.Count == 0 ? sheet : null, faults.InOrder());
    }

    /// <summary>The part of a case file or of a sheet that says what is known.</summary>
    internal static FactSheet Sheet(Fields fields, LawPack pack, FaultList faults, string file)
    {
        string? profile = fields.TextOrNull("profile");
        if (profile is not null && pack.Profiles.All(known => known.Id != profile))
        {
            fields.Fault(
                "profile",
                $"there is no profile '{profile}'",
                Nearest.Remedy(profile, [.. pack.Profiles.Select(known => known.Id)])
            );
        }

        var assertions = new List<Assertion>();
        if (fields.RequiredMap("facts") is { } facts)
        {
            foreach (YamlMember member in facts.Members())
            {
                if (Known(member, pack, faults))
                {
                    assertions.AddRange(Assertions(member, faults, file));
                }
            }
        }

        if (assertions.Count > AssertionsMax)
        {
            fields.Fault("facts", $"has more than {AssertionsMax} statements", "Split the file");
        }

        fields.TextOrNull("summary");
        return new FactSheet(
            fields.TextOrNull("id") ?? "",
            fields.TextOrNull("name") ?? "",
            Conduct(fields),
            fields.Truth("burden_closure", false) || fields.Truth("closure", false),
            profile,
            assertions
        );
    }

    private static bool Known(YamlMember member, LawPack pack, FaultList faults)
    {
        if (pack.FactOf(member.Key) is not null)
        {
            return true;
        }

        if (pack.Derived.Any(term => term.Id == member.Key))
        {
            faults.Add(
                member.Line,
                $"'{member.Key}' is computed from facts and cannot be supplied",
                $"Supply the facts that it rests on: {string.Join(", ", pack.Derived.First(term => term.Id == member.Key).Clause.Expression.Ids())}"
            );
            return false;
        }

        string? near = Nearest.Of(member.Key, pack.Facts.Select(fact => fact.Id));
        faults.Add(
            member.Line,
            $"there is no fact '{(member.Key.Length > 60 ? member.Key[..60] + "..." : member.Key)}'",
            near is null
                ? "See the vocabulary in the pack, under facts/"
                : $"Did you mean '{near}'?"
        );
        return false;
    }

    private static IEnumerable<Assertion> Assertions(
        YamlMember member,
        FaultList faults,
        string file
    ) =>
        member.Value is YamlList list
            ? list.Items.SelectMany(item => One(member.Key, item, faults, file))
            : One(member.Key, member.Value, faults, file);

    private static IEnumerable<Assertion> One(
        string fact,
        YamlNode node,
        FaultList faults,
        string file
    )
    {
        if (node is not YamlMap map)
        {
            (bool isValue, bool? value) = Value(node);
            if (!isValue)
            {
                faults.Add(
                    node.Line,
                    $"'{fact}' is neither true, false nor null",
                    "Write true, false, or null for not known"
                );
                return [];
            }

            return
            [
                new Assertion(fact, value, file, null, [], null, null, Norms.Packs.Period.Always),
            ];
        }

        var fields = new Fields(map, fact, faults);
        YamlMember? given = fields.Members().FirstOrDefault(one => one.Key == "value");
        (bool isRead, bool? said) = given is null ? (false, null) : Value(given.Value);
        if (!isRead)
        {
            faults.Add(
                given?.Line ?? map.Line,
                $"'{fact}' has no value of true, false or null",
                "Write value: true, false, or null for not known"
            );
        }

        PartialDate? recorded = PackClauses.Date(fields, "recorded");
        var assertion = new Assertion(
            fact,
            said,
            fields.TextOrNull("source") ?? file,
            fields.Number("confidence", 0, 1, ""),
            fields.Texts("evidence"),
            fields.TextOrNull("assessor"),
            recorded,
            PackClauses.Period(fields, "valid")
        );
        string[] known =
        [
            "value",
            "source",
            "confidence",
            "evidence",
            "assessor",
            "recorded",
            "valid",
            "note",
        ];
        foreach (YamlMember member in fields.Members().Where(one => !known.Contains(one.Key)))
        {
            faults.Add(
                member.Line,
                $"unknown key '{member.Key}' in {fact}",
                Nearest.Remedy(member.Key, known)
            );
        }

        return [assertion];
    }

    private static (bool IsValue, bool? Value) Value(YamlNode node) =>
        node is YamlText text
            ? text switch
            {
                { IsNull: true } => (true, null),
                { IsPlain: true, Text: "true" or "True" or "TRUE" } => (true, true),
                { IsPlain: true, Text: "false" or "False" or "FALSE" } => (true, false),
                _ => (false, null),
            }
            : (false, null);

    private static Conduct? Conduct(Fields fields)
    {
        if (fields.Value("date") is null)
        {
            return null;
        }

        if (fields.Value("date") is YamlText)
        {
            return ConductOf(fields, "date");
        }

        if (fields.Map("date") is not { } date)
        {
            return null;
        }

        Conduct? conduct = ConductOf(date, "conduct");
        date.TextOrNull("decided");
        date.TextOrNull("earlier");
        date.Close();
        return conduct;
    }

    private static Conduct? ConductOf(Fields fields, string key)
    {
        if (fields.TextOrNull(key) is not { } text)
        {
            return null;
        }

        Conduct? conduct = Norms.Facts.Conduct.Parse(text);
        if (conduct is null)
        {
            fields.Fault(
                key,
                $"'{key}' is no day and no period: '{text}'",
                "Write \"2024-02-02\", \"2017-09-05/2017-09-21\", \"2024-02/..\" while it lasts, or \"undated\""
            );
        }

        return conduct;
    }
}
