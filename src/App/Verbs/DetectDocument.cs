using System.Text.Json.Serialization;
using Breakwater.App.Verbs.Following;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>What <c>detect --json</c> prints, and <c>detect --follow --json</c> in its last line.</summary>
/// <param name="Watched">Where and when feeds could see, which <c>match</c> needs.</param>
internal sealed record DetectDocument(
    IReadOnlyList<Disruption> Disruptions,
    IReadOnlyList<Blind> Blind,
    IReadOnlyList<SetAside> SetAside,
    IReadOnlyList<Flood> Floods,
    IReadOnlyList<Storm> Storms,
    IReadOnlyList<Watched> Watched,
    IReadOnlyList<Revision> Revisions,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string> Notes
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FollowedCounts? Followed { get; init; }

    public static DetectDocument Of(
        Detection detection,
        IReadOnlyList<Watched> watched,
        IReadOnlyList<Revision> revisions,
        IReadOnlyList<InputFault> faults,
        IReadOnlyList<string> notes
    ) =>
        new(
            detection.Disruptions,
            detection.Blind,
            detection.SetAside,
            detection.Floods,
            detection.Storms,
            watched,
            revisions,
            faults,
            notes
        );
}
