using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>
/// How many of those who lack a service have it again by what was promised, as far as somebody independent saw it work. Civilians and
/// responders stand apart and are never added (INV-05).
/// </summary>
/// <param name="NeedId">The need as it was assessed last.</param>
/// <param name="InNeed">People who lack the service; null is unknown.</param>
/// <param name="Civilians">Null is unknown; zero only where somebody independent saw that nothing works.</param>
/// <param name="Responders">As <paramref name="Civilians"/>.</param>
/// <param name="Unserved">Of those in need, who are left; null where it is unknown who is in need.</param>
/// <param name="AsOf">When what is counted was measured; null when nothing of it was.</param>
/// <param name="Origin">Of the counts: that something works is measured, whom it serves is a matter of the plan.</param>
/// <param name="MeasuredBy">Who saw it.</param>
/// <param name="Counted">The commitments that are counted.</param>
/// <param name="NotCounted">Commitments for this need that work by the word of people, and that no measurement saw.</param>
public sealed record Reach(
    string NeedId,
    Place Place,
    string PlaceName,
    PopulationGroup Group,
    Service Service,
    CountRange? InNeed,
    CountRange? Civilians,
    CountRange? Responders,
    CountRange? Unserved,
    Instant? AsOf,
    Origin? Origin,
    IReadOnlyList<string> MeasuredBy,
    IReadOnlyList<string> Counted,
    IReadOnlyList<string> NotCounted
);

/// <summary>From needs, commitments and what was measured to reach so far (INV-06, INV-19).</summary>
public static class ReachFromRestorations
{
    private enum Sight
    {
        /// <summary>Nobody independent could see it.</summary>
        Unseen,

        /// <summary>Seen, and nothing of it works.</summary>
        Down,

        /// <summary>Seen to work in part, by one kind of observer, or by some against others.</summary>
        InPart,

        Works,
    }

    /// <param name="commitments">Of one response.</param>
    /// <param name="measured">What the last measurement of that response found.</param>
    public static IReadOnlyList<Reach> Of(
        IReadOnlyList<Need> needs,
        IReadOnlyList<Commitment> commitments,
        IReadOnlyList<Restoration> measured
    )
    {
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(commitments);
        ArgumentNullException.ThrowIfNull(measured);
        List<Seen> working =
        [
            .. commitments
                .Where(commitment =>
                    commitment.State is CommitmentState.Working or CommitmentState.StillWorking
                )
                .OrderBy(commitment => commitment.Id, StringComparer.Ordinal)
                .Select(commitment => Seen.Of(commitment, measured)),
        ];
        return
        [
            .. needs
                .OrderBy(need => need.Priority)
                .ThenBy(need => need.Id, StringComparer.Ordinal)
                .Select(need => Of(need, needs, [.. working.Where(one => Serves(one, need))])),
        ];
    }

    private static Reach Of(Need need, IReadOnlyList<Need> needs, List<Seen> serving)
    {
        List<Seen> counted = [.. serving.Where(one => one.Sight != Sight.Unseen)];
        List<Seen> unseen = [.. serving.Where(one => one.Sight == Sight.Unseen)];
        bool isResponders = need.Group == PopulationGroup.Responders;
        long others = isResponders ? 0 : OthersAt(need, needs);
        // That what was seen is down says nothing of what was not seen.
        List<Seen> told =
            unseen.Count > 0 && counted.TrueForAll(one => one.Sight == Sight.Down) ? [] : counted;
        CountRange? civilians = Together(
            need,
            told,
            one => one.Commitment.Civilians,
            others,
            isResponders ? null : need.WithoutService?.High
        );
        CountRange? responders = Together(
            need,
            told,
            one => one.Commitment.Responders,
            0,
            isResponders ? need.WithoutService?.High : null
        );
        return new Reach(
            need.Id,
            need.Place,
            need.PlaceName,
            need.Group,
            need.Service,
            need.WithoutService,
            civilians,
            responders,
            Unserved(
                need.WithoutService,
                isResponders ? responders : civilians,
                unseen.Sum(one =>
                    isResponders ? one.Commitment.Responders : one.Commitment.Civilians
                )
            ),
            counted.Max(one => one.AsOf),
            told.Count == 0 ? null : Vocabulary.Origin.Modelled,
            [.. counted.SelectMany(one => one.MeasuredBy).Distinct().Order(StringComparer.Ordinal)],
            [.. counted.Select(one => one.Commitment.Id)],
            [.. unseen.Select(one => one.Commitment.Id)]
        );
    }

