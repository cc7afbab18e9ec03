using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A pair that looks like the same work done twice, and what it looks alike in.</summary>
internal sealed record SeenOverlap(Seen First, Seen Second, IReadOnlyList<string> Reasons);

/// <param name="Count">All of them, when more were found than are shown.</param>
internal sealed record SeenOverlaps(IReadOnlyList<SeenOverlap> Shown, int Count, bool IsPartial);

/// <summary>What may be done twice, on the boards where somebody would begin it: people judge, the node only warns.</summary>
internal static class OverlapView
{
    public static bool IsOn(SubjectKind kind) => kind.Kind is "offer" or "mission";

    public static async Task Write(Markup page, SubjectKind kind, Reading reading, Caller caller)
    {
        if (await reading.Overlaps(kind, caller).ConfigureAwait(false) is not { } overlaps)
        {
            return;
        }

        PageTexts texts = page.Texts;
        if (overlaps.Count > 0)
        {
            page.Head("overlaps", texts.Html("response.overlaps"))
                .Rows(
                    texts.Html("response.overlaps"),
                    [
                        texts.Html("response.overlaps.one"),
                        texts.Html("response.overlaps.other"),
                        texts.Html("response.overlaps.alike"),
                    ],
                    [
                        .. overlaps.Shown.Select(overlap => new GridRow([
                            Named(page, overlap.First),
                            Named(page, overlap.Second),
                            texts.Html(new Free(string.Join("; ", overlap.Reasons))),
                        ])),
                    ]
                )
                .Say(texts.Html("response.overlaps.judge"), "quiet");
        }

        if (overlaps.IsPartial || overlaps.Shown.Count < overlaps.Count)
        {
            page.Say(
                texts.Html("response.overlaps.partial", ("n", new Count(overlaps.Shown.Count))),
                "caution"
            );
        }
    }

    private static string Named(Markup page, Seen seen) =>
        $"{Labels.Kind(page.Texts, seen.Kind)} {page.Link(seen.Path, Titles.Html(page, seen))}";
}
