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

        var efforts = new List<Effort>();
        bool isWhole =
            await Read<Response, ResponseEvent>(
                    caller,
                    efforts,
                    one => one.IsOpen ? Effort.Of(one) : null
                )
                .ConfigureAwait(false)
            & await Read<StandingOffer, OfferEvent>(
                    caller,
                    efforts,
                    one => one.State == OfferState.Open ? Effort.Of(one) : null
                )
                .ConfigureAwait(false)
            & await Read<Commitment, CommitmentEvent>(
                    caller,
                    efforts,
                    one => one.IsEnded ? null : Effort.Of(one)
                )
                .ConfigureAwait(false)
            & await Read<Mission, MissionEvent>(
                    caller,
                    efforts,
                    one => one.EndedAt is null ? Effort.Of(one) : null
                )
                .ConfigureAwait(false);
        OverlapsFound found = OverlapsOfEfforts.Find(efforts);
        await context
            .Response.WriteAsJsonAsync(
                found with
                {
                    IsPartial = found.IsPartial || !isWhole,
                },
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }

    /// <returns>False when there are more of the kind than were looked at.</returns>
    private async Task<bool> Read<TState, TEvent>(
        Caller caller,
        List<Effort> efforts,
        Func<TState, Effort?> effort
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Instant now = clock.GetCurrentInstant();
        Reader reader = caller.ReaderOf(TState.Kind);
        IReadOnlyList<Document> all = await records.AllOf(TState.Kind).ConfigureAwait(false);
        efforts.AddRange(
            all.Where(document => Representation.May(reader, document, now))
                .Select(document => effort(SubjectKind<TState, TEvent>.Read(document.Body)))
                .OfType<Effort>()
        );
        return all.Count < AllDocuments.Most;
    }
}
