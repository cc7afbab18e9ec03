using System.Text;
using Breakwater.Preparedness.Consultations.Grouping;

namespace Breakwater.Preparedness.Tests.Consultations;

/// <summary>
/// Inputs in a language that nobody speaks, changed by machine noise: nothing of it is in any list of words. It checks that
/// <see cref="Campaigns"/> is not all that grouping can do.
/// </summary>
internal static class Scrambles
{
    private static readonly string[] _onsets =
    [
        "b",
        "br",
        "d",
        "dr",
        "f",
        "g",
        "gr",
        "k",
        "kl",
        "l",
        "m",
        "n",
        "p",
        "pl",
        "r",
        "s",
        "st",
        "t",
        "tr",
        "v",
        "z",
    ];
    private static readonly string[] _rimes =
    [
        "a",
        "an",
        "ar",
        "e",
        "el",
        "en",
        "i",
        "il",
        "in",
        "o",
        "ol",
        "or",
        "u",
        "ul",
        "um",
    ];

    public static MadeInputs Make(int count, int seed)
    {
        var chance = new Random(seed);
        string[] words =
        [
            .. Enumerable
                .Range(0, 6_000)
                .Select(_ => Word(chance))
                .Where(word => word.Length > 3 && !GuardWords.AreIn(Terms.Of(word)))
                .Distinct(),
        ];
        var made = new List<(int Voice, string Text)>();
        int voice = 0;
        while (made.Count < count)
        {
            List<string> text = [.. Enumerable.Range(0, chance.Next(15, 140)).Select(_ => Any())];
            bool isFollowed = chance.Next(6) == 0;
            Tell(text, isFollowed ? chance.Next(2, 25) : 1);
            if (isFollowed)
            {
                int at = chance.Next(1, text.Count - 1);
                Tell([.. text[..at], "not", .. text[at..]], chance.Next(1, 3));
                Tell([.. text[..at], $"{chance.Next(10, 99)}", .. text[at..]], chance.Next(1, 3));
                // A third of it is other words; and somebody quotes it whole and says something of their own.
                int third = text.Count / 3;
                Tell(
                    [
                        .. text[..third],
                        .. Enumerable.Range(0, text.Count / 3).Select(_ => Any()),
                        .. text[(2 * third)..],
                    ],
                    1
                );
                Tell([.. text, .. Enumerable.Range(0, 14).Select(_ => Any())], 1);
                Tell([.. text, .. Enumerable.Range(0, 14).Select(_ => Any())], 1);
            }
        }

        return MadeInputs.Of([.. made.Take(count)], seed);

        void Tell(List<string> text, int times)
        {
            for (int i = 0; i < times; i++)
            {
                made.Add((voice, i == 0 ? string.Join(' ', text) : Noisy(text)));
            }

            voice++;
        }

        // Few words are used much, most are not.
        string Any() => words[(int)(words.Length * Math.Pow(chance.NextDouble(), 2.5))];

        // Of a hundred words, one is another, two are lost, and five are misread.
        string Noisy(List<string> text)
        {
            var noisy = new StringBuilder();
            foreach (string word in text)
            {
                noisy.Append(
                    chance.Next(100) switch
                    {
                        < 1 when word.Length > 3 => Any(),
                        < 3 when word.Length > 3 => "",
                        < 8 when word.Length > 4 => word.Remove(chance.Next(1, word.Length - 1), 1),
                        _ => word,
                    }
                );
                noisy.Append(chance.Next(30) == 0 ? ", " : " ");
            }

            return noisy.ToString();
        }
    }

    private static string Word(Random chance) =>
        string.Concat(
            Enumerable
                .Range(0, chance.Next(2, 4))
                .Select(_ =>
                    _onsets[chance.Next(_onsets.Length)] + _rimes[chance.Next(_rimes.Length)]
                )
        );
}
