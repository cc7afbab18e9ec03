using Breakwater.App.Subjects;
using Breakwater.Decisions.Contesting;
using Breakwater.Decisions.Interpreting;
using Breakwater.Records;

namespace Breakwater.App.Responding;

/// <summary>What common positions and contests must know of others of their kind.</summary>
internal static class InterpretingFacts
{
    public static async Task<Supersede> ForSuperseding(
        Act act,
        CommonPosition? state,
        Supersede command
    ) =>
        command with
        {
            Newer = (
                await act
                    .Work.Load<CommonPosition, CommonPositionEvent>(command.SupersededBy)
                    .ConfigureAwait(false)
            ).State,
        };

    /// <summary>
    /// Looks at the newest that wait, and no further: whoever floods is among them, and a contest costs the same however many wait.
    /// </summary>
    public static async Task<ContestFinding> ForContesting(
        Act act,
        Contest? state,
        ContestFinding command
    ) =>
        command with
        {
            Waiting = (
                await act
                    .Work.Records.Documents(
                        new DocumentQuery(Contest.Kind)
                        {
                            Standing = "received",
                            IsDescending = true,
                            Limit = DocumentQuery.LimitMax,
                        }
                    )
                    .ConfigureAwait(false)
            ).Count(document =>
                SubjectKind<Contest, ContestEvent>.Read(document.Body).By == act.By.Person
            ),
        };
}
