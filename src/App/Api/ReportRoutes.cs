using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>A field report: what works and what does not, where and when. No name, no address, no account.</summary>
/// <param name="Place">A country, and at most two areas in it; what is closer is cut off before it is kept.</param>
/// <param name="Latitude">Degrees; kept as a cell of ten kilometres and no closer. With <paramref name="Longitude"/> or not at all.</param>
/// <param name="ObservedAt">Null for now.</param>
internal sealed record SubmitReport(
    Place Place,
    ServiceState State,
    Service? Service = null,
    string? Network = null,
    double? Latitude = null,
    double? Longitude = null,
    Instant? ObservedAt = null,
    ObserverKind Observer = ObserverKind.Unknown
);

/// <summary>By the code word that was shown when the report was taken.</summary>
internal sealed record ByCodeWord(string CodeWord);

/// <summary>Where a report stands.</summary>
internal sealed record ReportStanding(string Standing);

/// <summary>What a file of reports gave.</summary>
internal sealed record ReportsTaken(
    IReadOnlyList<ReportTaken> Reports,
    IReadOnlyList<string> Faults,
    IReadOnlyList<string> Notes
);

/// <summary>The door for reports: as JSON, as a text like an e-mail, or as a CAP alert.</summary>
internal sealed class ReportRoutes(
    ReportIntake intake,
    ReportNames reportNames,
    Trouble trouble,
    IClock clock
)
{
    private const string List = SubjectRoutes.Root + "/reports";
    private const int FileOctetsMax = 1 << 20;
    private const int DraftsMax = 200;

    private const string OnceForReports =
        "16 letters or more that nobody can guess, such as a random UUID: the same request under the same key gives the same id and code word again, and is kept once";

    public void Map(IEndpointRouteBuilder site)
    {
        Open(site.Post(List, Submit), "submit-report", OnceForReports)
            .Accepts<SubmitReport>("application/json")
            .Produces<ReportTaken>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Open(site.Post($"{List}/files", SubmitFile), "submit-report-file", OnceForReports)
            .Accepts<string>("text/plain", "application/cap+xml")
            .Produces<ReportsTaken>(StatusCodes.Status201Created);
        Open(site.Post($"{List}/{{id}}/follow", Follow), "follow-report")
            .Accepts<ByCodeWord>("application/json")
            .Produces<ReportStanding>();
        Open(site.Post($"{List}/{{id}}/retract", Retract), "retract-report")
            .Accepts<ByCodeWord>("application/json")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder Open(
        RouteHandlerBuilder route,
        string name,
        string? once = null
    ) =>
        route
            .WithMetadata(
                new Described(null, null, name) { Once = once, IsSameAgain = once is null }
            )
            .WithName(name)
            .WithTags("reports")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private async Task Submit(HttpContext context)
    {
        RequestBody body = await RequestBody
            .Read(context, typeof(SubmitReport), null)
            .ConfigureAwait(false);
        (Func<int, ReportName>? names, Problem? badKey) = reportNames.Of(context, body.Digest);
        if ((body.Problem ?? badKey) is { } problem)
        {
            await problem.Send(context).ConfigureAwait(false);
            return;
        }

        (ReportDraft? draft, Refusal? refusal) = Draft((SubmitReport)body.Request!);
        ReportTaken? taken = null;
        if (draft is not null)
        {
            (taken, refusal) = await intake
                .Take(
                    draft,
                    ReportChannel.Api,
                    null,
                    context.Connection.RemoteIpAddress,
                    names!(0),
                    context.RequestAborted
                )
                .ConfigureAwait(false);
        }

        Replayed(context, taken is null ? [] : [taken]);
        await (
            refusal is not null
                ? Problem.Of(refusal).Send(context)
                : Answer(context, StatusCodes.Status201Created, taken!)
        ).ConfigureAwait(false);
    }

    /// <summary>The same for every door: what is too close is cut off here.</summary>
    public (ReportDraft? Draft, Refusal? Refusal) Draft(SubmitReport report)
    {
        if (ReportPlace.Coarsen(report.Place) is not { } place)
        {
            return (
                null,
                Refusal.Invalid(
                    "name a country, such as {\"country\": \"SD\"}, and at most an area in it"
                )
            );
        }

        GridCell? cell = null;
        if (report.Latitude is not null || report.Longitude is not null)
        {
            cell = GridCell.Of(
                report.Latitude ?? double.NaN,
                report.Longitude ?? double.NaN,
                ReportPlace.CellKm
            );
            if (cell is null)
            {
                return (
                    null,
                    Refusal.Invalid("latitude and longitude are degrees, both or neither")
                );
            }
        }

        return (
            new ReportDraft(
                place,
                cell,
                report.Network,
                report.Service,
                report.State,
                report.ObservedAt ?? clock.GetCurrentInstant(),
                report.Observer,
                null,
                null,
                null,
                ReceiveReport.Usual
            ),
            null
        );
    }

    private async Task SubmitFile(HttpContext context)
    {
        RequestBody.Widen(context, FileOctetsMax);
        (byte[] octets, bool isWhole) = await RequestBody
            .Octets(context, FileOctetsMax)
            .ConfigureAwait(false);
        if (!isWhole)
        {
            await Problem.TooLarge(FileOctetsMax).Send(context).ConfigureAwait(false);
            return;
        }

        (Func<int, ReportName>? names, Problem? badKey) = reportNames.Of(
            context,
            RequestBody.DigestOf(context.Request, octets)
        );
        if (badKey is not null)
        {
            await badKey.Send(context).ConfigureAwait(false);
            return;
        }

        bool isCap = context.Request.ContentType?.Contains("xml", StringComparison.Ordinal) == true;
        var file = SourceFile.Of(isCap ? "report.xml" : "report.txt", octets);
        DraftsRead read = isCap
            ? DraftsFromSignals.FromCap(file)
            : DraftsFromText.Read(file, clock.GetCurrentInstant());
        // Whoever has the hash of a file could try out what it said: a letter has a sender, and what names people is sealed.
        string? input = isCap && !read.Drafts.Any(ReportIntake.Names) ? file.Sha256 : null;
        var taken = new List<ReportTaken>();
        var faults = new List<string>(read.Faults.Select(fault => fault.ToString()));
        foreach ((int number, ReportDraft draft) in read.Drafts.Take(DraftsMax).Index())
        {
            ReportTaken? one;
            Refusal? refusal;
            try
            {
                (one, refusal) = await intake
                    .Take(
                        draft,
                        isCap ? ReportChannel.Cap : ReportChannel.TextFile,
                        input,
                        context.Connection.RemoteIpAddress,
                        names!(number),
                        context.RequestAborted
                    )
                    .ConfigureAwait(false);
            }
            // Whoever sent a key gets all code words by sending the file again; without one, those shown now are all there are.
            catch (RecordsFault fault) when (taken.Count > 0 && !names!(number).CanComeAgain)
            {
                trouble.Tell(fault);
                faults.Add(
                    $"report {number + 1}: {(fault.Kind == RecordsFaultKind.OutcomeUnknown ? "it may have been kept or not" : "it was not kept")}, and none after it was: the store cannot be written. Send what follows report {number} again, as a file of its own"
                );
                break;
            }

            taken.AddRange(one is null ? [] : [one]);
            faults.AddRange(refusal is null ? [] : [refusal.Reason]);
        }

        if (read.Drafts.Count > DraftsMax)
        {
            faults.Add(
                $"{read.Drafts.Count - DraftsMax} of {read.Drafts.Count} reports were not taken: a file has at most {DraftsMax}. Send those after the first {DraftsMax} in another file"
            );
        }

        Replayed(context, taken);
        await Answer(
                context,
                taken.Count > 0
                    ? StatusCodes.Status201Created
                    : StatusCodes.Status422UnprocessableEntity,
                new ReportsTaken(
                    taken,
                    faults,
                    [
                        .. read.Notes,
                        .. await OfNames(read.Drafts, context.RequestAborted).ConfigureAwait(false),
                    ]
                )
            )
            .ConfigureAwait(false);
    }

    /// <summary>Nothing is kept or dropped in silence: free words and contacts can name people.</summary>
    private async Task<IEnumerable<string>> OfNames(
        IReadOnlyList<ReportDraft> drafts,
        CancellationToken cancel
    ) =>
        !drafts.Any(ReportIntake.Names) ? []
        : await intake.KeepsNames(cancel).ConfigureAwait(false)
            ?
            [
                "free words and contacts are kept sealed: only two custodians together open them, and nobody once the report is taken back",
            ]
        :
        [
            "free words and contacts were not kept: they can name people, and this node has no custodians to seal them for",
        ];

    private async Task Follow(HttpContext context)
    {
        RequestBody body = await RequestBody
            .Read(context, typeof(ByCodeWord), null)
            .ConfigureAwait(false);
        string? standing = body.Request is ByCodeWord { CodeWord: { } word }
            ? await intake.Follow(Id(context), word).ConfigureAwait(false)
            : null;
        await (
            standing is null
                ? (body.Problem ?? Problem.NotFound).Send(context)
                : Answer(context, StatusCodes.Status200OK, new ReportStanding(standing))
        ).ConfigureAwait(false);
    }

    private async Task Retract(HttpContext context)
    {
        RequestBody body = await RequestBody
            .Read(context, typeof(ByCodeWord), null)
            .ConfigureAwait(false);
        if (body.Request is not ByCodeWord { CodeWord: { } word })
        {
            await (body.Problem ?? Problem.NotFound).Send(context).ConfigureAwait(false);
            return;
        }

        Refusal? refusal = await intake
            .Retract(Id(context), word, context.RequestAborted)
            .ConfigureAwait(false);
        if (refusal is not null)
        {
            await Problem.Of(refusal).Send(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static void Replayed(HttpContext context, List<ReportTaken> taken)
    {
        if (taken.Count > 0 && taken.All(one => one.IsRepeated))
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }
    }

    private static Task Answer<T>(HttpContext context, int status, T body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json.Compact, context.RequestAborted);
    }
}
