using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Publications;

/// <summary>
/// What named bodies would say of the disruptions, prima facie, and on which facts; what they disagree on and why; what nobody can say
/// for want of facts; where law is silent. It states no result of its own.
/// </summary>
internal static class WhichNormsApply
{
    /// <summary>None where nobody worked it out: that is not the same as no norm.</summary>
    public static IReadOnlyList<Section> Sections(Released released) =>
        released.Walk.Norms is { } norms ? [Section(released, norms)] : [];

    private static Section Section(Released released, NormsTold norms)
    {
        var draft = new Draft("norms");
        IReadOnlyList<DisruptionFindings> findings = norms.Found.Findings;
        if (findings.Count == 0)
        {
            draft.Say(
                released.None("norms.none", ReleaseCheck.Findings, "disruption"),
                [Ids.OfScenario(released.Walk)]
            );
            return draft.Section;
        }

        string[] all = [.. findings.Select(finding => finding.Id)];
        draft.Say(new Said("norms.standard"), all, tone: Tone.Caution);
        foreach (var same in findings.GroupBy(finding => (finding.Pack, finding.AsOf.Valid)))
        {
            Basis(draft, same.Key.Pack, same.Key.Valid, [.. same.Select(finding => finding.Id)]);
        }

        var told = new Telling(draft, norms, released.Walk.Detection.Disruptions);
        told.Facts();
        told.Readings();
        told.Gaps();
        told.Undetermined();
        draft.Say(
            new Said("norms.contest", ("where", new Code("/act/contests/contest-finding"))),
            all
        );
        if (norms.Found.LeftOut > 0)
        {
            draft.Say(
                new Said("norms.left-out", ("n", new Count(norms.Found.LeftOut))),
                all,
                tone: Tone.Caution
            );
        }

        return draft.Section;
    }

    private static void Basis(Draft draft, UsedPack pack, string valid, string[] ids)
    {
        draft.Say(
            new Said(
                "norms.pack",
                ("pack", new Code($"{pack.Id} {pack.Version}")),
                ("hash", new Code(pack.Hash)),
                ("day", new Day(LocalDatePattern.Iso.Parse(valid).Value))
            ),
            ids
        );
        if (pack.Status == PackStatus.Draft)
        {
            draft.Say(new Said("norms.draft"), ids, tone: Tone.Caution);
        }
    }

