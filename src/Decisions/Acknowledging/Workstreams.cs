using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Acknowledging;

/// <summary>Who speaks for which stream of work.</summary>
internal static class Workstreams
{
    public static bool Speaks(Participant by, Workstream stream) =>
        by.Organisation is not null
        && by.Is(
            stream switch
            {
                Workstream.Mechanism => Role.Planner,
                Workstream.Norms => Role.LegalAnalyst,
                Workstream.Measurement => Role.Analyst,
                _ => Role.Representative,
            }
        );

    /// <param name="askedBy">Who acts: nobody acknowledges an act of their own.</param>
    public static Refusal? WhyNot(
        Participant by,
        Workstream stream,
        AcknowledgementAnswer answer,
        string? text,
        string askedBy
    ) =>
        Checks.Known(stream, "stream")
        ?? Checks.Known(answer, "answer")
        ?? (
            answer == AcknowledgementAnswer.Objects
                ? Checks.Needed(text, "the reason of the objection")
                : Checks.Text(text, "the text")
        )
        ?? (
            !Speaks(by, stream)
                ? Refusal.NotAllowed($"this role does not speak for {Checks.Word(stream)}")
            : by.Person == askedBy ? Refusal.NotAllowed("nobody acknowledges an act of their own")
            : null
        );
}
