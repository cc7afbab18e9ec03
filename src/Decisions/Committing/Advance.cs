using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>Moves a commitment one step on, to lapsed or to withdrawn.</summary>
/// <param name="By">Who says so: the id of a stakeholder.</param>
/// <param name="Proof">What shows it.</param>
public sealed record Advance(CommitmentState To, string By, string Proof, Origin Origin)
{
    public static (Commitment Commitment, CommitmentRefused? Refusal) Step(
        Commitment commitment,
        Advance command,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(commitment);
        ArgumentNullException.ThrowIfNull(command);
        return WhyNot(commitment, command, now) is { } reason
            ? (commitment, new CommitmentRefused(reason))
            : (
                commitment with
                {
                    State = command.To,
                    History =
                    [
                        .. commitment.History,
                        new CommitmentStep(command.To, now, command.Proof, command.Origin),
                    ],
                },
                null
            );
    }

    /// <summary>A commitment past its end date lapses by itself: nobody has to notice.</summary>
    public static Commitment LapseIfOver(Commitment commitment, Instant now)
    {
        ArgumentNullException.ThrowIfNull(commitment);
        return IsEnded(commitment.State) || commitment.Until is not { } until || now < until
            ? commitment
            : commitment with
            {
                State = CommitmentState.Lapsed,
                History =
                [
                    .. commitment.History,
                    new CommitmentStep(
                        CommitmentState.Lapsed,
                        until,
                        "its end date passed",
                        Origin.Modelled
                    ),
                ],
            };
    }

    private static string? WhyNot(Commitment commitment, Advance command, Instant now)
    {
        if (IsEnded(commitment.State))
        {
            return $"the commitment is {commitment.State} and moves no more";
        }

        if (now < commitment.History[^1].At)
        {
            return "the step lies before the one it follows";
        }

        if (command.To is CommitmentState.Lapsed or CommitmentState.Withdrawn)
        {
            return null;
        }

        bool isNext =
            command.To == commitment.State + 1
            || (
                command.To == CommitmentState.StillWorking
                && commitment.State == CommitmentState.StillWorking
            );
        if (!isNext)
        {
            return $"a commitment that is {commitment.State} cannot become {command.To}: no state is skipped";
        }

        return
            command.To is CommitmentState.Working or CommitmentState.StillWorking
            && command.By == commitment.Stakeholder
            ? "a supplier cannot confirm its own service; somebody else must see it work"
            : null;
    }

    private static bool IsEnded(CommitmentState state) =>
        state is CommitmentState.Lapsed or CommitmentState.Withdrawn;
}
