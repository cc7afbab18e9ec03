using Breakwater.Feeds.Yaml;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Law;

public sealed record CasesRead(IReadOnlyList<CaseSheet> Cases, IReadOnlyList<InputFault> Faults);

/// <summary>Reads decided cases (a file with <c>cases:</c>) and twins (one made-up case a file).</summary>
public static class CasesReader
{
    public const long BytesMax = 16 * 1024 * 1024;

    private const string Dated = "dated";

    private static readonly string[] _bases =
    [
        "holding",
        "reasonable_grounds",
        "opinion",
        "inferred",
        "constructed",
    ];

    public static CasesRead Read(string path, LawPack pack)
    {
        FileRead read = Files.Read(path, BytesMax);
        return read.File is { } file ? Read(file, pack) : new CasesRead([], [read.Fault!]);
    }

    public static CasesRead Read(SourceFile file, LawPack pack)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(pack);
        var faults = new FaultList(file.Name);
        var cases = new List<CaseSheet>();
        if (YamlTree.Read(file, faults) is { } root)
        {
            if (root is not YamlMap map)
            {
                faults.Add(root.Line, "holds no keys", "Write 'cases:' and below it '- id: ...'");
            }
            else
            {
                var fields = new Fields(map, "", faults);
                IReadOnlyList<Fields> listed = fields.Has("cases")
                    ? fields.Maps("cases")
                    : [fields];
                if (listed.Count == 0)
                {
                    faults.Add(
                        map.Line,
                        "'cases' lists no case",
                        "Write 'cases:' and below it '- id: ...'"
                    );
                }

                cases.AddRange(listed.Select(one => Case(one, pack, faults, file.Name)));
                fields.Close();
            }
        }

        return new CasesRead(faults.Count == 0 ? cases : [], faults.InOrder());
    }

    /// <summary>The twins of a pack, each with its file; faults of one file leave the others readable.</summary>
    public static CasesRead Twins(string folder, LawPack pack)
    {
        var faults = new List<InputFault>();
        var cases = new List<CaseSheet>();
        if (PackFiles.Open(folder, BytesMax, 5_000, faults) is { } files)
        {
            foreach (string name in files.Under("cases/", ".yaml"))
            {
                CasesRead read = Read(files.File(name)!, pack);
                cases.AddRange(read.Cases);
                faults.AddRange(read.Faults);
            }
        }

        return new CasesRead(cases, faults);
    }

    private static CaseSheet Case(Fields fields, LawPack pack, FaultList faults, string file)
    {
        Basis basis = BasisOf(fields) ?? Basis.Constructed;
        FactSheet sheet = FactsReader.Sheet(fields, pack, faults, file);
        var read = new CaseSheet(
            sheet.Id.Length > 0 ? sheet : sheet with { Id = file },
            Expectations(fields, "expected", sheet.Profile, pack, basis, file),
            Expectations(fields, Dated, sheet.Profile, pack, basis, file),
            new PackLine(file, fields.Line)
        );
        foreach (
            string said in (string[])["forum_result", "citation_check", "reason", "differs", "note"]
        )
        {
            fields.TextOrNull(said);
        }

        fields.Texts("source");
        fields.Close();
        return read;
    }

    private static Basis? BasisOf(Fields fields) =>
        fields.OneOf("basis", _bases) is { } word ? (Basis)Array.IndexOf(_bases, word) : null;

    private static IReadOnlyList<Expectation> Expectations(
        Fields fields,
        string key,
        string? profileOfCase,
        LawPack pack,
        Basis basis,
        string file
    ) =>
        [
            .. fields
                .Maps(key)
                .Select(one =>
                {
                    string rule = one.Text("rule");
                    if (pack.RuleOf(rule) is null)
                    {
                        one.Fault(
                            "rule",
                            $"there is no rule '{rule}'",
                            Nearest.Of(rule, pack.Rules.Select(known => known.Id)) is { } near
                                ? $"Did you mean '{near}'?"
                                : "See the rules of the pack"
                        );
                    }

                    string profile = one.TextOrNull("profile") ?? profileOfCase ?? LawPack.Baseline;
                    if (pack.Profiles.All(known => known.Id != profile))
                    {
                        one.Fault(
                            "profile",
                            $"there is no profile '{profile}'",
                            Nearest.Remedy(profile, [.. pack.Profiles.Select(known => known.Id)])
                        );
                    }

                    var read = new Expectation(
                        rule,
                        profile,
                        Outcomes.Parse(one.OneOf("outcome", Outcomes.Words) ?? "")
                            ?? Outcome.Undetermined,
                        BasisOf(one) ?? basis,
                        PackClauses.Date(one, "as_of"),
                        one.TextOrNull("note"),
                        new PackLine(file, one.Line)
                    );
                    if (key == Dated && read.AsOf is null)
                    {
                        one.Missing("as_of", "the day as of which readings are known");
                    }

                    one.Close();
                    return read;
                }),
        ];
}
