using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Gaps;

/// <summary>
/// The matrix from all that is on record: what counts stands in each cell that it covers, and what cannot be placed makes the cells
/// unknown that it may belong to.
/// </summary>
public static class GapMatrixFromCover
{
    /// <param name="country">Null for everywhere.</param>
    /// <param name="notLookedAt">Kinds that could not be looked at as a whole.</param>
    public static GapMatrix Compute(
        IReadOnlyList<Cover> covers,
        string? country,
        Instant asOf,
        IReadOnlyList<CoverKind> notLookedAt
    )
    {
        ArgumentNullException.ThrowIfNull(covers);
        ArgumentNullException.ThrowIfNull(notLookedAt);
        var cells = new Filling[
            GapMatrix.Phases.Length * GapMatrix.Actors.Length * GapMatrix.Groups.Length
        ];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = new Filling();
        }

        Cover[] here = [.. covers.Where(cover => country is null || cover.IsIn(country) != false)];
        Cover[] counting = [.. here.Where(cover => cover.Standing == CoverStanding.Counts)];
        foreach (Cover cover in counting)
        {
            Place(cells, cover, country);
        }

        return new GapMatrix(
            country,
            asOf,
            [
                .. from phase in GapMatrix.Phases
                from actor in GapMatrix.Actors
                from @group in GapMatrix.Groups
                select cells[GapMatrix.IndexOf(phase, actor, @group)]
                    .Made(phase, actor, @group, notLookedAt.Count > 0),
            ],
            Reach(Of(CoverKind.Offer)),
            Reach(Of(CoverKind.Commitment).Where(cover => !cover.IsWorking)),
            Reach(Of(CoverKind.Commitment).Where(cover => cover.IsWorking)),
            [
                .. here.Where(cover => cover.Standing != CoverStanding.Counts)
                    .GroupBy(cover => (cover.Kind, cover.Standing))
                    .OrderBy(group => group.Key)
                    .Select(group => new NotCounted(
                        group.Key.Kind,
                        group.Key.Standing,
                        [.. group.Select(cover => cover.Id)]
                    )),
            ],
            [.. notLookedAt.Distinct().Order()],
            covers.Count - here.Length
        );

        IEnumerable<Cover> Of(CoverKind kind) => counting.Where(cover => cover.Kind == kind);
    }

    private static void Place(Filling[] cells, Cover cover, string? country)
    {
        bool isNeed = cover.Kind == CoverKind.Need;
        bool isPlaced =
            cover.Phases is not null
            && cover.Groups is not null
            && (isNeed || cover.Actors is not null)
            && (country is null || cover.IsIn(country) == true);
        // What nobody can place may be anywhere that its other sides allow; a need that nobody can place is no cover and is left out.
        if (isNeed && !isPlaced)
        {
            return;
        }

        foreach (Phase phase in cover.Phases ?? GapMatrix.Phases)
        {
            foreach (
                StakeholderClass actor in isNeed
                    ? GapMatrix.Actors
                    : cover.Actors ?? GapMatrix.Actors
            )
            {
                foreach (PopulationGroup group in cover.Groups ?? GapMatrix.Groups)
                {
                    Filling cell = cells[GapMatrix.IndexOf(phase, actor, group)];
                    (isPlaced ? cell.Covers : cell.Perhaps).Add(cover);
                }
            }
        }
    }

    private static CoverReach Reach(IEnumerable<Cover> covers)
    {
        Cover[] all = [.. covers];
        return new CoverReach(
            Sum(all.Select(cover => cover.Civilians)),
            Sum(all.Select(cover => cover.Responders)),
            all.Count(cover => cover.Civilians is null && cover.Responders is null)
        );
    }

    private static CountRange Sum(IEnumerable<CountRange?> ranges)
    {
        (long low, long high) = (0, 0);
        foreach (CountRange? range in ranges)
        {
            low += range?.Low ?? 0;
            high += range?.High ?? 0;
        }

        return new CountRange(low, high);
    }

    private sealed class Filling
    {
        public List<Cover> Covers { get; } = [];

        public List<Cover> Perhaps { get; } = [];

        public GapCell Made(
            Phase phase,
            StakeholderClass actor,
            PopulationGroup group,
            bool isPartial
        )
        {
            Cover[] serving =
            [
                .. Covers.Where(cover => cover.Kind is CoverKind.Offer or CoverKind.Commitment),
            ];
            bool isCovered = Covers.Any(cover => cover.Kind != CoverKind.Need);
            CountRange?[] reach = [.. serving.Select(cover => cover.Reach(group))];
            return new GapCell(
                phase,
                actor,
                group,
                isCovered ? CellState.Covered
                    : isPartial || Perhaps.Count > 0 ? CellState.Unknown
                    : Covers.Count > 0 ? CellState.Uncovered
                    : CellState.Empty,
                Ids(cover => cover.Kind == CoverKind.Offer),
                Ids(cover => cover.Kind == CoverKind.Agreement),
                Ids(cover => cover is { Kind: CoverKind.Commitment, IsWorking: false }),
                Ids(cover => cover is { Kind: CoverKind.Commitment, IsWorking: true }),
                Ids(cover => cover.Kind == CoverKind.Need),
                [.. Perhaps.Select(cover => cover.Id)],
                reach.All(range => range is null) ? null : Sum(reach),
                Lacking(group)
            );
        }

        private string[] Ids(Func<Cover, bool> which) =>
            [.. Covers.Where(which).Select(cover => cover.Id)];

        /// <summary>The same people lack several services, and people of an area are among those of the place around it.</summary>
        private CountRange? Lacking(PopulationGroup group)
        {
            (Place Place, CountRange People)[] most =
            [
                .. Covers
                    .Where(cover => cover.Kind == CoverKind.Need && cover.Reach(group) is not null)
                    .SelectMany(cover => cover.Places.Select(place => (place, cover)))
                    .GroupBy(pair => pair.place, pair => pair.cover.Reach(group)!)
                    .Select(pair => (pair.Key, pair.MaxBy(range => range.High)!)),
            ];
            var named = most.Select(one => one.Place.Key).ToHashSet(StringComparer.Ordinal);
            CountRange[] apart =
            [
                .. most.Where(one => !Around(one.Place.Key).Any(named.Contains))
                    .Select(one => one.People),
            ];
            return apart.Length == 0 ? null : Sum(apart);
        }

        /// <summary>The keys of the places that a place lies in: <c>SD/Kassala</c> lies in <c>SD</c>.</summary>
        private static IEnumerable<string> Around(string key)
        {
            for (int end = key.LastIndexOf('/'); end > 0; end = key.LastIndexOf('/', end - 1))
            {
                yield return key[..end];
            }
        }
    }
}
