using Breakwater.Decisions.Publishing;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>From a whole walk to a document that one audience may read.</summary>
public static class PublicationsFromWalk
{
    /// <summary>Composes a situation report, or another form. The release check comes first; nothing after it sees a withheld record.</summary>
    /// <param name="language">BCP 47; a language without tables falls back to English.</param>
    public static Publication Compose(
        Walked walk,
        Audience audience,
        string language,
        PublicationForm form = PublicationForm.SituationReport
    )
    {
        Report report = ResponseForms.Report(ReleaseCheck.For(walk, audience), form);
        return Written(report, ReleaseTexts.For(language));
    }

    private static Publication Written(Report report, Texts texts)
    {
        Walked walk = report.Released.Walk;
        IReadOnlyList<(string Section, Block Block)> blocks =
        [
            .. report.Sections.SelectMany(section =>
                section.Blocks.Select(block => (section.Key, block))
            ),
        ];
        Publication publication = new()
        {
            Id = "",
            Form = report.Form,
            Language = texts.Language,
            Title = Title(walk, texts),
            AsOf = walk.AsOf,
            Origin = walk.Origin,
            IsExercise = walk.IsExercise,
            Marking = ReleaseCheck.MarkingOf(report.Released.Audience),
            Paragraphs =
            [
                .. blocks
                    .Select(part => (part.Section, part.Block as Para))
                    .Where(part => part.Item2 is not null)
                    .Select(part => Of(part.Section, part.Item2!, texts)),
            ],
            Tables =
            [
                .. blocks
                    .Select(part => (part.Section, part.Block as Table))
                    .Where(part => part.Item2 is not null)
                    .Select(part => Of(part.Section, part.Item2!, texts)),
            ],
            Figures =
            [
                .. blocks
                    .Select(part => Of(part.Section, part.Block, texts))
                    .OfType<PublishedFigure>(),
            ],
            FourW = report.FourW,
            Withheld = report.Released.Withheld,
            Cite = walk.Cite,
        };
        // The id covers all that is published, in one language; the HTML is another form of the same and adds nothing.
        string id = ContentId.Of("pub", publication);
        return publication with
        {
            Id = id,
            Html = ReportHtml.Write(
                report,
                texts,
                publication.Title,
                id,
                walk.Cite?.Html(publication with { Id = id })
            ),
        };
    }

    /// <summary>The scenario's own title in the language, else in English, else its id.</summary>
    private static string Title(Walked walk, Texts texts) =>
        walk.Titles.GetValueOrDefault(texts.Language)
        ?? walk.Titles.GetValueOrDefault("en")
        ?? walk.Scenario;

    private static Paragraph Of(string section, Para para, Texts texts) =>
        new(
            para.Id,
            section,
            para.Label is null
                ? texts.Plain(para.Text)
                : $"{texts.Plain($"label.{para.Label}")}: {texts.Plain(para.Text)}",
            para.Origins,
            para.Inputs
        );

    private static PublishedTable Of(string section, Table table, Texts texts) =>
        new(
            table.Id,
            section,
            texts.Plain($"table.{table.Key}"),
            [.. table.Columns.Select(column => texts.Plain($"column.{column.Key}"))],
            [
                .. table.Rows.Select(row => new PublishedRow(
                    row.Id,
                    [.. row.Cells.Select(texts.Plain)],
                    row.Origins,
                    row.Inputs
                )),
            ],
            table.Inputs
        );

    private static PublishedFigure? Of(string section, Block block, Texts texts) =>
        block switch
        {
            MapFigure map => new PublishedFigure(
                map.Id,
                section,
                texts.Plain("map.title"),
                texts.Plain(MapSvg.Described(map)),
                map.Inputs
            ),
            TimelineFigure figure => new PublishedFigure(
                figure.Id,
                section,
                texts.Plain("timeline.title"),
                texts.Plain(TimelineSvg.Described(figure.Timeline)),
                figure.Inputs
            ),
            _ => null,
        };
}
