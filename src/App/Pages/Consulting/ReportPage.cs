using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications.Consultations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>The report of a consultation, in three forms that say the same. Before the launch it says that it is a draft.</summary>
internal sealed class ReportPage(Callers callers, Reading reading, InputsOnRecord held)
{
    public const string Path = "/consultations/{id}/report";

    public static string Of(string consultation) =>
        $"/consultations/{Uri.EscapeDataString(consultation)}/report";

    public Task Show(Visit visit) =>
        Tell(
            visit,
            report =>
                Answer.Report(
                    visit.Http,
                    Encoding.UTF8.GetBytes(
                        ConsultationReportHtml.Write(report, visit.Texts.Language)
                    )
                )
        );

    public Task ShowMarkdown(Visit visit) =>
        Tell(
            visit,
            report =>
                Answer.Send(
                    visit.Http,
                    StatusCodes.Status200OK,
                    "text/markdown; charset=utf-8",
                    Encoding.UTF8.GetBytes(
                        ConsultationReportMarkdown.Write(report, visit.Texts.Language)
                    )
                )
        );

    public Task ShowJson(Visit visit) =>
        Tell(
            visit,
            report => visit.Http.Response.WriteAsJsonAsync(report, Json.Compact, visit.Cancel)
        );

    private async Task Tell(Visit visit, Func<ConsultationReport, Task> send)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading
                .One(visit, Catalogue.Known.Of(Consultation.Kind)!, caller)
                .ConfigureAwait(false)
                is not { } seen
            || ConsultationView.Of(seen) is not { Paragraphs.Count: > 0 } consultation
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        HeldInputs inputs = await held.Of(seen.Id, visit.Cancel).ConfigureAwait(false);
        await send(
                ConsultationReport.Of(
                    consultation,
                    inputs.All,
                    inputs.Groups,
                    inputs.Traces(consultation)
                )
            )
            .ConfigureAwait(false);
    }
}
