namespace Breakwater.Publications.Briefs;

/// <summary>Names a group of readings as shortly as can be done without leaving one out.</summary>
internal sealed class BodiesInWords(PackNames names, IReadOnlyList<string> queried)
{
    /// <summary>Up to so many bodies are named in full.</summary>
    private const int FullMax = 2;

    /// <summary>Up to so many may be missing for a group to be told as all but them.</summary>
    private const int ButMax = 4;

    public int Count => queried.Count;

    public Word Of(IReadOnlyList<string> profiles)
    {
        if (profiles.Count == queried.Count)
        {
            return queried.Count == 1
                ? new Said("bodies.one", ("who", Body(profiles[0])))
                : new Said("bodies.all", ("n", new Count(queried.Count)));
        }

        if (profiles.Count <= FullMax)
        {
            return profiles.Count == 1
                ? new Said("bodies.one", ("who", Body(profiles[0])))
                : new Said("bodies.some", ("who", new Listed([.. profiles.Select(Body)])));
        }

        string[] others = [.. queried.Except(profiles)];
        return others.Length <= ButMax && others.Length < profiles.Count
            ? new Said("bodies.but", ("ids", Ids(others)))
            : new Said("bodies.many", ("n", new Count(profiles.Count)), ("ids", Ids(profiles)));
    }

    public Word Body(string profile) =>
        new Said("bodies.body", ("body", names.Body(profile)), ("id", new Code(profile)));

    /// <summary>By their ids alone, for sentences whose neighbours name the bodies.</summary>
    public Word Short(IReadOnlyList<string> profiles) =>
        profiles.Count <= FullMax && profiles.Count < queried.Count
            ? new Said("bodies.short", ("n", new Count(profiles.Count)), ("ids", Ids(profiles)))
            : Of(profiles);

    private static Listed Ids(IReadOnlyList<string> profiles) =>
        new([.. profiles.Select(profile => new Code(profile))]);
}
