using System.Text;
using Breakwater.App.Pages;
using Breakwater.App.Publishing;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <param name="Retraction"><c>reached</c> or <c>unconfirmed</c>; null while it was not withdrawn.</param>
internal sealed record RecipientTold(
    string Node,
    Instant SentAt,
    string? Retraction,
    Instant? ReachedAt
);

internal sealed record RecipientsTold(IReadOnlyList<RecipientTold> Items);

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
        site.Get($"{one}/document", Read)
            .Describe(kind, "document", typeof(string), "text/html")
            .ProducesProblem(StatusCodes.Status410Gone);
        site.Get($"{one}/proof", Prove)
            .Describe(kind, "proof", typeof(string), "text/plain")
            .ProducesProblem(StatusCodes.Status410Gone);
        site.Get($"{one}/files/{{name}}", File)
            .Describe(kind, "file", typeof(string), "application/octet-stream")
            .ProducesProblem(StatusCodes.Status410Gone);
        site.Get($"{one}/recipients", Told).Describe(kind, "recipients", typeof(RecipientsTold));
    }

    /// <summary>Where one reads a file for machines, as it was composed.</summary>
    public static string FilePath(string id, string name) =>
        $"{SubjectRoutes.Root}/publications/{Uri.EscapeDataString(id)}/files/{Uri.EscapeDataString(name)}";

    private async Task File(HttpContext context)
    {
        (PublicationFile? file, _, Problem? problem) = await Find(context).ConfigureAwait(false);
        string name = (string)context.Request.RouteValues["name"]!;
        Representation.ForOneReader(context.Response);
        await (
            file?.Files?.FirstOrDefault(each => each.Name == name) is { } found
            && await Composing.Octets(records, found.Sha256).ConfigureAwait(false) is { } octets
                ? Answer.Send(context, StatusCodes.Status200OK, found.MediaType, octets)
                : (problem ?? Problem.NotFound).Send(context)
        ).ConfigureAwait(false);
    }

    /// <summary>Whom it went to is for the community, which answers for it.</summary>
    private async Task Told(HttpContext context)
    {
        (PublicationFile? file, _, Problem? problem) = await Find(context).ConfigureAwait(false);
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (
            file is null
            || !Guard.May(caller.Reader, PublicationFile.Unreleased, clock.GetCurrentInstant())
        )
        {
            await (problem ?? Problem.NotFound).Send(context).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<Recipient> all = await Recipients
            .Of(records, file.Id, context.RequestAborted)
            .ConfigureAwait(false);
        Representation.ForOneReader(context.Response);
        await context
            .Response.WriteAsJsonAsync(
                new RecipientsTold([
                    .. all.Select(each => new RecipientTold(
                        each.Node,
                        each.SentAt,
                        file.Withdrawal is null ? null : each.Standing,
                        each.ReachedAt
                    )),
                ]),
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
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
            $"attachment; filename={Checks.Word(file.Form)}.{document.Language}{TlogProof.Extension}";
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
