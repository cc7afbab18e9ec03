using System.Text.Json.Serialization;

namespace Breakwater.Vocabulary;

/// <summary>Who is said to have acted. No stage requires it to be a State.</summary>
public enum Actor
{
    State,
    ForeignState,
    NonStateGroup,
    Company,
    None,
    Unknown,
}

/// <summary>
/// What somebody says about a disruption. Claims are kept beside each other and never merged; a claim is not a finding.
/// </summary>
/// <param name="What">The kind of disruption claimed, in the source's terms.</param>
/// <param name="Cause">The cause claimed, or null when none is.</param>
/// <param name="Actor">The actor claimed.</param>
/// <param name="Source">Who says so; a reference that a reader can look up.</param>
/// <param name="Wording">The claim as the source puts it, shortened.</param>
/// <param name="Start">When it is said to have begun.</param>
/// <param name="End">When it is said to have ended; null is unknown.</param>
public sealed record Claim(
    string What,
    string? Cause,
    Actor Actor,
    string Source,
    string Wording,
    InstantRange? Start,
    InstantRange? End,
    Origin Origin
)
{
    /// <summary>True when the source says that it lasted at the time of writing; false with no end is that nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOngoing { get; init; }
}
