namespace Breakwater.Publications.Briefs;

/// <summary>The short links behind a sentence: to facts, sources, gaps and rules that the same document tells of.</summary>
internal sealed class BriefMarks
{
    /// <summary>The rest stands in the JSON form, and in the title of the first link.</summary>
    private const int ShownMax = 6;

    private readonly HashSet<string> _anchors;
    private readonly Dictionary<string, string> _factTags;

    public BriefMarks(Brief brief)
    {
        _factTags = brief.Facts.ToDictionary(
            fact => fact.Fact,
            fact => fact.Tag,
            StringComparer.Ordinal
        );
        _anchors =
        [
            .. brief.Sections.SelectMany(section => section.Blocks).SelectMany(Anchors),
        ];
    }

    /// <summary>Links that are shown, and how many are not.</summary>
    public (IReadOnlyList<(string Anchor, string Text)> Links, int More) Of(
        Trace trace,
        string? about,
        string own = ""
    )
    {
        (string Anchor, string Text)[] links =
        [
            .. trace
                .Marks.Where(mark => mark.Kind != TraceKind.Rule || mark.Id != about)
                .Select(Link)
                .Where(link => _anchors.Contains(link.Anchor) && link.Anchor != own),
        ];
        return ([.. links.Take(ShownMax)], Math.Max(0, links.Length - ShownMax));
    }

    /// <summary>The whole trace on one line.</summary>
    public static string Spelled(Trace trace) =>
        string.Join(
            "; ",
            trace
                .Marks.GroupBy(mark => mark.Kind)
                .Select(group =>
                    $"{group.Key.ToString().ToLowerInvariant()}: {string.Join(", ", group.Select(mark => mark.Id))}"
                )
        );

    private (string Anchor, string Text) Link(TraceMark mark) =>
        mark.Kind switch
        {
            TraceKind.Rule => ($"rule-{mark.Id}", mark.Id),
            TraceKind.Fact => _factTags.TryGetValue(mark.Id, out string? tag)
                ? (tag, tag)
                : ("", mark.Id),
            TraceKind.Gap or TraceKind.Source => (mark.Id, mark.Id),
            // Readings are named in the sentence itself.
            _ => ("", mark.Id),
        };

    private static IEnumerable<string> Anchors(BriefBlock block) =>
        block switch
        {
            Titled { Anchor.Length: > 0 } titled => [titled.Anchor],
            Grid grid => grid.Rows.Select(row => row.Anchor).Where(anchor => anchor.Length > 0),
            _ => [],
        };
}
