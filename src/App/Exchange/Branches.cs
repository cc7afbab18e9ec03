using Breakwater.App.Subjects;
using Breakwater.Decisions.Conflicts;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Exchange;

/// <summary>Branches as a conflict keeps them, and the events of a branch as its subject takes them.</summary>
internal static class Branches
{
    /// <summary>Longer branches are for people to exchange in time, not to settle in one go.</summary>
    public const int EventsMax = 500;
    public const int OctetsMax = 1 << 20;

    /// <param name="steps">Behind the trunk.</param>
    /// <param name="drafts">The same steps as they would be recorded here; null for those that are.</param>
    public static Branch Of(
        string node,
        DocumentState state,
        IEnumerable<Step> steps,
        IReadOnlyList<Draft>? drafts
    ) =>
        new(
            node,
            state.Standing,
            System.Text.Json.JsonElement.Parse(state.Body.Span),
            [
                .. steps.Select(
                    (step, i) =>
                    {
                        Envelope envelope = step.Entry!.Envelope;
                        return new BranchEvent(
                            step.Id,
                            envelope.Node,
                            envelope.Sequence,
                            envelope.Type,
                            envelope.Schema,
                            envelope.Author,
                            envelope.Clock.Wall,
                            (drafts?[i].Evidence ?? envelope.Evidence)
                                .FirstOrDefault(evidence => evidence.File == SignedOrigin.File)
                                ?.Sha256,
                            drafts?[i].Marking ?? envelope.Marking,
                            step.Entry.PayloadJson
                        );
                    }
                ),
            ]
        );

    /// <summary>True when a conflict can keep this branch beside the other.</summary>
    public static bool Fits(IReadOnlyCollection<Step> steps) =>
        steps.Count <= EventsMax && steps.Sum(step => step.Entry!.Payload.Length) <= OctetsMax;

    /// <summary>The events of a branch that arrived, as its subject records them.</summary>
    public static IReadOnlyList<Draft> Drafts(Branch branch) =>
        [
            .. branch.Events.Select(happened =>
                Draft.Of(
                    happened.Type,
                    happened.Payload,
                    happened.Marking,
                    happened.Author,
                    happened.Signed is { } signed ? [new Evidence(signed, SignedOrigin.File)] : [],
                    happened.Schema
                )
            ),
        ];

    /// <summary>What a subject is at, folded from the beginning of its course.</summary>
    public static SubjectFolding Folded(SubjectKind kind, IEnumerable<Step> steps)
    {
        SubjectFolding folding = kind.Begin();
        foreach (Step step in steps)
        {
            folding.Apply(step.Entry!);
        }

        return folding;
    }

    /// <summary>That a subject goes back to its trunk, where <paramref name="at"/> stands.</summary>
    public static Draft Return(string conflict, int steps, SubjectFolding at, Marking marking) =>
        Draft.Of(
            nameof(ReturnedToTrunk),
            new ReturnedToTrunk(
                conflict,
                steps,
                at.Present is null ? null : System.Text.Json.JsonElement.Parse(at.State().Body.Span)
            ),
            marking,
            Course.Clock
        );

    public static async Task<Course> CourseOf(
        IRecords records,
        string subject,
        CancellationToken cancel
    )
    {
        var events = new List<Event>();
        await foreach (
            Event entry in records.EventsOf(subject, cancel: cancel).ConfigureAwait(false)
        )
        {
            events.Add(entry);
        }

        return Course.Of(subject, events);
    }
}
