using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>From a report, whatever it is of, to the document in one language.</summary>
internal static class PublicationFromReport
{
    public static Publication Write(Report report, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(texts);
        Front front = report.Front;
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
            Title = front.Title(texts.Language),
            AsOf = front.AsOf,
            Origin = front.Origin,
            IsExercise = front.IsExercise,
            Marking = ReleaseCheck.MarkingOf(front.Audience),
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
            Withheld = front.Withheld,
            Cite = front.Cite,
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
                front.Cite?.Html(publication with { Id = id })
            ),
        };
    }

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
