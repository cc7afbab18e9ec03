using NodaTime;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>An input as far as grouping looks at it.</summary>
public sealed record InputText(string Id, Instant At, string Text);

/// <param name="IsExact">Word for word the first, whatever its case, spacing and signature.</param>
public sealed record InputCopy(string Id, Instant At, bool IsExact);

/// <summary>Inputs of one wording: one voice, with the number of those who sent it.</summary>
/// <param name="First">Id of the earliest; each of the others was compared with it, so that a chain of small changes ends.</param>
/// <param name="PerHourMax">The most that came within one hour.</param>
public sealed record InputGroup(string First, IReadOnlyList<InputCopy> Copies, int PerHourMax)
{
    public int Count => Copies.Count + 1;

    /// <summary>True when so many came within an hour that they were hardly written one by one. It is a mark: none is left out.</summary>
    public bool IsFlood => PerHourMax >= GroupsFromInputs.FloodPerHour;
}

/// <param name="Groups">Of two inputs or more, largest first.</param>
/// <param name="Inputs">All that were looked at.</param>
/// <param name="Voices">Inputs that are not copies of an earlier one.</param>
/// <param name="Capped">Inputs that had more likely originals than were compared.</param>
public sealed record InputGroups(
    string Method,
    IReadOnlyList<InputGroup> Groups,
    int Inputs,
    int Voices,
    int Capped
)
{
    public static InputGroups None { get; } = new(GroupsFromInputs.Method, [], 0, 0, 0);
}

/// <summary>
/// Which inputs repeat an earlier one. Inputs are taken in the order in which they came, so what comes later never changes how
/// earlier ones are grouped; the answer depends on nothing else, on any number of threads.
/// </summary>
public static class GroupsFromInputs
{
    public const string Method = "wording-1";
    public const int FloodPerHour = 20;

    /// <summary>Likely originals of one input that are compared word by word; those with most in common first.</summary>
    private const int ComparedMax = 64;

    /// <summary>Texts that share one key of 32 by chance are many; those that share half of their runs share four.</summary>
    private const int BandsMin = 2;

    /// <summary>Likely originals that one band names; a flood of texts that are alike and no copies costs no more.</summary>
    private const int OfBandMax = 128;

    public static InputGroups Find(IReadOnlyList<InputText> inputs, int threads = -1)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        InputText[] ordered =
        [
            .. inputs.OrderBy(input => input.At).ThenBy(input => input.Id, StringComparer.Ordinal),
        ];
        var wordings = new Wording[ordered.Length];
        var sketches = new Sketch[ordered.Length];
        Parallel.For(
            0,
            ordered.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            at =>
            {
                wordings[at] = Wording.Of(ordered[at].Text);
                sketches[at] = Sketch.Of(wordings[at]);
            }
        );
        var originals = new Originals(wordings, sketches);
        var copies = new Dictionary<int, List<InputCopy>>();
        for (int at = 0; at < ordered.Length; at++)
        {
            if (originals.Of(at) is { } original)
            {
                bool isExact = wordings[at].Exact == wordings[original].Exact;
                var copy = new InputCopy(ordered[at].Id, ordered[at].At, isExact);
                if (!copies.TryAdd(original, [copy]))
                {
                    copies[original].Add(copy);
                }
            }
        }

        return new InputGroups(
            Method,
            [
                .. copies
                    .OrderByDescending(group => group.Value.Count)
                    .ThenBy(group => group.Key)
                    .Select(group => new InputGroup(
                        ordered[group.Key].Id,
                        group.Value,
                        PerHour([ordered[group.Key].At, .. group.Value.Select(copy => copy.At)])
                    )),
            ],
            ordered.Length,
            ordered.Length - copies.Values.Sum(group => group.Count),
            originals.Capped
        );
    }

    /// <param name="at">In order.</param>
    private static int PerHour(IReadOnlyList<Instant> at)
    {
        int most = 0;
        int since = 0;
        for (int until = 0; until < at.Count; until++)
        {
            while (at[until] - at[since] >= Duration.FromHours(1))
            {
                since++;
            }

            most = Math.Max(most, until - since + 1);
        }

        return most;
    }

    /// <summary>The first inputs of their wording so far, and how to find that of the next.</summary>
    private sealed class Originals(Wording[] wordings, Sketch[] sketches)
    {
        private readonly Dictionary<ulong, int> _exact = [];
        private readonly Dictionary<ulong, List<int>>[] _bands =
        [
            .. Enumerable.Range(0, Sketch.Bands).Select(_ => new Dictionary<ulong, List<int>>()),
        ];
        private readonly Dictionary<int, int> _shared = [];

        public int Capped { get; private set; }

        /// <returns>Null for an input that begins a wording.</returns>
        public int? Of(int at)
        {
            if (_exact.TryGetValue(wordings[at].Exact, out int same))
            {
                return same;
            }

            int? original = Nearest(at);
            if (original is { } found)
            {
                // The same words once more belong where these went.
                _exact.Add(wordings[at].Exact, found);
                return found;
            }

            _exact.Add(wordings[at].Exact, at);
            for (int band = 0; band < Sketch.Bands; band++)
            {
                ulong key = sketches[at].Keys[band];
                if (!_bands[band].TryAdd(key, [at]))
                {
                    _bands[band][key].Add(at);
                }
            }

            return null;
        }

        /// <summary>The original that costs least; of equal ones the earliest.</summary>
        private int? Nearest(int at)
        {
            _shared.Clear();
            for (int band = 0; band < Sketch.Bands; band++)
            {
                foreach (
                    int original in (
                        _bands[band].GetValueOrDefault(sketches[at].Keys[band]) ?? []
                    ).Take(OfBandMax)
                )
                {
                    _shared[original] = _shared.GetValueOrDefault(original) + 1;
                }
            }

            (int Key, int Value)[] likely =
            [
                .. _shared
                    .Where(original => original.Value >= BandsMin)
                    .Select(original => (original.Key, original.Value)),
            ];
            if (likely.Length > ComparedMax)
            {
                Capped++;
            }

            return likely
                .OrderByDescending(original => original.Value)
                .ThenBy(original => original.Key)
                .Take(ComparedMax)
                .Select(original =>
                    (original.Key, Cost: SameWording.Cost(wordings[original.Key], wordings[at]))
                )
                .Where(original => original.Cost is not null)
                .OrderBy(original => original.Cost)
                .ThenBy(original => original.Key)
                .Select(original => (int?)original.Key)
                .FirstOrDefault();
        }
    }
}
