using NodaTime;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>
/// The wordings of a consultation so far, to which later inputs are added: what was grouped stays as it is, so that a flood is
/// looked at once and not again with each that follows. Not for several threads at once.
/// </summary>
/// <param name="threads">That read the words of inputs; -1 for one a processor.</param>
public sealed class InputGrouping(int threads = -1)
{
    /// <summary>Likely originals of one input that are compared word by word; those with most in common first.</summary>
    private const int ComparedMax = 64;

    /// <summary>Texts that share one key of 32 by chance are many; those that share half of their runs share four.</summary>
    private const int BandsMin = 2;

    /// <summary>Likely originals that one band names; a flood of texts that are alike and no copies costs no more.</summary>
    private const int OfBandMax = 128;

    private readonly List<First> _firsts = [];
    private readonly Dictionary<ulong, int> _exact = [];
    private readonly Dictionary<ulong, List<int>>[] _bands =
    [
        .. Enumerable.Range(0, Sketch.Bands).Select(_ => new Dictionary<ulong, List<int>>()),
    ];
    private readonly Dictionary<int, int> _shared = [];
    private int _inputs;
    private int _capped;

    /// <param name="inputs">In the order of <see cref="GroupsFromInputs.InOrder"/>, and none before those that were added already.</param>
    public void Add(IReadOnlyList<InputText> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var read = new (Wording Wording, Sketch Sketch)[inputs.Count];
        Parallel.For(
            0,
            inputs.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            at =>
            {
                var wording = Wording.Of(inputs[at].Text);
                read[at] = (wording, Sketch.Of(wording));
            }
        );
        foreach ((InputText input, (Wording wording, Sketch sketch)) in inputs.Zip(read))
        {
            Add(input, wording, sketch);
        }

        _inputs += inputs.Count;
    }

    public InputGroups Groups() =>
        new(
            GroupsFromInputs.Method,
            [
                .. _firsts
                    .Where(first => first.Copies.Count > 0)
                    .OrderByDescending(first => first.Copies.Count)
                    .Select(first => new InputGroup(
                        first.Id,
                        [.. first.Copies],
                        PerHour([first.At, .. first.Copies.Select(copy => copy.At)])
                    )),
            ],
            _inputs,
            _firsts.Count,
            _capped
        );

    private void Add(InputText input, Wording wording, Sketch sketch)
    {
        if (!_exact.TryGetValue(wording.Exact, out int original))
        {
            original = Nearest(wording, sketch) ?? _firsts.Count;
            // The same words once more belong where these went.
            _exact.Add(wording.Exact, original);
        }

        if (original < _firsts.Count)
        {
            First first = _firsts[original];
            first.Copies.Add(
                new InputCopy(input.Id, input.At, wording.Exact == first.Wording.Exact)
            );
            return;
        }

        _firsts.Add(new First(input.Id, input.At, wording, []));
        for (int band = 0; band < Sketch.Bands; band++)
        {
            ulong key = sketch.Keys[band];
            if (!_bands[band].TryAdd(key, [original]))
            {
                _bands[band][key].Add(original);
            }
        }
    }

    /// <summary>The original that costs least; of equal ones the earliest.</summary>
    /// <returns>Null for an input that begins a wording.</returns>
    private int? Nearest(Wording wording, Sketch sketch)
    {
        _shared.Clear();
        for (int band = 0; band < Sketch.Bands; band++)
        {
            foreach (
                int original in (_bands[band].GetValueOrDefault(sketch.Keys[band]) ?? []).Take(
                    OfBandMax
                )
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
            _capped++;
        }

        return likely
            .OrderByDescending(original => original.Value)
            .ThenBy(original => original.Key)
            .Take(ComparedMax)
            .Select(original =>
                (original.Key, Cost: SameWording.Cost(_firsts[original.Key].Wording, wording))
            )
            .Where(original => original.Cost is not null)
            .OrderBy(original => original.Cost)
            .ThenBy(original => original.Key)
            .Select(original => (int?)original.Key)
            .FirstOrDefault();
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

    /// <summary>The first input of a wording, with those that repeat it.</summary>
    private sealed record First(string Id, Instant At, Wording Wording, List<InputCopy> Copies);
}
