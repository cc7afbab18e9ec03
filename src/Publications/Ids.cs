using Breakwater.Disruptions;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Ids of the parts of a publication: hashes of what they say and of what it was taken from, without the language.</summary>
public static class Ids
{
    /// <summary>Prefix, dash and 32 bits: enough inside one publication, short enough to read out over a telephone.</summary>
    public const int ShortLength = 10;

    public static string Of(string kind, string section, Word word, IReadOnlyList<string> inputs) =>
        ContentId.Of(
            kind,
            new
            {
                section,
                word.Stem,
                inputs,
            }
        );

    // Records that carry no id of their own are named by their content, so that a chain can still end at them.
    public static string Of(FundingFigure figure) => ContentId.Of("funding", figure);

    public static string Of(Population population) => ContentId.Of("population", population);

    public static string Of(Blind blind) => ContentId.Of("blind", blind);

    /// <summary>What a sentence about the walk as a whole comes from.</summary>
    public static string OfScenario(Walked walk) =>
        walk.Response is { } response ? $"response/{response}" : $"scenario:{walk.Scenario}";

    /// <summary>What a sentence about withheld records comes from: the chain ends here for this reader.</summary>
    public static string OfWithheld(string kind) => $"withheld:{kind}";

    public static string Short(string id) => id.Length <= ShortLength ? id : id[..ShortLength];
}
