using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications.Alerts;

/// <summary>CAP 1.2, section 3.2.1, status; <c>System</c> is not for people and never made here.</summary>
public enum AlertStatus
{
    Actual,
    Exercise,
    Test,
    Draft,
}

public enum AlertType
{
    Alert,
    Update,
    Cancel,
}

/// <summary>How later messages name an earlier one.</summary>
/// <param name="Status">What the earlier one was; what cancels it is the same.</param>
public sealed record AlertReference(
    string Sender,
    string Identifier,
    Instant Sent,
    AlertStatus Status = AlertStatus.Actual
);

/// <summary>A public warning in every language, before it is written out. It holds no position of anybody: areas are countries' boxes.</summary>
public sealed record Alert(
    string Identifier,
    string Sender,
    Instant Sent,
    AlertStatus Status,
    AlertType Type,
    IReadOnlyList<AlertReference> References,
    string? Note,
    IReadOnlyList<AlertInfo> Infos
);

/// <summary>What it says in one language.</summary>
/// <param name="Instruction">What to do; null for nothing that is known to help.</param>
/// <param name="Area">Null for what lies on no map, such as a registry.</param>
public sealed record AlertInfo(
    string Language,
    string Category,
    string Event,
    string Urgency,
    string Severity,
    string Certainty,
    Instant Onset,
    Instant Expires,
    string SenderName,
    string Headline,
    string Description,
    string? Instruction,
    AlertArea? Area
);

/// <param name="Pcodes">Humanitarian place codes of the areas that needs are counted in.</param>
public sealed record AlertArea(
    string Description,
    string Country,
    IReadOnlyList<LatLonBox> Boxes,
    IReadOnlyList<string> Pcodes
);
