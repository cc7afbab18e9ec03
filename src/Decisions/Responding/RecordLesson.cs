using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Says what should be done otherwise next time. Anyone may, from the activation on.</summary>
public sealed record RecordLesson(string Text, Workstream Stream)
{
    public static Decided<ResponseEvent> Decide(
        Response? state,
        RecordLesson command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("response");
        }

        Refusal? no =
            Checks.Needed(command.Text, "the lesson")
            ?? Checks.Known(command.Stream, "stream")
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.State is ResponseState.Active or ResponseState.StoodDown
                    ? null
                    : Refusal.WrongState($"the response is {state.Standing}")
            );
        return no is not null ? no
            : state.Lessons.Any(lesson => lesson.By == by.Person && lesson.Text == command.Text)
                ? Decided<ResponseEvent>.Nothing
            : state.Lessons.Count >= Checks.ListMax
                ? Refusal.TooMuch($"{Checks.ListMax} lessons are recorded already")
            : new LessonRecorded(now, by.Person, by.Organisation, command.Stream, command.Text);
    }
}
