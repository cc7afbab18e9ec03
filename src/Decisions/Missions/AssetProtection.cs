using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>What is recorded of an asset's protection. It is a record of what was found, not a judgement on any act.</summary>
public enum ProtectionStatus
{
    /// <summary>Nothing else is recorded: in doubt an object counts as civilian (Additional Protocol I, article 52 (3)).</summary>
    PresumedCivilian,
    Civilian,

    /// <summary>Medical, relief, civil defence and the like.</summary>
    SpeciallyProtected,

    /// <summary>Somebody contests it; both sides stand.</summary>
    Contested,
}

/// <param name="Author">Pseudonym of who found so.</param>
public sealed record ProtectionFinding(
    ProtectionStatus Status,
    string Basis,
    string Source,
    string Author,
    Instant At
);

/// <summary>What happens to the record of an asset's protection: findings, and nothing else.</summary>
public abstract record ProtectionEvent;

public sealed record ProtectionRecorded(string Asset, ProtectionFinding Finding, Marking Marking)
    : ProtectionEvent;

/// <summary>
/// The protection recorded for an asset. It follows from findings alone: no notification, sent, lacking or refused, is
/// among its inputs (INV-01).
/// </summary>
public sealed record AssetProtection : ISubject<AssetProtection, ProtectionEvent>
{
    private const int FindingsMax = 100;

    public static string Kind => "protection";

    /// <summary>Id of the asset.</summary>
    public required string Id { get; init; }

    /// <summary>In the order in which they came; the newest hundred.</summary>
    public required IReadOnlyList<ProtectionFinding> Findings { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public ProtectionStatus Status => Of(Findings);

    [JsonIgnore]
    public string Standing =>
        Status switch
        {
            ProtectionStatus.Civilian => "civilian",
            ProtectionStatus.SpeciallyProtected => "specially-protected",
            ProtectionStatus.Contested => "contested",
            ProtectionStatus.PresumedCivilian => "presumed-civilian",
            _ => "presumed-civilian",
        };

    /// <summary>The newest finding; without any, an asset is presumed civilian.</summary>
    public static ProtectionStatus Of(IReadOnlyList<ProtectionFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return findings.Count == 0 ? ProtectionStatus.PresumedCivilian : findings[^1].Status;
    }

    public static AssetProtection Apply(AssetProtection? before, ProtectionEvent happened) =>
        happened is ProtectionRecorded recorded
            ? new()
            {
                Id = recorded.Asset,
                Findings =
                [
                    .. (before?.Findings ?? []).TakeLast(FindingsMax - 1),
                    recorded.Finding,
                ],
                Marking = recorded.Marking,
            }
            : throw new InvalidOperationException("a protection follows from findings alone");
}

/// <summary>Records what somebody found on an asset's protection, with what it rests on.</summary>
public sealed record RecordProtection(
    string Asset,
    ProtectionStatus Status,
    string Basis,
    string Source,
    Marking Marking
)
{
    public static Decided<ProtectionEvent> Decide(
        AssetProtection? state,
        RecordProtection command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            Wanting.Name("the asset", command.Asset)
            ?? (
                state is null || state.Id == command.Asset
                    ? null
                    : Refusal.Invalid("this record is on another asset")
            )
            ?? Wanting.Known("the status", command.Status)
            ?? Wanting.Text("what it rests on", command.Basis)
            ?? Wanting.Text("the source", command.Source)
            ?? Wanting.Marking(command.Marking);
        return no is not null
            ? no
            : new ProtectionRecorded(
                command.Asset,
                new(command.Status, command.Basis, command.Source, by.Person, now),
                command.Marking
            );
    }
}
