using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages;

/// <summary>How each area of a wider place fared: in numbers, and as a bar of when it was lost.</summary>
internal static class AreaPart
{
    /// <summary>Length of a bar in units of its picture.</summary>
    private const int BarLength = 160;

    public static void Write(Markup page, Disruption disruption)
    {
        if (disruption.Areas is not { } areas)
        {
            return;
        }

        PageTexts texts = page.Texts;
        (Instant from, Instant to) = Span(disruption, areas);
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
            .Say(
                texts.Html("areas.bar", ("from", new Moment(from)), ("to", new Moment(to))),
                "quiet"
            )
            .Grid(
                texts.Html("areas.title"),
                ["area", "area-state", "when", "drop#", "lost-from", "back"],
                [
                    .. areas
                        .OrderBy(area => area.State)
                        .ThenBy(area => area.Onset?.Latest)
                        .ThenBy(area => area.Place.Key, StringComparer.Ordinal)
                        .Select(area => new GridRow([
                            texts.Html(Word.Of(area.Place)),
                            State(texts, area.State),
                            Bar(area, from, to),
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

    /// <summary>From the first area that fell to the last moment at which anybody is known to have looked.</summary>
    private static (Instant From, Instant To) Span(
        Disruption disruption,
        IReadOnlyList<AreaView> areas
    )
    {
        Instant from = areas
            .Select(area => area.Onset?.Latest)
            .Append(disruption.Start)
            .Min()!
            .Value;
        Instant to = areas
            .SelectMany(area => new[] { area.Onset?.Latest, area.End?.Latest })
            .Append(disruption.End?.Latest ?? disruption.SeenUntil ?? disruption.Start)
            .Max()!
            .Value;
        return (from, Instant.Max(to, from + Duration.FromMinutes(1)));
    }

    /// <summary>The table says the same in words; a screen reader skips the bar.</summary>
    private static string Bar(AreaView area, Instant from, Instant to)
    {
        string lost = "";
        if (area.Onset is { } onset)
        {
            double At(Instant at) => BarLength * ((at - from) / (to - from));
            double start = At(onset.Latest);
            double end = Math.Max(area.End is { } back ? At(back.Latest) : BarLength, start + 1);
            lost = string.Create(
                CultureInfo.InvariantCulture,
                $"<rect class=\"lost\" x=\"{start:0.#}\" width=\"{end - start:0.#}\" height=\"10\"/>"
            );
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"when {(area.State == AreaState.Blind ? "blind" : "seen")}\" viewBox=\"0 0 {BarLength} 10\" width=\"{BarLength}\" height=\"10\" aria-hidden=\"true\"><rect class=\"span\" width=\"{BarLength}\" height=\"10\"/>{lost}</svg>"
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
