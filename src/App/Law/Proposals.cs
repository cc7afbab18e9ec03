using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.Decisions.FactSheets;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Norms.Packs;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Law;

/// <summary>A proposed fact as a person may take it over into a fact sheet.</summary>
/// <param name="Id">Of what was proposed for the disruption, all facts together.</param>
internal sealed record Proposal(string Id, ProposedFact Fact)
{
    /// <summary>It stands under the source that proposed it; that a person took it over is in the evidence.</summary>
    public AnswerFact Answer { get; } =
        new(
            Fact.Fact,
            Fact.Value ? FactAnswerValue.Yes : FactAnswerValue.No,
            Fact.Source.Trim(),
            RespondentRole.Desk,
            Fact.Confidence?.Probability,
            [Id, .. Fact.Evidence.Take(AnswerFact.EvidenceMax - 1)]
        );

    public bool IsSaidBy(AnswerFact command) =>
        command.Fact == Answer.Fact
        && command.Value == Answer.Value
        && command.Source?.Trim() == Answer.Source
        && command.Confidence == Answer.Confidence;
}

/// <summary>
/// From what the walk proposed for a disruption to what a fact sheet about it may take over. Nothing of it counts until a person does,
/// and what not all readers of the sheet may see cannot be taken there.
/// </summary>
internal static class Proposals
{
    /// <summary>Of proposals for one disruption, the last so many are judged.</summary>
    private const int DraftsMax = 20;

    /// <summary>What this reader may take over; nothing of a telling that was told again or withdrawn.</summary>
    public static async Task<IReadOnlyList<Proposal>> For(
        FactSheetFile file,
        LawPack pack,
        IRecords records,
        Reader reader,
        Instant now
    )
    {
        if (file is not { DisruptionId: { } about, State: FactSheetState.Open })
        {
            return [];
        }

        var view = new PublicView(records, reader, now);
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        string told = standing.Latest(about);
        if (standing.IsWithdrawn(told))
        {
            return [];
        }

        var drafts = new Queue<Product>();
        await foreach (
            Product product in records.Products(Recording.FactsKind).ConfigureAwait(false)
        )
        {
            if (IsAbout(product, told))
            {
                drafts.Enqueue(product);
                if (drafts.Count > DraftsMax)
                {
                    drafts.Dequeue();
                }
            }
        }

        var may = new List<Proposal>();
        if (
            await view.Allowed([.. drafts]).ConfigureAwait(false) is [.., var last]
            && Read<ProposedFacts>(last) is { } proposed
        )
        {
            foreach (
                ProposedFact fact in proposed.Facts.Where(fact =>
                    FactsFromDisruptions.MayPropose(pack, fact.Fact) && !IsAnswered(file, fact)
                )
            )
            {
                var proposal = new Proposal(last.Id, fact);
                if (await IsForAll(records, file, last, proposal).ConfigureAwait(false))
                {
                    may.Add(proposal);
                }
            }
        }

        return may;
    }

    /// <summary>False when the evidence of an answer names what was proposed, and that is not what was proposed or not for the sheet.</summary>
    public static async Task<bool> IsAsProposed(
        IRecords records,
        FactSheetFile file,
        AnswerFact command
    )
    {
        if (command.Evidence is not { Count: <= AnswerFact.EvidenceMax } evidence)
        {
            return true;
        }

        string[] ids = [.. evidence.Where(ProposedFacts.IsId).Distinct()];
        if (ids.Length == 0)
        {
            return true;
        }

        StandingTellings standing = await Tellings(records).ConfigureAwait(false);
        foreach (string id in ids)
        {
            if (
                await records.Product(id).ConfigureAwait(false)
                    is not { Kind: Recording.FactsKind } product
                || file.DisruptionId is not { } about
                || Read<ProposedFacts>(product) is not { } proposed
                || standing.Latest(proposed.Disruption) != standing.Latest(about)
                || proposed
                    .Facts.Select(fact => new Proposal(id, fact))
                    .FirstOrDefault(proposal => proposal.IsSaidBy(command))
                    is not { } proposal
                || !await IsForAll(records, file, product, proposal).ConfigureAwait(false)
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What somebody said of themselves answers the fact. What was taken over answers for its own source alone, or a source that says
    /// otherwise would be passed over.
    /// </summary>
    private static bool IsAnswered(FactSheetFile file, ProposedFact fact) =>
        file.Said.Any(answer =>
            answer.Fact == fact.Fact
            && answer.Value != FactAnswerValue.Unknown
            && (answer.TakenFrom is null || answer.Source == fact.Source.Trim())
        );

    private static async Task<bool> IsForAll(
        IRecords records,
        FactSheetFile file,
        Product proposed,
        Proposal proposal
    ) =>
        file.Marking.IsAtMostAsWideAs(proposed.Marking)
        && (
            await records.Products([.. proposal.Answer.Evidence!.Distinct()]).ConfigureAwait(false)
        ).All(product => file.Marking.IsAtMostAsWideAs(product.Marking));

    private static bool IsAbout(Product product, string disruption) =>
        product.Body.TryGetProperty("disruption", out JsonElement about)
        && about.ValueEquals(disruption);

    /// <summary>All of them, whoever may see them: it is asked whether two names are of one disruption, and nothing is told.</summary>
    private static async Task<StandingTellings> Tellings(IRecords records)
    {
        var revisions = new List<Revision>();
        await foreach (Product product in records.Products("revision").ConfigureAwait(false))
        {
            if (Read<Revision>(product) is { } revision)
            {
                revisions.Add(revision);
            }
        }

        return new StandingTellings(revisions);
    }

    private static T? Read<T>(Product product)
        where T : class
    {
        try
        {
            return product.Body.Deserialize<T>(Json.Compact);
        }
        catch (JsonException)
        {
            // Written by another version, which keeps its place in the ledger and is not offered by this one.
            return null;
        }
    }
}
