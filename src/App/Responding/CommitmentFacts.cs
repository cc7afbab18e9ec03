using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using Act = Breakwater.App.Subjects.Act;

namespace Breakwater.App.Responding;

/// <summary>What steps of a commitment rest on, read from the store as it stands.</summary>
internal static class CommitmentFacts
{
    public static async Task<Advance> ForStep(Act act, Commitment? state, Advance command)
    {
        var permits = new List<Clearance>();
        foreach (string id in command.To == CommitmentState.Cleared ? state?.Clearances ?? [] : [])
        {
            Loaded<ClearanceFile> file = await act
                .Work.Load<ClearanceFile, ClearanceEvent>(id)
                .ConfigureAwait(false);
            permits.AddRange(file.State is { } found ? [found.ToClearance()] : []);
        }

        return command with
        {
            Permits = permits,
        };
    }

    public static async Task<HandOver> ForHandOver(Act act, Commitment? state, HandOver command) =>
        command with
        {
            Receiver = command.To is { Length: > 0 and <= 200 }
                ? (
                    await act
                        .Work.Load<Organisation, OrganisationEvent>(command.To)
                        .ConfigureAwait(false)
                ).State
                : null,
        };
}
