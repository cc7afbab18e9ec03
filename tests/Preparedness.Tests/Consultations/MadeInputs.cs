using Breakwater.Preparedness.Consultations.Grouping;
using NodaTime;

namespace Breakwater.Preparedness.Tests.Consultations;

/// <summary>Inputs of which it is known who repeats whom: two with the same voice are copies, and no others.</summary>
internal sealed record MadeInputs(
    IReadOnlyList<InputText> Inputs,
    IReadOnlyDictionary<string, int> VoiceOf
)
{
    private static readonly Instant _start = Instant.FromUtc(2025, 11, 27, 9, 0);

    public static MadeInputs Of(IReadOnlyList<(int Voice, string Text)> made, int seed)
    {
        var chance = new Random(seed);
        int[] order = [.. Enumerable.Range(0, made.Count)];
        chance.Shuffle(order);
        var inputs = new List<InputText>();
        var voices = new Dictionary<string, int>();
        foreach ((int at, int each) in order.Index())
        {
            string id = $"i-{at:d6}";
            inputs.Add(new InputText(id, _start + Duration.FromSeconds(at * 30), made[each].Text));
            voices.Add(id, made[each].Voice);
        }

        return new MadeInputs(inputs, voices);
    }

    /// <summary>Of all pairs: how many that were put together belong together, and how many that belong together were put so.</summary>
    public (double Precision, double Recall) Score(InputGroups groups)
    {
        long together = 0;
        long right = 0;
        foreach (InputGroup group in groups.Groups)
        {
            string[] ids = [group.First, .. group.Copies.Select(copy => copy.Id)];
            together += Pairs(ids.Length);
            right += ids.GroupBy(id => VoiceOf[id]).Sum(voice => Pairs(voice.Count()));
        }

        long belonging = VoiceOf.Values.GroupBy(voice => voice).Sum(voice => Pairs(voice.Count()));
        return ((double)right / Math.Max(1, together), (double)right / Math.Max(1, belonging));

        static long Pairs(long count) => count * (count - 1) / 2;
    }

    /// <summary>The same by input instead of pair, so that no campaign counts more because it is large.</summary>
    public (double Precision, double Recall) ScoreByInput(InputGroups groups)
    {
        var first = groups
            .Groups.SelectMany(group => group.Copies.Select(copy => (copy.Id, group.First)))
            .ToDictionary();
        int marked = first.Count;
        int right = first.Count(pair => VoiceOf[pair.Key] == VoiceOf[pair.Value]);
        int copies = VoiceOf.Count - VoiceOf.Values.Distinct().Count();
        return ((double)right / Math.Max(1, marked), (double)right / Math.Max(1, copies));
    }
}
