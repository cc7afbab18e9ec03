using Breakwater.App.Subjects;
using Breakwater.Decisions.Fuel;

namespace Breakwater.App.Responding;

/// <summary>The request that litres are set aside for, read from the store as it stands.</summary>
internal static class FuelFacts
{
    public static async Task<AllocateFuel> ForAllocation(
        Act act,
        FuelDepot? state,
        AllocateFuel command
    ) =>
        command with
        {
            Asked = command.Request is { Length: > 0 and <= 200 }
                ? (
                    await act
                        .Work.Load<FuelRequest, FuelRequestEvent>(command.Request)
                        .ConfigureAwait(false)
                ).State
                : null,
        };
}
