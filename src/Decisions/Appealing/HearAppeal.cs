using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Appealing;

/// <summary>
/// Hears an appeal: the decision stands, or the question is put again. Neither the person nor the organisation took part. Where every
/// organisation did, one that took no position may, by a person who took no part.
/// </summary>
/// <param name="Outcome"><see cref="AppealState.Upheld"/> or <see cref="AppealState.Reopened"/>.</param>
public sealed record HearAppeal(AppealState Outcome, string Reason)
{
    /// <summary>
    /// Vetted organisations with somebody who represents them. Who calls reads them from the store; null: not looked at, so that one may
    /// be left.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Organisations { get; init; }

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

        if (WhyNotJudge(state, command, by) is { } partial)
        {
            return partial;
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

    private static Refusal? WhyNotJudge(Decision state, HearAppeal command, Participant by)
    {
        HashSet<string> part = [.. TookPart(state)];
        if (Acting.Counts(by) && !part.Contains(by.Person) && !part.Contains(by.Organisation!))
        {
            return null;
        }

        if (command.Organisations is not { } all || all.Any(one => !part.Contains(one)))
        {
            return Refusal.NotAllowed(
                "an appeal is heard by a representative of an organisation that took no part"
            );
        }

        HashSet<string> partial = [.. TookSides(state)];
        return Acting.Counts(by) && !part.Contains(by.Person) && !partial.Contains(by.Organisation!)
                ? null
            : all.All(partial.Contains)
                ? Refusal.NotAllowed(
                    "every organisation took a position, recused or appealed; vet another organisation, and a representative of it can hear the appeal"
                )
            : Refusal.NotAllowed(
                "every organisation took part; the appeal is heard by a representative who took no part, of an organisation that took no position"
            );
    }

    /// <summary>Organisations that said what they want, or that they may not judge.</summary>
    private static IEnumerable<string> TookSides(Decision state) =>
        state
            .Positions.Where(position => !position.IsVoice)
            .Select(position => position.Stakeholder)
            .Concat(state.Recusals.Select(one => one.Organisation).OfType<string>())
            .Concat(
                state
                    .Appeals.Where(one => one.State == AppealState.Open)
                    .Select(one => one.Organisation)
                    .OfType<string>()
            );

    private static IEnumerable<string> TookPart(Decision state) =>
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
            .OfType<string>();
}
