using Breakwater.Feeds.Yaml;
using Breakwater.Norms.Packs;

namespace Breakwater.Feeds.Law;

/// <summary>One entry of each file of a pack.</summary>
internal static class PackParts
{
    private static readonly string[] _regimes =
    [
        "META",
        "IHRL",
        "DOM",
        "ITL",
        "IHL",
        "ICL",
        "NORM",
        "PROC",
    ];

    private static readonly string[] _events = ["in_force", "adopted", "judgment", "general"];

    public static Profile Profile(Fields fields, PackClauses clauses) =>
        new(
            fields.Text("id"),
            fields.Text("body"),
            PackClauses.Period(fields, "valid"),
            PackClauses.Period(fields, "recorded"),
            clauses.At(fields)
        );

    public static Instrument Instrument(Fields fields, PackClauses clauses) =>
        new(
            fields.Text("id"),
            PackClauses.RequiredDate(fields, "date"),
            fields.OneOf("event", _events) ?? "",
            fields.Text("name"),
            clauses.At(fields)
        );

    public static DerivedTerm Derived(Fields fields, PackClauses clauses) =>
        new(
            fields.Text("id"),
            clauses.Clause(fields, "expr"),
            clauses.Stances(fields),
            PackClauses.Period(fields, "recorded"),
            clauses.At(fields)
        );

    public static Gap Gap(Fields fields, PackClauses clauses) =>
        new(
            fields.Text("id"),
            fields.RequiredWord<GapKind>("kind"),
            fields.Text("text"),
            fields.Texts("rules"),
            clauses.ClauseOrNull(fields, "when"),
            PackClauses.Period(fields, "recorded"),
            clauses.At(fields)
        );

    public static Relation Relation(Fields fields, PackClauses clauses) =>
        new(
            fields.Text("from"),
            fields.Text("to"),
            fields.RequiredWord<RelationType>("type"),
            fields.Truth("conflict", false),
            fields.OneOf("principle", ["lex-specialis", "lex-superior", "lex-posterior"]),
            fields.Text("source"),
            clauses.At(fields)
        );

    public static FactTerm Fact(Fields fields, PackClauses clauses)
    {
        Fields? help = fields.RequiredMap("help");
        string counts = help?.Text("counts") ?? "";
        string doesNot = help?.Text("does_not") ?? "";
        help?.Close();
        Fields? factors = fields.Map("factors");
        IReadOnlyList<string> pro = factors?.Texts("pro") ?? [];
        IReadOnlyList<string> contra = factors?.Texts("contra") ?? [];
        factors?.Close();
        var fact = new FactTerm
        {
            Id = fields.Text("id"),
            Gloss = fields.Text("gloss"),
            Question = fields.Text("question"),
            Counts = counts,
            DoesNot = doesNot,
            Examples = fields.Texts("examples"),
            IsEvaluative = fields.Truth("evaluative", false),
            IsContextOnly = fields.Truth("context_only", false),
            Safety = fields.RequiredWord<Safety>("safety"),
            SafetyNote = fields.TextOrNull("safety_note"),
            AskOf = fields.RequiredWord<Respondent>("ask_of"),
            Cost = (int)fields.RequiredWhole("cost", 1, 5),
            Assessor = fields.TextOrNull("assessor"),
            Pro = pro,
            Contra = contra,
            At = clauses.At(fields),
        };
        if (fact is { Safety: Safety.Guarded, AskOf: not Respondent.Desk })
        {
            fields.Fault(
                "ask_of",
                "a guarded fact is asked of somebody in the field",
                "Write ask_of: desk"
            );
        }

        if (fact is { IsEvaluative: true, Assessor: null })
        {
            fields.Missing("assessor", "the role that assesses it");
        }

        return fact;
    }

    public static Rule Rule(Fields fields, PackClauses clauses, string commentary)
    {
        RuleKind kind = fields.RequiredWord<RuleKind>("kind");
        bool isDuty = kind == RuleKind.Duty;
        Fields? valid = fields.RequiredMap("valid");
        Fields? reading = fields.Map("reading");
        var rule = new Rule
        {
            Id = fields.Text("id"),
            Kind = kind,
            Regime =
                fields.OneOf("regime", _regimes)
                ?? Missing(fields, "regime", "one of " + string.Join(", ", _regimes)),
            Force = fields.Text("force"),
            Title = fields.Text("title"),
            Sources = Sources(fields),
            Confidence = fields.RequiredWord<CitationConfidence>("conf"),
            Valid = valid is null
                ? Period.Always
                : new Period(
                    PackClauses.RequiredDate(valid, "from"),
                    PackClauses.Date(valid, "to")
                ),
            ValidBasis = valid?.Text("basis") ?? "",
            ReadingFrom = reading is null ? null : PackClauses.RequiredDate(reading, "from"),
            ReadingBasis = reading?.Text("basis"),
            Recorded = PackClauses.Period(fields, "recorded"),
            Condition = clauses.Clause(fields, isDuty ? "applies" : "holds"),
            Breach = isDuty ? clauses.Clause(fields, "breach") : null,
            Exceptions = isDuty ? Exceptions(fields, clauses) : [],
            Burden = isDuty ? Burden(fields) : new Dictionary<string, bool>(),
            Stances = isDuty ? clauses.Stances(fields) : [],
            Superseded = Superseded(fields, clauses),
            Later = fields.Texts("later"),
            Relation = fields.TextOrNull("relation"),
            Consequence = fields.TextOrNull("consequence"),
            Gaps = fields.Texts("gap"),
            Status = fields.RequiredWord<PackStatus>("status"),
            Reviewers = fields.Texts("reviewers"),
            Commentary = commentary,
            At = clauses.At(fields),
        };
        valid?.Close();
        reading?.Close();
        PackClauses.InOrder(fields, "valid", rule.Valid);
        return rule;
    }

    private static string Missing(Fields fields, string key, string what)
    {
        if (!fields.Has(key))
        {
            fields.Missing(key, what);
        }

        return "";
    }

    private static IReadOnlyList<Source> Sources(Fields fields) =>
        [
            .. fields
                .Maps("src", isRequired: true)
                .Select(source =>
                {
                    var read = new Source(
                        source.Text("cite"),
                        source.Truth("pinpoint_checked", false)
                    );
                    source.TextOrNull("hash");
                    source.Close();
                    return read;
                }),
        ];

    private static IReadOnlyList<Defence> Exceptions(Fields fields, PackClauses clauses) =>
        [
            .. fields
                .Maps("exceptions")
                .Select(one =>
                {
                    var read = new Defence(
                        one.Text("id"),
                        clauses.Clause(one, "when"),
                        one.Truth("ignore_unknown", false)
                    );
                    one.Close();
                    return read;
                }),
        ];

    private static Dictionary<string, bool> Burden(Fields fields)
    {
        var burden = new Dictionary<string, bool>(StringComparer.Ordinal);
        if (fields.Map("burden") is { } map)
        {
            foreach (YamlMember member in map.Members())
            {
                burden[member.Key] = map.Truth(member.Key, false);
            }
        }

        return burden;
    }

    private static Superseded? Superseded(Fields fields, PackClauses clauses)
    {
        if (fields.Map("superseded") is not { } map)
        {
            return null;
        }

        var superseded = new Superseded(PackClauses.RequiredDate(map, "from"), map.Text("by"));
        map.Close();
        return superseded;
    }
}
