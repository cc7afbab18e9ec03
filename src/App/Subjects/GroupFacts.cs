using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Grouping;

namespace Breakwater.App.Subjects;

/// <summary>Which organisations named for a group are no vetted ones here, read from the store as it stands.</summary>
internal static class GroupFacts
{
    private const int NamedMax = 1_000;

    public static async Task<ProposeGroup> ForGroup(
        Act act,
        SharingGroup? state,
        ProposeGroup command
    ) => command with { Unknown = await Unknown(act, command.Organisations).ConfigureAwait(false) };

    public static async Task<ProposeGroupChange> ForChange(
        Act act,
        SharingGroup? state,
        ProposeGroupChange command
    ) =>
        command with
        {
            Unknown =
                command.Change == GroupChangeKind.Add
                    ? await Unknown(act, [command.Organisation]).ConfigureAwait(false)
                    : [],
        };

    private static async Task<IReadOnlyList<string>> Unknown(
        Act act,
        IReadOnlyList<string>? organisations
    )
    {
        var unknown = new List<string>();
        // More than a group may have are refused anyway; the first is enough to say why not.
        foreach (string? id in (organisations ?? []).Take(NamedMax))
        {
            if (
                unknown.Count == 0
                && id is { Length: > 0 and <= 200 }
                && (
                    await act.Work.Load<Organisation, OrganisationEvent>(id).ConfigureAwait(false)
                ).State
                    is not { IsOperating: true }
            )
            {
                unknown.Add(id);
            }
        }

        return unknown;
    }
}
