using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>
/// How a node begins: its first organisations, written by whoever runs it and by nobody else, once. From then on membership
/// changes by two people of different organisations only.
/// </summary>
internal static class Founding
{
    private const string Author = "founding";

    /// <returns>The ids of the organisations, or why the node was not founded.</returns>
    public static async Task<(IReadOnlyList<string> Organisations, Refusal? Refusal)> Do(
        IRecords records,
        Found command,
        Instant now,
        CancellationToken cancel
    )
    {
        IReadOnlyList<Document> there = await records
            .Documents(new DocumentQuery(Organisation.Kind) { Limit = 1 })
            .ConfigureAwait(false);
        if (there.Count > 0)
        {
            return (
                [],
                Refusal.WrongState(
                    "this node has organisations already; they change by two people of different organisations"
                )
            );
        }

        Decided<OrganisationFounded> decided = Found.Decide(command, now);
        if (decided.Refusal is { } refusal)
        {
            return ([], refusal);
        }

        var work = new Workspace(records);
        foreach (OrganisationFounded founded in decided.Events)
        {
            work.Stage<Organisation, OrganisationEvent>(
                new Loaded<Organisation>($"{Organisation.Kind}/{founded.Id}", 0, null),
                [founded],
                Author
            );
        }

        return await work.Commit(null, cancel).ConfigureAwait(false) is Appended
            ? ([.. decided.Events.Select(founded => founded.Id)], null)
            : ([], Refusal.WrongState("somebody founded this node at the same moment"));
    }
}
