using Breakwater.Norms.Findings;
using Breakwater.Publications.Hxl;

namespace Breakwater.Publications.Gaps;

/// <summary>Gaps of the law as the public may know of them.</summary>
/// <param name="Names">What the law pack calls them; null where no pack could be read.</param>
public sealed record LawGapsTold(GapLedger Ledger, WordsOfPack? Names)
{
    public Word Name(GapCount gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return Names?.Gap(gap.Gap) ?? new Free(gap.Text);
    }
}

/// <summary>Where law is silent or disagrees, with how many disruptions on record met with it. Whose conduct it was is not said.</summary>
internal static class LawGaps
{
    /// <summary>None where nobody worked it out.</summary>
    public static IReadOnlyList<Section> Sections(Released released) =>
        released.Walk.LawGaps is { Ledger.Gaps.Count: > 0 } told ? [Section(released, told)] : [];

    public static HxlTable Table(LawGapsTold told, Texts texts) =>
        HxlMapping.LawGaps.Table(
            told.Ledger.Gaps,
            (gap, column) =>
                column switch
                {
                    "gap" => gap.Gap,
                    "text" => HxlTable.Cell(texts.Plain(told.Name(gap))),
                    "disruptions" => HxlTable.Cell(gap.Disruptions),
                    "silence" => HxlTable.Cell(Met(gap, GapEntryKind.Silence)),
                    "divergence" => HxlTable.Cell(Met(gap, GapEntryKind.Divergence)),
                    "declared" => HxlTable.Cell(Met(gap, GapEntryKind.Declared)),
                    "rules" => HxlTable.Cell(string.Join("; ", gap.Rules)),
                    "residents_low" => HxlTable.Cell(Residents(gap)?.Low),
                    "residents_high" => HxlTable.Cell(Residents(gap)?.High),
                    "disruptions_uncounted" => HxlTable.Cell(gap.Harm.Unknown),
                    _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
                }
        );

    private static Section Section(Released released, LawGapsTold told)
    {
        var draft = new Draft("law-gaps");
        string[] whole = [Ids.OfScenario(released.Walk)];
        draft.Say(new Said("norms.standard"), whole, tone: Tone.Caution);
        draft.Say(
            new Said("law-gaps.counted", ("n", new Count(told.Ledger.Disruptions))),
            whole,
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "law-gaps",
            [new("law-gap"), new("disruptions", IsNumber: true), new("how-met"), new("harm")],
            told.Ledger.Gaps.Where(gap => gap.Disruptions > 0)
                .OrderByDescending(gap => gap.Disruptions)
                .Select(gap =>
                    (
                        new Word[]
                        {
                            Named(told, gap),
                            new Count(gap.Disruptions),
                            new Lines([
                                .. gap.Kinds.Select(kind => new Said(
                                    "norms.met-as",
                                    ("how", Word.Of("gap-met", kind.Kind)),
                                    ("n", new Count(kind.Disruptions))
                                )),
                            ]),
                            new Said(
                                "law-gaps.harm",
                                ("people", People.Printed(gap.Harm.Residents)),
                                ("n", new Count(gap.Harm.Unknown))
                            ),
                        },
                        gap.Incidents.Select(one => one.Finding),
                        (IEnumerable<Vocabulary.Origin>)[]
                    )
                )
        );
        GapCount[] others = [.. told.Ledger.Gaps.Where(gap => gap.Disruptions == 0)];
        if (others.Length > 0)
        {
            draft.Say(
                new Said(
                    "law-gaps.others",
                    ("gaps", new Lines([.. others.Select(gap => Named(told, gap))]))
                ),
                whole
            );
        }

        return draft.Section;
    }

    private static Said Named(LawGapsTold told, GapCount gap) =>
        new("norms.gap", ("id", new Code(gap.Gap)), ("text", told.Name(gap)));

    private static long Met(GapCount gap, GapEntryKind kind) =>
        gap.Kinds.Where(one => one.Kind == kind).Sum(one => one.Disruptions);

    private static Vocabulary.CountRange? Residents(GapCount gap) =>
        gap.Harm.Residents is { High: > 0 and < ReleaseCheck.SmallestGroupOfPeople }
            ? null
            : gap.Harm.Residents;
}
