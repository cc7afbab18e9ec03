using Breakwater.App.Exercises;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Tasking;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>Exercises as they are planned and learnt from, and the one that a node of practice is.</summary>
internal static class ExerciseKinds
{
    private static readonly Role[] _organisers = [Role.Planner, Role.Representative];

    public static IEnumerable<SubjectKind> All() => [Exercises(), Runs()];

    private static SubjectKind Exercises() =>
        new KindOf<Exercise, ExerciseEvent>("exercises")
            .Travels()
            .Starts<PlanExercise>(PlanExercise.Decide, Admission.Roles, _organisers)
            .Does<CancelExercise>(CancelExercise.Decide, _organisers)
            .Fills<TakeOverResult>(Signed, TakeOverResult.Decide, _organisers)
            .Does<SetTask>(SetTask.Decide, _organisers)
            .Does<FinishTask>(FinishTask.Decide, _organisers)
            .Does<CloseTask>(CloseTask.Decide, _organisers)
            .Elapses(Exercise.Elapse)
            .Made();

    /// <summary>Its acts are those of the control room, where its clock is: <c>ExerciseDoor</c>.</summary>
    private static SubjectKind Runs() => new KindOf<ExerciseRun, RunEvent>("exercise-runs").Made();

    private static Task<TakeOverResult> Signed(Act act, Exercise? state, TakeOverResult command)
    {
        (ExerciseResult? result, string? why) = Reporting.Read(command.Verifier, command.Note);
        return Task.FromResult(command with { Signed = result, Unsigned = why });
    }
}
