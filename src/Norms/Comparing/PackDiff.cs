using System.Globalization;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using NodaTime;

namespace Breakwater.Norms.Comparing;

/// <summary>A field of an entry that reads otherwise; null: the entry is not there on that side.</summary>
public sealed record Change(string Kind, string Id, string Field, string? Before, string? After);

/// <summary>An outcome of a case that differs between the two sides.</summary>
/// <param name="Expected">What the case expects of it, where it says; null: nothing.</param>
public sealed record OutcomeChange(
    string Case,
    string Name,
    string Rule,
    string Profile,
    Outcome Before,
    Outcome After,
    Outcome? Expected
);

/// <summary>One side of a comparison: a pack as of a day.</summary>
public sealed record Side(LawPack Pack, AsOf AsOf);

/// <summary>What differs between two packs, or between two days of one: entry by entry, and in what cases come to.</summary>
/// <param name="Readings">Profiles that both sides have, in which cases were compared.</param>
public sealed record PackDiff(
    IReadOnlyList<Change> Changes,
    IReadOnlyList<OutcomeChange> Outcomes,
    int Readings
)
{
    public bool IsSame => Changes.Count == 0 && Outcomes.Count == 0;

    public static PackDiff Of(Side before, Side after, IReadOnlyList<CaseSheet> cases)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(cases);
        return new PackDiff(
            [
                .. Entries(
                    before.Pack.Rules.ToDictionary(
                        rule => rule.Id,
                        rule => FieldsOf(rule, before.AsOf)
                    ),
                    after.Pack.Rules.ToDictionary(
                        rule => rule.Id,
                        rule => FieldsOf(rule, after.AsOf)
                    ),
                    "rule"
                ),
                .. Entries(
                    before.Pack.Derived.ToDictionary(
                        term => term.Id,
                        term => FieldsOf(term, before.AsOf)
                    ),
                    after.Pack.Derived.ToDictionary(
                        term => term.Id,
                        term => FieldsOf(term, after.AsOf)
                    ),
                    "derived term"
                ),
                .. Entries(
                    before.Pack.Facts.ToDictionary(fact => fact.Id, FieldsOf),
                    after.Pack.Facts.ToDictionary(fact => fact.Id, FieldsOf),
                    "fact"
                ),
                .. Entries(
                    before.Pack.Profiles.ToDictionary(profile => profile.Id, FieldsOf),
                    after.Pack.Profiles.ToDictionary(profile => profile.Id, FieldsOf),
                    "profile"
                ),
                .. Entries(
                    before.Pack.Gaps.ToDictionary(gap => gap.Id, FieldsOf),
                    after.Pack.Gaps.ToDictionary(gap => gap.Id, FieldsOf),
                    "gap"
                ),
                .. Entries(RelationsOf(before.Pack), RelationsOf(after.Pack), "relation"),
                .. Entries(InstrumentsOf(before.Pack), InstrumentsOf(after.Pack), "instrument"),
                .. before.Pack.Hash != after.Pack.Hash
                    ? [new Change("pack", after.Pack.Id, "hash", before.Pack.Hash, after.Pack.Hash)]
                    : Array.Empty<Change>(),
            ],
            [.. cases.SelectMany(one => OutcomesOf(one, before, after))],
            after
                .Pack.Profiles.Select(profile => profile.Id)
                .Intersect(before.Pack.Profiles.Select(profile => profile.Id))
                .Count()
        );
    }

    private static IEnumerable<OutcomeChange> OutcomesOf(CaseSheet one, Side before, Side after)
    {
        (Evaluation was, Evaluation @is) = (Evaluated(one, before), Evaluated(one, after));
        foreach (
            Rule rule in after.Pack.Rules.Where(rule =>
                was.Programme.RuleIndex.ContainsKey(rule.Id)
            )
        )
        {
            foreach (Profile profile in after.Pack.Profiles)
            {
                int of = was.Programme.ProfileAt(profile.Id);
                if (of < 0)
                {
                    continue;
                }

                Outcome first = was.OutcomeOf(was.Programme.RuleIndex[rule.Id], of);
                Outcome second = @is.OutcomeOf(
                    @is.Programme.RuleIndex[rule.Id],
                    @is.Programme.ProfileAt(profile.Id)
                );
                if (first != second)
                {
                    yield return new OutcomeChange(
                        one.Facts.Id,
                        one.Facts.Name,
                        rule.Id,
                        profile.Id,
                        first,
                        second,
                        Expected(one, after.AsOf.Valid)
                            .FirstOrDefault(expected =>
                                expected.Rule == rule.Id && expected.Profile == profile.Id
                            )
                            ?.Outcome
                    );
                }
            }
        }
    }

    /// <summary>What was written down for no day says nothing of one, and what was written down for another day neither.</summary>
    private static IEnumerable<Expectation> Expected(CaseSheet one, LocalDate? day) =>
        day is { } valid ? one.Dated.Where(expected => expected.AsOf?.Last == valid) : one.Expected;

    private static Evaluation Evaluated(CaseSheet one, Side side)
    {
        AsOf asOf = side.AsOf with { ConductLast = one.Facts.Conduct?.LastDay };
        var evaluation = new Evaluation(Programme.Of(side.Pack, asOf, one.Facts.IsClosed));
        evaluation.Evaluate(
            KnownFacts
                .Of(one.Facts, asOf)
                .Values.Where(fact => evaluation.Programme.FactIndex.ContainsKey(fact.Key))
                .ToDictionary(StringComparer.Ordinal)
        );
        return evaluation;
    }

    private static IEnumerable<Change> Entries(
        Dictionary<string, Dictionary<string, string>> before,
        Dictionary<string, Dictionary<string, string>> after,
        string kind
    )
    {
        foreach (string id in before.Keys.Union(after.Keys))
        {
            if (!before.TryGetValue(id, out Dictionary<string, string>? was))
            {
                yield return new Change(kind, id, "entry", null, after[id].Values.First());
            }
            else if (!after.TryGetValue(id, out Dictionary<string, string>? @is))
            {
                yield return new Change(kind, id, "entry", was.Values.First(), null);
            }
            else
            {
                foreach (string field in was.Keys.Union(@is.Keys))
                {
                    string? first = was.GetValueOrDefault(field);
                    string? second = @is.GetValueOrDefault(field);
                    if (first != second)
                    {
                        yield return new Change(kind, id, field, first, second);
                    }
                }
            }
        }
    }

    /// <summary>The first field is the one that an entry is told by when it comes or goes.</summary>
    private static Dictionary<string, string> FieldsOf(Rule rule, AsOf asOf)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["title"] = rule.Title,
            ["kind"] = rule.Kind.ToString(),
            ["regime"] = rule.Regime,
            ["force"] = rule.Force,
            ["src"] = string.Join(
                "; ",
                rule.Sources.Select(source => source.Cite + (source.IsChecked ? " (checked)" : ""))
            ),
            ["conf"] = rule.Confidence.ToString(),
            ["valid"] = $"{rule.Valid.From} to {rule.Valid.To?.Text ?? "now"} ({rule.ValidBasis})",
            [rule.Breach is null ? "holds" : "applies"] = rule.Condition.ToString(),
            ["status"] = rule.Status.ToString(),
            ["reviewers"] = string.Join(", ", rule.Reviewers),
            ["commentary"] = rule.Commentary,
        };
        Add(
            "reading",
            rule.ReadingFrom is null ? null : $"{rule.ReadingFrom} ({rule.ReadingBasis})"
        );
        Add("breach", rule.Breach?.ToString());
        Add(
            "burden",
            rule.Burden.Count == 0
                ? null
                : string.Join(
                    ", ",
                    rule.Burden.Select(one => $"{one.Key}: {(one.Value ? "true" : "false")}")
                )
        );
        Add(
            "superseded",
            rule.Superseded is { } superseded ? $"{superseded.From} by {superseded.By}" : null
        );
        Add("later", rule.Later.Count == 0 ? null : string.Join(", ", rule.Later));
        Add("relation", rule.Relation);
        Add("consequence", rule.Consequence);
        Add("gap", rule.Gaps.Count == 0 ? null : string.Join(", ", rule.Gaps));
        Add("as of that day", asOf.Report(rule)?.Word());
        foreach (Defence defence in rule.Exceptions)
        {
            fields[$"exception {defence.Id}"] =
                defence.When + (defence.IgnoresUnknown ? " (must be pleaded)" : "");
        }

        Stances(fields, rule.Stances, asOf);
        return fields;

        void Add(string field, string? text)
        {
            if (text is not null)
            {
                fields[field] = text;
            }
        }
    }

    private static Dictionary<string, string> FieldsOf(DerivedTerm term, AsOf asOf)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["expr"] = term.Clause.ToString(),
        };
        Stances(fields, term.Stances, asOf);
        return fields;
    }

    private static void Stances(
        Dictionary<string, string> fields,
        IReadOnlyList<Stance> stances,
        AsOf asOf
    )
    {
        foreach (Stance stance in stances.Where(asOf.Counts))
        {
            fields[$"stance of {stance.Profile}"] = $"{stance.Clause} (since {stance.From})";
        }
    }

    private static Dictionary<string, Dictionary<string, string>> RelationsOf(LawPack pack) =>
        pack
            .Relations.GroupBy(one => $"{one.From} -> {one.To}", StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["type"] = string.Join("; ", group.Select(one => one.Type.ToString())),
                    ["conflict"] = string.Join(
                        "; ",
                        group.Select(one => one.IsConflict ? "yes" : "no")
                    ),
                    ["principle"] = string.Join("; ", group.Select(one => one.Principle ?? "")),
                    ["source"] = string.Join("; ", group.Select(one => one.Source)),
                },
                StringComparer.Ordinal
            );

    private static Dictionary<string, Dictionary<string, string>> InstrumentsOf(LawPack pack) =>
        pack.Instruments.ToDictionary(
            one => one.Id,
            one => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = one.Name,
                ["date"] = one.Date.Text,
            },
            StringComparer.Ordinal
        );

    private static Dictionary<string, string> FieldsOf(FactTerm fact) =>
        new(StringComparer.Ordinal)
        {
            ["gloss"] = fact.Gloss,
            ["question"] = fact.Question,
            ["counts"] = fact.Counts,
            ["does_not"] = fact.DoesNot,
            ["safety"] = fact.Safety.ToString(),
            ["ask_of"] = fact.AskOf.ToString(),
            ["safety_note"] = fact.SafetyNote ?? "",
            ["cost"] = fact.Cost.ToString(CultureInfo.InvariantCulture),
            ["assessor"] = fact.Assessor ?? "",
            ["evaluative"] = fact.IsEvaluative ? "yes" : "no",
        };

    private static Dictionary<string, string> FieldsOf(Profile profile) =>
        new(StringComparer.Ordinal)
        {
            ["body"] = profile.Body,
            ["valid"] = $"{profile.Valid.From?.Text ?? "always"}",
        };

    private static Dictionary<string, string> FieldsOf(Gap gap) =>
        new(StringComparer.Ordinal)
        {
            ["text"] = gap.Text,
            ["kind"] = gap.Kind.ToString(),
            ["rules"] = string.Join(", ", gap.Rules),
            ["when"] = gap.When?.ToString() ?? "",
        };
}
