using System.Text.Json.Serialization;
using Breakwater.Disruptions.Law;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.FactSheets;

public enum FactSheetState
{
    Open,

    /// <summary>Nothing more is said on it; norms may still be asked of it.</summary>
    Closed,
}

/// <summary>Who was asked, and so what may be asked of them.</summary>
public enum RespondentRole
{
    Field,

    /// <summary>Trained to document, and warned.</summary>
    Documenter,

    /// <summary>Works from documents and measurements, away from where it happened.</summary>
    Desk,
}

public enum FactAnswerValue
{
    Yes,
    No,

    /// <summary>Asked, and not known: unknown is not no.</summary>
    Unknown,
}

/// <summary>One source's word on one fact. It stays listed when it is withdrawn, and then counts for nothing.</summary>
/// <param name="Number">On its sheet, from 1; by it an answer is withdrawn.</param>
/// <param name="Fact">Id of the law pack's vocabulary.</param>
/// <param name="Source">Who says so, in words: a source or a role, never a person's name.</param>
/// <param name="Confidence">0 to 1; null when the source gave none.</param>
/// <param name="Evidence">Ids or hashes of what it rests on.</param>
/// <param name="Assessor">The role that assessed an evaluative fact.</param>
public sealed record FactAnswer(
    int Number,
    string Fact,
    FactAnswerValue Value,
    string Source,
    RespondentRole Respondent,
    double? Confidence,
    IReadOnlyList<string> Evidence,
    string? Assessor,
    string By,
    string? Organisation,
    Instant At
)
{
    /// <summary>Null while it stands.</summary>
    public WithdrawnAnswer? Withdrawn { get; init; }

    /// <summary>Id of what was proposed for a disruption, of which a person took this over; null for what was said of itself.</summary>
    [JsonIgnore]
    public string? TakenFrom => Evidence.FirstOrDefault(ProposedFacts.IsId);
}

public sealed record WithdrawnAnswer(string By, string? Organisation, string Reason, Instant At);

/// <summary>Whether burdens are closed, and why: the State or operator was heard, or defaulted, and did not discharge its burden.</summary>
public sealed record BurdenWord(
    bool AreClosed,
    string Reason,
    string By,
    string? Organisation,
    Instant At
);

/// <summary>
/// A fact sheet: what is known of one incident for the norms, fact by fact, with who says so. It says what happened and never what
/// follows from it; findings are worked out when they are asked for.
/// </summary>
public sealed record FactSheetFile : ISubject<FactSheetFile, FactSheetEvent>
{
    public const string Kind = "fact-sheet";

    public const int AnswersMax = 1_000;

    static string ISubject<FactSheetFile, FactSheetEvent>.Kind => Kind;

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Null when it is about an incident that is not on record.</summary>
    public required string? DisruptionId { get; init; }

    /// <summary>When the conduct was: <c>2024-02-02/..</c>, one day, or <c>undated</c>.</summary>
    public required string Conduct { get; init; }

    public required FactSheetState State { get; init; }

    /// <summary>In the order in which they were given, withdrawn ones among them.</summary>
    public required IReadOnlyList<FactAnswer> Answers { get; init; }

    /// <summary>The last word on it; null while nobody said anything, and then burdens are open.</summary>
    public required BurdenWord? Burdens { get; init; }

    public required string? ClosedBecause { get; init; }

    /// <summary>Null for readers who are not told who people are.</summary>
    public string? By { get; init; }

    public required string? Organisation { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public string Words => $"{Title} {Conduct} {DisruptionId}";

    /// <summary>Answers that count.</summary>
    [JsonIgnore]
    public IEnumerable<FactAnswer> Said => Answers.Where(answer => answer.Withdrawn is null);

    public static FactSheetFile Apply(FactSheetFile? before, FactSheetEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is FactSheetOpened opened)
        {
            return new FactSheetFile
            {
                Id = opened.Id,
                Title = opened.Title,
                DisruptionId = opened.DisruptionId,
                Conduct = opened.Conduct,
                State = FactSheetState.Open,
                Answers = [],
                Burdens = null,
                ClosedBecause = null,
                By = opened.By,
                Organisation = opened.Organisation,
                OpenedAt = opened.At,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        FactSheetFile after = happened switch
        {
            FactAnswered answered => before with { Answers = [.. before.Answers, answered.Answer] },
            FactAnswerWithdrawn withdrawn => before with
            {
                Answers =
                [
                    .. before.Answers.Select(answer =>
                        answer.Number == withdrawn.Number
                            ? answer with
                            {
                                Withdrawn = withdrawn.Word,
                            }
                            : answer
                    ),
                ],
            },
            BurdensSet set => before with { Burdens = set.Word },
            FactSheetClosed closed => before with
            {
                State = FactSheetState.Closed,
                ClosedBecause = closed.Reason,
            },
            _ => throw new InvalidOperationException($"a fact sheet knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}
