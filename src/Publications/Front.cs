using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>What stands over a report before it says anything: what it is called, as of when, for whom, and what it takes the place of.</summary>
/// <param name="Name">What it is called where no title is.</param>
/// <param name="Titles">By language; the English one stands for others.</param>
/// <param name="IsExercise">True for practice, and for what is told of it (INV-13).</param>
/// <param name="Cite">Null for what nobody releases.</param>
/// <param name="Corrects">Null for nothing.</param>
public sealed record Front(
    string Name,
    IReadOnlyDictionary<string, string> Titles,
    Instant AsOf,
    Origin Origin,
    bool IsExercise,
    Audience Audience,
    IReadOnlyList<Withheld> Withheld,
    Citation? Cite = null,
    Corrected? Corrects = null
)
{
    public static Front Of(Released released)
    {
        ArgumentNullException.ThrowIfNull(released);
        Walked walk = released.Walk;
        return new Front(
            walk.Scenario,
            walk.Titles,
            walk.AsOf,
            walk.Origin,
            walk.IsExercise,
            released.Audience,
            released.Withheld,
            walk.Cite,
            walk.Corrects
        );
    }

    public string Title(string language) =>
        Titles.GetValueOrDefault(language) ?? Titles.GetValueOrDefault("en") ?? Name;
}
