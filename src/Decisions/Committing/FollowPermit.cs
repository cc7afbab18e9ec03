using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>
/// A clearance that a commitment waited for stands otherwise than before; it follows by itself. A commitment that was cleared says
/// which permits it has lost since; whether it goes on is for those who promised.
/// </summary>
public sealed record FollowPermit
{
    /// <summary>The clearance as it stands now.</summary>
    [JsonIgnore]
    public required Clearance Clearance { get; init; }

    /// <summary>Its one word, which says more than its answer: <c>expired</c>, <c>withdrawn</c>.</summary>
    [JsonIgnore]
    public required string Standing { get; init; }

    public static Decided<CommitmentEvent> Decide(
        Commitment? state,
        FollowPermit command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("commitment");
        }

        Clearance clearance = command.Clearance;
        if (
            state.IsEnded
            || state.State == CommitmentState.Pledged
            || state.Clearances?.Contains(clearance.Id) != true
        )
        {
            return Decided<CommitmentEvent>.Nothing;
        }

        // One that is given from a later day on is not lost.
        bool allows = clearance.AllowsAt(Instant.Max(now, clearance.EffectiveAt ?? now));
        LostPermit? known = state.LostPermits?.FirstOrDefault(one => one.Clearance == clearance.Id);
        return allows switch
        {
            true when known is not null => new CommitmentPermitRegained(
                now,
                by.Person,
                clearance.Id
            ),
            false when known?.Standing != command.Standing => new CommitmentPermitLost(
                now,
                by.Person,
                clearance.Id,
                clearance.Kind,
                command.Standing
            ),
            _ => Decided<CommitmentEvent>.Nothing,
        };
    }
}
