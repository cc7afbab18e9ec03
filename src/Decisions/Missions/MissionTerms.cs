using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

public enum MissionPurpose
{
    Repair,
    Delivery,

    /// <summary>To see what is broken.</summary>
    Assessment,
}

/// <summary>What a mission is, as it is approved: any change voids the approvals.</summary>
/// <param name="For">The ledger subject it serves: <c>commitment/…</c> or <c>site/…</c>.</param>
/// <param name="Area">Where, coarse: what stands in clear.</param>
/// <param name="Site">The exact position, sealed.</param>
/// <param name="Crew">Names and contacts of the crew, sealed.</param>
/// <param name="Vehicle">Sealed; null when there is none.</param>
/// <param name="CrewSize">People who travel, 1 to 200.</param>
/// <param name="Since">Beginning of the window in which it may start.</param>
/// <param name="Until">End of the window: not started by then, it lapses.</param>
/// <param name="Clearances">Ids of the clearances it needs; one of them on access.</param>
/// <param name="Organisations">Ids of the organisations that take part.</param>
/// <param name="SafetyOfficers">Pseudonyms of people who watch over it without travelling.</param>
/// <param name="CheckInMinutes">From one check-in to the next, 5 to 1,440.</param>
/// <param name="GraceMinutes">From a missed check-in to the alarm, and from the alarm to overdue, 1 to 360.</param>
public sealed record MissionTerms(
    MissionPurpose Purpose,
    string For,
    Place Area,
    SealedField Site,
    IReadOnlyList<SealedField> Crew,
    SealedField? Vehicle,
    int CrewSize,
    IReadOnlyList<string> Spares,
    Instant Since,
    Instant Until,
    IReadOnlyList<string> Clearances,
    IReadOnlyList<string> Organisations,
    IReadOnlyList<string> SafetyOfficers,
    int CheckInMinutes,
    int GraceMinutes
)
{
    /// <summary>Names exactly these terms; an approval binds it.</summary>
    public string Fingerprint() => ContentId.Of("terms", this);
}
