using System.Text;
using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>
/// The octets of a publication, for whoever may read its subject: a draft for those who are to approve it, a released one and its
/// proof for everybody. One that was withdrawn is gone, except for those who are to confirm that.
/// </summary>
internal sealed class PublicationRoutes(
    IRecords records,
    Catalogue catalogue,
    Callers callers,
    IClock clock
)
{
    public void Map(IEndpointRouteBuilder site)
    {
        SubjectKind kind = catalogue.Of(PublicationFile.Kind)!;
        string one = $"{SubjectRoutes.Root}/{kind.Plural}/{{id}}";
        site.MapGet($"{one}/document", (Delegate)Read)
            .Describe(kind, "document", typeof(string), "text/html")
            .ProducesProblem(StatusCodes.Status410Gone);
        site.MapGet($"{one}/proof", (Delegate)Prove)
            .Describe(kind, "proof", typeof(string), "text/plain")
            .ProducesProblem(StatusCodes.Status410Gone);
    }

    /// <summary>Where one reads it in a language.</summary>
    public static string DocumentPath(string id, string language) =>
        $"{SubjectRoutes.Root}/publications/{Uri.EscapeDataString(id)}/document?lang={language}";

    private async Task Read(HttpContext context)
    {
        (PublicationFile? file, PublicationDocument? document, Problem? problem) = await Find(
                context
            )
            .ConfigureAwait(false);
        Representation.ForOneReader(context.Response);
        await (
            file is not null
            && await records.Evidence(document!.Html).ConfigureAwait(false) is { } html
                ? Answer.Report(context, html)
                : (problem ?? Problem.NotFound).Send(context)
        ).ConfigureAwait(false);
    }

    private async Task Prove(HttpContext context)
    {
        (PublicationFile? file, PublicationDocument? document, Problem? problem) = await Find(
                context
            )
            .ConfigureAwait(false);
        if (
            file is not { IsOut: true }
            || await ProofFiles
                .Of(records, document!.Publication, document.Html, context.RequestAborted)
                .ConfigureAwait(false)
                is not { } proof
        )
        {
            await (problem ?? Problem.NotFound).Send(context).ConfigureAwait(false);
            return;
        }

        Representation.ForOneReader(context.Response);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentDisposition =
            $"attachment; filename=situation-report.{document.Language}{TlogProof.Extension}";
        await context
            .Response.Body.WriteAsync(
                Encoding.UTF8.GetBytes(proof.ToString()),
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }

    /// <summary>The publication and the document in the language asked for, else in the first; or why not.</summary>
    private async Task<(PublicationFile?, PublicationDocument?, Problem?)> Find(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        if (
            id.Length > 200
            || id.Any(char.IsControl)
            || await records.Document($"{PublicationFile.Kind}/{id}").ConfigureAwait(false)
                is not { } found
            || !Representation.May(caller.Reader, found, now)
        )
        {
            return (null, null, Problem.NotFound);
        }

        PublicationFile file = SubjectKind<PublicationFile, PublicationEvent>.Read(found.Body);
        if (
            file.Withdrawal is { } withdrawal
            && !Guard.May(caller.Reader, PublicationFile.Unreleased, now)
        )
        {
            return (null, null, Problem.Gone(withdrawal.At, withdrawal.Reason));
        }

        string language = context.Request.Query["lang"].ToString();
        return (
            file,
            file.Documents.FirstOrDefault(document => document.Language == language)
                ?? file.Documents[0],
            null
        );
    }
}
