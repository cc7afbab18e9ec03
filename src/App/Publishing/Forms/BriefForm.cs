using System.Text;
using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Law;
using Breakwater.Decisions.FactSheets;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Publications;
using Breakwater.Publications.Briefs;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>The legal brief of a fact sheet, as far as the public may see that.</summary>
internal static class BriefForm
{
    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked)
    {
        if (
            await asked.Records.Document($"{asked.Kind}/{asked.Id}").ConfigureAwait(false)
                is not { } document
            // Answers are marked one by one, so the sheet is read as it is shown and not as it is kept.
            || Representation
                .Seen(document, Reader.Anonymous, asked.Now)
                ?.Deserialize<FactSheetFile>(Json.Compact)
                is not { } sheet
        )
        {
            return (null, asked.Hidden);
        }

        if (SheetAssessed.Of(sheet, null) is not { } assessed)
        {
            return (
                null,
                Refusal.WrongState(
                    "the law pack of this node cannot be read; put back the folder law/ that comes with the executable"
                )
            );
        }

        Brief[] briefs =
        [
            .. Texts
                .Languages()
                .Select(language =>
                    LegalBrief.Compose(
                        assessed,
                        LawAtHand.Read.Texts,
                        // Anybody reads it, so it holds no question that a documenter may not put.
                        AssessDocument.Questions(assessed, Respondent.Documenter),
                        PositionsFromFindings.Of(assessed),
                        language,
                        document.Subject
                    )
                ),
        ];
        return (
            new ComposedForm(
                [.. briefs.Select(brief => Page(brief, document.Subject).In(asked))],
                [
                    .. briefs.Select(brief => new ReleasedFile(
                        $"legal-brief.{brief.Language}.json",
                        "application/json",
                        Encoding.UTF8.GetBytes(BriefJson.Write(brief))
                    )),
                    .. briefs.Select(brief => new ReleasedFile(
                        $"legal-brief.{brief.Language}.md",
                        "text/markdown",
                        Encoding.UTF8.GetBytes(BriefMarkdown.Write(brief))
                    )),
                ]
            ),
            null
        );
    }

    private static ComposedPage Page(Brief brief, string subject)
    {
        Texts texts = BriefTexts.For(brief.Language);
        return new ComposedPage(
            brief.Language,
            texts.Plain(brief.Title),
            BriefHtml.Write(brief, isCarried: true),
            BriefParagraphs.Of(brief, subject)
        );
    }
}