    /// <summary>A broadcast reconnects nobody, and what is given for one group reaches no other.</summary>
    private static bool Serves(Seen one, Need need)
    {
        Commitment commitment = one.Commitment;
        return (
                commitment.Service == need.Service
                || (
                    commitment.Service > need.Service
                    && commitment.Service != Service.CoreFunction
                    && need.Service != Service.Broadcast
                )
            )
            && (commitment.Place.IsWithin(need.Place) || need.Place.IsWithin(commitment.Place))
            && commitment.Earmarks.All(mark => mark.Group is not { } group || group == need.Group);
    }

    /// <summary>
    /// Who else in the place, or in a wider one around it, may be the ones that a commitment serves. Displaced people and refugees are among the residents counted,
    /// so of residents nobody is taken away.
    /// </summary>
    /// <returns>The most that they can be, without limit where that is unknown.</returns>
    private static long OthersAt(Need need, IReadOnlyList<Need> needs) =>
        need.Group == PopulationGroup.Residents
            ? 0
            : needs
                .Where(other =>
                    other.Id != need.Id
                    && other.Service == need.Service
                    && other.Group != PopulationGroup.Responders
                    && (other.Place.IsWithin(need.Place) || need.Place.IsWithin(other.Place))
                )
                .Select(other => other.WithoutService?.High ?? long.MaxValue)
                .Aggregate(0L, Sum);

    /// <summary>
    /// Two commitments at one place may serve the same people: at the least the greatest of them counts, at the most their sum, and
    /// never more than are in need.
    /// </summary>
    private static CountRange? Together(
        Need need,
        List<Seen> counted,
        Func<Seen, long> people,
        long others,
        long? most
    )
    {
        if (counted.Count == 0)
        {
            return null;
        }

        // What covers more than the place may serve people elsewhere, and who else is there may be those served.
        long low = counted.Max(one =>
            one.Sight == Sight.Works && one.Commitment.Place.IsWithin(need.Place)
                ? Math.Max(0, people(one) - others)
                : 0
        );
        long high = counted
            .Select(one => one.Sight == Sight.Down ? 0 : people(one))
            .Aggregate(0L, Sum);
        return new CountRange(
            Math.Min(low, most ?? long.MaxValue),
            Math.Min(high, most ?? long.MaxValue)
        );
    }

    /// <param name="unseen">People whom commitments serve that nobody independent saw: at the least they are not left.</param>
    private static CountRange? Unserved(CountRange? inNeed, CountRange? reached, long unseen) =>
        inNeed is null
            ? null
            : new CountRange(
                Math.Max(0, inNeed.Low - Sum(reached?.High ?? 0, unseen)),
                Math.Max(0, inNeed.High - (reached?.Low ?? 0))
            );

    private static long Sum(long one, long other) =>
        one > long.MaxValue - other ? long.MaxValue : one + other;

    private sealed record Seen(
        Commitment Commitment,
        Sight Sight,
        Instant? AsOf,
        IReadOnlyList<string> MeasuredBy
    )
    {
        public static Seen Of(Commitment commitment, IReadOnlyList<Restoration> measured)
        {
            List<Restoration> looks =
            [
                .. measured.Where(one =>
                    one.Commitments.Contains(commitment.Id)
                    && one.State != RestorationState.Unconfirmed
                ),
            ];
            return new Seen(
                commitment,
                looks.Count == 0 ? Sight.Unseen
                    : looks.TrueForAll(one => one.State == RestorationState.Confirmed) ? Sight.Works
                    : looks.Exists(one => MeasuredFromRestoration.Of(one) is not null)
                        ? Sight.InPart
                    : Sight.Down,
                looks.Max(one => one.AsOf),
                [.. looks.Select(one => one.MeasuredBy)]
            );
        }
    }
}
