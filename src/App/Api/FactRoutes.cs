using System.Text.Json;
using Breakwater.App.Dossiers;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Orders;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>What the items of a dossier say, made from those that the reader may see and from no other.</summary>
/// <param name="Items">The facts of the rule PROC-EVIDENCE on each item.</param>
internal sealed record DossierFacts(
    IReadOnlyList<ItemFacts> Items,
    IReadOnlyList<SupportedFact> Supported
)
{
    public static DossierFacts Of(Dossier seen) =>
        new(
            [.. seen.Items.Select(item => new ItemFacts(item.Id, EvidenceFactsFromItem.Of(item)))],
            FactsFromDossiers.FactsSupported([seen])
        );
}

/// <summary>The facts that an order proposes.</summary>
internal sealed record OrderFacts(IReadOnlyList<ProposedFact> Proposed);

/// <summary>Facts for the norms, worked out when they are asked for and stored nowhere.</summary>
internal sealed class FactRoutes(
    IRecords records,
    Catalogue catalogue,
    Callers callers,
    IClock clock
)
{
    public void Map(IEndpointRouteBuilder site)
    {
        Map<Dossier, DossierFacts>(site, KindName.Of<Dossier, DossierEvent>(), DossierFacts.Of);
        Map<ShutdownOrder, OrderFacts>(
            site,
            KindName.Of<ShutdownOrder, ShutdownOrderEvent>(),
            order => new OrderFacts(OrdersToFacts.Propose([order]))
        );
    }

    private void Map<TState, TFacts>(
        IEndpointRouteBuilder site,
        string kindName,
        Func<TState, TFacts> facts
    )
        where TState : class
    {
        SubjectKind kind = catalogue.Of(kindName)!;
        site.Get(
                $"{SubjectRoutes.Root}/{kind.Plural}/{{id}}/facts",
                context => Answer(context, kind, facts)
            )
            .Describe(kind, "facts", typeof(TFacts));
    }

    private async Task Answer<TState, TFacts>(
        HttpContext context,
        SubjectKind kind,
        Func<TState, TFacts> facts
    )
        where TState : class
    {
        string id = (string)context.Request.RouteValues["id"]!;
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (
            id.Length > 200
            || id.Any(char.IsControl)
            || await records.Document(kind.Subject(id)).ConfigureAwait(false) is not { } document
            || Representation.Seen(document, caller.Reader, clock.GetCurrentInstant())
                is not { } state
            || state.Deserialize<TState>(Json.Compact) is not { } seen
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context
            .Response.WriteAsJsonAsync(facts(seen), Json.Compact, context.RequestAborted)
            .ConfigureAwait(false);
    }
}
