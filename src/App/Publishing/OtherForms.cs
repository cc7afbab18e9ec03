using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Law;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Decisions.Publishing;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Publications;
using Breakwater.Publications.Briefs;
using Breakwater.Publications.Releases;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>A document in one language as its own composer gave it.</summary>
/// <param name="Html">A whole document that ends in <c>&lt;/main&gt;</c> and what follows; the citation is put before that.</param>
internal sealed record ComposedPage(string Language, string Title, string Html);

/// <param name="Pages">One a language, the first of them for whoever asks for another.</param>
internal sealed record ComposedForm(
    IReadOnlyList<ComposedPage> Pages,
    IReadOnlyList<ReleasedFile> Files
);

/// <summary>
/// Publications that are not of a response: each form names the kind of subject that it is of, and composes from what the public may
/// see of that subject.
/// </summary>
internal static class OtherForms
{
    /// <summary>By form: the kind of the subject, and how it is composed; null for a subject of which the public may see nothing.</summary>
    private static readonly Dictionary<
        PublicationForm,
        (string Kind, Func<Document, Instant, ComposedForm?> Compose)
    > _forms = new() { [PublicationForm.LegalBrief] = (FactSheetFile.Kind, Brief) };

    public static async Task<(
        IReadOnlyList<Publication>? Publications,
        IReadOnlyList<ReleasedFile> Files,
        Refusal? Refusal
    )> Compose(Act act, PublicationForm form, string of)
    {
        if (
            !_forms.TryGetValue(
                form,
                out (string Kind, Func<Document, Instant, ComposedForm?> Compose) known
            )
        )
        {
            return (
                null,
                [],
                Refusal.Invalid(
                    $"this node composes no publication of the form {Checks.Word(form)}"
                )
            );
        }

        if (!of.StartsWith(known.Kind + "/", StringComparison.Ordinal))
        {
            return (null, [], Refusal.Invalid($"a {Checks.Word(form)} is about a {known.Kind}"));
        }

        IRecords records = act.Work.Records;
        return
            await records.Document(of).ConfigureAwait(false) is { } document
            && known.Compose(document, act.Now) is { } composed
            ? ([.. composed.Pages.Select(page => Of(act, form, page))], composed.Files, null)
            : (
                null,
                [],
                Refusal.WrongState(
                    $"there is no such {known.Kind}, or the public may not see it, so there is nothing to publish"
                )
            );
    }

    private static Publication Of(Act act, PublicationForm form, ComposedPage page)
    {
        Publication publication = new()
        {
            Id = "",
            Form = Checks.Word(form),
            Language = page.Language,
            Title = page.Title,
            AsOf = act.Now,
            Origin = Origin.Reported,
            IsExercise = false,
            Marking = Marking.Public,
            Paragraphs = [],
            Tables = [],
            Figures = [],
            FourW = [],
            Withheld = [],
            Cite = new Citation(act.Work.Records.Node.Name, act.Licence),
        };
        string id = ContentId.Of("pub", new { publication, page.Html });
        publication = publication with { Id = id };
        int end = page.Html.LastIndexOf("</main>", StringComparison.Ordinal);
        return publication with
        {
            Html = page.Html.Insert(end, publication.Cite.Html(publication)),
        };
    }

    private static ComposedForm? Brief(Document document, Instant now)
    {
        if (
            Representation
                .Seen(document, Reader.Anonymous, now)
                ?.Deserialize<FactSheetFile>(Json.Compact)
                is not { } sheet
            || SheetAssessed.Of(sheet, null) is not { } assessed
        )
        {
            return null;
        }

        return new ComposedForm(
            [
                .. Texts
                    .Languages()
                    .Select(language =>
                    {
                        Brief brief = LegalBrief.Compose(
                            assessed,
                            LawAtHand.Read.Texts,
                            // Anybody reads it, so it holds no question that a documenter may not put.
                            AssessDocument.Questions(assessed, Respondent.Documenter),
                            PositionsFromFindings.Of(assessed),
                            language,
                            document.Subject
                        );
                        return new ComposedPage(
                            language,
                            Texts.For(language).Plain(brief.Title),
                            BriefHtml.Write(brief)
                        );
                    }),
            ],
            []
        );
    }
}
