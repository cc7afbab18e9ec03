using Breakwater.Disruptions;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>What is no loss and bears on how losses are read: storms of routing, and floods of reports. One quiet line each.</summary>
internal static class BesidePart
{
    private const int LinesMax = 50;

    public static void Write(Markup page, IReadOnlyList<Storm> storms, IReadOnlyList<Flood> floods)
    {
        PageTexts texts = page.Texts;
        string[] lines =
        [
            .. storms
                .OrderBy(storm => storm.Onset.Latest)
                .ThenBy(storm => storm.Id, StringComparer.Ordinal)
                .Select(storm => $"{Line(texts, storm)} {page.Chain(storm.Id)}"),
            .. floods
                .OrderBy(flood => flood.From)
                .ThenBy(flood => flood.File, StringComparer.Ordinal)
                .Select(flood => Line(texts, flood)),
        ];
        if (lines.Length == 0)
        {
            return;
        }

        page.Head("beside", texts.Html("beside.title"))
            .Say(texts.Html("beside.intro"), "quiet")
            .Items(lines.Take(LinesMax));
        if (lines.Length > LinesMax)
        {
            page.Say(texts.Html("beside.more", ("n", new Count(lines.Length - LinesMax))), "quiet");
        }
    }

    /// <summary>Those of the place of a disruption that overlap it.</summary>
    public static async Task Write(Markup page, PublicView view, Disruption disruption)
    {
        Write(
            page,
            [
                .. (await view.All<Storm>("storm").ConfigureAwait(false))
                    .Select(recorded => recorded.Body)
                    .Where(storm =>
                        disruption.Place.IsWithin(storm.Place)
                        && storm.Onset.Earliest
                            <= (disruption.End?.Latest ?? NodaTime.Instant.MaxValue)
                        && disruption.Onset.Earliest
                            <= (storm.End?.Latest ?? NodaTime.Instant.MaxValue)
                    ),
            ],
            [
                .. (await view.All<Flood>("flood").ConfigureAwait(false))
                    .Select(recorded => recorded.Body)
                    .Where(flood =>
                        flood.Place is { } place
                        && disruption.Place.IsWithin(place)
                        && flood.From <= (disruption.End?.Latest ?? NodaTime.Instant.MaxValue)
                        && disruption.Onset.Earliest <= flood.To
                    ),
            ]
        );
    }

    private static string Line(PageTexts texts, Storm storm) =>
        storm.End is { } end
            ? texts.Html(
                "beside.storm",
                ("feed", new Free(storm.Feed)),
                ("from", new Moment(storm.Onset.Latest)),
                ("to", new Moment(end.Latest))
            )
            : texts.Html(
                "beside.storm-lasts",
                ("feed", new Free(storm.Feed)),
                ("from", new Moment(storm.Onset.Latest))
            );

    private static string Line(PageTexts texts, Flood flood) =>
        texts.Html(
            "beside.flood",
            ("n", new Count(flood.Reports)),
            ("file", new Free(flood.File)),
            ("where", flood.Place is { } place ? Word.Of(place) : new Said("unknown")),
            ("from", new Moment(flood.From)),
            ("to", new Moment(flood.To))
        );
}
