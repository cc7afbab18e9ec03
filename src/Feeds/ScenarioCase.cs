using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>A question of principle that is put to people at the time of the plan.</summary>
/// <param name="Id">What positions name as what they are on.</param>
/// <param name="Kind"><c>registry</c> or <c>neutrality</c>.</param>
/// <param name="Case">Id of the case that it is about.</param>
public sealed record ScenarioQuestion(
    string Id,
    string Kind,
    string Question,
    string Case,
    Evidence Evidence
);

/// <summary>A case about the continuity of a core resource. Its words are those of Decisions, which no door may reference.</summary>
/// <param name="Forum">Null is unknown.</param>
/// <param name="Users">Null is unknown.</param>
public sealed record ScenarioCase(
    string Id,
    string Type,
    string Name,
    Place Place,
    string Institution,
    string? Forum,
    CountRange? Users,
    string UsersSource,
    IReadOnlyList<Place> Functions,
    IReadOnlyList<CaseDeadlineLine> Deadlines,
    IReadOnlyList<CaseMeasureLine> Measures,
    IReadOnlyList<CasePartyLine> Parties,
    IReadOnlyList<CaseContactLine> Contacts,
    string By,
    Origin Origin,
    Evidence Evidence
);

public sealed record CaseDeadlineLine(string Id, string What, Instant Due, string Source);

public sealed record CaseMeasureLine(string Id, string What, string By);

public sealed record CasePartyLine(string Name, StakeholderClass Class, string Part);

public sealed record CaseContactLine(string Resource, string Why);

/// <summary>A trip for repair or delivery. A scenario names no position, nobody of a crew and no vehicle.</summary>
/// <param name="Offer">Id of the offer that it serves.</param>
/// <param name="Purpose"><c>repair</c>, <c>delivery</c> or <c>assessment</c>.</param>
/// <param name="Window">In which it may start.</param>
/// <param name="By">Id of the stakeholder who proposes it.</param>
/// <param name="Parties">Who is told of it.</param>
public sealed record ScenarioMission(
    string Id,
    string Offer,
    string Purpose,
    Place Place,
    TimeWindow Window,
    Instant ProposedAt,
    string By,
    int CrewSize,
    IReadOnlyList<string> Spares,
    IReadOnlyList<string> Clearances,
    IReadOnlyList<string> Parties,
    Origin Origin,
    Evidence Evidence
);
