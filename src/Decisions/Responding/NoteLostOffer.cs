using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// An offer is over that options of a response rest on, or it changed so that they ask more of it than it gives; it follows by
/// itself. Such an option cannot be adopted any more:
/// people would say yes to what is not offered.
/// </summary>
/// <param name="Since">When the offer was over, or changed.</param>
public sealed record NoteLostOffer(string OfferId, Instant Since)
{
    /// <summary>What of it no longer fits; null when the offer is over.</summary>
    public string? Reason { get; init; }

    /// <summary>The options that use the offer. Who calls takes them from the plans.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> PlanIds { get; init; } = [];

    public static Decided<ResponseEvent> Decide(
        Response? state,
        NoteLostOffer command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("response");
        }

        string[] lose =
        [
            .. state
                .Plans.Where(plan =>
                    command.PlanIds.Contains(plan.PlanId)
                    && plan.LostOffers?.Any(lost => lost.OfferId == command.OfferId) != true
                )
                .Select(plan => plan.PlanId),
        ];
        return state.IsOpen && lose.Length > 0
            ? new PlansLostOffer(now, by.Person, command.OfferId, command.Since, lose)
            {
                Reason = command.Reason,
            }
            : Decided<ResponseEvent>.Nothing;
    }
}
