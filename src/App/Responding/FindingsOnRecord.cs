using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Responding;

/// <summary>What bodies of the law pack would say of the disruptions of a response: worked out when plans are made, and read again for reports.</summary>
internal static class FindingsOnRecord
{
    /// <summary>By the law and the readings of today. Without a pack that can be read there are none.</summary>
    public static async Task<FindingsOnDisruptions> WorkOut(Act act, Response response)
    {
        if (
            LawAtHand.Read.Pack is not { } pack
            || await ResponseFacts
                .Product<Disruption>(act, "disruption", response.DisruptionId)
                .ConfigureAwait(false)
                is not { } disruption
        )
        {
            return FindingsOnDisruptions.None;
        }

        IReadOnlyList<Disruption> disruptions = await Assessing
            .Around(act, disruption)
            .ConfigureAwait(false);
        SignalsFound found = await SignalsOnRecord
            .Read(act.Work.Records, response.Place)
            .ConfigureAwait(false);
        return FindingsFromFacts.Assess(disruptions, found.Signals, pack, act.Now.InUtc().Date);
    }

    /// <summary>The last finding of each of some disruptions; null where none is on record, which is not the same as no norm.</summary>
    public static async Task<NormsTold?> Told(
        IRecords records,
        IReadOnlyList<Disruption> disruptions
    )
    {
        if (LawAtHand.Read is not { Pack: { } pack } law)
        {
            return null;
        }

        var wanted = disruptions
            .Select(disruption => disruption.Id)
            .ToHashSet(StringComparer.Ordinal);
        var findings = new Dictionary<string, DisruptionFindings>(StringComparer.Ordinal);
        await foreach (
            Product product in records.Products(Recording.FindingKind).ConfigureAwait(false)
        )
        {
            if (Body<DisruptionFindings>(product) is { } read && wanted.Contains(read.Disruption))
            {
                findings[read.Disruption] = read;
            }
        }

        var facts = new List<ProposedFacts>();
        foreach (DisruptionFindings finding in findings.Values)
        {
            if (
                await records.Product(finding.Facts).ConfigureAwait(false) is { } product
                && Body<ProposedFacts>(product) is { } read
            )
            {
                facts.Add(read);
            }
        }

        return findings.Count == 0
            ? null
            : new NormsTold(
                new FindingsOnDisruptions(facts, [.. findings.Values], LeftOut: 0),
                pack,
                law.Texts
            );
    }

    private static T? Body<T>(Product product)
        where T : class
    {
        try
        {
            return product.Body.Deserialize<T>(Json.Compact);
        }
        catch (JsonException)
        {
            // Written by another version: it keeps its place in the ledger, and this one cannot tell of it.
            return null;
        }
    }
}
