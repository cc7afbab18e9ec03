namespace Breakwater.Publications.Releases;

/// <summary>What a publication takes the place of, and what was wrong with that: said first, in every form that has no box at its top.</summary>
public static class Correction
{
    /// <summary>None for what corrects nothing.</summary>
    public static IReadOnlyList<Section> Sections(Corrected? corrects)
    {
        if (corrects is null)
        {
            return [];
        }

        var draft = new Draft("correction");
        draft.Say(
            new Said(
                "headline.corrects",
                ("at", new Moment(corrects.AsOf)),
                ("id", new Code(corrects.Id)),
                ("why", new Free(corrects.Why))
            ),
            [corrects.Id],
            tone: Tone.Caution
        );
        return [draft.Section];
    }

    /// <summary>The same for an HTML document that another composer wrote; empty for what corrects nothing.</summary>
    public static string Html(Corrected? corrects, string language) =>
        string.Concat(
            Sections(corrects)
                .Select(section => ReportHtml.Section(section, ReleaseTexts.For(language)))
        );
}
