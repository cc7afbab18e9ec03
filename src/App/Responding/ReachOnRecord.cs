using Breakwater.App.Api;
using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Who of each need of a response has the service again, as far as one reader may know of it.</summary>
/// <param name="AsOf">When it was asked; each row says when what it counts was measured.</param>
/// <param name="Needs">First what comes first. No row is added to another: the same people lack several services.</param>
internal sealed record ReachSoFar(string Response, Instant AsOf, IReadOnlyList<Reach> Needs);

/// <summary>Reach so far, from needs, commitments and measurements on record. What the reader may not see is counted in nothing.</summary>
internal sealed class ReachOnRecord(IRecords records, IClock clock)
{
    /// <param name="readerOf">As whom each kind is read.</param>
    /// <returns>Null when there is no such response for this reader.</returns>
    public async Task<ReachSoFar?> For(string id, Func<string, Reader> readerOf)
    {
        Instant now = clock.GetCurrentInstant();
        if (
            await records.Document($"response/{id}").ConfigureAwait(false) is not { } document
            || !Representation.May(readerOf("response"), document, now)
        )
        {
            return null;
        }

        Response response = SubjectKind<Response, ResponseEvent>.Read(document.Body);
        return new ReachSoFar(
            id,
            now,
            ReachFromRestorations.Of(
                await Needs(response, new PublicView(records, readerOf("need"), now))
                    .ConfigureAwait(false),
                await Commitments(
                        document.Subject,
                        readerOf(KindName.Of<Commitment, CommitmentEvent>()),
                        now
                    )
                    .ConfigureAwait(false),
                await Measured(id, new PublicView(records, readerOf("restoration"), now))
                    .ConfigureAwait(false)
            )
        );
    }

    private static async Task<IReadOnlyList<Need>> Needs(Response response, PublicView view)
    {
        var needs = new List<Need>();
        foreach (string id in response.Needs)
        {
            if (await view.Find<Need>("need", id).ConfigureAwait(false) is { } need)
            {
                needs.Add(need.Body);
            }
        }

        return needs;
    }

    private async Task<IReadOnlyList<Commitment>> Commitments(
        string response,
        Reader reader,
        Instant now
    ) =>
        [
            .. (
                await records
                    .AllOf(KindName.Of<Commitment, CommitmentEvent>(), response)
                    .ConfigureAwait(false)
            )
                .Where(document => Representation.May(reader, document, now))
                .Select(document => SubjectKind<Commitment, CommitmentEvent>.Read(document.Body)),
        ];

    private async Task<IReadOnlyList<Restoration>> Measured(string response, PublicView view)
    {
        var measured = new List<Restoration>();
        foreach (
            Restoration restoration in await Measuring
                .OfResponse(records, response)
                .ConfigureAwait(false)
        )
        {
            if (await view.Find(restoration.Id).ConfigureAwait(false) is not null)
            {
                measured.Add(restoration);
            }
        }

        return measured;
    }
}
