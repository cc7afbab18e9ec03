using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Appealing;

/// <summary>Hears an appeal: the decision stands, or the question is put again. Neither the person nor the organisation took part.</summary>
/// <param name="Outcome"><see cref="AppealState.Upheld"/> or <see cref="AppealState.Reopened"/>.</param>
public sealed record HearAppeal(AppealState Outcome, string Reason)
{
    private static readonly Duration _leastTime = Duration.FromHours(1);

    public static Decided<DecisionEvent> Decide(
        Decision? state,
        HearAppeal command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("decision");
        }

        if (
            (Checks.Needed(command.Reason, "the reason") ?? Checks.Order(state.ChangedAt, now)) is
            { } no
        )
        {
            return no;
        }

        if (command.Outcome is not (AppealState.Upheld or AppealState.Reopened))
        {
            return Refusal.Invalid("an appeal ends with upheld or reopened");
        }

        if (state.Appeals.All(appeal => appeal.State != AppealState.Open))
        {
            return Refusal.WrongState("there is no appeal to hear");
        }

        if (!Acting.Counts(by) || TookPart(state, by))
        {
            return Refusal.NotAllowed(
                "an appeal is heard by a representative of an organisation that took no part"
            );
        }

        Duration time = Duration.Max(
            _leastTime,
            state.Deadline - (state.ReopenedAt ?? state.OpenedAt)
        );
        return new AppealHeard(
            now,
            by.Person,
            by.Organisation!,
            command.Outcome,
            command.Reason,
            command.Outcome == AppealState.Reopened ? now + time : null
        );
    }

    private static bool TookPart(Decision state, Participant by) =>
        state
            .Positions.SelectMany(position =>
                (IEnumerable<string?>)
                    [
                        position.Person,
                        position.IsVoice ? null : position.Stakeholder,
                        position.Answer?.Person,
                        position.Answer?.Organisation,
                    ]
            )
            .Concat(state.Recusals.SelectMany(one => (string?[])[one.Person, one.Organisation]))
            .Concat(state.Acknowledgements.Select(one => one.Person))
            .Concat(
                state
                    .Appeals.Where(one => one.State == AppealState.Open)
                    .SelectMany(one => (string?[])[one.Person, one.Organisation])
            )
            .Concat([state.OpenedBy, state.OpenedFor, state.ClosedBy])
            .Any(who => who is not null && (who == by.Person || who == by.Organisation));
}
