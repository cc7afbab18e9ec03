using Breakwater.App.Subjects;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Activating;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Agreements;

/// <summary>
/// Looks whether triggers of agreements are met, whenever something was recorded or time alone may have met one. It proposes and
/// does nothing else; what it looks at it may look at again.
/// </summary>
internal sealed class TriggerWatch(IRecords records, Catalogue catalogue, Roll roll)
{
    private long _seen = -1;
    private Instant? _again;

    /// <returns>How many agreements something happened to.</returns>
    public async Task<int> Once(Instant now, CancellationToken cancel)
    {
        long count = await records.Count().ConfigureAwait(false);
        if (count == _seen && !(_again <= now))
        {
            return 0;
        }

        (int happened, Instant? again) = await Look(now, cancel).ConfigureAwait(false);
        // What this look recorded is looked at once more: the use of one agreement may be what another waits for.
        (_seen, _again) = (count, again);
        return happened;
    }

    private async Task<(int Happened, Instant? Again)> Look(Instant now, CancellationToken cancel)
    {
        Loaded<Agreement>[] agreements =
        [
            .. await new Workspace(records).All<Agreement, AgreementEvent>().ConfigureAwait(false),
        ];
        Loaded<Agreement>[] watched =
        [
            .. agreements.Where(at =>
                at.State!.Terms.Trigger.Count > 0
                && (at.State.IsInForceAt(now) || at.State.Activations.Count > 0)
            ),
        ];
        if (watched.Length == 0)
        {
            return (0, null);
        }

        Dictionary<string, Agreement> byId = agreements.ToDictionary(
            at => at.State!.Id,
            at => at.State!,
            StringComparer.Ordinal
        );
        DisruptionsAtHand disruptions = await DisruptionsAtHand.All(records).ConfigureAwait(false);
        int happened = 0;
        Instant? again = null;
        foreach (Loaded<Agreement> at in watched)
        {
            // Each is committed for itself: one that somebody changed meanwhile must not hold up the others.
            var work = new Workspace(records);
            again = Earlier(again, Note(work, at, disruptions, byId, now));
            if (work.IsEmpty)
            {
                continue;
            }

            await catalogue.Follow(work, now).ConfigureAwait(false);
            happened +=
                await roll.Commit(work, null, cancel).ConfigureAwait(false) is Appended ? 1 : 0;
        }

        return (happened, again);
    }

    private static Instant? Note(
        Workspace work,
        Loaded<Agreement> at,
        DisruptionsAtHand disruptions,
        Dictionary<string, Agreement> byId,
        Instant now
    )
    {
        Instant? again = null;
        // Where it is used already counts too: its terms may name other places by now.
        IReadOnlyList<Disruption>[] groups =
        [
            .. disruptions
                .For(at.State!)
                .Concat(
                    at.State!.Activations.Select(disruptions.GroupOf)
                        .OfType<IReadOnlyList<Disruption>>()
                )
                .Distinct(),
        ];
        foreach (IReadOnlyList<Disruption> group in groups)
        {
            AgreementActivation? before = at.State!.Activations.FirstOrDefault(one =>
                disruptions.Is(group, one)
            );
            if (before is null && group.All(one => one.End is not null))
            {
                continue;
            }

            (Disruption disruption, TriggerFound found) = disruptions.Evaluate(
                at.State,
                group,
                byId,
                now
            );
            again = Earlier(again, found.LooksAgainAt);
            at = Stage(
                work,
                at,
                new NoteTrigger(before?.DisruptionId ?? disruption.Id, Of(disruption, found)),
                now
            );
        }

        foreach (
            AgreementActivation gone in at.State!.Activations.Where(one =>
                disruptions.Told.IsWithdrawn(disruptions.Told.Latest(one.DisruptionId))
            )
        )
        {
            at = Stage(
                work,
                at,
                new NoteTrigger(
                    gone.DisruptionId,
                    new DisruptionAtHand(
                        gone.DisruptionId,
                        gone.Place,
                        Truth.False,
                        [],
                        gone.Marking
                    )
                ),
                now
            );
        }

        return again;
    }

    public static DisruptionAtHand Of(Disruption disruption, TriggerFound found) =>
        new(disruption.Id, disruption.Place, found.Truth, found.NotKnown, disruption.Marking);

    private static Loaded<Agreement> Stage(
        Workspace work,
        Loaded<Agreement> at,
        NoteTrigger note,
        Instant now
    ) => work.Stage(at, NoteTrigger.Decide(at.State!, note, now).Events, Workspace.Clock);

    private static Instant? Earlier(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Min(a, b) : one ?? other;
}
