using Breakwater.Publications;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>A document in one language that has a writer of its own.</summary>
/// <param name="Html">Whole: it has a header, and ends in <c>&lt;/main&gt;</c> and what follows. A correction is put after the one, the citation before the other.</param>
/// <param name="Paragraphs">What it says, each with the records that it was taken from (INV-10).</param>
internal sealed record ComposedPage(
    string Language,
    string Title,
    string Html,
    IReadOnlyList<Paragraph> Paragraphs
)
{
    private const string HeaderEnd = "</header>\n";
    private const string MainEnd = "</main>";

    public Publication In(FormAsked asked)
    {
        Corrected? corrects = asked.Corrects(Language);
        string html = Framed(asked.IsExercise, corrects);
        Publication publication = new()
        {
            Id = "",
            Form = Checks.Word(asked.Form),
            Language = Language,
            Title = Title,
            AsOf = asked.Now,
            Origin = Origin.Reported,
            IsExercise = asked.IsExercise,
            Marking = Marking.Public,
            Paragraphs = Paragraphs,
            Tables = [],
            Figures = [],
            FourW = [],
            Withheld = [],
            Cite = asked.Cite,
        };
        publication = publication with { Id = ContentId.Of("pub", new { publication, html }) };
        return publication with
        {
            Html = html.Insert(
                html.LastIndexOf(MainEnd, StringComparison.Ordinal),
                asked.Cite.Html(publication)
            ),
        };
    }

    private string Framed(bool isExercise, Corrected? corrects)
    {
        string banner = isExercise
            ? $"<p class=\"banner exercise\" role=\"note\">{ReleaseTexts.For(Language).Html("banner.exercise")}</p>\n"
            : "";
        return Html.Insert(
            Html.IndexOf(HeaderEnd, StringComparison.Ordinal) + HeaderEnd.Length,
            banner + Correction.Html(corrects, Language)
        );
    }
}
