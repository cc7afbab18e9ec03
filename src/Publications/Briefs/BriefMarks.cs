using System.Text.RegularExpressions;

namespace Breakwater.Publications.Briefs;

/// <summary>The short links behind a sentence: to facts, sources, gaps and rules that the same document tells of.</summary>
internal sealed partial class BriefMarks
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
        _anchors = [.. brief.Sections.SelectMany(section => section.Blocks).SelectMany(Anchors)];
    }

    /// <summary>Links that are shown, and how many are not.</summary>
    public (IReadOnlyList<(string Anchor, string Text)> Links, int More) Of(
        Trace trace,
        string? about,
        IReadOnlySet<string> known
    )
    {
        (string Anchor, string Text)[] links =
        [
            .. trace
                .Marks.Where(mark => mark.Kind != TraceKind.Rule || mark.Id != about)
                .Select(Link)
                .Where(link => _anchors.Contains(link.Anchor) && !known.Contains(link.Anchor))
                .OrderBy(link => link.Kind)
                .ThenBy(link => link.Text.Length)
                .ThenBy(link => link.Text, StringComparer.Ordinal)
                .Select(link => (link.Anchor, link.Text)),
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

    private (TraceKind Kind, string Anchor, string Text) Link(TraceMark mark)
    {
        string text =
            mark.Kind == TraceKind.Fact ? _factTags.GetValueOrDefault(mark.Id, mark.Id) : mark.Id;
        return mark.Kind switch
        {
            TraceKind.Rule => (mark.Kind, $"rule-{text}", text),
            TraceKind.Fact or TraceKind.Gap or TraceKind.Source => (mark.Kind, text, text),
            // Readings are named in the sentence itself.
            _ => (mark.Kind, "", text),
        };
    }

    /// <summary>Codes that stand in a text become links where the document tells of them; the anchors that were linked.</summary>
    public (string Html, IReadOnlySet<string> Anchors) Linked(string html)
    {
        var linked = new HashSet<string>(StringComparer.Ordinal);
        string text = CodeMark()
            .Replace(
                html,
                code =>
                {
                    string id = code.Groups["id"].Value;
                    string[] candidates = [id, $"rule-{id}", $"reading-{id}"];
                    if (candidates.FirstOrDefault(_anchors.Contains) is not { } anchor)
                    {
                        return code.Value;
                    }

                    linked.Add(anchor);
                    return $"<a href=\"#{anchor}\">{code.Value}</a>";
                }
            );
        return (text, linked);
    }

    [GeneratedRegex("<bdi class=\"code\" dir=\"ltr\">(?<id>[A-Za-z0-9_-]+)</bdi>")]
    private static partial Regex CodeMark();

    private static IEnumerable<string> Anchors(BriefBlock block) =>
        block switch
        {
            Titled { Anchor.Length: > 0 } titled => [titled.Anchor],
            Grid grid => grid.Rows.Select(row => row.Anchor).Where(anchor => anchor.Length > 0),
            _ => [],
        };
}
