using Breakwater.Disruptions;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>How each area of a wider place fared: a strip of marks to see at a glance, and the same as a table.</summary>
internal static class AreaPart
{
    public static void Write(Markup page, Disruption disruption)
    {
        if (disruption.Areas is not { } areas)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("areas", texts.Html("areas.title"))
            .Say(
                texts.Html(
                    "areas.sum",
                    ("dark", Number(areas, AreaState.Dark)),
                    ("returned", Number(areas, AreaState.Returned)),
                    ("up", Number(areas, AreaState.Up)),
                    ("blind", Number(areas, AreaState.Blind))
                )
            )
            .Grid(
                texts.Html("areas.title"),
                ["area", "area-state", "drop#", "lost-from", "back"],
                [
                    .. areas
                        .OrderBy(area => area.State)
                        .ThenBy(area => area.Onset?.Latest)
                        .ThenBy(area => area.Place.Key, StringComparer.Ordinal)
                        .Select(area => new GridRow([
                            texts.Html(Word.Of(area.Place)),
                            State(texts, area.State),
                            texts.Html(
                                area.DropShare is { } drop ? new Share(drop) : new Said("unknown")
                            ),
                            texts.Html(
                                area.Onset is { } onset ? Word.Of(onset) : new Said("nothing")
                            ),
                            texts.Html(
                                area.End is { } end ? Word.Of(end)
                                : area.State == AreaState.Dark ? new Said("not-yet")
                                : new Said("nothing")
                            ),
                        ])),
                ]
            );
    }

    private static string State(PageTexts texts, AreaState state)
    {
        string name = state.ToString().ToLowerInvariant();
        return $"<span class=\"area {name}\">{texts.Html($"area-state.{name}")}</span>";
    }

    private static Count Number(IReadOnlyList<AreaView> areas, AreaState state) =>
        new(areas.Count(area => area.State == state));
}
