using System.Text.Json.Serialization;
using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.CountryPlans.Answering;

/// <summary>Answers one item, with what shows it. A later answer counts instead; what others said stays.</summary>
public sealed record AnswerItem(
    string Item,
    PlanAnswer Answer,
    IReadOnlyList<PlanEvidence> Evidence,
    string? Note = null
)
{
    /// <summary>The checklist of this node; null when it cannot be read.</summary>
    [JsonIgnore]
    public Checklist? Checklist { get; init; }

    public static Decided<CountryPlanEvent> Decide(
        CountryPlan? state,
        AnswerItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            PlanRules.Standing(state, by, now)
            ?? PlanRules.Item(command.Item, command.Checklist)
            ?? Checks.Known(command.Answer, "answer")
            ?? PlanRules.Evidence(command.Answer, command.Evidence)
            ?? OpenText.Optional(command.Note, "the note")
            ?? (
                state!.Answers.Count(one => one.Item == command.Item) >= CountryPlan.AnswersMax
                && state.Answers.All(one =>
                    one.Item != command.Item || one.Organisation != by.Organisation
                )
                    ? Refusal.TooMuch(
                        $"at most {CountryPlan.AnswersMax} organisations answer one item"
                    )
                    : null
            );
        return no is not null
            ? no
            : new PlanItemAnswered(
                now,
                by.Person,
                new ItemAnswer(
                    command.Item,
                    command.Answer,
                    command.Evidence,
                    command.Note,
                    by.Person,
                    by.Organisation,
                    now,
                    command.Checklist!.Version
                )
            );
    }
}