    /// <summary>What several findings say alike stands in one row, with the places that it is about.</summary>
    private sealed class Telling(
        Draft draft,
        NormsTold norms,
        IReadOnlyList<Disruption> disruptions
    )
    {
        private readonly WordsOfPack names = new(norms.Pack, norms.Texts);

        public void Facts()
        {
            var rows = All(
                finding => finding.Proposed,
                fact => (fact.Fact, fact.Value, fact.Source)
            );
            if (rows.Count == 0)
            {
                draft.Say(new Said("norms.no-facts"), Every());
                return;
            }

            draft.Tabulate(
                "norm-facts",
                [
                    new("fact"),
                    new("fact-value"),
                    new("says-who"),
                    new("sure"),
                    new("reason"),
                    new("where"),
                ],
                rows.Select(row =>
                    (
                        new Word[]
                        {
                            names.Term(row.Item.Fact),
                            new Said(row.Item.Value ? "norms.said" : "norms.denied"),
                            new Free(row.Item.Source),
                            row.Item.Confidence is { } sure
                                ? Headline.HowSure(sure)
                                : new Said("not-stated"),
                            new Free(row.Item.Because),
                            Where(row.By),
                        },
                        row.By.Select(finding => finding.Id)
                            .Concat(row.By.Select(finding => finding.Facts)),
                        (IEnumerable<Origin>)[row.Item.Origin]
                    )
                )
            );
        }

        public void Readings()
        {
            draft.Tabulate(
                "norm-readings",
                [
                    new("rule"),
                    new("standing"),
                    new("bodies"),
                    new("rests-on"),
                    new("turns-on"),
                    new("cited"),
                    new("where"),
                    new("contest"),
                ],
                All(finding => finding.Rules, JsonOf)
                    .OrderBy(row => row.Item.Standing != Standing.Contested)
                    .Select(row =>
                        (
                            new Word[]
                            {
                                new Said(
                                    "norms.rule",
                                    ("title", names.Rule(row.Item.Rule)),
                                    ("id", new Code(row.Item.Rule)),
                                    ("regime", names.Regime(row.Item.Regime))
                                ),
                                Word.Of("standing", row.Item.Standing),
                                Bodies(row.Item),
                                Terms(row.Item.RestsOn),
                                Turning(row.Item),
                                new Listed([
                                    .. row.Item.Sources.Select(source => new Free(source)),
                                ]),
                                Where(row.By),
                                new Lines([.. row.By.Select(finding => new Code(finding.Contest))]),
                            },
                            row.By.Select(finding => finding.Id),
                            (IEnumerable<Origin>)[]
                        )
                    ),
                isWide: true
            );
        }

        public void Gaps() =>
            draft.Tabulate(
                "norm-gaps",
                [new("law-gap"), new("how-met"), new("rules"), new("where")],
                All(finding => finding.Gaps, JsonOf)
                    .Select(row =>
                        (
                            new Word[]
                            {
                                new Said(
                                    "norms.gap",
                                    ("id", new Code(row.Item.Gap)),
                                    ("text", names.Gap(row.Item.Gap))
                                ),
                                Word.Of("gap-met", row.Item.Kind),
                                new Listed([.. row.Item.Rules.Select(rule => new Code(rule))]),
                                Where(row.By),
                            },
                            row.By.Select(finding => finding.Id),
                            (IEnumerable<Origin>)[]
                        )
                    )
            );

        /// <summary>Unknown is not false: what would have to be known is said beside how much hangs on it.</summary>
        public void Undetermined()
        {
            foreach (
                var same in norms
                    .Found.Findings.Where(finding => finding.Undetermined.Count > 0)
                    .GroupBy(finding =>
                        (
                            finding.Undetermined.Count,
                            Asked: string.Join(
                                '\n',
                                finding.NextQuestions.Select(question => question.Fact)
                            )
                        )
                    )
            )
            {
                DisruptionFindings[] by = [.. same];
                draft.Say(
                    new Said(
                        "norms.undetermined",
                        ("n", new Count(same.Key.Count)),
                        ("where", Where(by)),
                        (
                            "questions",
                            new Listed([
                                .. by[0]
                                    .NextQuestions.Select(question =>
                                        names.Question(question.Fact)
                                    ),
                            ])
                        )
                    ),
                    by.Select(finding => finding.Id)
                );
            }
        }

        private static string JsonOf<T>(T item) => JsonSerializer.Serialize(item, Json.Compact);

        private IEnumerable<string> Every() => norms.Found.Findings.Select(finding => finding.Id);

        private List<(T Item, DisruptionFindings[] By)> All<T, TKey>(
            Func<DisruptionFindings, IEnumerable<T>> parts,
            Func<T, TKey> alike
        ) =>
            [
                .. norms
                    .Found.Findings.SelectMany(finding =>
                        parts(finding).Select(item => (Item: item, Finding: finding))
                    )
                    .GroupBy(pair => alike(pair.Item))
                    .Select(group =>
                        (group.First().Item, group.Select(pair => pair.Finding).ToArray())
                    ),
            ];

        private Lines Bodies(RuleReadings rule)
        {
            int readings = rule.Outcomes.Sum(said => said.Profiles.Count);
            Word[] said =
            [
                .. rule.Outcomes.Select(one => new Said(
                    one.Profiles.Count == readings ? "norms.all-say" : "norms.bodies-say",
                    ("outcome", Outcome(rule, one.Outcome)),
                    ("n", new Count(readings)),
                    ("bodies", new Listed([.. one.Profiles.Select(names.Body)]))
                )),
            ];
            return rule.OpenDefences.Count == 0
                ? new Lines(said)
                : new Lines([
                    .. said,
                    new Said(
                        "norms.defence",
                        ("defences", new Listed([.. rule.OpenDefences.Select(names.Exception)]))
                    ),
                ]);
        }

        /// <summary>In criminal law an outcome says that elements are made out on the facts supplied, and nothing of a person.</summary>
        private static Term Outcome(RuleReadings rule, string outcome) =>
            new(
                "prima-facie",
                rule.Regime == "ICL" && outcome == "violated" ? "elements" : outcome
            );

        private Said Turning(RuleReadings rule) =>
            rule.TurnsOn.Count > 0
                ? new Said(
                    "norms.turns-on",
                    (
                        "terms",
                        new Listed([
                            .. rule.TurnsOn.Select(term =>
                                term == "breach" ? new Said("norms.breach") : names.Term(term)
                            ),
                        ])
                    ),
                    ("facts", Terms(rule.Atoms))
                )
            : rule.Missing.Count > 0 ? new Said("norms.lacks", ("facts", Terms(rule.Missing)))
            : new Said("nothing");

        private Word Terms(IReadOnlyList<string> ids) =>
            ids.Count == 0 ? new Said("nothing") : new Listed([.. ids.Select(names.Term)]);

        private Listed Where(IReadOnlyList<DisruptionFindings> by) =>
            new Listed([
                .. by.Select(finding =>
                    {
                        string? network = disruptions
                            .FirstOrDefault(disruption => disruption.Id == finding.Disruption)
                            ?.Network;
                        Word place = Word.Of(finding.Place);
                        return network is null
                            ? place
                            : new Said(
                                "known.network",
                                ("network", new Free(network)),
                                ("where", place)
                            );
                    })
                    .Distinct(),
            ]);
    }
}
