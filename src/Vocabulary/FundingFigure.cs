using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>A published figure on money: what is required, what was received, and until when it lasts.</summary>
public sealed record FundingFigure(
    string Label,
    decimal? RequiredUsd,
    decimal? ReceivedUsd,
    LocalDate? Until,
    string Source,
    Origin Origin
);
