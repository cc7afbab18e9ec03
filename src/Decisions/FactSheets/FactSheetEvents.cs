using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.FactSheets;

/// <summary>What happens to a fact sheet.</summary>
/// <param name="By">Pseudonym of the person.</param>
public abstract record FactSheetEvent(Instant At, string By, string? Organisation);

public sealed record FactSheetOpened(
    Instant At,
    string By,
    string? Organisation,
    string Id,
    string Title,
    string? DisruptionId,
    string Conduct,
    Marking Marking
) : FactSheetEvent(At, By, Organisation);

public sealed record FactAnswered(
    Instant At,
    string By,
    string? Organisation,
    int Number,
    string Fact,
    FactAnswerValue Value,
    string Source,
    RespondentRole Respondent,
    double? Confidence,
    IReadOnlyList<string> Evidence,
    string? Assessor
) : FactSheetEvent(At, By, Organisation)
{
    internal FactAnswer Answer =>
        new(
            Number,
            Fact,
            Value,
            Source,
            Respondent,
            Confidence,
            Evidence,
            Assessor,
            By,
            Organisation,
            At
        );
}

public sealed record FactAnswerWithdrawn(
    Instant At,
    string By,
    string? Organisation,
    int Number,
    string Reason
) : FactSheetEvent(At, By, Organisation)
{
    internal WithdrawnAnswer Word => new(By, Organisation, Reason, At);
}

public sealed record BurdensSet(
    Instant At,
    string By,
    string? Organisation,
    bool AreClosed,
    string Reason
) : FactSheetEvent(At, By, Organisation)
{
    internal BurdenWord Word => new(AreClosed, Reason, By, Organisation, At);
}

public sealed record FactSheetClosed(Instant At, string By, string? Organisation, string Reason)
    : FactSheetEvent(At, By, Organisation);
