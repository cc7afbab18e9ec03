namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>Inputs that speak of the same things, whatever they say about them. It is a proposal to whoever writes the synthesis, and decides nothing.</summary>
/// <param name="Words">By which it is told from the others, strongest first.</param>
/// <param name="Inputs">Ids of first inputs, those nearest to its middle first.</param>
public sealed record Topic(IReadOnlyList<string> Words, IReadOnlyList<string> Inputs);

/// <param name="Elsewhere">First inputs that are near no topic.</param>
public sealed record Topics(IReadOnlyList<Topic> All, IReadOnlyList<string> Elsewhere);

/// <summary>
/// Topics of inputs that begin a wording: words weighed by how rare they are, joined by average similarity from the bottom up. [TF-IDF
/// and average linkage, as in Manning, Raghavan and Schütze 2008, chapters 6 and 17]
/// </summary>
public static class TopicsFromInputs
{
    /// <summary>Joining costs the square of their number; the others go to the topic that is nearest to them.</summary>
    public const int JoinedMax = 600;
    public const int TopicsMax = 24;

    private const double JoinedFrom = 0.12;
    private const double NearFrom = 0.08;
    private const int WordsMax = 6;

    /// <summary>A word in more of the texts than this says nothing of any of them.</summary>
    private const double CommonShare = 0.4;

    public static Topics Find(IReadOnlyList<InputText> voices)
    {
        ArgumentNullException.ThrowIfNull(voices);
        InputText[] ordered =
        [
            .. voices.OrderBy(input => input.At).ThenBy(input => input.Id, StringComparer.Ordinal),
        ];
        IReadOnlyList<WordWeights> texts = WordWeights.Of(
            [.. ordered.Select(input => input.Text)],
            CommonShare
        );
        List<List<int>> joined = Joined(texts, Math.Min(JoinedMax, texts.Count));
        List<int>[] topics =
        [
            .. joined
                .Where(members => members.Count > 1)
                .OrderByDescending(members => members.Count)
                .ThenBy(members => members[0])
                .Take(TopicsMax),
        ];
        WordWeights[] middles =
        [
            .. topics.Select(members => WordWeights.Middle(members.Select(at => texts[at]))),
        ];
        var taken = topics.SelectMany(members => members).ToHashSet();
        var elsewhere = new List<string>();
        for (int at = 0; at < texts.Count; at++)
        {
            if (taken.Contains(at))
            {
                continue;
            }

            (double near, int topic) = middles
                .Select((middle, number) => (middle.Likeness(texts[at]), number))
                .OrderByDescending(each => each.Item1)
                .FirstOrDefault();
            if (near >= NearFrom)
            {
                topics[topic].Add(at);
            }
            else
            {
                elsewhere.Add(ordered[at].Id);
            }
        }

        return new Topics(
            [
                .. topics.Select(
                    (members, number) =>
                        new Topic(
                            middles[number].Strongest(WordsMax),
                            [
                                .. members
                                    .OrderByDescending(at => middles[number].Likeness(texts[at]))
                                    .ThenBy(at => at)
                                    .Select(at => ordered[at].Id),
                            ]
                        )
                ),
            ],
            elsewhere
        );
    }

    /// <summary>Joins the two groups that are most alike until none are alike enough; of equal pairs the earlier.</summary>
    private static List<List<int>> Joined(IReadOnlyList<WordWeights> texts, int count)
    {
        var members = Enumerable.Range(0, count).Select(at => new List<int> { at }).ToList();
        double[,] likeness = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                likeness[i, j] = likeness[j, i] = texts[i].Likeness(texts[j]);
            }
        }

        bool[] isGone = new bool[count];
        int[] nearest = [.. Enumerable.Range(0, count).Select(Nearest)];
        while (true)
        {
            int one = -1;
            for (int at = 0; at < count; at++)
            {
                if (
                    !isGone[at]
                    && nearest[at] >= 0
                    && (one < 0 || likeness[at, nearest[at]] > likeness[one, nearest[one]])
                )
                {
                    one = at;
                }
            }

            if (one < 0 || likeness[one, nearest[one]] < JoinedFrom)
            {
                return [.. members.Where((_, at) => !isGone[at])];
            }

            int other = nearest[one];
            (one, other) = one < other ? (one, other) : (other, one);
            for (int at = 0; at < count; at++)
            {
                likeness[one, at] = likeness[at, one] =
                    (
                        (likeness[one, at] * members[one].Count)
                        + (likeness[other, at] * members[other].Count)
                    ) / (members[one].Count + members[other].Count);
            }

            members[one].AddRange(members[other]);
            members[one].Sort();
            isGone[other] = true;
            for (int at = 0; at < count; at++)
            {
                if (!isGone[at] && (at == one || nearest[at] == one || nearest[at] == other))
                {
                    nearest[at] = Nearest(at);
                }
            }
        }

        int Nearest(int of)
        {
            int best = -1;
            for (int at = 0; at < count; at++)
            {
                if (at != of && !isGone[at] && (best < 0 || likeness[of, at] > likeness[of, best]))
                {
                    best = at;
                }
            }

            return best;
        }
    }
}
