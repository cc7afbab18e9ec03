using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.FactSheets;

/// <summary>What the vocabulary says of a fact, as far as it binds whoever answers.</summary>
/// <param name="IsEvaluative">It needs an assessment by a named role; measurements never set it.</param>
/// <param name="IsGuarded">Collecting the answer in the field may expose somebody.</param>
public sealed record FactTraits(bool IsEvaluative, bool IsGuarded);

/// <summary>Says one thing about one fact. What other sources said stays beside it.</summary>
public sealed record AnswerFact(
    string Fact,
    FactAnswerValue Value,
    string Source,
    RespondentRole Respondent,
    double? Confidence = null,
    IReadOnlyList<string>? Evidence = null,
    string? Assessor = null
)
{
    public const int EvidenceMax = 50;

    /// <summary>Who calls looks it up in the vocabulary; null: it has no such fact.</summary>
    [JsonIgnore]
    public FactTraits? Traits { get; init; }

    /// <summary>What to do about a fact that the vocabulary does not have.</summary>
    [JsonIgnore]
    public string Remedy { get; init; } = "";

    /// <summary>
    /// False when its evidence names what was proposed for a disruption, and that says otherwise or is not for all who read the sheet; who
    /// calls reads it from the store.
    /// </summary>
    [JsonIgnore]
    public bool IsAsProposed { get; init; } = true;

    public static Decided<FactSheetEvent> Decide(
        FactSheetFile? state,
        AnswerFact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("fact sheet");
        }

        Refusal? no =
            Sheets.WhyNot(state, by, now)
            ?? Wanting.Name("the fact", command.Fact)
            ?? Checks.Known(command.Value, "answer")
            ?? Checks.Known(command.Respondent, "respondent")
            ?? Wanting.Name("who says so", command.Source)
            ?? command.WhyNotSure()
            ?? command.WhyNotSaid(state)
            ?? (
                state.Answers.Count >= FactSheetFile.AnswersMax
                    ? Refusal.TooMuch(
                        $"a fact sheet takes {FactSheetFile.AnswersMax} answers; open another"
                    )
                : state.Said.Any(answer =>
                    answer.Fact == command.Fact
                    && answer.Source == command.Source.Trim()
                    && answer.By == by.Person
                )
                    ? Refusal.WrongState(
                        "you gave an answer of this source already; withdraw that one first"
                    )
                : null
            );
        return no is not null
            ? no
            : new FactAnswered(
                now,
                by.Person,
                by.Organisation,
                state.Answers.Count + 1,
                command.Fact,
                command.Value,
                command.Source.Trim(),
                command.Respondent,
                command.Confidence,
                command.Evidence ?? [],
                command.Traits!.IsEvaluative && !string.IsNullOrWhiteSpace(command.Assessor)
                    ? command.Assessor.Trim()
                    : null
            );
    }

    private Refusal? WhyNotSure() =>
        (
            Confidence is { } sure && !(sure is >= 0 and <= 1)
                ? Refusal.Invalid("the confidence is no number from 0 to 1")
                : null
        )
        ?? (
            Evidence is null ? null
            : Evidence.Count > EvidenceMax
                ? Refusal.TooMuch($"more than {EvidenceMax} pieces of evidence")
            : Wanting.Names("the evidence", Evidence)
        )
        ?? (string.IsNullOrWhiteSpace(Assessor) ? null : Wanting.Name("the assessor", Assessor));

    private Refusal? WhyNotSaid(FactSheetFile state) =>
        Traits is null ? Refusal.Invalid($"the law pack has no fact {Fact}. {Remedy}".TrimEnd())
        : Traits.IsGuarded && Respondent != RespondentRole.Desk
            ? Refusal.NotAllowed(
                "collecting that answer in the field may expose somebody; only the desk answers it, from documents"
            )
        : Traits.IsGuarded && state.Marking.Distribution == Distribution.Public
            ? Refusal.NotAllowed(
                "that answer may expose somebody, and everybody may read this sheet; open one that is not public"
            )
        : Traits.IsEvaluative
        && Value != FactAnswerValue.Unknown
        && string.IsNullOrWhiteSpace(Assessor)
            ? Refusal.Invalid("that fact is an assessment; name the role that assessed it")
        : !IsAsProposed
            ? Refusal.Invalid(
                "its evidence names a proposal that says otherwise, or that not all who read this sheet may see; take it over as it is offered, or leave that evidence out"
            )
        : null;
}
