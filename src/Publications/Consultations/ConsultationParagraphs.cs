namespace Breakwater.Publications.Consultations;

/// <summary>The paragraphs of a consultation's text as those of a publication, each with the inputs that it names (INV-10).</summary>
public static class ConsultationParagraphs
{
    public static IReadOnlyList<Paragraph> Of(ConsultationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. report.Paragraphs.Select(paragraph =>
            {
                string[] inputs =
                [
                    .. paragraph
                        .Inputs.Select(id => $"consultation-input/{id}")
                        .Append($"consultation/{report.Id}")
                        .Order(StringComparer.Ordinal),
                ];
                return new Paragraph(
                    Ids.Of("p", paragraph.Id, new Free(paragraph.Text), inputs),
                    paragraph.Id,
                    paragraph.Text,
                    [],
                    inputs
                );
            }),
        ];
    }
}
