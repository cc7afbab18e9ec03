using Breakwater.Preparedness.Exercises;
using Breakwater.Publications;
using Breakwater.Publications.AfterAction;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>
/// What was learnt from an exercise, from what its organisers keep on this node and let the public see. What was played stays on the
/// node of the exercise (INV-13).
/// </summary>
internal static class ExerciseForm
{
    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked)
    {
        if (await asked.Public<Exercise, ExerciseEvent>().ConfigureAwait(false) is not { } exercise)
        {
            return (null, asked.Hidden);
        }

        if (exercise is not { State: ExerciseState.Held, Result: { } result })
        {
            return (
                null,
                Refusal.WrongState(
                    "its result was not taken over, so nobody can tell what was learnt; take over what the node of the exercise signed first"
                )
            );
        }

        return (
            new ComposedForm(
                FormAsked.Written(language =>
                    LearntReport.Of(
                        asked.Front(
                            texts =>
                                texts.Plain(
                                    new Said("title.exercise", ("name", new Free(exercise.Name)))
                                ),
                            Origin.Reported,
                            language
                        ),
                        exercise,
                        result
                    )
                ),
                [
                    new ReleasedFile(
                        LearntReport.File,
                        "application/json",
                        LearntReport.Json(exercise, result, asked.Cite)
                    ),
                ]
            ),
            null
        );
    }
}
