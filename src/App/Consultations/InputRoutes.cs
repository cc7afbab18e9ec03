using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Consultations;

/// <summary>The receipt that was shown when an input was taken.</summary>
internal sealed record ByReceipt(string Receipt);

/// <summary>What became of an input.</summary>
/// <param name="Paragraphs">Ids of the paragraphs that it is in.</param>
/// <param name="Reason">Why it is in none; null when it is in one, and when nobody has said yet.</param>
internal sealed record InputFollowed(
    string Id,
    string Consultation,
    string Standing,
    string? CopyOf,
    IReadOnlyList<string> Paragraphs,
    string? Reason
);

/// <summary>The door for inputs, and what follows from them: groups, traces, topics.</summary>
internal sealed class InputRoutes(
    InputIntake intake,
    InputsOnRecord held,
    ReportNames names,
    Callers callers,
    IRecords records,
    IClock clock
)
{
    private const string List = SubjectRoutes.Root + "/consultations/{id}";
    private const string Inputs = SubjectRoutes.Root + "/consultation-inputs";

    private const string OnceForInputs =
        "16 letters or more that nobody can guess, such as a random UUID: the same request under the same key gives the same receipt again, and is kept once";

    public void Map(IEndpointRouteBuilder site)
    {
        Open(site.Post($"{List}/inputs", Send), "send-input", OnceForInputs)
            .Accepts<SendInput>("application/json")
            .Produces<InputTaken>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        Open(site.Post($"{Inputs}/follow", Follow), "follow-input")
            .Accepts<ByReceipt>("application/json")
            .Produces<InputFollowed>();
        Open(site.Post($"{Inputs}/withdraw", Withdraw), "withdraw-input-by-receipt")
            .Accepts<ByReceipt>("application/json")
            .Produces(StatusCodes.Status204NoContent);
        SubjectKind kind = Catalogue.Known.Of(Consultation.Kind)!;
        site.Get($"{List}/groups", Groups).Describe(kind, "groups", typeof(InputGroups));
        site.Get($"{List}/traces", Traces)
            .Describe(kind, "traces", typeof(IReadOnlyList<InputTrace>));
        site.Get($"{List}/topics", Topics).Describe(kind, "topics", typeof(Topics));
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
            .WithTags("consultations")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private async Task Send(HttpContext context)
    {
        RequestBody body = await RequestBody
            .Read(context, typeof(SendInput), null)
            .ConfigureAwait(false);
        (Func<int, ReportName>? named, Problem? badKey) = names.Of(context, body.Digest);
        if ((body.Problem ?? badKey) is { } problem)
        {
            await problem.Send(context).ConfigureAwait(false);
            return;
        }

        (InputTaken? taken, Refusal? refusal) = await intake
            .Take(
                Id(context),
                (SendInput)body.Request!,
                await By(context).ConfigureAwait(false),
                context.Connection.RemoteIpAddress,
                named!(0).Id
            )
            .ConfigureAwait(false);
        if (refusal is { Kind: RefusalKind.TooMuch })
        {
            context.Response.Headers.RetryAfter = $"{InputIntake.RetryAfterSeconds}";
        }

        if (taken is { IsRepeated: true })
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }

        await (
            refusal is not null
                ? Problem.Of(refusal).Send(context)
                : Answer(context, StatusCodes.Status201Created, taken!)
        ).ConfigureAwait(false);
    }

    /// <summary>Null for somebody who is not signed in.</summary>
    private async Task<Participant?> By(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        return caller.SignedIn is null ? null : caller.Participant;
    }

    private async Task Follow(HttpContext context)
    {
        RequestBody body = await RequestBody
            .Read(context, typeof(ByReceipt), null)
            .ConfigureAwait(false);
        ConsultationInput? input = body.Request is ByReceipt { Receipt: { } receipt }
            ? await intake.Find(receipt).ConfigureAwait(false)
            : null;
        if (
            input is null
            || await Find(input.Consultation).ConfigureAwait(false) is not { } consultation
        )
        {
            await (body.Problem ?? Problem.NotFound).Send(context).ConfigureAwait(false);
            return;
        }

        InputTrace? trace = (
            await held.Of(input.Consultation, context.RequestAborted).ConfigureAwait(false)
        )
            .Traces(consultation)
            .Of(input.Id);
        await Answer(
                context,
                StatusCodes.Status200OK,
                new InputFollowed(
                    input.Id,
                    input.Consultation,
                    input.Standing,
                    trace?.CopyOf,
                    trace?.Paragraphs ?? [],
                    trace?.Reason
                )
            )
            .ConfigureAwait(false);
    }

    private async Task Withdraw(HttpContext context)
    {
        RequestBody body = await RequestBody
            .Read(context, typeof(ByReceipt), null)
            .ConfigureAwait(false);
        if (body.Request is not ByReceipt { Receipt: { } receipt })
        {
            await (body.Problem ?? Problem.NotFound).Send(context).ConfigureAwait(false);
            return;
        }

        if (await intake.Withdraw(receipt).ConfigureAwait(false) is { } refusal)
        {
            await Problem.Of(refusal).Send(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task Groups(HttpContext context) => Told(context, (_, inputs) => inputs.Groups);

    private Task Traces(HttpContext context) =>
        Told(context, (consultation, inputs) => inputs.Traces(consultation).All);

    private Task Topics(HttpContext context) =>
        Told(context, (_, inputs) => TopicsFromInputs.Find(inputs.Voices()));

    private async Task Told<T>(HttpContext context, Func<Consultation, HeldInputs, T> of)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (
            await records.Document($"{Consultation.Kind}/{Id(context)}").ConfigureAwait(false)
                is not { } document
            || !Representation.May(caller.Reader, document, clock.GetCurrentInstant())
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        await Answer(
                context,
                StatusCodes.Status200OK,
                of(
                    SubjectKind<Consultation, ConsultationEvent>.Read(document.Body),
                    await held.Of(Id(context), context.RequestAborted).ConfigureAwait(false)
                )
            )
            .ConfigureAwait(false);
    }

    private async Task<Consultation?> Find(string id) =>
        (
            await new Workspace(records)
                .Load<Consultation, ConsultationEvent>(id)
                .ConfigureAwait(false)
        ).State;

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static Task Answer<T>(HttpContext context, int status, T body)
    {
        Representation.ForOneReader(context.Response);
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Json.Compact, context.RequestAborted);
    }
}
