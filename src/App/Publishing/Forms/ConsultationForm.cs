using System.Text;
using System.Text.Json;
using Breakwater.App.Consultations;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications;
using Breakwater.Publications.Consultations;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>The report of a consultation that was launched.</summary>
internal static class ConsultationForm
{
    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked)
    {
        if (
            await asked.Public<Consultation, ConsultationEvent>().ConfigureAwait(false)
            is not { } consultation
        )
        {
            return (null, asked.Hidden);
        }

        if (consultation.Phase != ConsultationPhase.Launched)
        {
            return (
                null,
                Refusal.WrongState(
                    $"its report was not launched: it is {consultation.Standing}. People can read and remark on the draft on its page until then"
                )
            );
        }

        HeldInputs inputs = await HeldInputs
            .Read(asked.Records, consultation.Id)
            .ConfigureAwait(false);
        ConsultationReport report = ConsultationReport.Of(
            consultation,
            inputs.All,
            inputs.Groups,
            inputs.Traces(consultation)
        ) with
        {
            Licence = asked.Cite.Licence,
        };
        return (
            new ComposedForm(
                [
                    .. Texts
                        .Languages()
                        .Select(language =>
                            new ComposedPage(
                                language,
                                report.Title,
                                ConsultationReportHtml.Write(report, language),
                                ConsultationParagraphs.Of(report)
                            ).In(asked)
                        ),
                ],
                [
                    new ReleasedFile(
                        "consultation-report.json",
                        "application/json",
                        JsonSerializer.SerializeToUtf8Bytes(report, Json.Indented)
                    ),
                    .. Texts
                        .Languages()
                        .Select(language => new ReleasedFile(
                            $"consultation-report.{language}.md",
                            "text/markdown",
                            Encoding.UTF8.GetBytes(
                                ConsultationReportMarkdown.Write(report, language)
                            )
                        )),
                ]
            ),
            null
        );
    }
}
