using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Work under way that looks as if it were done twice, of what one reader may see; people judge.</summary>
internal sealed class OverlapsOnRecord(IRecords records, IClock clock) : IDisposable
{
    /// <summary>Those who plan and promise; it looks at much, so it is not for everybody's every click.</summary>
    public static readonly IReadOnlyList<Role> Roles =
    [
        Role.Analyst,
        Role.Planner,
        Role.LegalAnalyst,
        Role.Representative,
    ];

    /// <summary>Who waits here at once; a look takes a second of a processor where there is much.</summary>
    public const int WaitingMax = 8;

    /// <summary>Of each kind; what is beyond it is said to be.</summary>
    private const int LookedAtMax = 20_000;

    /// <summary>One at a time: each holds all that it looks at in memory.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    public void Dispose() => _turn.Dispose();

    /// <param name="readerOf">As whom each kind is read.</param>
    /// <returns>Null when too many wait already.</returns>
    public async Task<OverlapsFound?> For(Func<string, Reader> readerOf, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _turn.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                return await Look(readerOf).ConfigureAwait(false);
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

    private async Task<OverlapsFound> Look(Func<string, Reader> readerOf)
    {
        var efforts = new List<Effort>();
        bool isWhole =
            await Read<Response, ResponseEvent>(one => one.IsOpen ? Effort.Of(one) : null)
                .ConfigureAwait(false)
            & await Read<StandingOffer, OfferEvent>(one =>
                    one.State == OfferState.Open ? Effort.Of(one) : null
                )
                .ConfigureAwait(false)
            & await Read<Commitment, CommitmentEvent>(one => one.IsEnded ? null : Effort.Of(one))
                .ConfigureAwait(false)
            & await Read<Mission, MissionEvent>(one => one.EndedAt is null ? Effort.Of(one) : null)
                .ConfigureAwait(false);
        OverlapsFound found = OverlapsOfEfforts.Find(efforts);
        return found with { IsPartial = found.IsPartial || !isWhole };

        // False when there are more of the kind than were looked at.
        async Task<bool> Read<TState, TEvent>(Func<TState, Effort?> effort)
            where TState : class, ISubject<TState, TEvent>
            where TEvent : class
        {
            Instant now = clock.GetCurrentInstant();
            Reader reader = readerOf(TState.Kind);
            (IReadOnlyList<Document> all, bool isAll) = await records
                .FirstOf(TState.Kind, LookedAtMax)
                .ConfigureAwait(false);
            efforts.AddRange(
                all.Where(document => Representation.May(reader, document, now))
                    .Select(document => effort(SubjectKind<TState, TEvent>.Read(document.Body)))
                    .OfType<Effort>()
            );
            return isAll;
        }
    }
}
