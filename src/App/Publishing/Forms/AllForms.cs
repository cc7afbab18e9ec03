using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Decisions.Publishing;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Exercises;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>
/// Every form of publication: of what it is, and how it is composed of what the public may see of that. From there all take the same
/// way, by two people to everybody, and back.
/// </summary>
internal static class AllForms
{
    private const string Response = "response";
    private const string Case = "continuity-case";

    private static readonly Dictionary<
        (PublicationForm Form, string Kind),
        Func<FormAsked, Task<(ComposedForm? Composed, Refusal? Refusal)>>
    > _forms = new()
    {
        [(PublicationForm.SituationReport, Response)] = ResponseForm.Compose,
        [(PublicationForm.Alert, Response)] = ResponseForm.Compose,
        [(PublicationForm.FourW, Response)] = ResponseForm.Compose,
        [(PublicationForm.GapReport, Response)] = ResponseForm.Compose,
        [(PublicationForm.GapReport, GapForm.Kind)] = GapForm.Compose,
        [(PublicationForm.LegalBrief, FactSheetFile.Kind)] = BriefForm.Compose,
        [(PublicationForm.Index, IndexForm.Kind)] = IndexForm.Compose,
        [(PublicationForm.AfterAction, Exercise.Kind)] = ExerciseForm.Compose,
        [(PublicationForm.ConsultationReport, Consultation.Kind)] = ConsultationForm.Compose,
        [(PublicationForm.ContinuityCase, Case)] = CaseForm.Compose,
    };

    /// <summary>The forms in which something of a kind is published.</summary>
    public static IEnumerable<PublicationForm> Of(string kind) =>
        _forms.Keys.Where(form => form.Kind == kind).Select(form => form.Form).Order();

    /// <param name="of">What it is of: <c>kind/id</c>.</param>
    /// <param name="replaced">The publication that this one corrects; null for none.</param>
    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(
        Act act,
        PublicationForm form,
        string of,
        PublicationFile? replaced,
        string? correction
    ) =>
        of.Split('/', 2) is [var kind, { Length: > 0 } id]
        && _forms.TryGetValue(
            (form, kind),
            out Func<FormAsked, Task<(ComposedForm? Composed, Refusal? Refusal)>>? compose
        )
            ? await compose(new FormAsked(act, form, kind, id, replaced, correction))
                .ConfigureAwait(false)
            : (
                null,
                Refusal.Invalid(
                    $"a publication of the form {Checks.Word(form)} is of one thing of the kind {string.Join(" or ", _forms.Keys.Where(each => each.Form == form).Select(each => each.Kind))}; write it as kind/id"
                )
            );
}
