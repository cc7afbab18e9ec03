using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Exercises.Running;

/// <summary>Records what an exercise that has ended found, so that its node signs it.</summary>
public sealed record ReportRun(ExerciseResult Result)
{
    public static Decided<RunEvent> Decide(
        ExerciseRun? state,
        ReportRun command,
        string by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        return state is null ? Refusal.WrongState("this node is no exercise")
            : state.State != RunState.Ended
                ? Refusal.WrongState("the exercise has not ended; end it first")
            : state.Report == command.Result ? Decided<RunEvent>.Nothing
            : new RunReported(Instant.Max(now, state.ChangedAt), by, command.Result);
    }
}
