using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

public enum RestorationState
{
    /// <summary>Measured, and the service is still gone.</summary>
    NotRestored,

    /// <summary>Measured back in part.</summary>
    Partial,

    /// <summary>Measured back and held.</summary>
    Confirmed,

    /// <summary>Came back and was lost again.</summary>
    Relapsed,

    /// <summary>No source independent of the supplier can see; the supplier's word alone closes nothing (INV-19).</summary>
    Unconfirmed,
}

/// <summary>The measured return of one service in one area (INV-02), seen by somebody other than who delivered it.</summary>
public sealed record Restoration
{
    public required string Id { get; init; }

    public required string DisruptionId { get; init; }

    public required Place Place { get; init; }

    public string? Network { get; init; }

    /// <summary>What came back, as the measuring source defines it.</summary>
    public required string ServiceSeen { get; init; }

    public required RestorationState State { get; init; }

    /// <summary>When the return began: between the last sample seen lost and the first seen returned.</summary>
    public required InstantRange? Start { get; init; }

    /// <summary>
    /// When the return was lost again: between the last time that it was seen and the first that it was seen gone. Null, and absent
    /// in JSON, while no loss of it is seen, which is not the same as holding: see <see cref="State"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InstantRange? End { get; init; }

    /// <summary>Share of the baseline seen at the end of the window, 0 to 1; null is unknown.</summary>
    public required double? ShareRestored { get; init; }

    public required string MeasuredBy { get; init; }

    /// <summary>Commitments that aimed at this place and network; none is credited by the measurement itself.</summary>
    public required IReadOnlyList<string> Commitments { get; init; }

    /// <summary>The commitment that is this service; null, and absent in JSON, for the return of what was there before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Supply { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>When it was measured; null in records from before this was said.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>True when both look at one service in one area through the same eyes, at whatever time.</summary>
    public bool IsSameSightAs(Restoration other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return DisruptionId == other.DisruptionId
            && Place.Equals(other.Place)
            && Network == other.Network
            && Supply == other.Supply
            && (
                Supply is not null
                || (ServiceSeen == other.ServiceSeen && MeasuredBy == other.MeasuredBy)
            );
    }

    /// <summary>
    /// What the last measurement of each disruption found. What an earlier one found is superseded as a whole: who saw a return
    /// then and says nothing now does not see it now.
    /// </summary>
    public static IReadOnlyList<Restoration> Latest(IEnumerable<Restoration> restorations) =>
        [
            .. restorations
                .GroupBy(restoration => restoration.DisruptionId, StringComparer.Ordinal)
                .SelectMany(same =>
                {
                    Instant? last = same.Max(restoration => restoration.AsOf);
                    return same.Where(restoration => restoration.AsOf == last);
                }),
        ];
}
