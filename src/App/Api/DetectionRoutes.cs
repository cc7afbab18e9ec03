using Breakwater.App.Pages;
using Breakwater.App.Responding;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Signals.Inputs;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>Asks what was lost at a place, by everything that was handed in about it.</summary>
/// <param name="Since">Disruptions that ended before are left out; null for none.</param>
/// <param name="AsOf">What was known by then; null for now.</param>
internal sealed record Detect(Place Place, Instant? Since = null, Instant? AsOf = null);

/// <summary>What detection told: ids, to be read as products.</summary>
/// <param name="Blind">Feeds that could not see, in words: nothing follows from their silence.</param>
/// <param name="Faults">Input that could not be used.</param>
internal sealed record Detected(
    IReadOnlyList<string> Disruptions,
    IReadOnlyList<string> Blind,
    IReadOnlyList<string> Faults
);

/// <summary>Detection by what the store holds. Its products are recorded before they are told.</summary>
internal sealed class DetectionRoutes(IRecords records, Callers callers, IClock clock) : IDisposable
{
    private const int FaultsShown = 50;
    private const int WaitingMax = 8;

    public static IReadOnlyList<Role> Roles { get; } = [Role.Analyst];

    /// <summary>One at a time: two would fight for the processors, and over the record.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    public void Map(IEndpointRouteBuilder site) =>
        site.Post($"{SubjectRoutes.Root}/detections", Run)
            .WithMetadata(new Described(null, null, "detect") { Roles = Roles, IsSameAgain = true })
            .WithName("detect")
            .WithTags("disruptions")
            .Accepts<Detect>("application/json")
            .Produces<Detected>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    public void Dispose() => _turn.Dispose();

    private async Task Run(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNot("disruption", Roles) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        RequestBody body = await RequestBody
            .Read(context, typeof(Detect), null)
            .ConfigureAwait(false);
        if (body.Problem is { } problem)
        {
            await problem.Send(context).ConfigureAwait(false);
            return;
        }

        var asked = (Detect)body.Request!;
        if (asked.Place is null || asked.Place.IsNowhere)
        {
            await Problem
                .Of(Refusal.Invalid("name the place, such as {\"country\": \"SD\"}"))
                .Send(context)
                .ConfigureAwait(false);
            return;
        }

        await InTurn(context, asked, caller).ConfigureAwait(false);
    }

    private async Task InTurn(HttpContext context, Detect asked, Caller caller)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            await Problem.Busy(30).Send(context).ConfigureAwait(false);
            return;
        }

        try
        {
            await _turn.WaitAsync(context.RequestAborted).ConfigureAwait(false);
            try
            {
                Detected told = await Detect(asked, caller, context.RequestAborted)
                    .ConfigureAwait(false);
                await context
                    .Response.WriteAsJsonAsync(told, Json.Compact, context.RequestAborted)
                    .ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Detected> Detect(Detect asked, Caller caller, CancellationToken cancel)
    {
        Instant now = clock.GetCurrentInstant();
        (Detection detection, SignalsFound read) = await Detecting
            .Do(records, asked.Place, asked.Since, asked.AsOf ?? now, cancel)
            .ConfigureAwait(false);
        var view = new PublicView(records, caller.ReaderOf("disruption"), now);
        var told = new List<string>();
        foreach (Disruption disruption in detection.Disruptions)
        {
            if (await view.Find(disruption.Id).ConfigureAwait(false) is not null)
            {
                told.Add(disruption.Id);
            }
        }

        Reader ofSignals = caller.ReaderOf("signal");
        Reader ofFiles = caller.ReaderOf(InputFile.Kind);
        Signal[] seen = [.. read.Signals.Where(one => Guard.May(ofSignals, one.Marking, now))];
        return new Detected(
            told,
            [
                .. detection
                    .Blind.Where(blind => seen.Any(signal => IsOf(blind, signal)))
                    .Select(blind => $"{blind.Feed}: {blind.Reason}")
                    .Distinct(),
            ],
            [
                .. read
                    .Faults.Where(found => Guard.May(ofFiles, found.Marking, now))
                    .Take(FaultsShown)
                    .Select(found => found.Fault.ToString()),
            ]
        );
    }

    /// <summary>
    /// True when the signal is of the feed that could not see, which may be named with its area, or when no feed at all could
    /// see where the signal is about. A reader hears of no feed of which it may see nothing.
    /// </summary>
    private static bool IsOf(Blind blind, Signal signal) =>
        blind.Feed == signal.Source
        || blind.Feed == Blind.NameOf(signal.Source, signal.Place)
        || (
            blind.Feed == Blind.EveryFeed
            && (blind.Place is not { } place || signal.Place.IsWithin(place))
        );
}
