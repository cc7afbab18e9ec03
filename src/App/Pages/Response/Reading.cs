using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Pages.Response;

/// <summary>Subjects for pages. The guard judges each before anything of it is read.</summary>
internal sealed class Reading(IRecords records, IClock clock)
{
    /// <summary>Subjects that a board sums up; a node with more open ones has its lists filtered.</summary>
    public const int SumMax = 2_000;

    public Instant Now => clock.GetCurrentInstant();

    /// <summary>Which sites go dark first, of those that the caller may know of.</summary>
    public Task<DarkOrder> Dark(Caller caller) =>
        new DarkForecast(records, clock).For(caller.ReaderOf("baseline"));

    public async Task<Seen?> One(Visit visit, SubjectKind kind, Caller caller) =>
        visit.Http.Request.RouteValues["id"] is string { Length: > 0 and <= 200 } id
        && await records.Document(kind.Subject(id)).ConfigureAwait(false) is { } document
            ? Seen.Of(kind, document, caller.Reader, Now)
            : null;

    /// <returns>What this reader may see, and the place of the last that was looked at when more may follow.</returns>
    public async Task<(IReadOnlyList<Seen> Found, long? Next)> List(
        SubjectKind kind,
        DocumentQuery query,
        Caller caller
    )
    {
        IReadOnlyList<Document> found = await records.Documents(query).ConfigureAwait(false);
        Instant now = Now;
        return (
            [
                .. found
                    .Select(document => Seen.Of(kind, document, caller.Reader, now))
                    .OfType<Seen>(),
            ],
            found.Count == query.Limit ? found[^1].FirstSequence : null
        );
    }

    /// <summary>All of a kind, newest first, up to <see cref="SumMax"/>.</summary>
    /// <param name="parent">Only what is part of it.</param>
    public async Task<IReadOnlyList<Seen>> All(
        SubjectKind kind,
        Caller caller,
        string? parent = null
    )
    {
        var all = new List<Seen>();
        long? after = null;
        do
        {
            (IReadOnlyList<Seen> found, after) = await List(
                    kind,
                    new DocumentQuery(kind.Kind)
                    {
                        IsDescending = true,
                        Parent = parent,
                        After = after,
                        Limit = DocumentQuery.LimitMax,
                    },
                    caller
                )
                .ConfigureAwait(false);
            all.AddRange(found);
        } while (after is not null && all.Count < SumMax);

        return all;
    }

    public async Task<IReadOnlyList<JsonElement>> History(
        Seen seen,
        Caller caller,
        CancellationToken cancel
    )
    {
        const int most = 500;
        var happened = new List<JsonElement>();
        await foreach (
            Ledger.Event entry in records.EventsOf(seen.Subject, cancel).ConfigureAwait(false)
        )
        {
            if (Representation.Seen(entry, caller.Reader, Now) is { } known)
            {
                happened.Add(known);
            }

            if (happened.Count == most)
            {
                break;
            }
        }

        return happened;
    }

    public static Task NotFound(Visit visit) =>
        visit.Show(TroublePages.NotFound(visit.Texts), StatusCodes.Status404NotFound);
}
