using System.Text;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>
/// A few numbers by which texts with much in common are found without comparing each with each: the smallest of many hashes over
/// short runs of letters. [Broder 1997: two texts share such a number with the probability of their runs' Jaccard index]
/// </summary>
internal sealed class Sketch
{
    /// <summary>Numbers that must agree together, and how often that is tried: 0.5 in common is found in 98.6 % of cases, 0.6 in 99.96 %.</summary>
    public const int Rows = 3;
    public const int Bands = 32;

    private const int RunLetters = 5;
    private const int RunUnspaced = 2;

    private static readonly ulong[] _odd =
    [
        .. Enumerable.Range(1, Rows * Bands).Select(n => Hashing.Mixed((ulong)n) | 1),
    ];

    /// <summary>One key for each band.</summary>
    public required IReadOnlyList<ulong> Keys { get; init; }

    public static Sketch Of(Wording wording)
    {
        var least = new uint[_odd.Length];
        Array.Fill(least, uint.MaxValue);
        foreach (ulong run in Runs(wording))
        {
            for (int i = 0; i < least.Length; i++)
            {
                uint hash = unchecked((uint)((run * _odd[i]) >> 32));
                if (hash < least[i])
                {
                    least[i] = hash;
                }
            }
        }

        var keys = new ulong[Bands];
        for (int band = 0; band < Bands; band++)
        {
            // Texts that differ in guard words are never copies: they need not be found.
            ulong key = unchecked(wording.Guards + (ulong)band);
            for (int row = 0; row < Rows; row++)
            {
                key = Hashing.Mixed(key ^ least[(band * Rows) + row]);
            }

            keys[band] = key;
        }

        return new Sketch { Keys = keys };
    }

    private static HashSet<ulong> Runs(Wording wording)
    {
        var runs = new HashSet<ulong>();
        var text = new StringBuilder();
        IReadOnlyList<Term> terms = [.. wording.Own, .. wording.Quoted];
        for (int at = 0; at < terms.Count; at++)
        {
            if (Terms.IsUnspaced(Rune.GetRuneAt(terms[at].Text, 0)))
            {
                runs.Add(Hashing.Of(terms.Skip(at).Take(RunUnspaced)));
            }
            else
            {
                text.Append(terms[at].Text).Append(' ');
            }
        }

        string letters = text.ToString();
        for (int at = 0; at + RunLetters <= letters.Length; at++)
        {
            runs.Add(Hashing.Of(letters.AsSpan(at, RunLetters)));
        }

        if (runs.Count == 0)
        {
            runs.Add(Hashing.Of(letters));
        }

        return runs;
    }
}
