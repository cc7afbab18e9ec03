using System.Globalization;
using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Publications;

/// <summary>One small chart a source under one time axis. A gap is a hatched stretch, never a line at zero.</summary>
public static class TimelineSvg
{
    private const double Width = 760;
    private const double Left = 44;
    private const double Right = 14;
    private const double BandHeight = 58;
    private const double BandStep = 112;

    /// <summary>Above the first chart: its two lines of name.</summary>
    private const double Above = 44;

    /// <summary>Letters of a line that fit in the larger type of a narrow screen.</summary>
    private const int LineMax = 62;

    private static readonly int[] DaySteps = [1, 2, 7, 14, 28, 56, 112, 224, 448];

    private static readonly LocalDatePattern DayForm = LocalDatePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd"
    );

    internal static Said Described(Timeline timeline) =>
        new(
            "timeline.desc",
            ("n", new Count(timeline.Bands.Count)),
            ("from", new Moment(timeline.Window.Since)),
            ("to", new Moment(timeline.Window.Until))
        );

    public static string Draw(TimelineFigure figure, Texts texts)
    {
        Timeline timeline = figure.Timeline;
        double height = Above + (timeline.Bands.Count * BandStep) - (BandStep - BandHeight) + 30;
        Svg svg = new Svg().Open(
            figure.Id,
            Width,
            height,
            texts.Html("timeline.title"),
            // A description is plain text: SVG allows no markup in it.
            Spoken.Html(texts.Plain(Described(timeline)))
        );
        svg.Raw("<defs>")
            .Raw(Pattern($"{figure.Id}-gap", "M0 8L8 0", "hatch-gap"))
            .Raw(Pattern($"{figure.Id}-onset", "M0 0V8M4 0V8", "hatch-onset"))
            .Raw(Pattern($"{figure.Id}-end", "M0 2H8M0 6H8", "hatch-end"))
            .Raw("</defs>");
        double top = Above;
        Axis(svg, timeline.Window, height);
        foreach (TimelineBand band in timeline.Bands)
        {
            Band(svg, band, timeline.Window, top, figure.Id, texts);
            top += BandStep;
        }

        return svg.Raw("</svg>").ToString();
    }

    private static string Pattern(string id, string strokes, string look) =>
        $"<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"{strokes}\" class=\"{look}\"/></pattern>";

    private static void Band(
        Svg svg,
        TimelineBand band,
        TimeWindow window,
        double top,
        string id,
        Texts texts
    )
    {
        double bottom = top + BandHeight;
        // Shared zero: a small multiple that starts elsewhere makes a dip look like a collapse.
        double most = band.Highest is > 0 and { } highest ? highest : 1;
        double X(Instant at) =>
            Left + (Math.Clamp((at - window.Since) / window.Length, 0, 1) * (Width - Left - Right));
        double Y(double value) => bottom - (Math.Clamp(value / most, 0, 1) * BandHeight);

        svg.Text(Left, top - 26, Line(Named(band), texts), "band");
        svg.Text(
            Left,
            top - 6,
            Line([new Free(band.Unit), Word.Of("origin", band.Origin)], texts),
            "tick"
        );
        svg.Box(Left, top, Width - Left - Right, BandHeight, "frame");
        void Stretch(Instant from, Instant to, string pattern, string look) =>
            svg.Box(
                X(from),
                top,
                Math.Max(3, X(to) - X(from)),
                BandHeight,
                look,
                $"url(#{id}-{pattern})"
            );

        foreach (TimeWindow gap in band.Gaps)
        {
            Stretch(gap.Since, gap.Until, "gap", "stretch");
        }

        foreach (InstantRange onset in band.Onsets)
        {
            Stretch(onset.Earliest, onset.Latest, "onset", "stretch edge");
        }

        foreach (InstantRange end in band.Ends)
        {
            Stretch(end.Earliest, end.Latest, "end", "stretch edge");
        }

        svg.Line(Left, bottom, Width - Right, bottom, "axis");
        svg.Text(Left - 5, top + 8, Short(most), "tick", "end");
        svg.Text(Left - 5, bottom, "0", "tick", "end");
        svg.Path(Curve(band.Points, X, Y), "curve");
        foreach (InstantRange back in band.Returns)
        {
            double x = X(back.Latest);
            svg.Line(x, top, x, bottom, "return");
            svg.Path(
                $"M{Svg.N(x - 6)} {Svg.N(top - 1)}H{Svg.N(x + 6)}L{Svg.N(x)} {Svg.N(top + 9)}Z",
                "return-mark"
            );
        }
    }

    /// <summary>The source, its network and its place, as far as the one does not say the next.</summary>
    private static IEnumerable<Word> Named(TimelineBand band)
    {
        yield return new Free(band.Source);
        if (
            band.Network is { } network
            && !band.Source.Contains(network, StringComparison.OrdinalIgnoreCase)
        )
        {
            yield return new Free(network);
        }

        yield return Word.Of(band.Place);
    }

    private static string Line(IEnumerable<Word> parts, Texts texts)
    {
        // Isolates would print as boxes in some fonts of drawings; the parts are set apart by dots instead.
        string line = string.Join(" · ", parts.Select(texts.Plain))
            .Replace("\u2068", "", StringComparison.Ordinal)
            .Replace("\u2069", "", StringComparison.Ordinal);
        var letters = new StringInfo(line);
        return letters.LengthInTextElements <= LineMax
            ? line
            : letters.SubstringByTextElements(0, LineMax - 1) + "…";
    }

    /// <summary>A missing value lifts the pen; a value alone between two gaps is drawn as a dot.</summary>
    private static string Curve(
        IReadOnlyList<Sample> points,
        Func<Instant, double> x,
        Func<double, double> y
    )
    {
        var path = new StringBuilder();
        bool isDown = false;
        for (int i = 0; i < points.Count; i++)
        {
            if (points[i].Value is not { } value)
            {
                isDown = false;
                continue;
            }

            path.Append(isDown ? 'L' : 'M')
                .Append(Svg.N(x(points[i].At)))
                .Append(' ')
                .Append(Svg.N(y(value)));
            bool isAlone = !isDown && (i + 1 == points.Count || points[i + 1].Value is null);
            if (isAlone)
            {
                path.Append("h1");
            }

            isDown = true;
        }

        return path.ToString();
    }

    private static void Axis(Svg svg, TimeWindow window, double height)
    {
        // At most seven dates fit side by side; steps are those that people count in.
        int days = Math.Max(1, (int)Math.Ceiling(window.Length.TotalDays));
        int step = DaySteps.First(each => days / each <= 7 || each == DaySteps[^1]);
        int nth = 0;
        for (
            Instant at = window.Since.InUtc().Date.PlusDays(1).AtMidnight().InUtc().ToInstant();
            at < window.Until;
            at += Duration.FromDays(step)
        )
        {
            double x = Left + ((at - window.Since) / window.Length * (Width - Left - Right));
            svg.Line(x, Above, x, height - 28, "grid");
            if (x < Width - 40)
            {
                svg.Text(
                    x,
                    height - 10,
                    DayForm.Format(at.InUtc().Date),
                    nth++ % 2 == 0 ? "tick" : "tick odd",
                    "middle"
                );
            }
        }
    }

    private static string Short(double value) =>
        value switch
        {
            >= 1_000_000 => (value / 1_000_000).ToString("0.#", CultureInfo.InvariantCulture) + "M",
            >= 10_000 => (value / 1_000).ToString("0.#", CultureInfo.InvariantCulture) + "k",
            _ => value.ToString("0.#", CultureInfo.InvariantCulture),
        };
}
