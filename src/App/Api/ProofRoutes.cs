using System.Text;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>
/// What was decided, as one document, and the proof that goes with it: whoever has this node's public key checks both
/// without it. They go to whoever may read the decision, and name no person.
/// </summary>
internal sealed class ProofRoutes(
    IRecords records,
    Catalogue catalogue,
    Callers callers,
    IClock clock
)
{
    private const string Open = "open";
    private static readonly string _kind = KindName.Of<Decision, DecisionEvent>();

    /// <summary>The subject under which the documents of a decision stand in the ledger; an appeal adds another.</summary>
    public static string Subject(string decision) => $"{DecisionRecord.Kind}/{decision}";

    /// <summary>Written by the same act that closes the decision.</summary>
    public static Draft Draft(Decision decision) =>
        ProductRecorded
            .Of(Subject(decision.Id), DecisionRecord.Kind, DecisionRecord.Of(decision), [])
            .ToDraft(decision.Marking, Workspace.Clock);

    public void Map(IEndpointRouteBuilder site)
    {
        SubjectKind kind = catalogue.Of(_kind)!;
        string one = $"{SubjectRoutes.Root}/{kind.Plural}/{{id}}";
        site.Get($"{one}/record", Record)
            .Describe(kind, "record", typeof(string), "application/json");
        site.Get($"{one}/proof", Proof).Describe(kind, "proof", typeof(string), "text/plain");
    }

    private async Task Record(HttpContext context)
    {
        if (await Find(context).ConfigureAwait(false) is not { } entry)
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        // Octet for octet as the ledger names it, or no proof would hold.
        await Send(context, "application/json; charset=utf-8", entry.Payload, "json")
            .ConfigureAwait(false);
    }

    private async Task Proof(HttpContext context)
    {
        if (
            await Find(context).ConfigureAwait(false) is not { } entry
            || await records
                .Prove(
                    entry.Envelope.Sequence,
                    entry.Envelope.PayloadSha256,
                    context.RequestAborted
                )
                .ConfigureAwait(false)
                is not { } proof
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        await Send(
                context,
                "text/plain; charset=utf-8",
                Encoding.UTF8.GetBytes(proof.ToString()),
                TlogProof.Extension[1..]
            )
            .ConfigureAwait(false);
    }

    /// <summary>The last time that the decision was closed; null while it is open, and for whoever may not read it.</summary>
    private async Task<Event?> Find(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        if (
            id.Length > 200
            || id.Any(char.IsControl)
            || await records.Document($"{_kind}/{id}").ConfigureAwait(false) is not { } document
            || !Representation.May(caller.Reader, document, now)
            // An appeal has opened it again: what was decided before is not what is decided.
            || document.Standing == Open
        )
        {
            return null;
        }

        Event? last = null;
        await foreach (
            Event entry in records
                .EventsOf(Subject(id), cancel: context.RequestAborted)
                .ConfigureAwait(false)
        )
        {
            last = entry;
        }

        return last is not null && Guard.May(caller.Reader, last.Envelope.Marking, now)
            ? last
            : null;
    }

    private static Task Send(
        HttpContext context,
        string type,
        ReadOnlyMemory<byte> octets,
        string extension
    )
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=decision.{extension}";
        return context.Response.Body.WriteAsync(octets, context.RequestAborted).AsTask();
    }
}
