using Breakwater.Norms.Findings;

namespace Breakwater.Publications.Briefs;

/// <summary>Where the law is silent or divided on these facts.</summary>
internal static class GapsMet
{
    public static BriefSection Section(Ground ground)
    {
        var draft = new BriefDraft("gaps");
        if (ground.Assessed.Gaps.Count == 0)
        {
            draft.Say(
                new Said("gaps.none"),
                Trace.Of(Trace.Gaps(ground.Pack.Gaps.Select(gap => gap.Id)))
            );
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        draft.Tabulate(
            new Said("brief.table.gaps"),
            ["gap", "text", "kind", "means"],
            ground.Assessed.Gaps.Select(entry =>
                (
                    seen.Add(entry.Gap.Id) ? entry.Gap.Id : "",
                    (Word[])
                        [
                            new Code(entry.Gap.Id),
                            ground.Names.Gap(entry.Gap),
                            Word.Of("gap-kind", entry.Kind),
                            Means(entry),
                        ],
                    Trace.Of(
                        Trace.Gaps(entry.Gap.Id),
                        Trace.Rules(entry.Rules.Select(rule => rule.Id))
                    )
                )
            )
        );
        return draft.Section;
    }

    private static Word Means(GapEntry entry)
    {
        Word kind = Word.Of("gap-means", entry.Kind);
        return entry.Rules.Count == 0
            ? kind
            : new Said(
                "gaps.with-rules",
                ("means", kind),
                ("rules", new Listed([.. entry.Rules.Select(rule => new Code(rule.Id))]))
            );
    }
}
