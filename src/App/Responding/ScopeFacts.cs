using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Scoping;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>The scope guard as it stands, and what of it products of the walk show.</summary>
internal static class ScopeFacts
{
    public static async Task<MarkOutOfScope> ForMark(
        Act act,
        ScopeJudgement? state,
        MarkOutOfScope command
    ) =>
        command with
        {
            Disruption = await ResponseFacts
                .Product<Disruption>(act, "disruption", command.DisruptionId)
                .ConfigureAwait(false),
        };

    /// <summary>Why nobody responds to a disruption, under whatever id it was told when it was judged; null when somebody may.</summary>
    public static async Task<Refusal?> WhyNot(IRecords records, string? disruption)
    {
        ScopeJudgement[] outside =
        [
            .. (
                await records.AllOf(KindName.Of<ScopeJudgement, ScopeEvent>()).ConfigureAwait(false)
            )
                .Select(document => SubjectKind<ScopeJudgement, ScopeEvent>.Read(document.Body))
                .Where(one => one.State == ScopeState.OutOfScope),
        ];
        if (disruption is null || outside.Length == 0)
        {
            return null;
        }

        if (outside.FirstOrDefault(one => one.DisruptionId == disruption) is { } same)
        {
            return same.WhyNot();
        }

        var revisions = new List<Revision>();
        await foreach (Product product in records.Products("revision").ConfigureAwait(false))
        {
            try
            {
                revisions.AddRange(
                    product.Body.Deserialize<Revision>(Json.Compact) is { } one ? [one] : []
                );
            }
            catch (JsonException)
            {
                // Written by another version: it says nothing to this one.
            }
        }

        var standing = new StandingTellings(revisions);
        return outside
            .FirstOrDefault(one => standing.Latest(one.DisruptionId) == standing.Latest(disruption))
            ?.WhyNot();
    }

    /// <summary>What was said is a product too: pages of the walk show it beside the disruption, and a proof reaches it.</summary>
    public static async Task Keep(
        Workspace work,
        ScopeJudgement judgement,
        ScopeEvent happened,
        Instant now
    )
    {
        if (happened is ScopeReminded)
        {
            return;
        }

        string subject = $"scope/{judgement.Id}";
        work.Record(
            subject,
            await work.Records.Version(subject).ConfigureAwait(false),
            [Recording.Of(judgement)]
        );
    }
}
