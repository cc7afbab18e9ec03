namespace Breakwater.Publications.Briefs;

/// <summary>Names a group of readings as shortly as can be done without leaving one out.</summary>
internal sealed class BodiesInWords(PackNames names, IReadOnlyList<string> queried)
{
    /// <summary>Up to so many bodies are named in full.</summary>
    private const int FullMax = 2;

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
        return others.Length <= FullMax
            ? new Said("bodies.but", ("ids", Ids(others)))
            : new Said("bodies.many", ("n", new Count(profiles.Count)), ("ids", Ids(profiles)));
    }

    public Word Body(string profile) =>
        new Said("bodies.body", ("body", names.Body(profile)), ("id", new Code(profile)));

    private static Listed Ids(IReadOnlyList<string> profiles) =>
        new([.. profiles.Select(profile => new Code(profile))]);
}
