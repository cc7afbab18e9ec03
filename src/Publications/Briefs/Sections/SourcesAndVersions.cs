using NodaTime.Text;

namespace Breakwater.Publications.Briefs;

/// <summary>What it rests on, how to contest it, and what it takes to make the same again.</summary>
internal static class SourcesAndVersions
{
    private const int RulesMax = 6;

    public static BriefSection Section(Ground ground)
    {
        var draft = new BriefDraft("sources");
        draft.Tabulate(
            new Said("brief.table.sources"),
            ["no", "cite", "rules", "place"],
            ground.SourcesShown.Select(source =>
                (
                    source.Tag,
                    (Word[])
                        [
                            new Code(source.Tag),
                            new Free(source.Cite),
                            QuestionsNext.Some(source.Rules, RulesMax),
                            new Said(source.IsChecked ? "checked.all" : "checked.none"),
                        ],
                    Trace.Of(Trace.Sources(source.Tag), Trace.Rules(source.Rules))
                )
            )
        );
        draft.Head(new Said("contest.title"), anchor: "contest");
        draft.Say(
            new Said(
                "contest.how",
                ("address", new Code(ContestForm.Of("RULE", "READING", "INCIDENT", "PACK")))
            ),
            Trace.Of(Trace.Notice("contest"))
        );
        draft.Head(new Said("versions.title"), anchor: "versions");
        draft.Say(
            new Said(
                "versions.pack",
                ("pack", new Code(ground.Pack.Id)),
                ("version", new Code(ground.Pack.Version)),
                ("date", new Code(ground.Pack.RecordedAt.Text)),
                ("hash", new Code(ground.Pack.Hash))
            ),
            Trace.Of(Trace.Pack("id", "version", "hash"))
        );
        draft.Say(
            new Said("versions.facts", ("hash", new Code(ground.Assessed.Facts.Hash))),
            Trace.Of(Trace.Asked("facts"))
        );
        draft.Say(
            new Said("versions.again", ("command", new Code(Command(ground)))),
            Trace.Of(Trace.Asked("facts", "valid-as-of", "known-as-of", "burden-closure"))
        );
        return draft.Section;
    }

    private static string Command(Ground ground)
    {
        var words = new List<string> { "breakwater norms assess FACTS.yaml" };
        if (ground.Assessed.AsOf.Valid is { } valid)
        {
            words.Add($"--valid-as-of {LocalDatePattern.Iso.Format(valid)}");
        }

        if (ground.Assessed.AsOf.Known is { } known)
        {
            words.Add($"--known-as-of {LocalDatePattern.Iso.Format(known)}");
        }

        if (ground.Assessed.IsClosed)
        {
            words.Add("--closure");
        }

        if (ground.Assessed.Profiles.Count == 1 && ground.Pack.Profiles.Count > 1)
        {
            words.Add($"--profile {ground.Assessed.Profiles[0]}");
        }

        return string.Join(' ', words);
    }
}
