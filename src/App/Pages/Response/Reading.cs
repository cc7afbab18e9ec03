using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Agreements;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.App.CountryPlans;
using Breakwater.App.Law;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.FactSheets;
using Breakwater.Disruptions;
using Breakwater.Norms.Packs;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Response;

/// <summary>Subjects for pages. The guard judges each before anything of it is read.</summary>
internal sealed class Reading(
    IRecords records,
    DarkForecast forecast,
    ReachOnRecord reach,
    OverlapsOnRecord overlaps,
    IClock clock
)
{
    /// <summary>Subjects that a board sums up; a node with more open ones has its lists filtered.</summary>
    public const int SumMax = 2_000;

    /// <summary>Pairs of likely duplicates that a board shows: more than a person judges in one sitting.</summary>
    private const int OverlapsMax = 20;

    public Instant Now => clock.GetCurrentInstant();

    /// <summary>Nodes that a publication was written out for; null for a caller whom that does not concern.</summary>
    public async Task<IReadOnlyList<Publishing.Recipient>?> Recipients(
        Seen publication,
        Caller caller
    ) =>
        Guard.May(
            caller.ReaderOf(publication.Kind.Kind),
            Decisions.Publishing.PublicationFile.Unreleased,
            Now
        )
            ? await Publishing
                .Recipients.Of(records, publication.Id, CancellationToken.None)
                .ConfigureAwait(false)
            : null;

    /// <summary>
    /// Of a publication that another node released, the hashes of those files that came with it and are here; null for one that was
    /// released on this node.
    /// </summary>
    public async Task<IReadOnlySet<string>?> Carried(Seen publication)
    {
        if (
            publication.Time("releasedAt") is null
            || await records.Version($"published/{publication.Id}").ConfigureAwait(false) > 0
        )
        {
            return null;
        }

        var here = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            string sha256 in publication
                .List("documents")
                .Select(document => Seen.Text(document, "html"))
                .Concat(publication.List("files").Select(file => Seen.Text(file, "sha256")))
                .OfType<string>()
        )
        {
            if (await records.Evidence(sha256).ConfigureAwait(false) is not null)
            {
                here.Add(sha256);
            }
        }

        return here;
    }

    /// <summary>Which sites go dark first, of those that the caller may know of.</summary>
    public Task<DarkOrder> Dark(Caller caller) => forecast.For(caller.ReaderOf);

    /// <summary>Whom a response has reached, of what the caller may know.</summary>
    public async Task<IReadOnlyList<Restorations.Reach>> Reach(Seen response, Caller caller) =>
        (await reach.For(response.Id, caller.ReaderOf).ConfigureAwait(false))?.Needs ?? [];

    /// <summary>What may be done twice and has a subject of the kind in it, up to <see cref="OverlapsMax"/> of each board.</summary>
    /// <returns>Null for those who do not plan or promise.</returns>
    public async Task<SeenOverlaps?> Overlaps(SubjectKind kind, Caller caller)
    {
        if (caller.WhyNotLook(OverlapsOnRecord.Roles) is not null)
        {
            return null;
        }

        if (
            await overlaps.For(caller.ReaderOf, CancellationToken.None).ConfigureAwait(false)
            is not { } found
        )
        {
            // Not looked at is not the same as none.
            return new SeenOverlaps([], 0, IsPartial: true);
        }

        Overlap[] here =
        [
            .. found.Overlaps.Where(overlap => IsOf(overlap.First) || IsOf(overlap.Second)),
        ];
        var shown = new List<SeenOverlap>();
        foreach (Overlap overlap in here.Take(OverlapsMax))
        {
            if (
                await One(overlap.First, caller).ConfigureAwait(false) is { } first
                && await One(overlap.Second, caller).ConfigureAwait(false) is { } second
            )
            {
                shown.Add(new SeenOverlap(first, second, overlap.Reasons));
            }
        }

        return new SeenOverlaps(shown, here.Length, found.IsPartial);

        bool IsOf(string subject) => subject.StartsWith($"{kind.Kind}/", StringComparison.Ordinal);
    }

    /// <summary>What was proposed for the disruption of a fact sheet and is not said there, of what the caller may know.</summary>
    public Task<IReadOnlyList<Proposal>> Proposed(
        FactSheetFile sheet,
        LawPack pack,
        Caller caller
    ) => Proposals.For(sheet, pack, records, caller.ReaderOf(Recording.FactsKind), Now);

    /// <summary>Whether the trigger of an agreement is met in disruptions that the caller may know of; what is known not to meet it is left out.</summary>
    public Task<IReadOnlyList<(Disruption Disruption, TriggerFound Found)>> Triggers(
        Agreement agreement,
        Caller caller
    ) => TriggersSeen.For(records, caller, agreement, Now);

    /// <summary>Agreements in a disruption, of what the caller may know.</summary>
    public Task<IReadOnlyList<ActivationTold>> Activations(string disruption, Caller caller) =>
        TriggersSeen.Told(new PublicView(records, caller.ReaderOf("agreement"), Now), disruption);

    /// <summary>Agreements of the caller's sight.</summary>
    public Task<(IReadOnlyList<Agreement> States, bool IsWhole)> Agreements(Caller caller) =>
        StatesSeen.Of<Agreement>(records, "agreement", caller.ReaderOf("agreement"), Now);

    /// <summary>Contact points of the caller's sight, without ways in that are not for the caller; and whether these are all.</summary>
    public Task<(IReadOnlyList<Contact> Contacts, bool IsWhole)> Contacts(Caller caller) =>
        ContactsOnRecord.Of(
            records,
            caller.ReaderOf(ContactsOnRecord.Kind),
            Now,
            ContactsOnRecord.PageMost
        );

    public Task<CountryPlan?> PlanAsOf(string country, Caller caller, Instant asOf) =>
        PlansOnRecord.AsOf(records, country, caller.ReaderOf(PlansOnRecord.Kind), asOf, Now);

    public async Task<Seen?> One(Visit visit, SubjectKind kind, Caller caller) =>
        visit.Http.Request.RouteValues["id"] is string { Length: > 0 and <= 200 } id
            ? await One(kind.Subject(id), caller).ConfigureAwait(false)
            : null;

    public async Task<Seen?> One(string subject, Caller caller) =>
        Catalogue.Known.Of(subject[..subject.IndexOf('/', StringComparison.Ordinal)]) is { } kind
        && await records.Document(subject).ConfigureAwait(false) is { } document
            ? Seen.Of(kind, document, caller.ReaderOf(kind.Kind), Now)
            : null;

    /// <summary>A state with all that pages hide, for what is only about the reader's own; null when there is none.</summary>
    public async Task<TState?> Whole<TState, TEvent>(string id)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        (await new Workspace(records).Load<TState, TEvent>(id).ConfigureAwait(false)).State;

    /// <returns>What this reader may see, and what to go on after when more may follow.</returns>
    public async Task<(IReadOnlyList<Seen> Found, long? Next)> List(
        SubjectKind kind,
        DocumentQuery query,
        Caller caller
    )
    {
        Instant now = Now;
        Reader reader = caller.ReaderOf(kind.Kind);
        DocumentPage page = await records.Documents(query, reader, now).ConfigureAwait(false);
        return (
            [
                .. page
                    .Documents.Select(document => Seen.Of(kind, document, reader, now))
                    .OfType<Seen>(),
            ],
            page.Next
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
        Reader reader = caller.ReaderOf(seen.Kind.Kind);
        var happened = new List<JsonElement>();
        await foreach (
            Ledger.Event entry in records
                .EventsOf(seen.Subject, cancel: cancel)
                .ConfigureAwait(false)
        )
        {
            if (Representation.Seen(entry, reader, Now) is { } known)
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
