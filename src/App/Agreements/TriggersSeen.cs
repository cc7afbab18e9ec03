using Breakwater.App.Api;
using Breakwater.App.Pages;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Agreements;

/// <summary>What triggers say, as far as one reader may know of agreements and disruptions. Nothing is recorded by looking.</summary>
internal static class TriggersSeen
{
    public static Task<IReadOnlyList<(Disruption Disruption, TriggerFound Found)>> For(
        IRecords records,
        Caller caller,
        Agreement agreement,
        Instant now
    ) =>
        For(
            records,
            new PublicView(records, caller.ReaderOf("disruption"), now),
            StatesSeen.Of<Agreement>(records, "agreement", caller.ReaderOf("agreement"), now),
            agreement,
            now
        );

    /// <summary>Of lasting disruptions, those in which the trigger is met or not known to be.</summary>
    public static async Task<IReadOnlyList<(Disruption Disruption, TriggerFound Found)>> For(
        IRecords records,
        PublicView view,
        Task<(IReadOnlyList<Agreement> States, bool IsWhole)> agreements,
        Agreement agreement,
        Instant now
    )
    {
        DisruptionsAtHand disruptions = await DisruptionsAtHand.For(view).ConfigureAwait(false);
        Dictionary<string, Agreement> byId = (
            await agreements.ConfigureAwait(false)
        ).States.ToDictionary(one => one.Id, StringComparer.Ordinal);
        return Of(disruptions, agreement, byId, now);
    }

    public static IReadOnlyList<(Disruption Disruption, TriggerFound Found)> Of(
        DisruptionsAtHand disruptions,
        Agreement agreement,
        IReadOnlyDictionary<string, Agreement> agreements,
        Instant now
    ) =>
        [
            .. disruptions
                .Groups.Where(group => group.Any(one => one.End is null))
                .Select(group => disruptions.Evaluate(agreement, group, agreements, now))
                .Where(pair => pair.Found.Truth != Truth.False)
                .OrderByDescending(pair => pair.Found.Truth)
                .ThenByDescending(pair => pair.Disruption.Start)
                .ThenBy(pair => pair.Disruption.Id, StringComparer.Ordinal),
        ];

    /// <summary>Agreements in a disruption, under whatever id it is told.</summary>
    public static async Task<IReadOnlyList<ActivationTold>> Told(PublicView view, string disruption)
    {
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        return
        [
            .. (await view.All<ActivationTold>(Recording.ActivationKind).ConfigureAwait(false))
                .Select(recorded => recorded.Body)
                .Where(told => standing.Latest(told.DisruptionId) == standing.Latest(disruption)),
        ];
    }
}
