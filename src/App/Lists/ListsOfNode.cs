using Breakwater.App.Consultations;
using Breakwater.App.Publishing;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Publications;
using Breakwater.Publications.Initiatives;
using Breakwater.Records;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Lists;

/// <summary>
/// What a node has on record about its response, in the columns of another initiative. It is what anybody reads on the public
/// pages of the node and nothing more, so nobody has to approve it first.
/// </summary>
internal static class ListsOfNode
{
    private static readonly Participant _operator = new(
        "operator",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role>()
    );

    /// <param name="response">Null for the only one that the public may know of.</param>
    public static async Task<(IReadOnlyList<InitiativeFile>? Files, Refusal? Refusal)> For(
        IRecords records,
        Initiative initiative,
        string? response,
        Instant now
    )
    {
        // Before anything is read: practice never leaves as if it had happened (INV-13).
        if (records.Node.IsExercise)
        {
            return (
                null,
                Refusal.NotAllowed(
                    "this node is an exercise: nothing of it goes to others who keep lists of what happened"
                )
            );
        }

        var work = new Workspace(records);
        Response[] all =
        [
            .. (await work.All<Response, ResponseEvent>().ConfigureAwait(false))
                .Select(at => at.State!)
                .Where(one =>
                    Guard.May(Reader.Anonymous, one.Marking, now)
                    && (response is null || one.Id == response)
                ),
        ];
        if (all is not [var only])
        {
            return (
                null,
                Refusal.Invalid(
                    all.Length > 0
                        ? $"the node has {all.Length} responses that the public may know of. Name one with --response: {string.Join(", ", all.Select(one => one.Id))}"
                    : response is null ? "the node has no response that the public may know of"
                    : $"there is no response {response} that the public may know of"
                )
            );
        }

        using var inputs = new InputsOnRecord(work.Records);
        (Walked? walked, Refusal? no) = await WalkOnRecord
            .Read(new Act(work, only.Id, null, only, _operator, now) { Inputs = inputs }, only)
            .ConfigureAwait(false);
        return walked is null
            ? (null, no)
            : (
                GivenToInitiatives.Of(
                    initiative,
                    walked,
                    Audience.Public,
                    await Missions(work, only).ConfigureAwait(false)
                ),
                null
            );
    }

    private static async Task<
        IReadOnlyList<(Mission Mission, IReadOnlyList<Notification> Told)>
    > Missions(Workspace work, Response response)
    {
        ILookup<string, Notification> told = (
            await work.All<Notification, NotificationEvent>().ConfigureAwait(false)
        )
            .Select(at => at.State!)
            .ToLookup(one => one.Mission, StringComparer.Ordinal);
        return
        [
            .. (await work.All<Mission, MissionEvent>().ConfigureAwait(false))
                .Select(at => at.State!)
                .Where(mission => mission.Parent == $"response/{response.Id}")
                .Select(mission => (mission, (IReadOnlyList<Notification>)[.. told[mission.Id]])),
        ];
    }
}
