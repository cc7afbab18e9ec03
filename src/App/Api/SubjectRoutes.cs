using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Exchange;
using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>
/// The addresses of subjects: lists, one by one, history, and a POST for each command. All follow from the catalogue, so that a
/// command without an address, or an address without a rule, cannot exist.
/// </summary>
internal sealed class SubjectRoutes(
    IRecords records,
    Catalogue catalogue,
    Acting acting,
    Callers callers,
    IClock clock
)
{
    public const string Root = "/api/v1";

    /// <summary>How long a command can be repeated under its key without being done twice.</summary>
    private static readonly Duration _onceFor = Duration.FromHours(24);

    private const int LimitDefault = 50;
    private const int KeyLettersMax = 200;

    /// <summary>Of one subject, for one page of its history.</summary>
    private const int EventsLookedAtMax = 5_000;
    private static readonly string[] _ofHistory = ["limit", "after", "lang"];

    public void Map(IEndpointRouteBuilder site)
    {
        foreach (SubjectKind kind in catalogue.Kinds)
        {
            string list = $"{Root}/{kind.Plural}";
            site.Get(list, context => List(context, kind))
                .Describe(kind, "list", typeof(Page<>).MakeGenericType(kind.State));
            site.Get($"{list}/{{id}}", context => One(context, kind))
                .Describe(kind, "read", typeof(Stated<>).MakeGenericType(kind.State));
            site.Get($"{list}/{{id}}/history", context => History(context, kind))
                .Describe(kind, "history", typeof(HistoryOf));
            foreach (
                CommandKind command in kind.Commands.Where(command =>
                    command.Admission != Admission.Nobody
                )
            )
            {
                site.Post(
                        command.IsStart ? list : $"{list}/{{id}}/{command.Name}",
                        context => Command(context, kind, command)
                    )
                    .Describe(kind, command);
            }
        }
    }

    private async Task List(HttpContext context, SubjectKind kind)
    {
        IQueryCollection query = context.Request.Query;
        var read = ListQuery.Read(query, kind.Kind, LimitDefault);
        if (read.Query is not { } asked)
        {
            await read.Problem!.Send(context).ConfigureAwait(false);
            return;
        }

        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        DocumentPage page = await records
            .Documents(asked, caller.Reader, now)
            .ConfigureAwait(false);
        string? next = page.Next is { } after ? Cursor.Of(after) : null;
        if (next is not null)
        {
            context.Response.Headers.Link =
                $"<{Root}/{kind.Plural}{ListQuery.Again(query, next)}>; rel=\"next\"";
        }

        await Representation
            .List(
                context,
                page.Documents,
                caller.Reader,
                next,
                now,
                await OpenConflicts.Of(records, kind, null, caller, now).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    private async Task One(HttpContext context, SubjectKind kind)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (await Find(context, kind, caller).ConfigureAwait(false) is not { } document)
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        Instant now = clock.GetCurrentInstant();
        await Representation
            .One(
                context,
                document,
                caller.Reader,
                now,
                await OpenConflicts
                    .Of(records, kind, document.Subject, caller, now)
                    .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    private async Task History(HttpContext context, SubjectKind kind)
    {
        IQueryCollection query = context.Request.Query;
        var asked = PageQuery.Read(query, _ofHistory, PageQuery.LimitMax);
        if (asked.Problem is { } problem)
        {
            await problem.Send(context).ConfigureAwait(false);
            return;
        }

        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (await Find(context, kind, caller).ConfigureAwait(false) is not { } document)
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        Instant now = clock.GetCurrentInstant();
        (IReadOnlyList<Event> events, string? next) = await Happened(
                document,
                asked,
                caller.Reader,
                now,
                context.RequestAborted
            )
            .ConfigureAwait(false);
        if (next is not null)
        {
            context.Response.Headers.Link =
                $"<{Root}/{kind.Plural}/{Uri.EscapeDataString(Id(context))}/history{ListQuery.Again(query, next)}>; rel=\"next\"";
        }

        await Representation
            .History(context, events, caller.Reader, next, now)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// A page of what happened, as far as the reader may know. How many events there were is no secret, because the state says
    /// its version; so a page may end among hidden ones.
    /// </summary>
    private async Task<(IReadOnlyList<Event> Events, string? Next)> Happened(
        Document document,
        PageQuery asked,
        Reader reader,
        Instant now,
        CancellationToken cancel
    )
    {
        var page = new List<Event>();
        long last = asked.After ?? 0;
        int looked = 0;
        await foreach (
            Event entry in records.EventsOf(document.Subject, last, cancel).ConfigureAwait(false)
        )
        {
            if (looked++ == EventsLookedAtMax)
            {
                return (page, Cursor.Of(last));
            }

            if (Representation.May(reader, entry, now))
            {
                if (page.Count == asked.Limit)
                {
                    return (page, Cursor.Of(page[^1].Envelope.SubjectVersion));
                }

                page.Add(entry);
            }

            last = entry.Envelope.SubjectVersion;
        }

        return (page, null);
    }

    private async Task Command(HttpContext context, SubjectKind kind, CommandKind command)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNot(kind, command) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        (long? expected, Problem? noVersion) = command.IsStart ? (null, null) : Seen(context);
        string id = command.IsStart
            ? Guid.CreateVersion7().ToString("n", CultureInfo.InvariantCulture)
            : Id(context);
        RequestBody body = await RequestBody
            .Read(
                context,
                command.Request,
                command is { IsStart: true, IdOf: null } ? id : null,
                command.IdOf is null ? kind.Subject(id) : null
            )
            .ConfigureAwait(false);
        if ((noVersion ?? body.Problem) is { } problem)
        {
            await problem.Send(context).ConfigureAwait(false);
            return;
        }

        (Once? once, Problem? badKey) = OnceOf(context, caller, body.Digest);
        if (badKey is not null)
        {
            await badKey.Send(context).ConfigureAwait(false);
            return;
        }

        // Whoever may not read it may not act on it either, nor learn that it is there.
        Document? seen = command.IsStart
            ? null
            : await Find(context, kind, caller).ConfigureAwait(false);
        if (!command.IsStart && seen is null)
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        id = command.IdOf?.Invoke(body.Request!) ?? id;
        Acted acted = await acting
            .Do(
                kind,
                command,
                id,
                expected,
                body.Request!,
                caller.Participant,
                once,
                body.Keys,
                seen,
                context.RequestAborted
            )
            .ConfigureAwait(false);
        // Who founds an organisation or a group may see it by that very act.
        caller = await callers.Of(context).ConfigureAwait(false);
        await Answer(context, kind, acted, caller, command.IsStart).ConfigureAwait(false);
    }

    private async Task Answer(
        HttpContext context,
        SubjectKind kind,
        Acted acted,
        Caller caller,
        bool isStart
    )
    {
        switch (acted)
        {
            case Done done:
                if (done.Document is not { } document)
                {
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    return;
                }

                if (done.IsRepeated)
                {
                    context.Response.Headers["Idempotent-Replayed"] = "true";
                }

                if (isStart)
                {
                    context.Response.StatusCode = StatusCodes.Status201Created;
                    context.Response.Headers.Location =
                        $"{Root}/{kind.Plural}/{document.Subject[(kind.Kind.Length + 1)..]}";
                }

                await Representation
                    .One(context, document, caller.Reader, clock.GetCurrentInstant())
                    .ConfigureAwait(false);
                return;
            case Refused refused:
                await Problem.Of(refused.Refusal).Send(context).ConfigureAwait(false);
                return;
            case Stale stale:
                context.Response.Headers.ETag = Representation.Tag(stale.Actual);
                await Problem.Stale(stale.Actual).Send(context).ConfigureAwait(false);
                return;
            case KeyUsed:
                await Problem.KeyUsed.Send(context).ConfigureAwait(false);
                return;
            default:
                await Problem.NotFound.Send(context).ConfigureAwait(false);
                return;
        }
    }

    /// <summary>The document, when this reader may know that it exists.</summary>
    private async Task<Document?> Find(HttpContext context, SubjectKind kind, Caller caller) =>
        Id(context) is { Length: > 0 and <= 200 } id
        && !id.Any(char.IsControl)
        && await records.Document(kind.Subject(id)).ConfigureAwait(false) is { } document
        && Representation.May(caller.Reader, document, clock.GetCurrentInstant())
            ? document
            : null;

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>The version in If-Match.</summary>
    private static (long? Version, Problem? Problem) Seen(HttpContext context)
    {
        string given = context.Request.Headers.IfMatch.ToString().Trim();
        return given.Length == 0 ? (null, Problem.NoVersion)
            : Representation.TryReadTag(given, out long version) ? (version, null)
            : (null, Problem.NoVersion);
    }

    private (Once? Once, Problem? Problem) OnceOf(HttpContext context, Caller caller, string digest)
    {
        string key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
        {
            return (null, null);
        }

        return key.Length > KeyLettersMax
            ? (null, Problem.Key($"An Idempotency-Key has at most {KeyLettersMax} letters."))
            : (
                new Once(
                    // The key belongs to whoever sends it: nobody can meet, or spend, another's.
                    Convert.ToHexStringLower(
                        SHA256.HashData(
                            Encoding.UTF8.GetBytes($"{caller.Participant.Person}\n{key}")
                        )
                    ),
                    digest,
                    clock.GetCurrentInstant() + _onceFor
                ),
                null
            );
    }
}
