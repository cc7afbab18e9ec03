using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>Warns of work that looks as if it were done twice. It sees what the reader may see; people judge.</summary>
internal sealed class OverlapRoutes(IRecords records, Callers callers, IClock clock)
{
    /// <summary>Those who plan and promise; it looks at much, so it is not for everybody's every click.</summary>
    private static readonly IReadOnlyList<Role> _roles =
    [
        Role.Analyst,
        Role.Planner,
        Role.LegalAnalyst,
        Role.Representative,
    ];

    public void Map(IEndpointRouteBuilder site) =>
        site.MapGet($"{SubjectRoutes.Root}/overlaps", (Delegate)Find)
            .WithMetadata(new Described(null, null, "find-overlaps") { Roles = _roles })
            .WithName("find-overlaps")
            .WithTags("overlaps")
            .Produces<OverlapsFound>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private async Task Find(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNot("overlap", _roles) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        List<Effort> efforts =
        [
            .. (await Read<Response, ResponseEvent>(caller).ConfigureAwait(false))
                .Where(one => one.IsOpen)
                .Select(Effort.Of),
            .. (await Read<StandingOffer, OfferEvent>(caller).ConfigureAwait(false))
                .Where(one => one.State == OfferState.Open)
                .Select(Effort.Of),
            .. (await Read<Commitment, CommitmentEvent>(caller).ConfigureAwait(false))
                .Where(one => !one.IsEnded)
                .Select(Effort.Of),
            .. (await Read<Mission, MissionEvent>(caller).ConfigureAwait(false))
                .Where(one => one.EndedAt is null)
                .Select(Effort.Of),
        ];
        await context
            .Response.WriteAsJsonAsync(
                OverlapsOfEfforts.Find(efforts),
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<TState>> Read<TState, TEvent>(Caller caller)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Instant now = clock.GetCurrentInstant();
        Reader reader = caller.ReaderOf(TState.Kind);
        return
        [
            .. (await records.AllOf(TState.Kind).ConfigureAwait(false))
                .Where(document => Representation.May(reader, document, now))
                .Take(OverlapsOfEfforts.EffortsMax)
                .Select(document => SubjectKind<TState, TEvent>.Read(document.Body)),
        ];
    }
}
